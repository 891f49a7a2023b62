#include "sync-server/storage/sqlite_ledger_store.h"

#include <chrono>
#include <mutex>

#include "shared/sqlite/migrations.h"
#include "shared/sqlite/transaction.h"
#include "sync-server/storage/ledger_migrations.h"
#include "sync-server/storage/sqlite_tables.h"
#include "sync-server/storage/write_queue.h"

namespace fieldclaim::server {
namespace {

class SqliteTransaction final : public LedgerTransaction {
public:
    explicit SqliteTransaction(Database& database, JournalBuffer* journal)
        : m_db(database),
          m_journal(journal),
          m_directory(database, journal),
          m_chains(database),
          m_claims(database),
          m_blobs(database),
          m_transfers(database, journal),
          m_tablets(database),
          m_audit(database, journal),
          m_durability(database),
          m_packs(database) {}

    Result<std::optional<LedgerIdentity>> identity() const override {
        return selectOne<LedgerIdentity>(m_db, "SELECT epoch, salt, author, incarnation FROM identity",
                                         [](const SqlStatement& row) -> Result<LedgerIdentity> {
                                             return LedgerIdentity{uuidAt(row, 0), hashAt(row, 1), uuidAt(row, 2),
                                                                   static_cast<std::uint32_t>(row.int64(3))};
                                         });
    }
    Status putIdentity(const LedgerIdentity& identity) override {
        return runSql(m_db, "INSERT OR REPLACE INTO identity VALUES(1, ?, ?, ?, ?)", identity.epoch.bytes,
                      identity.salt, identity.author.bytes, identity.incarnation);
    }
    Status nested(const std::function<Status()>& part) override {
        ASSIGN(auto savepoint, Savepoint::begin(m_db));
        // What is taken back has nothing to say to the journal either.
        const auto entries = m_journal->size();
        Status status = part();
        if (status) status = savepoint.release();
        if (!status) m_journal->resize(entries);
        return status;
    }
    void journal(const JournalEntry& entry) override { remember(m_journal, entry); }

    const DirectoryTables& directory() const override { return m_directory; }
    const ChainTables& chains() const override { return m_chains; }
    const ClaimTables& claims() const override { return m_claims; }
    const BlobTables& blobs() const override { return m_blobs; }
    const TransferTables& transfers() const override { return m_transfers; }
    const TabletTables& tablets() const override { return m_tablets; }
    const AuditTable& audit() const override { return m_audit; }
    const DurabilityTables& durability() const override { return m_durability; }
    const PackTable& packs() const override { return m_packs; }
    DirectoryTables& directory() override { return m_directory; }
    ChainTables& chains() override { return m_chains; }
    ClaimTables& claims() override { return m_claims; }
    BlobTables& blobs() override { return m_blobs; }
    TransferTables& transfers() override { return m_transfers; }
    TabletTables& tablets() override { return m_tablets; }
    AuditTable& audit() override { return m_audit; }
    DurabilityTables& durability() override { return m_durability; }
    PackTable& packs() override { return m_packs; }

private:
    Database& m_db;
    JournalBuffer* m_journal;
    SqliteDirectory m_directory;
    SqliteChains m_chains;
    SqliteClaims m_claims;
    SqliteBlobs m_blobs;
    SqliteTransfers m_transfers;
    SqliteTablets m_tablets;
    SqliteAudit m_audit;
    SqliteDurability m_durability;
    SqlitePacks m_packs;
};

// Reads of one job see one commit: a deferred transaction takes its snapshot at the first read.
Status inSnapshot(Database& database, const LedgerStore::ReadJob& job) {
    TRY(runSql(database, "BEGIN"));
    const SqliteTransaction snapshot(database, nullptr);
    Status status = job(snapshot);
    const Status ended = runSql(database, "COMMIT");
    if (!ended) static_cast<void>(database.exec("ROLLBACK"));
    if (status && !ended) return ended;
    return status;
}

}  // namespace

struct SqliteLedgerStore::Impl {
    Options options;
    std::unique_ptr<Database> writer;
    std::unique_ptr<LedgerJournal> journal;
    std::recursive_mutex writer_mutex;  // of the inline writer: jobs and, on ":memory:", readers
    bool stopped = false;
    mutable std::mutex readers_mutex;
    mutable std::vector<std::unique_ptr<Database>> readers;  // those not in use
    std::unique_ptr<WriteQueue> queue;

