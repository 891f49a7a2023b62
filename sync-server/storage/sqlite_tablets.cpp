#include "sync-server/storage/sqlite_tables.h"

namespace fieldclaim::server {
namespace {

Result<DevicePurgeRow> readPurge(const SqlStatement& row) {
    return DevicePurgeRow{uuidAt(row, 0),    textAt(row, 1),    static_cast<PurgeReason>(row.int64(2)),
                          naturalAt(row, 3), row.int64(4) != 0, row.int64(5)};
}

const std::string kPurgeColumns = "SELECT device, claim, kind, seq, now, confirmed_ms FROM device_purge ";

}  // namespace

Result<std::uint64_t> SqliteTablets::served(const Uuid& device, const std::string& scope) const {
    ASSIGN(const auto found, selectOne<std::uint64_t>(
                                 m_db, "SELECT seq FROM served_cursor WHERE device = ? AND scope = ?",
                                 [](const SqlStatement& row) -> Result<std::uint64_t> { return naturalAt(row, 0); },
                                 device.bytes, scope));
    return found.value_or(0);
}

Status SqliteTablets::putServed(const Uuid& device, const std::string& scope, std::uint64_t seq) {
    return runSql(m_db,
                  "INSERT INTO served_cursor VALUES(?, ?, ?) ON CONFLICT DO UPDATE SET seq = max(seq, excluded.seq)",
                  device.bytes, scope, seq);
}

Result<std::vector<DevicePurgeRow>> SqliteTablets::purgesOf(const Uuid& device) const {
    return selectAll<DevicePurgeRow>(m_db, kPurgeColumns + "WHERE device = ? AND confirmed_ms = 0 ORDER BY claim",
                                     readPurge, device.bytes);
}

Result<std::optional<DevicePurgeRow>> SqliteTablets::purge(const Uuid& device, const std::string& claim) const {
    return selectOne<DevicePurgeRow>(m_db, kPurgeColumns + "WHERE device = ? AND claim = ?", readPurge, device.bytes,
                                     claim);
}

Result<std::vector<DevicePurgeRow>> SqliteTablets::purgesOfClaim(const std::string& claim) const {
    return selectAll<DevicePurgeRow>(m_db, kPurgeColumns + "WHERE claim = ? ORDER BY device", readPurge, claim);
}

Result<std::vector<DevicePurgeRow>> SqliteTablets::erasures() const {
    return selectAll<DevicePurgeRow>(m_db, kPurgeColumns + "WHERE kind = ? ORDER BY claim, device", readPurge,
                                     static_cast<int>(PurgeReason::Erased));
}

Status SqliteTablets::putPurge(const DevicePurgeRow& row) {
    return runSql(m_db, "INSERT OR REPLACE INTO device_purge VALUES(?, ?, ?, ?, ?, ?)", row.device.bytes, row.claim,
                  static_cast<int>(row.reason), row.seq, static_cast<int>(row.at_once), row.confirmed_ms);
}

Status SqliteTablets::removePurge(const Uuid& device, const std::string& claim) {
    return runSql(m_db, "DELETE FROM device_purge WHERE device = ? AND claim = ?", device.bytes, claim);
}

}  // namespace fieldclaim::server
