#include "sync-server/storage/sqlite_tables.h"

namespace fieldclaim::server {
namespace {

Result<SiteRow> readSite(const SqlStatement& row) { return SiteRow{textAt(row, 0), textAt(row, 1)}; }

constexpr std::string_view kOfficers =
    "SELECT id, name, role, site, code_hash, code_tries, code_expires_ms, login, password_hash FROM officer "
    "WHERE ?1 = '' OR site = ?1 ORDER BY name, id";
constexpr std::string_view kOfficer =
    "SELECT id, name, role, site, code_hash, code_tries, code_expires_ms, login, password_hash FROM officer WHERE id = "
    "?";
constexpr std::string_view kOfficerByLogin =
    "SELECT id, name, role, site, code_hash, code_tries, code_expires_ms, login, password_hash FROM officer "
    "WHERE login = ?";

Result<OfficerRow> readOfficer(const SqlStatement& row) {
    OfficerRow out{uuidAt(row, 0), textAt(row, 1), textAt(row, 2),
                   textAt(row, 3), std::nullopt,   static_cast<int>(row.int64(5)),
                   row.int64(6),   std::nullopt,   textAt(row, 8)};
    if (!row.isNull(4)) out.code_hash = hashAt(row, 4);
    if (!row.isNull(7)) out.login = textAt(row, 7);
    return out;
}

constexpr std::string_view kDevices =
    "SELECT id, name, device_key, site, enrolled_ms, last_seen_ms, revoked_ms, pending, app, store_key, pending_ms, "
    "lock_ms, wipe_ms, wiped_ms, pending_received FROM device ORDER BY enrolled_ms, id";
constexpr std::string_view kDevice =
    "SELECT id, name, device_key, site, enrolled_ms, last_seen_ms, revoked_ms, pending, app, store_key, pending_ms, "
    "lock_ms, wipe_ms, wiped_ms, pending_received FROM device WHERE id = ?";

Result<DeviceRow> readDevice(const SqlStatement& row) {
    DeviceRow out{uuidAt(row, 0), textAt(row, 1), hashAt(row, 2),    textAt(row, 3), row.int64(4),
                  row.int64(5),   row.int64(6),   naturalAt(row, 7), textAt(row, 8)};
    if (!row.isNull(9)) out.store_key = hashAt(row, 9);
    out.pending_ms = row.int64(10);
    out.lock_ms = row.int64(11);
    out.wipe_ms = row.int64(12);
    out.wiped_ms = row.int64(13);
    if (row.int64(14) >= 0) out.pending_received = naturalAt(row, 14);
    return out;
}

Result<AuthorRow> readAuthor(const SqlStatement& row) {
    return AuthorRow{uuidAt(row, 0), uuidAt(row, 1), uuidAt(row, 2), hashAt(row, 3), row.int64(4)};
}

Result<ReleaseRow> readRelease(const SqlStatement& row) {
    ReleaseRow out;
    out.device = uuidAt(row, 0);
    out.code = textAt(row, 1);
    out.request = {uuidAt(row, 2), bytesAt<16>(row, 3), hashAt(row, 4), blobAt(row, 5)};
    out.expires_ms = row.int64(6);
    out.tries = static_cast<int>(row.int64(7));
    if (!row.isNull(8)) out.answer = blobAt(row, 8);
    return out;
}

// What a tablet says of itself each time that it comes is not worth the journal.
bool isSameButSeen(const DeviceRow& before, DeviceRow after) {
    after.last_seen_ms = before.last_seen_ms;
    after.pending = before.pending;
    after.pending_ms = before.pending_ms;
    after.pending_received = before.pending_received;
    after.app = before.app;
    return after == before;
}

}  // namespace

Result<std::vector<SiteRow>> SqliteDirectory::sites() const {
    return selectAll<SiteRow>(m_db, "SELECT id, name FROM site ORDER BY id", readSite);
}

Result<std::optional<SiteRow>> SqliteDirectory::site(const std::string& id) const {
    return selectOne<SiteRow>(m_db, "SELECT id, name FROM site WHERE id = ?", readSite, id);
}

Status SqliteDirectory::putSite(const SiteRow& row) {
    remember(m_journal, row);
    return runSql(m_db, "INSERT INTO site VALUES(?, ?) ON CONFLICT(id) DO UPDATE SET name = excluded.name", row.id,
                  row.name);
}

Result<std::vector<OfficerRow>> SqliteDirectory::officers(const std::string& site) const {
    return selectAll<OfficerRow>(m_db, kOfficers, readOfficer, site);
}

Result<std::optional<OfficerRow>> SqliteDirectory::officer(const Uuid& id) const {
    return selectOne<OfficerRow>(m_db, kOfficer, readOfficer, id.bytes);
}

Result<std::optional<OfficerRow>> SqliteDirectory::officerByLogin(const std::string& login) const {
    return selectOne<OfficerRow>(m_db, kOfficerByLogin, readOfficer, login);
}

Status SqliteDirectory::putOfficer(const OfficerRow& row) {
    remember(m_journal, row);
    return runSql(
        m_db,
        "INSERT INTO officer VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(id) DO UPDATE SET "
        "name = excluded.name, role = excluded.role, site = excluded.site, code_hash = excluded.code_hash, "
        "code_tries = excluded.code_tries, code_expires_ms = excluded.code_expires_ms, login = excluded.login, "
        "password_hash = excluded.password_hash",
        row.id.bytes, row.name, row.role, row.site, row.code_hash, row.code_tries, row.code_expires_ms, row.login,
        row.password_hash);
}

Result<std::vector<DeviceRow>> SqliteDirectory::devices() const {
    return selectAll<DeviceRow>(m_db, kDevices, readDevice);
}

Result<std::optional<DeviceRow>> SqliteDirectory::device(const Uuid& id) const {
    return selectOne<DeviceRow>(m_db, kDevice, readDevice, id.bytes);
}

Status SqliteDirectory::putDevice(const DeviceRow& row) {
    ASSIGN(const auto before, device(row.id));
    if (!before || !isSameButSeen(*before, row)) remember(m_journal, row);
    return runSql(m_db,
                  "INSERT INTO device(id, name, device_key, site, enrolled_ms, last_seen_ms, revoked_ms, pending, app, "
                  "store_key, pending_ms, lock_ms, wipe_ms, wiped_ms, pending_received) "
                  "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
                  "ON CONFLICT(id) DO UPDATE SET "
                  "name = excluded.name, site = excluded.site, last_seen_ms = excluded.last_seen_ms, "
                  "revoked_ms = excluded.revoked_ms, pending = excluded.pending, app = excluded.app, "
                  "store_key = excluded.store_key, pending_ms = excluded.pending_ms, lock_ms = excluded.lock_ms, "
                  "wipe_ms = excluded.wipe_ms, wiped_ms = excluded.wiped_ms, "
                  "pending_received = excluded.pending_received",
                  row.id.bytes, row.name, row.key, row.site, row.enrolled_ms, row.last_seen_ms, row.revoked_ms,
                  row.pending, row.app, row.store_key, row.pending_ms, row.lock_ms, row.wipe_ms, row.wiped_ms,
                  row.pending_received ? static_cast<std::int64_t>(*row.pending_received) : -1);
}

Result<std::vector<std::string>> SqliteDirectory::furtherSites(const Uuid& device) const {
    return selectAll<std::string>(
        m_db, "SELECT site FROM device_site WHERE device = ? ORDER BY site",
        [](const SqlStatement& row) -> Result<std::string> { return textAt(row, 0); }, device.bytes);
}

Status SqliteDirectory::addFurtherSite(const Uuid& device, const std::string& site) {
    remember(m_journal, DeviceSiteRow{device, site, true});
    return runSql(m_db, "INSERT OR IGNORE INTO device_site VALUES(?, ?)", device.bytes, site);
}

Status SqliteDirectory::removeFurtherSite(const Uuid& device, const std::string& site) {
    remember(m_journal, DeviceSiteRow{device, site, false});
    return runSql(m_db, "DELETE FROM device_site WHERE device = ? AND site = ?", device.bytes, site);
}

Result<std::optional<EnrolmentCodeRow>> SqliteDirectory::enrolmentCode(std::uint32_t lookup) const {
    return selectOne<EnrolmentCodeRow>(
        m_db,
        "SELECT lookup, secret_hash, site, expires_ms, tries, used_ms, device FROM enrolment_code WHERE lookup = ?",
        [](const SqlStatement& row) -> Result<EnrolmentCodeRow> {
            EnrolmentCodeRow out{static_cast<std::uint32_t>(row.int64(0)), hashAt(row, 1), textAt(row, 2), row.int64(3),
                                 static_cast<int>(row.int64(4)),           row.int64(5),   std::nullopt};
            if (!row.isNull(6)) out.device = uuidAt(row, 6);
            return out;
        },
        lookup);
}

Status SqliteDirectory::putEnrolmentCode(const EnrolmentCodeRow& row) {
    remember(m_journal, row);
    std::optional<Bytes> device;
    if (row.device) device = toBytes(row.device->bytes);
    return runSql(m_db, "INSERT OR REPLACE INTO enrolment_code VALUES(?, ?, ?, ?, ?, ?, ?)", row.lookup,
                  row.secret_hash, row.site, row.expires_ms, row.tries, row.used_ms, device);
}

Result<std::optional<AuthorRow>> SqliteDirectory::author(const Uuid& id) const {
    return selectOne<AuthorRow>(m_db, "SELECT id, officer, device, author_key, registered_ms FROM author WHERE id = ?",
                                readAuthor, id.bytes);
}

Result<std::vector<AuthorRow>> SqliteDirectory::authorsOf(const Uuid& device) const {
    return selectAll<AuthorRow>(
        m_db,
        "SELECT id, officer, device, author_key, registered_ms FROM author WHERE device = ? ORDER BY registered_ms, id",
        readAuthor, device.bytes);
}

Result<std::vector<ReleaseRow>> SqliteDirectory::releases() const {
    return selectAll<ReleaseRow>(
        m_db,
        "SELECT device, code, officer, nonce, one_time_key, recovery, expires_ms, tries, answer FROM release_request "
        "ORDER BY device",
        readRelease);
}

Status SqliteDirectory::putRelease(const ReleaseRow& row) {
    const auto& asked = row.request;
    return runSql(m_db,
                  "INSERT OR REPLACE INTO release_request(device, code, officer, nonce, one_time_key, recovery, "
                  "expires_ms, tries, answer) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)",
                  row.device.bytes, row.code, asked.officer.bytes, asked.nonce, asked.one_time_key, asked.recovery,
                  row.expires_ms, row.tries, row.answer);
}

Status SqliteDirectory::removeRelease(const Uuid& device) {
    return runSql(m_db, "DELETE FROM release_request WHERE device = ?", device.bytes);
}

Status SqliteDirectory::addAuthor(const AuthorRow& row) {
    remember(m_journal, row);
    return runSql(m_db, "INSERT INTO author VALUES(?, ?, ?, ?, ?)", row.id.bytes, row.officer.bytes, row.device.bytes,
                  row.key, row.registered_ms);
}

}  // namespace fieldclaim::server
