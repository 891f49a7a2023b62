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
    bool waited = false;  ///< parked until now: its right was judged when it came
};
/// The payload's error is kept in the arrival; the header was checked with its segment.
Arrival makeArrival(ChangeSetHeader header, const Hash& hash, Bytes header_bytes, Bytes payload_bytes,
                    const Uuid& device, std::int64_t received_ms);

/// What may become of a change set, and why in plain words.
struct Fate {
    Disposition disposition = Disposition::Applied;
    std::string reason;
};

/// So many change sets of a claim wait for others at most; what comes then is in quarantine.
constexpr std::uint64_t kMaxParked = 2'000;

/// Applies what arrived for one claim, in one transaction: judges each change set, appends those that apply as one
/// ledger row, parks and quarantines the rest (architecture, part 5), then applies what was parked and waits no more.
/// A defect in one change set is its own: the others go on (hazard H18).
class ClaimIntake {
public:
    ClaimIntake(LedgerTransaction& tx, const ClaimWorkflow& workflow) : m_tx(tx), m_workflow(workflow) {}

    /// The arrivals are one author's, for one claim, in the order of their counters. Records them all; gives their
    /// fates.
    Result<std::vector<Fate>> take(const std::string& crn, const std::vector<Arrival>& arrivals);
    /// One of the server's own decisions, from the journal, after a restore: applied, or parked until what it builds on
    /// is offered again by its tablet. What is here already stays as it is. Damaged when it does not follow its chain.
    Status takeDecision(const LedgerRow& decision);

    /// After a decision about `row` was written: judges it again, then what waited for it. Stores the claim.
    Status decided(LoadedClaim& claim, const SetAsideRow& row);

private:
    struct Rights {
        bool server = false;  ///< the server itself: a decision that waited
        bool known = false;
        bool revoked = false;
        Uuid device;
        std::vector<std::string> scopes;
    };
    Result<const Rights*> rightsOf(const Uuid& author);
    /// Applies it to the claim if it may be.
    Result<Fate> judge(LoadedClaim& claim, const Arrival& arrival);
    /// Why the author may not write this, by what their tablet had read when it was written (`seen`, and no more than
    /// it was served); empty when they may.
    Result<std::string> wrongOf(const LoadedClaim& claim, const Arrival& arrival, const std::string& scope);
    /// It waits, unless so much of the claim does that looking through it again at each push would hold up everybody.
    Result<Fate> mayWait(const LoadedClaim& claim, const Arrival& arrival, Fate fate) const;
    Result<Fate> waiting(const LoadedClaim& claim, const ChangeSet& change_set) const;
    /// Judges one that is set aside again; true when it was applied.
    Result<bool> settle(LoadedClaim& claim, const SetAsideRow& row, std::vector<ChangeSet>& applied);
    Status noteErased(const LoadedClaim& claim, const std::vector<Arrival>& arrivals);
    Status noteHolder(const LoadedClaim& claim, const Uuid& author, std::uint64_t seq);
    Result<Fate> judgeDecision(LoadedClaim& claim, const ChangeSet& change_set) const;
    Status unpark(LoadedClaim& claim, std::vector<ChangeSet>& applied);

    LedgerTransaction& m_tx;
    const ClaimWorkflow& m_workflow;
    std::map<Uuid, Rights> m_rights;
};

/// One that is set aside, taken apart again.
Result<Arrival> arrivalOf(const SetAsideRow& row);
/// The scope of the claim that it begins; empty when it begins none.
std::string scopeBegun(const ChangeSet& change_set);
/// Why a change set can never be applied, whoever asks: it cannot be read, writes what only the server may, or changes
/// a protected date. Empty when a person may release it.
Result<std::string> defectOf(const LedgerSnapshot& now, const LoadedClaim& claim, const Arrival& arrival);

}  // namespace fieldclaim::server
