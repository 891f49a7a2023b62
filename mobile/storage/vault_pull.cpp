#include "mobile/storage/vault_impl.h"
#include "mobile/storage/vault_names.h"
#include "mobile/storage/vault_sync_store.h"
#include "shared/wire/cbor.h"

// What the tablet pulls: into what is here, or into a fresh download beside it.
namespace fieldclaim::tablet {

Result<PullPosition> VaultSyncStore::pullPosition() {
    auto& impl = *m_vault.m_impl;
    ASSIGN(auto* const store, impl.db());
    PullPosition out;
    ASSIGN(const auto epoch, impl.setting("epoch"));
    if (!epoch.empty()) {
        ASSIGN(out.epoch, Uuid::fromBytes(epoch));
    }
    ASSIGN(const auto fresh, impl.setting("fresh"));
    out.full = !fresh.empty();
    ASSIGN(const auto entering, impl.setting("entering"));
    if (!entering.empty()) {
        ASSIGN(const auto kept, decodeCbor(entering));
        if (kept.map() == nullptr) return fail(ErrorCode::Damaged, "the claim that enters is not a map");
        ASSIGN(out.entering, decodeCursors(*kept.map()));
    }
    ASSIGN(auto dropped, store->prepareCached("SELECT claim, kind, seq FROM purge WHERE dropped = 1 ORDER BY claim"));
    TRY(dropped.query([&](const SqlStatement& row) {
        out.purged.push_back(
            {std::string(row.text(0)), static_cast<PurgeKind>(row.int64(1)), static_cast<std::uint64_t>(row.int64(2))});
    }));
    ASSIGN(auto scopes, store->prepareCached("SELECT name, cursor FROM scope WHERE staged = ?"));
    TRY(scopes.query(out.full ? 1 : 0, [&](const SqlStatement& row) {
        out.cursors.emplace(row.text(0), static_cast<std::uint64_t>(row.int64(1)));
    }));
    return out;
}

Result<PullOutcome> VaultSyncStore::pullReceived(const PullReply& reply) {
    auto& impl = *m_vault.m_impl;
    ASSIGN(auto* const store, impl.db());
    ASSIGN(const auto position, pullPosition());
    const int staged = position.full ? 1 : 0;
    PullOutcome outcome;
    VaultNames names(*store, reply.keys, position.full);
    const auto rows = unpackRows(reply, names);
    if (!rows) {
        if (!wantsWhole(rows.error())) return tl::unexpected<Error>(rows.error());
        outcome.whole_needed = true;
        return outcome;
    }
    std::map<std::string, std::int64_t> touched;  // claim -> newest device time

    ASSIGN(auto transaction, Transaction::begin(*store));
    TRY(impl.keepKeys(reply.keys));
    ASSIGN(const bool known, impl.keepRows(*rows, staged, touched));
    outcome.fresh_needed = !known;
    if (!known) return outcome;
    ASSIGN(auto advance, store->prepareCached("INSERT INTO scope(staged, name, cursor) VALUES(?, ?, ?) "
                                              "ON CONFLICT DO UPDATE SET cursor = excluded.cursor"));
    for (const auto& [scope, cursor] : reply.cursors) TRY(advance.run(staged, scope, cursor));
    TRY(impl.putSetting("entering", reply.entering.empty() ? Bytes() : encodeCbor(encodeCursors(reply.entering))));

    bool differs = false;
    if (!reply.more) {
        ASSIGN(const auto sums, impl.scopeSums(staged, reply.purge));
        for (const auto& [scope, checksum] : reply.checksums) {
            const auto ours = sums.find(scope);
            differs = differs || (ours == sums.end() ? 0 : ours->second) != checksum;
        }
    }
    if (staged == 1 && !reply.more) {
        if (differs) {
            outcome.fresh_needed = true;
            return outcome;
        }
        ASSIGN(auto select, store->prepareCached("SELECT crn FROM claim"));
        touched.clear();
        TRY(select.query([&](const SqlStatement& row) { touched.emplace(row.text(0), 0); }));
        TRY(store->exec(
            "DELETE FROM ledger_change_set WHERE staged = 0; UPDATE ledger_change_set SET staged = 0;"
            "DELETE FROM scope WHERE staged = 0; UPDATE scope SET staged = 0; DELETE FROM setting WHERE key = 'fresh';"
            "DELETE FROM claim_scope WHERE staged = 0; UPDATE claim_scope SET staged = 0;"
            "UPDATE own_change_set SET state = 1 WHERE state = 4;"
            "UPDATE own_change_set SET state = 4, note = '' WHERE id IN (SELECT id FROM ledger_change_set);"));
        for (const auto& [crn, newest] : touched) TRY(impl.foldAgain(crn));
        TRY(
            store->exec("DELETE FROM claim WHERE NOT EXISTS(SELECT 1 FROM ledger_change_set l WHERE l.claim = crn)"
                        " AND NOT EXISTS(SELECT 1 FROM own_change_set o WHERE o.claim = crn)"));
    } else if (staged == 0) {
        for (const auto& [crn, newest] : touched) {
            ASSIGN(auto base, impl.baseOf(crn));
            TRY(impl.applyParked(crn, base));
            TRY(impl.putBase(crn, base, newest));
        }
        outcome.fresh_needed = differs;
    }
    bool dropped = false;
    if (!reply.more && !differs) {
        ASSIGN(const auto gone, impl.applyPurges(reply.purge));
        for (const auto& crn : gone) touched.emplace(crn, 0);
        dropped = !gone.empty();
    }
    TRY(transaction.commit());
    // What was dropped is not to be read from the log either.
    if (dropped) static_cast<void>(store->exec("PRAGMA wal_checkpoint(TRUNCATE)"));
    if (staged == 0 || !reply.more) {
        for (const auto& [crn, newest] : touched) outcome.claims.push_back(crn);
    }
    if (!outcome.claims.empty() && m_vault.m_impl->on_pulled) m_vault.m_impl->on_pulled(outcome.claims);
    return outcome;
}

Status VaultSyncStore::beginFreshPull() {
    auto& impl = *m_vault.m_impl;
    ASSIGN(auto* const store, impl.db());
    ASSIGN(auto transaction, Transaction::begin(*store));
    TRY(impl.stageAnew());
    return transaction.commit();
}

}  // namespace fieldclaim::tablet
