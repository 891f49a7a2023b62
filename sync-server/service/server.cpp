#include "sync-server/service/server.h"

#include "sync-server/service/ledger_rebuild.h"
#include "sync-server/service/restored_ledger.h"

namespace fieldclaim::server {
namespace {

Result<LedgerIdentity> loadOrMakeIdentity(LedgerStore& store, const Clock& clock, Random& random) {
    return store.write([&](LedgerTransaction& tx) -> Result<LedgerIdentity> {
        ASSIGN(const auto stored, tx.identity());
        if (stored) return *stored;
        LedgerIdentity made;
        made.epoch = Uuid::make(clock, random);
        random.fill(made.salt.data(), made.salt.size());
        made.author = Uuid::make(clock, random);
        TRY(tx.putIdentity(made));
        return made;
    });
}

}  // namespace

// In the order in which they borrow from each other; destroyed the other way round.
struct Server::Parts {
    Parts(ServerKeys server_keys, PackShelf shelf, const std::filesystem::path& data, const Clock& clock)
        : keys(std::move(server_keys)),
          packs(std::move(shelf)),
          files(data / "blobs"),
          author(clock),
          reviewer(packs, files, clock) {}

    std::optional<StoreLock> lock;
    ServerKeys keys;
    PackShelf packs;
    std::vector<std::string> packs_unreadable;
    BlobFiles files;
    ServerAuthor author;
    ClaimReviewer reviewer;
    std::unique_ptr<TransferPlanner> planner;
    std::unique_ptr<ClaimWorkflow> workflow;
    std::unique_ptr<SqliteLedgerStore> store;
    LedgerIdentity identity;
    std::unique_ptr<DirectoryService> directory;
    std::unique_ptr<DeviceService> devices;
    std::unique_ptr<EnrolmentService> enrolment;
    std::unique_ptr<SessionService> sessions;
    std::unique_ptr<SyncService> sync;
    std::unique_ptr<DecisionService> decisions;
    std::unique_ptr<ScopeService> scopes;
    std::unique_ptr<SnapshotService> snapshots;
    std::unique_ptr<ErasureService> erasures;
    std::unique_ptr<StatementMaker> statements;
    std::unique_ptr<BlobService> blobs;
    std::unique_ptr<ImportService> imports;
    std::unique_ptr<TransferOutbox> outbox;
};

Result<std::unique_ptr<Server>> Server::open(Options options, const Clock& clock, Random& random, Metrics& metrics) {
    std::error_code failed;
    std::filesystem::create_directories(options.data, failed);
    if (failed) return fail(ErrorCode::Storage, "the folder for data cannot be made");
    std::filesystem::permissions(options.data, std::filesystem::perms::owner_all, failed);
    const auto ledger = (options.data / "ledger.db").string();
    std::optional<StoreLock> lock;
    if (!options.in_memory && !options.beside_another) {
        ASSIGN(lock, StoreLock::acquire(ledger));
    }

    const auto machine_now = options.machine_now_ms != 0 ? options.machine_now_ms : clock.wallMs();
    auto keys = options.in_memory ? ServerKeys::make(machine_now, random)
                                  : ServerKeys::loadOrMake(options.data, machine_now, random);
    if (!keys) return tl::unexpected<Error>(keys.error());
    ASSIGN(auto packs, PackShelf::load(options.packs, keys->packs.secret));
    auto parts = std::make_unique<Parts>(std::move(*keys), std::move(packs), options.data, clock);
    parts->lock = std::move(lock);
    ASSIGN(parts->planner, TransferPlanner::make(std::move(options.targets), parts->reviewer));
    parts->workflow = std::make_unique<ClaimWorkflow>(parts->reviewer, *parts->planner, parts->author, clock, random);

    SqliteLedgerStore::Options store;
    store.path = options.in_memory ? ":memory:" : ledger;
    store.inline_writer = options.in_memory || options.inline_writer || options.beside_another;
    store.max_pages = options.max_pages;
    store.at = std::move(options.at);
    auto& commits = metrics.histogram("ledger_commit_seconds", "Time of one group commit", latencyBounds());
    auto& jobs = metrics.counter("ledger_jobs_total", "Jobs committed");
    auto& failures = metrics.counter("ledger_commit_failures_total", "Group commits that failed");
    store.on_commit = [&commits, &jobs, &failures](std::size_t count, std::int64_t micros, bool ok) {
        commits.observe(static_cast<double>(micros) / 1e6);
        (ok ? jobs : failures).add(ok ? count : 1);
    };
    ASSIGN(parts->store, SqliteLedgerStore::open(std::move(store)));
    TRY(rebuildWhenOlder(*parts->store));
    ASSIGN(parts->identity, loadOrMakeIdentity(*parts->store, clock, random));
    auto& shelf = parts->packs;
    ASSIGN(parts->packs_unreadable,
           options.beside_another ? shelf.readFrom(*parts->store) : shelf.keepIn(*parts->store));

    auto& kept = *parts->store;
    if (!options.journal.empty()) {
        TRY(kept.beginJournal(std::filesystem::absolute(options.journal).string(), false));
    }
    TRY(kept.lookAtJournal());
    parts->directory = std::make_unique<DirectoryService>(kept, clock, random);
    parts->devices = std::make_unique<DeviceService>(kept, parts->keys.recovery, clock, random);
    parts->enrolment = std::make_unique<EnrolmentService>(kept, parts->keys.ca.publicKeyHash(),
                                                          parts->keys.recovery.public_key, clock, random);
    parts->sessions = std::make_unique<SessionService>(kept, parts->keys, clock, random);
    parts->sync = std::make_unique<SyncService>(kept, parts->identity, *parts->workflow, parts->packs, clock, metrics,
                                                parts->keys, options.most_behind);
    const auto snapshots = options.data / "snapshots";
    if (!options.beside_another) std::filesystem::remove_all(snapshots, failed);
    parts->snapshots = std::make_unique<SnapshotService>(kept, parts->identity, snapshots, options.most_behind, clock);
    parts->scopes = std::make_unique<ScopeService>(kept, parts->author, clock);
    parts->erasures = std::make_unique<ErasureService>(kept, parts->files, *parts->snapshots, parts->author, clock);
    parts->decisions = std::make_unique<DecisionService>(kept, *parts->workflow, parts->author, clock);
    parts->statements = std::make_unique<StatementMaker>(parts->packs);
    parts->blobs = std::make_unique<BlobService>(kept, parts->files, *parts->workflow, *parts->statements, clock,
                                                 random, options.uploads);
    parts->imports = std::make_unique<ImportService>(kept, parts->keys, parts->identity, *parts->sessions, *parts->sync,
                                                     *parts->blobs, clock);
    parts->outbox = std::make_unique<TransferOutbox>(kept, *parts->workflow, *parts->planner, clock, random, metrics);
    if (!options.beside_another) TRY(settleRestored(kept, *parts->outbox, *parts->planner, clock, random));
    return std::unique_ptr<Server>(new Server(std::move(parts)));
}

Server::Server(std::unique_ptr<Parts> parts) : m_parts(std::move(parts)) {}
Server::~Server() { m_parts->store->stop(); }

const LedgerIdentity& Server::identity() const { return m_parts->identity; }
const ServerKeys& Server::keys() const { return m_parts->keys; }
const PackShelf& Server::packs() const { return m_parts->packs; }
const std::vector<std::string>& Server::packsUnreadable() const { return m_parts->packs_unreadable; }
const BlobFiles& Server::blobFiles() const { return m_parts->files; }
SqliteLedgerStore& Server::store() { return *m_parts->store; }
DirectoryService& Server::directory() { return *m_parts->directory; }
DeviceService& Server::devices() { return *m_parts->devices; }
EnrolmentService& Server::enrolment() { return *m_parts->enrolment; }
SessionService& Server::sessions() { return *m_parts->sessions; }
SyncService& Server::sync() { return *m_parts->sync; }
SnapshotService& Server::snapshots() { return *m_parts->snapshots; }
ScopeService& Server::scopes() { return *m_parts->scopes; }
ErasureService& Server::erasures() { return *m_parts->erasures; }
DecisionService& Server::decisions() { return *m_parts->decisions; }
BlobService& Server::blobs() { return *m_parts->blobs; }
ImportService& Server::imports() { return *m_parts->imports; }
TransferOutbox& Server::outbox() { return *m_parts->outbox; }
Status Server::maintain() {
    TRY(m_parts->scopes->moveDue());
    TRY(m_parts->erasures->deleteFiles());
    TRY(m_parts->snapshots->tidy());
    if (!m_parts->packs.packFor("")) return {};
    const auto due = m_parts->store->read([](const LedgerSnapshot& now) { return now.claims().toLookAt(); });
    if (!due) return tl::unexpected<Error>(due.error());
    if (due->empty()) return {};
    return m_parts->store->write([&](LedgerTransaction& tx) { return m_parts->workflow->lookAgain(tx); });
}
const TransferPlanner& Server::planner() const { return *m_parts->planner; }
const ClaimReviewer& Server::reviewer() const { return m_parts->reviewer; }
const ClaimWorkflow& Server::workflow() const { return *m_parts->workflow; }

}  // namespace fieldclaim::server
