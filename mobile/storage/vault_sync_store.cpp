#include "mobile/storage/vault_sync_store.h"

#include <algorithm>
#include <set>

#include "mobile/storage/vault_impl.h"
#include "mobile/storage/vault_names.h"
#include "shared/crypto/certificates.h"
#include "shared/wire/cbor.h"

namespace fieldclaim::tablet {
namespace {

constexpr std::string_view kApp = "fieldclaim-tablet/0.1.0";

}  // namespace

Result<SyncIdentity> VaultSyncStore::identity() {
    TRY(m_vault.m_impl->db());
    const auto& setup = m_vault.setup();
    ASSIGN(const auto ca, sha256OfPublicKey(setup.ca_pem));
    ASSIGN(const auto store_secret, m_vault.m_impl->storeSecret());
    SyncIdentity out{setup.device, m_vault.deviceKey().pair().secret, ca, std::string(kApp), store_secret};
    out.ca_pem = setup.ca_pem;
    out.next_ca_pem = setup.next_ca_pem;
    return out;
}

Result<std::vector<UnregisteredAuthor>> VaultSyncStore::unregisteredAuthors() {
    ASSIGN(auto* const store, m_vault.m_impl->db());
    std::vector<UnregisteredAuthor> out;
    ASSIGN(auto select,
           store->prepareCached("SELECT id, officer, code, public_key FROM author WHERE registered = 0 ORDER BY id"));
    TRY(select.query([&](const SqlStatement& row) -> Status {
        UnregisteredAuthor author;
        ASSIGN(author.author, Uuid::fromBytes(row.blob(0)));
        ASSIGN(author.officer, Uuid::fromBytes(row.blob(1)));
        author.code = row.text(2);
        ASSIGN(author.author_key, toArray<32>(row.blob(3)));
        out.push_back(std::move(author));
        return {};
    }));
    return out;
}

std::optional<Bytes> VaultSyncStore::signAsAuthor(const Uuid& author, ByteView message) {
    const auto& signed_in = m_vault.m_impl->signed_in;
    if (!signed_in || signed_in->author != author) return std::nullopt;
    return signEd25519(signed_in->secret, message);
}

Status VaultSyncStore::authorRegistered(const Uuid& author) {
    ASSIGN(auto* const store, m_vault.m_impl->db());
    ASSIGN(auto update, store->prepareCached("UPDATE author SET registered = 1, code = '', refused = '' WHERE id = ?"));
    return update.run(author.bytes);
}

Status VaultSyncStore::authorRefused(const Uuid& author, const std::string& reason) {
    ASSIGN(auto* const store, m_vault.m_impl->db());
    ASSIGN(auto update, store->prepareCached("UPDATE author SET refused = ? WHERE id = ?"));
    return update.run(reason, author.bytes);
}

Status VaultSyncStore::authoritiesLearned(const TrustedAuthorities& trusted) {
    auto& impl = *m_vault.m_impl;
    ASSIGN(auto* const store, impl.db());
    {
        ASSIGN(auto transaction, Transaction::begin(*store));
        TRY(impl.putSetting("ca_pem", asBytes(trusted.ca_pem)));
        TRY(impl.putSetting("next_ca_pem", asBytes(trusted.next_ca_pem)));
        TRY(transaction.commit());
    }
    auto before = impl.setup;
    impl.setup.ca_pem = trusted.ca_pem;
    impl.setup.next_ca_pem = trusted.next_ca_pem;
    // Should this be cut, the next unlock makes up for it; should it fail, it is learned again at the next hello.
    const Status kept = impl.refreshState();
    if (!kept) impl.setup = std::move(before);
    return kept;
}

Result<SyncPosition> VaultSyncStore::position() {
    ASSIGN(auto* const store, m_vault.m_impl->db());
    SyncPosition out;
    ASSIGN(const auto pull, pullPosition());
    out.epoch = pull.epoch;
    out.cursors = pull.cursors;
    ASSIGN(auto heads,
           store->prepareCached("SELECT author, incarnation, counter, hash FROM chain ORDER BY author, incarnation"));
    TRY(heads.query([&](const SqlStatement& row) -> Status {
        Head head;
        ASSIGN(head.author, Uuid::fromBytes(row.blob(0)));
        head.incarnation = static_cast<std::uint32_t>(row.int64(1));
        head.counter = static_cast<std::uint64_t>(row.int64(2));
        ASSIGN(head.hash, toArray<32>(row.blob(3)));
        out.heads.push_back(head);
        return {};
    }));
    ASSIGN(auto pending, store->prepareCached("SELECT count(*) FROM own_change_set WHERE state = 0"));
    TRY(pending.query([&](const SqlStatement& row) { out.pending = static_cast<std::uint64_t>(row.int64(0)); }));
    ASSIGN(out.views, m_vault.m_impl->views(kMostViews));
    return out;
}

Result<std::vector<Head>> VaultSyncStore::helloReceived(const HelloReply& reply, std::int64_t wall_ms) {
    auto& impl = *m_vault.m_impl;
    ASSIGN(auto* const store, impl.db());
    std::vector<Head> other_chain;
    ASSIGN(auto transaction, Transaction::begin(*store));
    ASSIGN(const auto epoch, impl.setting("epoch"));
    const bool restored = !epoch.empty() && !std::equal(epoch.begin(), epoch.end(), reply.epoch.bytes.begin());
    if (restored) {
        TRY(impl.stageAnew());
        // Until the fresh download is here, nothing of this history was read: what is saved meanwhile says so.
        TRY(
            store->exec("UPDATE scope SET cursor = 0 WHERE staged = 0;"
                        "UPDATE claim SET server_knows = 0; UPDATE upload SET sent = 0, url = '';"));
    }
    TRY(impl.putSetting("epoch", reply.epoch.bytes));
    TRY(impl.putSetting("server_author", reply.server_author.bytes));
    TRY(impl.putSetting("last_contact", encodeCbor(Value(wall_ms))));
    if (!reply.officers.empty()) TRY(impl.putSetting("officers", encodeOfficers(reply.officers)));
    ASSIGN(auto scope,
           store->prepareCached(
               "INSERT INTO scope(staged, name) SELECT s.staged, ?1 FROM (SELECT 0 AS staged UNION SELECT 1) s "
               "WHERE s.staged = 0 OR EXISTS(SELECT 1 FROM setting WHERE key = 'fresh') ON CONFLICT DO NOTHING"));
    for (const auto& name : reply.scopes) TRY(scope.run(name));
    // A site that this tablet is enrolled for no more: should it be again, it is read from the beginning.
    if (!reply.scopes.empty()) {
        std::vector<std::string> ended;
        ASSIGN(auto known, store->prepareCached("SELECT DISTINCT name FROM scope"));
        TRY(known.query([&](const SqlStatement& row) {
            if (std::find(reply.scopes.begin(), reply.scopes.end(), row.text(0)) == reply.scopes.end())
                ended.emplace_back(row.text(0));
        }));
        ASSIGN(auto end, store->prepareCached("DELETE FROM scope WHERE name = ?"));
        ASSIGN(auto unwanted, store->prepareCached("DELETE FROM snapshot WHERE scope = ?"));
        for (const auto& name : ended) {
            TRY(impl.unstage(name));
            TRY(end.run(name));
            TRY(unwanted.run(name));
        }
    }
    TRY(store->exec(
        "UPDATE author SET refused = ''; UPDATE upload SET refused = ''; UPDATE wanted_blob SET refused = 0;"));

    ASSIGN(auto known, store->prepareCached("SELECT counter FROM chain WHERE author = ? AND incarnation = ?"));
    ASSIGN(
        auto at_counter,
        store->prepareCached("SELECT hash FROM own_change_set WHERE author = ? AND incarnation = ? AND counter = ?"));
    ASSIGN(auto goes_on, store->prepareCached("SELECT 1 FROM author WHERE id = ? AND incarnation = ?"));
    for (const auto& head : reply.received) {
        std::uint64_t ours = 0;
        TRY(known.query(head.author.bytes, head.incarnation,
                        [&](const SqlStatement& row) { ours = static_cast<std::uint64_t>(row.int64(0)); }));
        if (ours == 0) continue;
        bool differs = head.counter > ours;
        if (!differs && head.counter > 0 && head.hash != Hash{}) {
            TRY(at_counter.query(head.author.bytes, head.incarnation, head.counter, [&](const SqlStatement& row) {
                differs = !equalConstantTime(row.blob(0), head.hash);
            }));
        }
        if (differs) {
            // One that was left behind for its fork differs for ever, and its officer has been told.
            bool current = false;
            TRY(goes_on.query(head.author.bytes, head.incarnation, [&](const SqlStatement&) { current = true; }));
            if (current) other_chain.push_back(head);
            // What the lost history had of ours, in its chain or beside it, this one may not have.
            if (restored) TRY(rewind(head.author, head.incarnation, 0));
        } else {
            TRY(rewind(head.author, head.incarnation, head.counter));
            TRY(impl.mendChain(head));
        }
    }
    // What a restored server still has of ours is of claims that it knows, whose images it takes.
    if (restored) TRY(noteKnownClaims());
    ASSIGN(auto durable, store->prepareCached("UPDATE chain SET durable = ? WHERE author = ? AND incarnation = ?"));
    for (const auto& head : reply.durable) TRY(durable.run(head.counter, head.author.bytes, head.incarnation));
    TRY(impl.viewsNoted(reply.views_noted));
    TRY(transaction.commit());
    if (!reply.officers.empty()) impl.setup.officers = reply.officers;
    if (reply.recovery_key) TRY(impl.keepRecoveryKey(*reply.recovery_key));
    return other_chain;
}

Result<std::vector<PackInfo>> VaultSyncStore::packsToFetch(const std::vector<PackInfo>& offered) {
    ASSIGN(auto* const store, m_vault.m_impl->db());
    std::vector<PackInfo> out;
    ASSIGN(auto select, store->prepareCached("SELECT 1 FROM pack WHERE id = ? AND digest = ?"));
    for (const auto& pack : offered) {
        bool here = false;
        TRY(select.query(pack.id, pack.digest, [&](const SqlStatement&) { here = true; }));
        if (!here) out.push_back(pack);
    }
    return out;
}

Status VaultSyncStore::packReceived(const PackInfo& pack, ByteView archive) {
    ASSIGN(auto* const store, m_vault.m_impl->db());
    ASSIGN(auto transaction, Transaction::begin(*store));
    // What claims were written and signed with is kept under its whole name: "working-age/2006.12.20-1".
    ASSIGN(auto keep, store->prepareCached("INSERT OR IGNORE INTO pack(id, version, digest, archive)"
                                           " SELECT id || '/' || version, version, digest, archive FROM pack"
                                           " WHERE id = ? AND version <> ?"));
    TRY(keep.run(pack.id, pack.version));
    ASSIGN(auto put, store->prepareCached(
                         "INSERT INTO pack(id, version, digest, archive) VALUES(?, ?, ?, ?) ON CONFLICT(id) DO UPDATE "
                         "SET version = excluded.version, digest = excluded.digest, archive = excluded.archive"));
    TRY(put.run(pack.id, pack.version, pack.digest, archive));
    return transaction.commit();
}

Result<SyncCounts> VaultSyncStore::counts() {
    ASSIGN(auto* const store, m_vault.m_impl->db());
    SyncCounts out;
    // Asked for several times a step: all of it is read from indexes, none of it from the rows.
    ASSIGN(auto select,
           store->prepareCached(
               "SELECT (SELECT count(*) FROM own_change_set), (SELECT count(*) FROM own_change_set WHERE state = 0),"
               " (SELECT count(*) FROM own_change_set WHERE state = 3),"
               " (SELECT coalesce(sum((SELECT count(*) FROM own_change_set o INDEXED BY own_unreceived"
               "   WHERE o.state = 0 AND o.author = a.id)), 0)"
               "  FROM author a WHERE a.registered = 1 AND a.refused = '') -"
               " (SELECT coalesce(sum((SELECT count(*) FROM own_change_set o INDEXED BY own_unreceived"
               "   WHERE o.state = 0 AND o.author = c.author AND o.incarnation = c.incarnation)), 0)"
               "  FROM chain c JOIN author a ON a.id = c.author"
               "  WHERE c.missing < 0 AND a.registered = 1 AND a.refused = ''),"
               " (SELECT count(*) FROM upload WHERE sent = 0), EXISTS(SELECT 1 FROM claim WHERE news = 1)"));
    TRY(select.query([&](const SqlStatement& row) {
        out.saved = static_cast<std::uint64_t>(row.int64(0));
        out.acknowledged = static_cast<std::uint64_t>(row.int64(0) - row.int64(1));
        out.set_aside = static_cast<std::uint64_t>(row.int64(2));
        out.sendable = static_cast<std::uint64_t>(row.int64(3));
        out.blobs_waiting = static_cast<std::uint64_t>(row.int64(4));
        out.news_expected = row.int64(5) != 0;
    }));
    ASSIGN(auto missing, store->prepareCached("SELECT coalesce(sum(max(missing, 0)), 0) FROM chain"));
    TRY(missing.query([&](const SqlStatement& row) {
        out.saved += static_cast<std::uint64_t>(row.int64(0));
        out.acknowledged += static_cast<std::uint64_t>(row.int64(0));
    }));
    return out;
}
}  // namespace fieldclaim::tablet
