#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "shared/sqlite/store_lock.h"
#include "sync-server/service/blob_service.h"
#include "sync-server/service/decision_service.h"
#include "sync-server/service/device_service.h"
#include "sync-server/service/directory_service.h"
#include "sync-server/service/enrolment_service.h"
#include "sync-server/service/erasure_service.h"
#include "sync-server/service/import_service.h"
#include "sync-server/service/scope_service.h"
#include "sync-server/service/session_service.h"
#include "sync-server/service/snapshot_service.h"
#include "sync-server/service/sync_service.h"
#include "sync-server/service/transfer_outbox.h"
#include "sync-server/storage/sqlite_ledger_store.h"

namespace fieldclaim::server {

/// All services over one ledger, without HTTP: what the program, the tests and the simulation start. Everything that
/// decides takes its clock and randomness from here. Methods of the services are safe from any thread (a `random` that
/// is not must then be called from one alone). Borrows clock, random and metrics.
class Server {
public:
    struct Options {
        /// Ledger, keys and blobs. Made when missing.
        std::filesystem::path data;
        std::vector<std::filesystem::path> packs;  ///< folders of form packs
        std::vector<TargetConfig> targets;
        /// The ledger lives in memory and jobs run on the caller's thread: same seed, same run. `data` then holds blobs
        /// alone.
        bool in_memory = false;
        /// The ledger is a file, and jobs run on the caller's thread all the same.
        bool inline_writer = false;
        /// Beside a running server: no lock is taken, and only the directory may be written.
        bool beside_another = false;
        UploadLimits uploads;
        std::uint64_t most_behind = kMostBehind;  ///< see needsSnapshot()
        /// Where the journal is kept, on another disk; empty: where it was kept before, if at all.
        std::filesystem::path journal;
        std::function<void(std::string_view)> at;  ///< see SqliteLedgerStore::Options
        std::int64_t max_pages = 0;                ///< see SqliteLedgerStore::Options
        std::int64_t machine_now_ms = 0;           ///< for new certificates; 0: the clock's
    };

    /// InUse when another server has the data (hazard H08); Unsupported for an SQLite that damages stores.
    static Result<std::unique_ptr<Server>> open(Options options, const Clock& clock, Random& random, Metrics& metrics);
    /// Does what is queued, then ends.
    ~Server();

    const LedgerIdentity& identity() const;
    const ServerKeys& keys() const;
    const PackShelf& packs() const;
    /// Versions that the store keeps and this program cannot read any more: for the log.
    const std::vector<std::string>& packsUnreadable() const;
    const BlobFiles& blobFiles() const;
    SqliteLedgerStore& store();
    DirectoryService& directory();
    DeviceService& devices();
    EnrolmentService& enrolment();
    SessionService& sessions();
    SyncService& sync();
    SnapshotService& snapshots();
    DecisionService& decisions();
    ScopeService& scopes();
    ErasureService& erasures();
    BlobService& blobs();
    ImportService& imports();
    TransferOutbox& outbox();
    const TransferPlanner& planner() const;
    /// What falls due by the server's clock; called now and then. An error is tried again the next time.
    Status maintain();
    const ClaimReviewer& reviewer() const;
    const ClaimWorkflow& workflow() const;

private:
    struct Parts;
    explicit Server(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> m_parts;
};

}  // namespace fieldclaim::server
