#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "sync-server/service/claim_workflow.h"

namespace fieldclaim::server {

/// A received change set, its payload taken apart outside the writer's thread.
struct Arrival {
    ChangeSet change_set;              ///< payload empty when it could not be decoded
    std::optional<Error> undecodable;  ///< why
    Uuid device;                       ///< that pushed it
    std::int64_t received_ms = 0;
};
/// The payload's error is kept in the arrival; the header was checked with its segment.
Arrival makeArrival(ChangeSetHeader header, const Hash& hash, Bytes header_bytes, Bytes payload_bytes,
                    const Uuid& device, std::int64_t received_ms);

/// What may become of a change set, and why in plain words.
struct Fate {
    Disposition disposition = Disposition::Applied;
    std::string reason;
};

/// Applies what arrived for one claim, in one transaction: judges each change set, appends those that apply as one
/// ledger row, parks and quarantines the rest (architecture, part 5), then applies what was parked and waits no more.
/// A defect in one change set is its own: the others go on (hazard H18).
///
/// The right of an author is judged by the scopes of the author's tablet as they are now. (What the tablet had seen
/// when it wrote will count once claims can change their site: see `seen` in docs/protocol.md.)
class ClaimIntake {
public:
    ClaimIntake(LedgerTransaction& tx, const ClaimWorkflow& workflow) : m_tx(tx), m_workflow(workflow) {}

    /// The arrivals are one author's, for one claim, in the order of their counters. Records them all; gives their
    /// fates.
    Result<std::vector<Fate>> take(const std::string& crn, const std::vector<Arrival>& arrivals);

private:
    struct Rights {
        bool known = false;
        bool revoked = false;
        std::string scope;
    };
    Result<const Rights*> rightsOf(const Uuid& author);
    /// Applies it to the claim if it may be.
    Result<Fate> judge(LoadedClaim& claim, const Arrival& arrival);
    Status unpark(LoadedClaim& claim, std::vector<ChangeSet>& applied);

    LedgerTransaction& m_tx;
    const ClaimWorkflow& m_workflow;
    std::map<Uuid, Rights> m_rights;
};

}  // namespace fieldclaim::server
