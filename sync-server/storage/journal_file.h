#pragma once

#include <filesystem>
#include <functional>
#include <span>

#include "shared/base/ids.h"

namespace fieldclaim::server {

/// The journal's file: a line that names the format, then frames, each [mark, length, SHA-256, CBOR]. The first frame
/// says whose journal it is and after which record it begins; the others are records, numbered without a gap.
///
/// A record is on its disk when append() is back. One that the ledger then did not commit is taken back, or overwritten
/// by the next: the ledger's own number says where the file ends (the file alone cannot). One writer at a time: who
/// holds the ledger's write transaction. Another process may have appended or cut meanwhile, which is noticed.
class JournalFile {
public:
    explicit JournalFile(std::filesystem::path path) : m_path(std::move(path)) {}
    ~JournalFile();
    JournalFile(const JournalFile&) = delete;
    JournalFile& operator=(const JournalFile&) = delete;

    /// Begins a journal whose first record will be `after` + 1. Conflict when the file exists.
    static Status create(const std::filesystem::path& path, const Uuid& epoch, std::uint64_t after);

    /// Writes record `after` + 1 and syncs it. DiskFull when the disk is; Busy when the file is gone, is another
    /// ledger's, misses a record up to `after`, or cannot be written: nothing of the record counts then.
    Status append(const Uuid& epoch, std::uint64_t after, std::span<const Bytes> entries);
    /// The last append's transaction was not committed.
    void takeBack();
    /// Begins the file again after record `upTo`: what is before is in a verified backup. Whole or not at all.
    Status cut(const Uuid& epoch, std::uint64_t upTo);

private:
    Status open(const Uuid& epoch, std::uint64_t number);
    void close();
    bool isSameFile() const;

    std::filesystem::path m_path;
    int m_file = -1;
    std::uint64_t m_number = 0;  ///< of the last record that counts
    std::int64_t m_end = 0;      ///< where it ends
    std::uint64_t m_before_number = 0;
    std::int64_t m_before_end = 0;
};

struct JournalHead {
    Uuid epoch;
    std::uint64_t after = 0;  ///< the first record is `after` + 1
};
struct JournalRecord {
    std::uint64_t number = 0;
    std::vector<Bytes> entries;  ///< encodeJournalEntry
};
struct JournalSummary {
    JournalHead head;
    std::uint64_t last = 0;
    std::int64_t end = 0;  ///< bytes that hold whole records
    bool torn = false;     ///< something after them was cut short by a crash, and counts as never written
};

/// Whose journal it is, and where it begins.
Result<JournalHead> readJournalHead(const std::filesystem::path& path);

/// Reads the whole file in order; the callback's failure ends it. A tail that was cut short is passed over; NotFound
/// when there is no file; Damaged, naming the record, for damage before the tail.
Result<JournalSummary> readJournal(const std::filesystem::path& path,
                                   const std::function<Status(const JournalRecord&)>& callback);

}  // namespace fieldclaim::server
