#include "sync-server/storage/ledger_journal.h"

namespace fieldclaim::server {

Result<LedgerJournal::Row> LedgerJournal::row() const {
    ASSIGN(auto found,
           selectOne<Row>(m_db, "SELECT number, path FROM journal", [](const SqlStatement& row) -> Result<Row> {
               return Row{naturalAt(row, 0), textAt(row, 1)};
           }));
    ENSURE(found.has_value());
    return *found;
}

Result<Uuid> LedgerJournal::epoch() const {
    ASSIGN(const auto found, selectOne<Uuid>(m_db, "SELECT epoch FROM identity",
                                             [](const SqlStatement& row) -> Result<Uuid> { return uuidAt(row, 0); }));
    return found.value_or(Uuid{});
}

JournalFile& LedgerJournal::file(const std::string& path) {
    if (!m_file || path != m_path) {
        m_file = std::make_unique<JournalFile>(path);
        m_path = path;
    }
    return *m_file;
}

void LedgerJournal::note(const Row& row, const Status& written) {
    const std::lock_guard lock(m_mutex);
    m_standing = {row.path, row.number, written ? std::string() : written.error().detail};
}

Status LedgerJournal::append(const JournalBuffer& entries) {
    ENSURE(!entries.empty());
    ASSIGN(auto now, row());
    Status written;
    if (!now.path.empty()) {
        ASSIGN(const auto whose, epoch());
        written = file(now.path).append(whose, now.number, entries);
        m_appended = written.has_value();
    }
    if (written) ++now.number;
    note(now, written);
    TRY(written);
    return runSql(m_db, "UPDATE journal SET number = ?", now.number);
}

void LedgerJournal::committed() { m_appended = false; }

void LedgerJournal::rolledBack() {
    if (std::exchange(m_appended, false) && m_file) m_file->takeBack();
}

Status LedgerJournal::begin(const std::string& path, bool again) {
    ASSIGN(auto now, row());
    if (!now.path.empty() && !again) {
        if (now.path == path) return {};
        return fail(ErrorCode::Conflict, "the journal is kept in another file: `journal begin` moves it");
    }
    ASSIGN(const auto whose, epoch());
    // A journal of an earlier history is somebody's evidence: it is put aside, never written over.
    std::error_code failed;
    for (int i = 1; std::filesystem::exists(path, failed); ++i) {
        const auto aside = path + ".old-" + std::to_string(i);
        if (std::filesystem::exists(aside, failed)) continue;
        std::filesystem::rename(path, aside, failed);
        if (failed) return fail(ErrorCode::Busy, "the journal's file is there and cannot be put aside");
    }
    TRY(JournalFile::create(path, whose, now.number));
    now.path = path;
    note(now, {});
    return runSql(m_db, "UPDATE journal SET path = ?", path);
}

Status LedgerJournal::end() {
    note({}, {});
    return runSql(m_db, "UPDATE journal SET path = ''");
}

Status LedgerJournal::cut(std::uint64_t upTo) {
    ASSIGN(const auto now, row());
    if (now.path.empty()) return {};
    ASSIGN(const auto whose, epoch());
    return file(now.path).cut(whose, upTo);
}

Status LedgerJournal::look() {
    ASSIGN(const auto now, row());
    Status well;
    if (!now.path.empty()) {
        const auto read = readJournal(now.path, [](const JournalRecord&) -> Status { return {}; });
        ASSIGN(const auto whose, epoch());
        if (!read) {
            well = fail(ErrorCode::Busy, read.error().detail);
        } else if (read->head.epoch != whose || read->head.after > now.number || read->last < now.number) {
            well = fail(ErrorCode::Busy, "the journal is not this ledger's, or misses records");
        }
    }
    note(now, well);
    return well;
}

JournalStanding LedgerJournal::standing() const {
    const std::lock_guard lock(m_mutex);
    return m_standing;
}

}  // namespace fieldclaim::server
