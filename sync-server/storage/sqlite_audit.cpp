#include "sync-server/storage/sqlite_tables.h"

namespace fieldclaim::server {

Status SqliteAudit::add(const AuditRow& row) {
    remember(m_journal, row);
    return runSql(m_db,
                  "INSERT INTO audit(at_ms, who, what, claim, detail) VALUES(?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                  row.at_ms, row.who, row.what, row.claim, row.detail);
}

Result<std::vector<AuditRow>> SqliteAudit::rows(const std::string& claim, std::size_t limit) const {
    return selectAll<AuditRow>(
        m_db,
        "SELECT number, at_ms, who, what, claim, detail FROM audit WHERE ?1 = '' OR claim = ?1 ORDER BY number DESC "
        "LIMIT ?2",
        [](const SqlStatement& row) -> Result<AuditRow> {
            return AuditRow{row.int64(0), row.int64(1), textAt(row, 2), textAt(row, 3), textAt(row, 4), textAt(row, 5)};
        },
        claim, limit);
}

}  // namespace fieldclaim::server