    bool inMemory() const { return options.path == ":memory:"; }

    std::vector<Status> commitGroup(std::vector<WriteQueue::Job>& jobs) {
        const auto start = std::chrono::steady_clock::now();
        std::vector<Status> fates(jobs.size());
        const Status held = commitAll(jobs, fates);
        if (!held) std::fill(fates.begin(), fates.end(), held);
        if (options.on_commit) {
            const auto took = std::chrono::steady_clock::now() - start;
            options.on_commit(jobs.size(), std::chrono::duration_cast<std::chrono::microseconds>(took).count(),
                              held.has_value());
        }
        return fates;
    }

    void moment(std::string_view name) const {
        if (options.at) options.at(name);
    }

    Status commitAll(std::vector<WriteQueue::Job>& jobs, std::vector<Status>& fates) {
        std::vector<bool> journaled(jobs.size());
        Status journal_failed;
        const Status held = commitOnce(jobs, fates, journaled, journal_failed);
        if (journal_failed) return held;
        // The journal cannot be written. Who needs it is told so; the others of the group do not: they run again.
        return commitOnce(jobs, fates, journaled, journal_failed);
    }

    // One transaction, one savepoint a job. An error given here is every job's: nothing was kept. `journaled`: the jobs
    // that have something for the journal. When that cannot be written nothing is kept either, and `journal_failed`
    // says why; given so, it is those jobs' fate.
    Status commitOnce(std::vector<WriteQueue::Job>& jobs, std::vector<Status>& fates, std::vector<bool>& journaled,
                      Status& journal_failed) {
        ASSIGN(auto transaction, Transaction::begin(*writer));
        JournalBuffer entries;
        SqliteTransaction tx(*writer, &entries);
        const Status refused = journal_failed;
        for (std::size_t i = 0; i < jobs.size(); ++i) {
            if (!refused && journaled[i]) {
                fates[i] = refused;
                continue;
            }
            const auto before = entries.size();
            fates[i] = tx.nested([&]() -> Status {
                TRY(jobs[i].run(tx));
                if (!refused && entries.size() > before) return refused;
                return {};
            });
            // A full disk or an I/O error has ended the whole transaction, and with it the jobs before this one.
            if (!fates[i] && !writer->inTransaction()) return fates[i];
            journaled[i] = entries.size() > before;
        }
        if (!entries.empty()) {
            if (Status written = journal->append(entries); !written) {
                const auto code = written.error().code;
                if (code == ErrorCode::Busy || code == ErrorCode::DiskFull) journal_failed = written;
                journal->rolledBack();
                return written;
            }
            moment("journal-written");
        }
        const Status held = transaction.commit();
        if (held) {
            journal->committed();
            // Housekeeping commits too, with nothing for the journal: that is no moment of it.
            if (!entries.empty()) moment("committed");
        } else {
            journal->rolledBack();
        }
        return held;
    }

