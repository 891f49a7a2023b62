#pragma once

// Private to sync-server/storage.
#include <memory>
#include <mutex>
#include <optional>

#include "sync-server/storage/journal_file.h"
#include "sync-server/storage/sqlite_tables.h"

namespace fieldclaim::server {

/// The journal as a part of the writer's transactions: a group's entries become one record, which is on the journal's
/// disk before the group is committed. A crash between the two leaves a record that nobody was told of; the next one
/// takes its place. So nothing that was answered is missing from the journal, and nothing is half done when it cannot
/// be written. Used by the writer alone, but for standing().
class LedgerJournal {
public:
    explicit LedgerJournal(Database& writer) : m_db(writer) {}

    /// Inside the transaction, before its COMMIT.
    Status append(const JournalBuffer& entries);
    void committed();
    void rolledBack();

    /// Inside a transaction. `again`: instead of the one that is kept now, which may be gone.
    Status begin(const std::string& path, bool again);
    Status end();
    /// Inside a transaction: records up to `upTo` are in a verified backup.
    Status cut(std::uint64_t upTo);
    JournalStanding standing() const;
    /// Reads how it stands, and tries the file.
    Status look();

private:
    struct Row {
        std::uint64_t number = 0;
        std::string path;
    };
    Result<Row> row() const;
    Result<Uuid> epoch() const;
    JournalFile& file(const std::string& path);
    void note(const Row& row, const Status& written);

    Database& m_db;
    std::string m_path;
    std::unique_ptr<JournalFile> m_file;
    bool m_appended = false;
    mutable std::mutex m_mutex;
    JournalStanding m_standing;
};

}  // namespace fieldclaim::server
