#include <algorithm>
#include <set>

#include "mobile/storage/vault_impl.h"
#include "shared/wire/packing.h"

// The ledger's rows as they are pulled, and staged in a fresh download.
namespace fieldclaim::tablet {
namespace {

// True when the row is here: then it is its new scope's from now on.
Result<bool> moveRow(Database& store, int staged, const PullRow& row) {
    bool here = false;
    ASSIGN(auto select,
           store.prepareCached("SELECT 1 FROM ledger_change_set WHERE staged = ? AND seq = ? AND place = 0"));
    TRY(select.query(staged, row.seq, [&](const SqlStatement&) { here = true; }));
    if (!here) return false;
    ASSIGN(auto rows, store.prepareCached("UPDATE ledger_change_set SET scope = ? WHERE staged = ? AND seq = ?"));
    TRY(rows.run(row.scope, staged, row.seq));
    ASSIGN(auto claim, store.prepareCached("UPDATE claim_scope SET scope = ? WHERE staged = ? AND claim = ?"));
    TRY(claim.run(row.scope, staged, row.claim));
    return true;
}

Status ensureClaim(Database& store, const std::string& crn) {
    ASSIGN(auto insert, store.prepareCached("INSERT INTO claim(crn) VALUES(?) ON CONFLICT DO NOTHING"));
    return insert.run(crn);
}

}  // namespace

Status Vault::Impl::keepKeys(const ClaimKeys& keys) {
    ASSIGN(auto* const store, db());
    for (const auto& [crn, key] : keys) {
        TRY(ensureClaim(*store, crn));
        ASSIGN(auto update, store->prepareCached("UPDATE claim SET key = ? WHERE crn = ?"));
        TRY(update.run(key, crn));
    }
    return {};
}

Result<bool> Vault::Impl::keepRows(const std::vector<PullRow>& rows, int staged,
                                   std::map<std::string, std::int64_t>& touched) {
    ASSIGN(auto* const store, db());
    for (const auto& row : rows) {
        TRY(ensureClaim(*store, row.claim));
        // A reply that came twice, or a claim that comes back and was not dropped: its rows are here already.
        ASSIGN(const bool here, moveRow(*store, staged, row));
        if (here) continue;
        std::vector<ChangeSetId> ids;
        auto& newest = touched[row.claim];
        for (std::size_t place = 0; place < row.change_sets.size(); ++place) {
            const auto& bytes = row.change_sets[place];
            ChangeSetId id{};
            const bool named = bytes.size() == id.size();
            if (named) {
                std::copy(bytes.begin(), bytes.end(), id.begin());
                ASSIGN(const auto own, bytesOf(id, {}));
                if (own.empty()) return false;
            } else {
                // One that does not decode is kept as it came, and holds up nothing (rule 5).
                id = idOf(bytes);
                const auto raw = splitChangeSet(bytes);
                const auto header = raw ? decodeHeader(raw->header_bytes) : fail(ErrorCode::BadInput);
                if (header) newest = std::max(newest, header->device_time);
            }
            ids.push_back(id);
            ASSIGN(auto insert,
                   store->prepareCached(
                       "INSERT INTO ledger_change_set(staged, scope, seq, place, claim, id, bytes, parked) "
                       "VALUES(?, ?, ?, ?, ?, ?, ?, 1)"));
            TRY(insert.run(staged, row.scope, row.seq, place, row.claim, id,
                           named ? std::optional<Bytes>() : std::optional<Bytes>(bytes)));
            if (!named) {
                // What was dropped here and comes back is offered whole again, should the server be restored.
                ASSIGN(auto back, store->prepareCached("UPDATE own_change_set SET bytes = ?, content = 1 "
                                                       "WHERE id = ? AND content = 0"));
                TRY(back.run(bytes, id));
            }
            if (staged == 0) {
                ASSIGN(auto own, store->prepareCached("UPDATE own_change_set SET state = 4, note = '' WHERE id = ?"));
                TRY(own.run(id));
            }
        }
        ASSIGN(auto sum, store->prepareCached("SELECT checksum FROM claim_scope WHERE staged = ? AND claim = ?"));
        auto checksum = rowChecksum(row.seq, row.claim, ids);
        TRY(sum.query(staged, row.claim,
                      [&](const SqlStatement& kept) { checksum ^= static_cast<std::uint64_t>(kept.int64(0)); }));
        ASSIGN(auto put, store->prepareCached("INSERT OR REPLACE INTO claim_scope VALUES(?, ?, ?, ?)"));
        TRY(put.run(staged, row.claim, row.scope, checksum));
    }
    return true;
}

Result<std::map<std::string, std::uint64_t>> Vault::Impl::scopeSums(int staged, const std::vector<PurgeEntry>& purge) {
    ASSIGN(auto* const store, db());
    std::set<std::string, std::less<>> leaving;
    for (const auto& entry : purge) leaving.insert(entry.claim);
    std::map<std::string, std::uint64_t> out;
    ASSIGN(auto select, store->prepareCached("SELECT claim, scope, checksum FROM claim_scope WHERE staged = ?"));
    TRY(select.query(staged, [&](const SqlStatement& row) {
        if (!leaving.contains(row.text(0))) out[std::string(row.text(1))] ^= static_cast<std::uint64_t>(row.int64(2));
    }));
    return out;
}

Status Vault::Impl::stageAnew() {
    ASSIGN(auto* const store, db());
    TRY(store->exec(
        "DELETE FROM ledger_change_set WHERE staged = 1; DELETE FROM scope WHERE staged = 1;"
        "DELETE FROM claim_scope WHERE staged = 1; DELETE FROM setting WHERE key = 'entering';"
        "DELETE FROM snapshot; INSERT INTO scope(staged, name) SELECT 1, name FROM scope WHERE staged = 0;"));
    return putSetting("fresh", asBytes("1"));
}

Status Vault::Impl::unstage(const std::string& scope) {
    ASSIGN(auto* const store, db());
    for (const auto* const sql : {"DELETE FROM ledger_change_set WHERE staged = 1 AND scope = ?",
                                  "DELETE FROM claim_scope WHERE staged = 1 AND scope = ?",
                                  "UPDATE scope SET cursor = 0 WHERE staged = 1 AND name = ?"}) {
        ASSIGN(auto statement, store->prepareCached(sql));
        TRY(statement.run(scope));
    }
    return {};
}

}  // namespace fieldclaim::tablet
