#include <algorithm>

#include "mobile/storage/vault_impl.h"
#include "mobile/storage/vault_sync_store.h"

// Bytes that travel beside the records, both ways.
namespace fieldclaim::tablet {

Result<std::vector<BlobUpload>> VaultSyncStore::uploads() {
    ASSIGN(auto* const store, m_vault.m_impl->db());
    std::vector<BlobUpload> out;
    ASSIGN(auto select,
           store->prepareCached("SELECT u.sha256, u.claim, b.size, u.url, u.blocking FROM upload u "
                                "JOIN blob b ON b.sha256 = u.sha256 JOIN claim c ON c.crn = u.claim "
                                "WHERE u.sent = 0 AND u.refused = '' AND c.server_knows = 1 ORDER BY u.saved"));
    TRY(select.query([&](const SqlStatement& row) -> Status {
        BlobUpload upload;
        ASSIGN(upload.sha256, toArray<32>(row.blob(0)));
        upload.claim = row.text(1);
        upload.size = static_cast<std::uint64_t>(row.int64(2));
        upload.url = row.text(3);
        upload.blocking = row.int64(4) != 0;
        out.push_back(std::move(upload));
        return {};
    }));
    return out;
}

Result<Bytes> VaultSyncStore::blobPart(const Hash& name, std::uint64_t offset, std::size_t most) {
    ASSIGN(auto* const store, m_vault.m_impl->db());
    Bytes out;
    if (most == 0) return out;
    ASSIGN(auto select,
           store->prepareCached(
               "SELECT place, bytes FROM blob_chunk WHERE sha256 = ? AND place BETWEEN ? AND ? ORDER BY place"));
    const auto first = offset / kBlobChunkBytes;
    TRY(select.query(name, first, (offset + most - 1) / kBlobChunkBytes, [&](const SqlStatement& row) {
        auto part = row.blob(1);
        const auto begins = static_cast<std::uint64_t>(row.int64(0)) * kBlobChunkBytes;
        if (begins < offset) part = part.subspan(std::min<std::size_t>(part.size(), offset - begins));
        part = part.first(std::min(part.size(), most - out.size()));
        out.insert(out.end(), part.begin(), part.end());
    }));
    return out;
}

Status VaultSyncStore::uploadAt(const BlobKey& key, const std::string& url) {
    ASSIGN(auto* const store, m_vault.m_impl->db());
    ASSIGN(auto update, store->prepareCached("UPDATE upload SET url = ? WHERE sha256 = ? AND claim = ?"));
    return update.run(url, key.sha256, key.claim);
}

Status VaultSyncStore::uploaded(const BlobKey& key) {
    ASSIGN(auto* const store, m_vault.m_impl->db());
    ASSIGN(auto update, store->prepareCached("UPDATE upload SET sent = 1, url = '' WHERE sha256 = ? AND claim = ?"));
    return update.run(key.sha256, key.claim);
}

Status VaultSyncStore::uploadRefused(const BlobKey& key, const std::string& reason) {
    ASSIGN(auto* const store, m_vault.m_impl->db());
    ASSIGN(auto update, store->prepareCached("UPDATE upload SET refused = ?, url = '' WHERE sha256 = ? AND claim = ?"));
    return update.run(reason.empty() ? "refused" : reason, key.sha256, key.claim);
}

Result<std::optional<Hash>> VaultSyncStore::nextDownload() {
    ASSIGN(auto* const store, m_vault.m_impl->db());
    std::optional<Hash> out;
    ASSIGN(auto select,
           store->prepareCached("SELECT sha256 FROM wanted_blob WHERE refused = 0 ORDER BY sha256 LIMIT 1"));
    TRY(select.query([&](const SqlStatement& row) -> Status {
        ASSIGN(out, toArray<32>(row.blob(0)));
        return {};
    }));
    return out;
}

Status VaultSyncStore::downloaded(const Hash& name, ByteView bytes) {
    auto& impl = *m_vault.m_impl;
    ASSIGN(auto* const store, impl.db());
    ASSIGN(auto transaction, Transaction::begin(*store));
    std::string crn;
    ASSIGN(auto select, store->prepareCached("SELECT claim FROM wanted_blob WHERE sha256 = ?"));
    TRY(select.query(name, [&](const SqlStatement& row) { crn = row.text(0); }));
    TRY(impl.putBlob(crn, name, bytes));
    ASSIGN(auto drop, store->prepareCached("DELETE FROM wanted_blob WHERE sha256 = ?"));
    TRY(drop.run(name));
    ASSIGN(auto stale, store->prepareCached("UPDATE claim SET summary = NULL WHERE crn = ?"));
    TRY(stale.run(crn));
    TRY(transaction.commit());
    if (impl.on_pulled) impl.on_pulled({crn});
    return {};
}

Status VaultSyncStore::downloadRefused(const Hash& name) {
    ASSIGN(auto* const store, m_vault.m_impl->db());
    ASSIGN(auto update, store->prepareCached("UPDATE wanted_blob SET refused = 1 WHERE sha256 = ?"));
    return update.run(name);
}

}  // namespace fieldclaim::tablet
