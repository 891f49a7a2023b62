#pragma once

#include <filesystem>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "sync-server/service/session_service.h"
#include "sync-server/storage/ledger_store.h"

namespace fieldclaim::server {

/// A tablet that is further behind in a scope than so many change sets, and than half of what a snapshot would hold, is
/// not served row by row.
constexpr std::uint64_t kMostBehind = 5'000;
/// False when row by row is well. What `device` pushed itself does not count, for it comes by name (nil: all counts).
Result<bool> needsSnapshot(const LedgerSnapshot& now, const std::string& scope, std::uint64_t cursor,
                           const Uuid& device, std::uint64_t most_behind);

/// A scope as it was at one seq, in a file that does not change.
struct Snapshot {
    std::filesystem::path path;
    std::string etag;  ///< SHA-256 of the bytes
    std::uint64_t seq = 0;
};

/// Whole scopes as files (shared/wire/snapshot.h), for tablets that were away for long and for new ones (hazards H21,
/// H22, H28). One is made when it is asked for, over one moment of the ledger and in memory that does not grow with the
/// scope, and given to everyone after that until it is too far behind itself or a claim has left the scope. The files
/// are a cache: they are gone after a restart, and the same moment gives the same bytes. Safe from any thread. Borrows
/// the store and the clock.
class SnapshotService {
public:
    /// `folder` is this object's own; what an earlier process left in it is not looked at.
    SnapshotService(LedgerStore& store, const LedgerIdentity& identity, std::filesystem::path folder,
                    std::uint64_t most_behind, const Clock& clock);

    /// NotFound for a scope that is not the session's, whether it is another's or nobody's; NotAllowed for a revoked
    /// tablet; Busy while one is being made for somebody else. With an etag that very one, for the rest of its bytes,
    /// or Conflict when there is none.
    Result<Snapshot> open(const Session& session, const std::string& scope, const std::string& etag = {});
    /// Takes away those that nobody asked for in a day, and those that hold a claim which has left since then or was
    /// erased.
    Status tidy();

private:
    struct Kept {
        Snapshot snapshot;
        std::int64_t asked_ms = 0;
    };
    Result<std::optional<Snapshot>> kept(const std::string& scope, const std::string& etag);
    Result<Snapshot> make(const std::string& scope);
    Result<bool> holdsTooMuch(const std::string& scope, const Snapshot& snapshot) const;
    void forget(const std::string& scope, const std::string& etag);

    LedgerStore& m_store;
    const LedgerIdentity m_identity;
    std::filesystem::path m_folder;
    std::uint64_t m_most_behind;
    const Clock& m_clock;
    std::mutex m_making;
    std::mutex m_mutex;
    std::map<std::string, std::vector<Kept>> m_kept;  ///< by scope, the newest last
};

}  // namespace fieldclaim::server
