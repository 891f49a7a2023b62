#include <algorithm>

#include "mobile/storage/vault_impl.h"
#include "mobile/storage/vault_names.h"
#include "mobile/storage/vault_sync_store.h"
#include "mobile/sync/snapshot_frames.h"

// Snapshots of a fresh download, staged.
namespace fieldclaim::tablet {

Status VaultSyncStore::snapshotsNeeded() {
    auto& impl = *m_vault.m_impl;
    ASSIGN(auto* const store, impl.db());
    ASSIGN(const auto position, pullPosition());
    ASSIGN(auto transaction, Transaction::begin(*store));
    if (!position.full) TRY(impl.stageAnew());
    TRY(impl.putSetting("entering", {}));
    ASSIGN(auto want, store->prepareCached("INSERT OR REPLACE INTO snapshot(scope) VALUES(?)"));
    for (const auto& [scope, cursor] : position.cursors) {
        if (position.full && cursor != 0) continue;
        TRY(impl.unstage(scope));
        TRY(want.run(scope));
    }
    return transaction.commit();
}

Result<std::optional<SnapshotPosition>> VaultSyncStore::snapshotPosition() {
    ASSIGN(auto* const store, m_vault.m_impl->db());
    std::optional<SnapshotPosition> out;
    ASSIGN(auto select, store->prepareCached("SELECT scope, etag, received FROM snapshot ORDER BY scope LIMIT 1"));
    TRY(select.query([&](const SqlStatement& row) {
        out = {std::string(row.text(0)), std::string(row.text(1)), static_cast<std::uint64_t>(row.int64(2))};
    }));
    return out;
}

Result<bool> VaultSyncStore::snapshotPartReceived(const SnapshotPart& part) {
    auto& impl = *m_vault.m_impl;
    ASSIGN(auto* const store, impl.db());
    Bytes tail;
    ASSIGN(auto kept, store->prepareCached("SELECT tail FROM snapshot WHERE scope = ?"));
    TRY(kept.query(part.scope, [&](const SqlStatement& row) { tail = toBytes(row.blob(0)); }));

    {
        ASSIGN(auto transaction, Transaction::begin(*store));
        ASSIGN(const auto rest,
               takePages(std::move(tail), part, [&](const PullReply& page) { return stagePage(part.scope, page); }));
        if (rest) {
            if (part.offset + part.bytes.size() == part.size) {
                ASSIGN(auto done, store->prepareCached("DELETE FROM snapshot WHERE scope = ?"));
                TRY(done.run(part.scope));
            } else {
                ASSIGN(auto update,
                       store->prepareCached("UPDATE snapshot SET etag = ?, received = ?, tail = ? WHERE scope = ?"));
                TRY(update.run(part.etag, part.offset + part.bytes.size(), *rest, part.scope));
            }
            TRY(transaction.commit());
            return true;
        }
    }
    TRY(snapshotLost(part.scope));
    return false;
}

Result<bool> VaultSyncStore::stagePage(const std::string& scope, const PullReply& page) {
    auto& impl = *m_vault.m_impl;
    ASSIGN(auto* const store, impl.db());
    ASSIGN(const auto epoch, impl.setting("epoch"));
    if (!std::equal(epoch.begin(), epoch.end(), page.epoch.bytes.begin(), page.epoch.bytes.end())) return false;
    VaultNames names(*store, page.keys, true);
    const auto rows = unpackRows(page, names);
    if (!rows) return wantsWhole(rows.error()) ? Result<bool>(false) : tl::unexpected<Error>(rows.error());
    TRY(impl.keepKeys(page.keys));
    std::map<std::string, std::int64_t> touched;
    ASSIGN(const bool known, impl.keepRows(*rows, 1, touched));
    if (!known || page.more) return known;
    const auto cursor = page.cursors.find(scope);
    const auto checksum = page.checksums.find(scope);
    if (cursor == page.cursors.end() || checksum == page.checksums.end()) return false;
    ASSIGN(auto advance, store->prepareCached("UPDATE scope SET cursor = ? WHERE staged = 1 AND name = ?"));
    TRY(advance.run(cursor->second, scope));
    ASSIGN(const auto sums, impl.scopeSums(1, {}));
    const auto ours = sums.find(scope);
    return (ours == sums.end() ? 0 : ours->second) == checksum->second;
}

Status VaultSyncStore::snapshotLost(const std::string& scope) {
    auto& impl = *m_vault.m_impl;
    ASSIGN(auto* const store, impl.db());
    ASSIGN(auto transaction, Transaction::begin(*store));
    TRY(impl.unstage(scope));
    ASSIGN(auto want, store->prepareCached("INSERT OR REPLACE INTO snapshot(scope) VALUES(?)"));
    TRY(want.run(scope));
    return transaction.commit();
}

}  // namespace fieldclaim::tablet
