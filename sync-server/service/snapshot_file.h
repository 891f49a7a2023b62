#pragma once

#include <cstdio>
#include <filesystem>
#include <memory>

#include "sync-server/service/session_service.h"
#include "sync-server/storage/ledger_tables.h"

namespace fieldclaim::server {

/// Writes one scope, as it is at one moment of the ledger, frame by frame: claim by claim, each from its first row.
/// Holds one frame in memory. Everything is whole, and nothing in it is the work of any one reader. One thread.
class SnapshotFile {
public:
    struct Written {
        Hash digest{};  ///< of all bytes
        std::uint64_t seq = 0;
    };
    /// DiskFull or Storage when the disk does not take it; what is there by then is the caller's to remove.
    static Result<Written> write(const std::filesystem::path& path, const LedgerSnapshot& now, const Uuid& epoch,
                                 const std::string& scope);

private:
    struct Close {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    SnapshotFile(std::FILE* file, const LedgerSnapshot& now, const Uuid& epoch, const std::string& scope);

    Status putClaim(const std::string& crn);
    Status putFrame();
    void beginFrame();

    std::unique_ptr<std::FILE, Close> m_file;
    const LedgerSnapshot& m_now;
    Uuid m_epoch;
    const std::string& m_scope;
    std::uint64_t m_last_seq = 0;
    Sha256 m_digest;
    PullReply m_frame;
    std::size_t m_bytes = 0;  ///< of change sets in the frame
};

}  // namespace fieldclaim::server
