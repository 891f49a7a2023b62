#include "sync-server/storage/sqlite_tables.h"

namespace fieldclaim::server {

Result<std::uint64_t> SqliteDurability::durableThrough(const Uuid& author, std::uint32_t incarnation) const {
    ASSIGN(const auto found, selectOne<std::uint64_t>(
                                 m_db, "SELECT counter FROM durable_head WHERE author = ? AND incarnation = ?",
                                 [](const SqlStatement& row) -> Result<std::uint64_t> { return naturalAt(row, 0); },
                                 author.bytes, incarnation));
    return found.value_or(0);
}

Status SqliteDurability::putDurable(const Uuid& author, std::uint32_t incarnation, std::uint64_t counter) {
    return runSql(m_db, "INSERT INTO durable_head VALUES(?, ?, ?) ON CONFLICT DO UPDATE SET counter = excluded.counter",
                  author.bytes, incarnation, counter);
}

Result<std::optional<VerifiedBackupRow>> SqliteDurability::verifiedBackup() const {
    return selectOne<VerifiedBackupRow>(
        m_db, "SELECT taken_ms, verified_ms, seq, journal_number FROM verified_backup",
        [](const SqlStatement& row) -> Result<VerifiedBackupRow> {
            return VerifiedBackupRow{row.int64(0), row.int64(1), naturalAt(row, 2), naturalAt(row, 3)};
        });
}

Status SqliteDurability::putVerifiedBackup(const VerifiedBackupRow& row) {
    return runSql(m_db, "INSERT OR REPLACE INTO verified_backup VALUES(1, ?, ?, ?, ?)", row.taken_ms, row.verified_ms,
                  row.seq, row.journal_number);
}

Result<std::optional<RestoredRow>> SqliteDurability::restored() const {
    return selectOne<RestoredRow>(
        m_db, "SELECT at_ms, backup_ms, with_journal, settled FROM restored",
        [](const SqlStatement& row) -> Result<RestoredRow> {
            return RestoredRow{row.int64(0), row.int64(1), row.int64(2) != 0, row.int64(3) != 0};
        });
}

Status SqliteDurability::putRestored(const RestoredRow& row) {
    // How far tablets had read says nothing about the history that begins here: what they wrote in the other one came
    // before they could know of anything in this one (hazard H24).
    if (!row.settled) TRY(runSql(m_db, "DELETE FROM served_cursor"));
    return runSql(m_db, "INSERT OR REPLACE INTO restored VALUES(1, ?, ?, ?, ?)", row.at_ms, row.backup_ms,
                  static_cast<int>(row.with_journal), static_cast<int>(row.settled));
}

Result<std::int64_t> SqliteDurability::comparedAt(const std::string& target) const {
    ASSIGN(const auto found, selectOne<std::int64_t>(
                                 m_db, "SELECT at_ms FROM target_compared WHERE target = ?",
                                 [](const SqlStatement& row) -> Result<std::int64_t> { return row.int64(0); }, target));
    return found.value_or(0);
}

Status SqliteDurability::putCompared(const std::string& target, std::int64_t at_ms, const std::string& who) {
    return runSql(m_db, "INSERT OR REPLACE INTO target_compared VALUES(?, ?, ?)", target, at_ms, who);
}

Result<std::vector<UnknownDeviceRow>> SqliteDurability::unknownDevices() const {
    return selectAll<UnknownDeviceRow>(m_db, "SELECT id, first_ms, last_ms FROM unknown_device ORDER BY first_ms, id",
                                       [](const SqlStatement& row) -> Result<UnknownDeviceRow> {
                                           return UnknownDeviceRow{uuidAt(row, 0), row.int64(1), row.int64(2)};
                                       });
}

Status SqliteDurability::noteUnknownDevice(const Uuid& device, std::int64_t now_ms) {
    return runSql(m_db,
                  "INSERT INTO unknown_device SELECT ?1, ?2, ?2 WHERE (SELECT count(*) FROM unknown_device) < ?3 OR "
                  "EXISTS (SELECT 1 FROM unknown_device WHERE id = ?1) "
                  "ON CONFLICT DO UPDATE SET last_ms = excluded.last_ms",
                  device.bytes, now_ms, kMostUnknownDevices);
}

Result<std::uint64_t> SqliteDurability::journalNumber() const {
    ASSIGN(const auto found, selectOne<std::uint64_t>(
                                 m_db, "SELECT number FROM journal",
                                 [](const SqlStatement& row) -> Result<std::uint64_t> { return naturalAt(row, 0); }));
    return found.value_or(0);
}

}  // namespace fieldclaim::server
