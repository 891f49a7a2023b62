#pragma once

#include "mobile/sync/sync_events.h"
#include "mobile/sync/sync_store.h"

namespace fieldclaim::tablet {

/// Fetches snapshots in ranges, which grow while they get through and are halved when one is cut, so that a cut costs
/// one range at most and the download goes on from the last byte that is kept (hazard H21). Part of the sync engine: it
/// has no time, no session and no timer of its own. Borrows the store.
class SnapshotDownload {
public:
    explicit SnapshotDownload(SyncStore& store) : m_store(store) {}

    /// The next range, without a session; nothing when no snapshot is wanted.
    Result<std::optional<Send>> next();
    /// What became of the answer to it.
    enum class Answer {
        Kept,
        Anew,     ///< the server has another by now: asked for from the beginning
        Useless,  ///< it is damaged, or not what was asked for: nothing of it was kept
    };
    Result<Answer> replied(const Replied& reply);
    /// Whether a refusal means that the snapshot is another by now; then nothing of the old one is left.
    Result<bool> refused(int status);
    void cut();

private:
    SyncStore& m_store;
    SnapshotPosition m_asked;
    std::uint64_t m_range_bytes = 256U << 10U;
};

}  // namespace fieldclaim::tablet
