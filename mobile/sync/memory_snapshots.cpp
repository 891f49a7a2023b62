#include "mobile/sync/memory_names.h"
#include "mobile/sync/memory_sync_store.h"
#include "mobile/sync/snapshot_frames.h"

// Snapshots of a fresh download, staged.
namespace fieldclaim::tablet {

void MemorySyncStore::Ledger::forget(const std::string& scope) {
    std::erase_if(rows, [&](const auto& entry) {
        const auto in = scopes.find(entry.second.claim);
        return in != scopes.end() && in->second == scope;
    });
    std::erase_if(scopes, [&](const auto& entry) { return entry.second == scope; });
    cursors[scope] = 0;
}

Status MemorySyncStore::snapshotsNeeded() {
    if (!m_staged) TRY(beginFreshPull());
    m_staged->entering.clear();
    for (const auto& [scope, cursor] : Cursors(m_staged->cursors)) {
        if (cursor != 0) continue;
        m_staged->forget(scope);
        m_staged->snapshots[scope] = {};
    }
    return {};
}

Result<std::optional<SnapshotPosition>> MemorySyncStore::snapshotPosition() {
    if (!m_staged || m_staged->snapshots.empty()) return std::nullopt;
    const auto& [scope, snapshot] = *m_staged->snapshots.begin();
    return SnapshotPosition{scope, snapshot.etag, snapshot.offset};
}

Result<bool> MemorySyncStore::snapshotPartReceived(const SnapshotPart& part) {
    ENSURE(m_staged && m_staged->snapshots.contains(part.scope));
    auto ledger = *m_staged;
    auto& snapshot = ledger.snapshots.at(part.scope);
    auto keys = m_keys;
    Pulled pulled;
    std::set<std::string> touched;
    auto rest = takePages(std::move(snapshot.tail), part, [&](const PullReply& page) -> Result<bool> {
        if (page.epoch != m_epoch) return false;
        for (const auto& [crn, key] : page.keys) keys.insert_or_assign(crn, key);
        MemoryNames names(*this, keys);
        const auto rows = unpackRows(page, names);
        if (!rows) return wantsWhole(rows.error()) ? Result<bool>(false) : tl::unexpected<Error>(rows.error());
        ASSIGN(const bool known, putRows(ledger, *rows, pulled));
        for (const auto& row : *rows) touched.insert(row.claim);
        if (!known || page.more) return known;
        const auto cursor = page.cursors.find(part.scope);
        const auto checksum = page.checksums.find(part.scope);
        if (cursor == page.cursors.end() || checksum == page.checksums.end()) return false;
        ledger.cursors[part.scope] = cursor->second;
        return sumOf(ledger, part.scope, {}) == checksum->second;
    });
    if (!rest) return tl::unexpected<Error>(rest.error());
    if (!*rest) {
        TRY(snapshotLost(part.scope));
        return false;
    }
    m_keys = std::move(keys);
    m_pulled.merge(pulled);
    m_known_to_server.merge(touched);
    if (part.offset + part.bytes.size() == part.size) {
        ledger.snapshots.erase(part.scope);
    } else {
        snapshot = {part.etag, part.offset + part.bytes.size(), std::move(**rest)};
    }
    m_staged = std::move(ledger);
    return true;
}

Status MemorySyncStore::snapshotLost(const std::string& scope) {
    ENSURE(m_staged);
    m_staged->forget(scope);
    m_staged->snapshots[scope] = {};
    return {};
}

}  // namespace fieldclaim::tablet
