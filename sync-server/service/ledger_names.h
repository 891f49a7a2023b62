#pragma once

#include "shared/wire/packing.h"
#include "sync-server/storage/ledger_tables.h"

namespace fieldclaim::server {

/// What packed runs name, looked up in one moment of the ledger: for a tablet that pushes and for one that pulls.
/// Borrows the snapshot and the keys for its whole life; one thread. An edit replaces edits of its own claim alone, so
/// nothing of another claim is ever found.
class LedgerNames final : public PackingNames, public UnpackingNames {
public:
    /// `keys`: of claims that begin in what is being received.
    LedgerNames(const LedgerSnapshot& now, const ClaimKeys& keys) : m_now(now), m_keys(keys) {}

    /// The reader has this scope's rows up to there, and so can look them up.
    void readerHas(const std::string& scope, std::uint64_t cursor) { m_cursors[scope] = cursor; }
    /// The reader has this change set in a chain of its own; one whose header does not decode is not noted.
    void addOwn(const ChangeSetId& id, ByteView change_set);

    Result<std::optional<ClaimKey>> claimKey(const std::string& crn) override;
    Result<std::optional<ChainPlace>> inChain(const ChangeSetId& id) override;
    Result<std::optional<LedgerPlace>> inLedger(const std::string& crn, const ChangeSetId& id) override;
    Result<std::optional<ChangeSetId>> atChain(const ChainPlace& place) override;
    Result<std::optional<ChangeSetId>> atLedger(const std::string& crn, const LedgerPlace& place) override;

private:
    struct Claim {
        std::map<ChangeSetId, std::pair<std::string, LedgerPlace>> places;  ///< id -> scope, place
        std::map<LedgerPlace, ChangeSetId> ids;
    };
    Result<const Claim*> claimOf(const std::string& crn);

    const LedgerSnapshot& m_now;
    const ClaimKeys m_keys;
    Cursors m_cursors;
    std::map<ChangeSetId, ChainPlace> m_own;
    std::map<std::string, Claim> m_claims;
};

}  // namespace fieldclaim::server