    Result<std::unique_ptr<Database>> borrowReader() const {
        {
            const std::lock_guard lock(readers_mutex);
            if (!readers.empty()) {
                auto out = std::move(readers.back());
                readers.pop_back();
                return out;
            }
        }
        ASSIGN(auto opened, Database::open(options.path, {.read_only = true}));
        return std::make_unique<Database>(std::move(opened));
    }
    void giveBack(std::unique_ptr<Database> reader) const {
        constexpr std::size_t kKept = 64;
        const std::lock_guard lock(readers_mutex);
        if (readers.size() < kKept) readers.push_back(std::move(reader));
    }
};

Result<std::unique_ptr<SqliteLedgerStore>> SqliteLedgerStore::open(Options options) {
    auto impl = std::make_unique<Impl>();
    impl->options = std::move(options);
    ENSURE(!impl->inMemory() || impl->options.inline_writer);
    if (impl->options.read_only) {
        ASSIGN(auto reader, impl->borrowReader());
        TRY(isMigrated(*reader, migrationsFrom(embedded::ledgerMigrations())));
        impl->giveBack(std::move(reader));
        impl->stopped = true;
        return std::unique_ptr<SqliteLedgerStore>(new SqliteLedgerStore(std::move(impl)));
    }
    ASSIGN(auto writer, Database::open(impl->options.path));
    // What is deleted is overwritten: erasure means it.
    TRY(writer.exec("PRAGMA secure_delete = ON"));
    const auto migrations = migrationsFrom(embedded::ledgerMigrations());
    TRY(migrate(writer, migrations));
    if (impl->options.max_pages > 0) {
        TRY(writer.exec("PRAGMA max_page_count = " + std::to_string(impl->options.max_pages)));
    }
    impl->writer = std::make_unique<Database>(std::move(writer));
    impl->journal = std::make_unique<LedgerJournal>(*impl->writer);
    auto* const borrowed = impl.get();
    if (!impl->options.inline_writer) {
        impl->queue = std::make_unique<WriteQueue>(
            impl->options.queue_capacity, impl->options.most_in_group,
            [borrowed](std::vector<WriteQueue::Job>& jobs) { return borrowed->commitGroup(jobs); });
    }
    return std::unique_ptr<SqliteLedgerStore>(new SqliteLedgerStore(std::move(impl)));
}

SqliteLedgerStore::SqliteLedgerStore(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
SqliteLedgerStore::~SqliteLedgerStore() { stop(); }

void SqliteLedgerStore::submit(WriteJob job, Done done) {
    if (m_impl->queue) return m_impl->queue->submit({std::move(job), std::move(done)});
    const std::lock_guard lock(m_impl->writer_mutex);
    if (m_impl->stopped) return done(fail(ErrorCode::Busy, "the store is stopped"));
    std::vector<WriteQueue::Job> group;
    group.push_back({std::move(job), {}});
    auto fates = m_impl->commitGroup(group);
    done(std::move(fates.front()));
}

Status SqliteLedgerStore::readJob(const ReadJob& job) const {
    if (m_impl->inMemory()) {
        const std::lock_guard lock(m_impl->writer_mutex);
        return inSnapshot(*m_impl->writer, job);
    }
    ASSIGN(auto reader, m_impl->borrowReader());
    Status status = inSnapshot(*reader, job);
    m_impl->giveBack(std::move(reader));
    return status;
}

Status SqliteLedgerStore::forgetDeleted() {
    if (m_impl->inMemory()) return {};
    ASSIGN(auto other, Database::open(m_impl->options.path));
    return other.exec("PRAGMA wal_checkpoint(TRUNCATE)");
}

std::size_t SqliteLedgerStore::queued() const { return m_impl->queue ? m_impl->queue->size() : 0; }

void SqliteLedgerStore::stop() {
    if (m_impl->queue) return m_impl->queue->stop();
    const std::lock_guard lock(m_impl->writer_mutex);
    m_impl->stopped = true;
}

Status SqliteLedgerStore::check() {
    ASSIGN(auto reader, Database::open(m_impl->options.path, {.read_only = true}));
    return reader.quickCheck();
}

Status SqliteLedgerStore::checkDeeply() {
    ASSIGN(auto reader, Database::open(m_impl->options.path, {.read_only = true}));
    return reader.integrityCheck();
}

Status SqliteLedgerStore::backupTo(const std::string& path) const {
    if (m_impl->inMemory()) {
        const std::lock_guard lock(m_impl->writer_mutex);
        TRY(m_impl->writer->backupTo(path));
    } else {
        ASSIGN(auto reader, Database::open(m_impl->options.path));
        TRY(reader.backupTo(path));
    }
    // One file, so that it can be read where nothing may be written, and hashed as it stands.
    ASSIGN(auto copy, Database::open(path));
    return copy.exec("PRAGMA journal_mode = DELETE");
}

// The journal's file is the writer's, so these are jobs like any other.
Status SqliteLedgerStore::beginJournal(const std::string& path, bool again) {
    return write([&](LedgerTransaction&) { return m_impl->journal->begin(path, again); });
}
Status SqliteLedgerStore::endJournal() {
    return write([&](LedgerTransaction&) { return m_impl->journal->end(); });
}
Status SqliteLedgerStore::cutJournal(std::uint64_t upTo) {
    return write([&](LedgerTransaction&) { return m_impl->journal->cut(upTo); });
}
Status SqliteLedgerStore::lookAtJournal() {
    // Its outcome is its standing: a journal that is gone is no reason to take the job back.
    return write([&](LedgerTransaction&) -> Status {
        static_cast<void>(m_impl->journal->look());
        return {};
    });
}
JournalStanding SqliteLedgerStore::journal() const {
    return m_impl->journal ? m_impl->journal->standing() : JournalStanding();
}

}  // namespace fieldclaim::server
