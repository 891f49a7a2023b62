#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "sync-server/storage/ledger_journal.h"
#include "sync-server/storage/ledger_store.h"

namespace fieldclaim::server {

/// The ledger in one SQLite file. Readers keep a connection each for as long as they read; connections are reused.
///
/// Two processes may have it open: the server, which holds the store's lock and is the only one to append, and the
/// admin command line, which writes the directory's tables alone.
class SqliteLedgerStore final : public LedgerStore {
public:
    struct Options {
        /// A file, or ":memory:" (one connection then serves writer and readers; needs `inline_writer`).
        std::string path;
        /// Jobs run on the caller's thread, one commit each, instead of a writer's thread: for the simulation, where
        /// the same seed must give the same run, and for the command line.
        bool inline_writer = false;
        std::size_t queue_capacity = 1'024;
        std::size_t most_in_group = 256;
        /// Called after each commit, on the writer's thread: jobs in it, microseconds, whether it held.
        std::function<void(std::size_t jobs, std::int64_t micros, bool ok)> on_commit;
        /// Above 0: the file may not grow past so many pages. Tests fill the disk with it (hazard H11).
        std::int64_t max_pages = 0;
        /// A backup's file: only read, nothing beside it is made. Unsupported when another program's schema is in it.
        bool read_only = false;
        /// Called at named moments of a group, on the writer's thread: "journal-written", before the COMMIT, and
        /// "committed", before anyone hears of it. Tests kill the process there.
        std::function<void(std::string_view moment)> at;
    };

    /// Opens or makes the file and brings its schema up to date. Unsupported when a newer program wrote it or the
    /// SQLite linked damages stores; as Database::open() and migrate() otherwise.
    static Result<std::unique_ptr<SqliteLedgerStore>> open(Options options);
    /// Does what is queued first.
    ~SqliteLedgerStore() override;

    void submit(WriteJob job, Done done) override;
    Status readJob(const ReadJob& job) const override;
    Status forgetDeleted() override;
    std::size_t queued() const override;
    void stop() override;

    /// quick_check of the whole file.
    Status check();
    /// integrity_check of the whole file: slower, and it compares indexes with their tables too.
    Status checkDeeply();
    /// A checked copy in one file, made while the server runs: one reading transaction, which holds up no writer. See
    /// Database::backupTo.
    Status backupTo(const std::string& path) const;

    /// From now on what no tablet can offer again goes to this file too. The path is remembered. Conflict when another
    /// one is kept and `again` is not set; what stands at `path` is put aside.
    Status beginJournal(const std::string& path, bool again);
    Status endJournal();
    /// Drops the journal's records up to `upTo`, which are in a verified backup.
    Status cutJournal(std::uint64_t upTo);
    /// Reads the journal's file and notes how it stands.
    Status lookAtJournal();
    JournalStanding journal() const override;

private:
    struct Impl;
    explicit SqliteLedgerStore(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

}  // namespace fieldclaim::server
