#include "sync-server/storage/sqlite_tables.h"

namespace fieldclaim::server {
namespace {

Result<BlobRow> readBlob(const SqlStatement& row) { return BlobRow{hashAt(row, 0), naturalAt(row, 1), row.int64(2)}; }

Result<UploadRow> readUpload(const SqlStatement& row) {
    return UploadRow{uuidAt(row, 0),    uuidAt(row, 1), hashAt(row, 2),   textAt(row, 3),
                     naturalAt(row, 4), row.int64(5),   row.int64(6) != 0};
}

}  // namespace

Result<std::optional<BlobRow>> SqliteBlobs::blob(const Hash& sha256) const {
    return selectOne<BlobRow>(m_db, "SELECT sha256, size, verified_ms FROM blob WHERE sha256 = ?", readBlob, sha256);
}

Result<std::vector<BlobRow>> SqliteBlobs::blobs() const {
    return selectAll<BlobRow>(m_db, "SELECT sha256, size, verified_ms FROM blob ORDER BY sha256", readBlob);
}

Status SqliteBlobs::addBlob(const BlobRow& row, const std::string& claim) {
    TRY(runSql(m_db, "INSERT OR IGNORE INTO blob VALUES(?, ?, ?)", row.sha256, row.size, row.verified_ms));
    return runSql(m_db, "INSERT OR IGNORE INTO blob_claim VALUES(?, ?)", claim, row.sha256);
}

Result<std::vector<std::string>> SqliteBlobs::claimsOfBlob(const Hash& sha256) const {
    return selectAll<std::string>(
        m_db, "SELECT claim FROM blob_claim WHERE sha256 = ?",
        [](const SqlStatement& row) -> Result<std::string> { return textAt(row, 0); }, sha256);
}

Result<bool> SqliteBlobs::hasBlob(const std::string& claim, const Hash& sha256) const {
    ASSIGN(auto found, selectOne<bool>(
                           m_db, "SELECT 1 FROM blob_claim WHERE claim = ? AND sha256 = ?",
                           [](const SqlStatement&) -> Result<bool> { return true; }, claim, sha256));
    return found.has_value();
}

Result<std::vector<BlobRow>> SqliteBlobs::blobsOfClaim(const std::string& claim) const {
    return selectAll<BlobRow>(
        m_db,
        "SELECT blob.sha256, size, verified_ms FROM blob_claim JOIN blob USING (sha256) WHERE claim = ? "
        "ORDER BY verified_ms, blob.sha256",
        readBlob, claim);
}

Result<std::optional<UploadRow>> SqliteBlobs::upload(const Uuid& id) const {
    return selectOne<UploadRow>(m_db,
                                "SELECT id, device, sha256, claim, size, created_ms, finished FROM upload WHERE id = ?",
                                readUpload, id.bytes);
}

Result<std::optional<UploadRow>> SqliteBlobs::uploadOf(const Uuid& device, const Hash& sha256,
                                                       const std::string& claim) const {
    return selectOne<UploadRow>(
        m_db,
        "SELECT id, device, sha256, claim, size, created_ms, finished FROM upload "
        "WHERE device = ? AND sha256 = ? AND claim = ? ORDER BY finished DESC, created_ms LIMIT 1",
        readUpload, device.bytes, sha256, claim);
}

Status SqliteBlobs::putUpload(const UploadRow& row) {
    return runSql(m_db, "INSERT OR REPLACE INTO upload VALUES(?, ?, ?, ?, ?, ?, ?)", row.id.bytes, row.device.bytes,
                  row.sha256, row.claim, row.size, row.created_ms, static_cast<int>(row.finished));
}

Status SqliteBlobs::removeUpload(const Uuid& id) { return runSql(m_db, "DELETE FROM upload WHERE id = ?", id.bytes); }

Result<std::vector<UploadRow>> SqliteBlobs::unfinishedUploads(const Uuid& device) const {
    return selectAll<UploadRow>(m_db,
                                "SELECT id, device, sha256, claim, size, created_ms, finished FROM upload WHERE "
                                "device = ? AND finished = 0 ORDER BY created_ms",
                                readUpload, device.bytes);
}

Result<std::vector<UploadRow>> SqliteBlobs::uploadsOfClaim(const std::string& claim) const {
    return selectAll<UploadRow>(
        m_db, "SELECT id, device, sha256, claim, size, created_ms, finished FROM upload WHERE claim = ? ORDER BY id",
        readUpload, claim);
}

Status SqliteBlobs::erase(const std::string& claim) {
    TRY(runSql(m_db,
               "INSERT OR IGNORE INTO blob_to_delete SELECT sha256 FROM blob_claim b WHERE claim = ?1 AND NOT EXISTS("
               "SELECT 1 FROM blob_claim o WHERE o.sha256 = b.sha256 AND o.claim <> ?1)",
               claim));
    TRY(runSql(m_db, "DELETE FROM blob_claim WHERE claim = ?", claim));
    TRY(runSql(m_db,
               "DELETE FROM blob WHERE sha256 IN (SELECT sha256 FROM blob_to_delete) "
               "AND NOT EXISTS(SELECT 1 FROM blob_claim o WHERE o.sha256 = blob.sha256)"));
    return runSql(m_db, "DELETE FROM upload WHERE claim = ?", claim);
}

Result<std::vector<Hash>> SqliteBlobs::toDelete() const {
    return selectAll<Hash>(m_db,
                           "SELECT sha256 FROM blob_to_delete WHERE sha256 NOT IN (SELECT sha256 FROM blob) "
                           "AND sha256 NOT IN (SELECT sha256 FROM upload) ORDER BY sha256",
                           [](const SqlStatement& row) -> Result<Hash> { return hashAt(row, 0); });
}

Status SqliteBlobs::deleted(const Hash& sha256) {
    return runSql(m_db, "DELETE FROM blob_to_delete WHERE sha256 = ?", sha256);
}

Result<std::vector<UploadRow>> SqliteBlobs::uploadsBefore(std::int64_t created_ms) const {
    return selectAll<UploadRow>(m_db,
                                "SELECT id, device, sha256, claim, size, created_ms, finished FROM upload WHERE "
                                "created_ms < ? ORDER BY created_ms",
                                readUpload, created_ms);
}

}  // namespace fieldclaim::server
