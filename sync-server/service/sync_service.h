#pragma once

#include "shared/wire/protocol.h"
#include "sync-server/metrics/metrics.h"
#include "sync-server/service/claim_intake.h"
#include "sync-server/service/pack_shelf.h"
#include "sync-server/service/session_service.h"
#include "sync-server/storage/ledger_store.h"

namespace fieldclaim::server {

/// hello, push and pull (architecture, parts 5 and 7). Safe from any thread; signatures are checked and payloads
/// decoded on the caller's thread, so that the writer's does nothing but write. Borrows all that it is given.
class SyncService {
public:
    SyncService(LedgerStore& store, const LedgerIdentity& identity, const ClaimWorkflow& workflow,
                const PackShelf& packs, const Clock& clock, Metrics& metrics, const ServerKeys& keys,
                std::uint64_t most_behind);

    /// Unsupported for another protocol.
    Result<HelloReply> hello(const Session& session, const HelloRequest& request);
    /// EpochChanged when the tablet knows another history. A reply is given only when all that it says is on disk; an
    /// error means that nothing of the request was kept.
    Result<PushReply> push(const Session& session, const PushRequest& request);
    /// EpochChanged for another history or a cursor above the ledger; NotAllowed for a revoked device; SnapshotNeeded
    /// for a tablet that is too far behind (needsSnapshot), but never in the middle of a fresh download.
    Result<PullReply> pull(const Session& session, const PullRequest& request) const;

private:
    struct CheckedPush;
    Result<SegmentResult> receive(LedgerTransaction& tx, const Session& session, const ClaimKeys& keys,
                                  const CheckedSegment& segment, std::vector<Arrival>& arrivals) const;
    static Status keepKey(LedgerTransaction& tx, const ClaimKeys& keys, const std::string& crn);
    Status requireEpoch(const Uuid& epoch) const;
    void count(const SegmentResult& result, std::size_t change_sets);

    LedgerStore& m_store;
    LedgerIdentity m_identity;
    const ClaimWorkflow& m_workflow;
    const PackShelf& m_packs;
    const Clock& m_clock;
    Hash m_recovery_key;
    VouchedKey m_packs_key;
    std::optional<VouchedAuthority> m_next_authority;
    std::uint64_t m_most_behind;
    Counter& m_received;
    Counter& m_parked;
    Counter& m_quarantined;
    Counter& m_duplicates;
    Counter& m_refused;
    Counter& m_forks;
    Counter& m_gaps;
    Counter& m_not_unpacked;
};

}  // namespace fieldclaim::server
