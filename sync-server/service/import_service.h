#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "sync-server/service/blob_service.h"
#include "sync-server/service/sync_service.h"

namespace fieldclaim::server {

/// What came of a file, in counts. All of it is on disk.
struct ImportReport {
    Uuid device;
    std::int64_t made_ms = 0;  ///< by the tablet's clock
    bool revoked = false;      ///< the tablet was: its work is in quarantine
    std::uint64_t change_sets = 0;
    std::uint64_t known = 0;   ///< were here before
    std::uint64_t parked = 0;  ///< wait for work that is not here yet
    std::uint64_t set_aside = 0;
    std::uint64_t not_taken = 0;  ///< of segments that were refused, or that earlier work is missing before
    std::uint64_t images = 0;     ///< documents and statements among them
    std::uint64_t images_known = 0;
    std::uint64_t images_not_taken = 0;
    std::vector<std::string> reasons;  ///< why something was not taken or was set aside, each once

    std::uint64_t applied() const { return change_sets - known - parked - set_aside - not_taken; }
};

/// Takes in what a tablet exported because it could not sync (shared/wire/work_export.h), by the same way as a push and
/// uploads: the same rights, deduplication and quarantine. Bringing in the same file again changes nothing; the tablet
/// hears at its next hello what is here. It may be done beside a running server. Safe from any thread.
class ImportService {
public:
    ImportService(LedgerStore& store, const ServerKeys& keys, const LedgerIdentity& identity, SessionService& sessions,
                  SyncService& sync, BlobService& blobs, const Clock& clock)
        : m_store(store),
          m_keys(keys),
          m_identity(identity),
          m_sessions(sessions),
          m_sync(sync),
          m_blobs(blobs),
          m_clock(clock) {}

    /// The whole file is read and checked before any of it is taken. BadInput for what is no export, is spoiled or cut
    /// short, or was made for another server; NotFound for a tablet that is not known here; BadSignature for a file
    /// that its tablet did not make. The detail says it in plain words.
    Result<ImportReport> bringIn(const std::filesystem::path& path);

private:
    struct Checked;
    Result<Checked> check(const std::filesystem::path& path) const;
    Status keepStoreKey(const Uuid& device, const Hash& store_key);

    LedgerStore& m_store;
    const ServerKeys& m_keys;
    LedgerIdentity m_identity;
    SessionService& m_sessions;
    SyncService& m_sync;
    BlobService& m_blobs;
    const Clock& m_clock;
};

}  // namespace fieldclaim::server
