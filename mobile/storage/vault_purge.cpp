#include "mobile/storage/vault_impl.h"
#include "shared/wire/cbor.h"

// Claims that this tablet may hold no more.
namespace fieldclaim::tablet {

Result<bool> Vault::Impl::hasUnsent(std::string_view crn) {
    ASSIGN(auto* const store, db());
    bool out = false;
    ASSIGN(auto select,
           store->prepareCached("SELECT EXISTS(SELECT 1 FROM own_change_set WHERE claim = ?1 AND state = 0) OR "
                                "EXISTS(SELECT 1 FROM upload WHERE claim = ?1 AND sent = 0)"));
    TRY(select.query(crn, [&](const SqlStatement& row) { out = row.int64(0) != 0; }));
    return out;
}

Status Vault::Impl::dropClaim(std::string_view crn) {
    ASSIGN(auto* const store, db());
    std::vector<std::pair<std::int64_t, Bytes>> headers;
    {
        ASSIGN(auto select,
               store->prepareCached("SELECT saved, bytes FROM own_change_set WHERE claim = ? AND content = 1"));
        TRY(select.query(crn, [&](const SqlStatement& row) -> Status {
            ASSIGN(auto raw, splitChangeSet(row.blob(1)));
            headers.emplace_back(row.int64(0), encodeCbor(Value::List{std::move(raw.header_bytes), Bytes()}));
            return {};
        }));
    }
    ASSIGN(auto keep, store->prepareCached("UPDATE own_change_set SET bytes = ?, content = 0, intent = '', note = '', "
                                           "state = CASE state WHEN 0 THEN 0 ELSE 1 END WHERE saved = ?"));
    for (const auto& [saved, bytes] : headers) TRY(keep.run(bytes, saved));
    for (const auto* const sql :
         {"DELETE FROM ledger_change_set WHERE claim = ?",
          "DELETE FROM claim_scope WHERE staged IN (0, 1) AND claim = ?", "DELETE FROM upload WHERE claim = ?",
          "DELETE FROM blob WHERE claim = ?1 AND NOT EXISTS(SELECT 1 FROM upload u WHERE u.sha256 = blob.sha256 "
          "AND u.claim <> ?1)",
          "DELETE FROM wanted_blob WHERE claim = ?", "DELETE FROM claim_mark WHERE claim = ?",
          "UPDATE claim SET key = NULL, base = NULL, summary = NULL, folded = '', site = '', "
          "news = 0, server_knows = 1 WHERE crn = ?"}) {
        ASSIGN(auto statement, store->prepareCached(sql));
        TRY(statement.run(crn));
    }
    return {};
}

Result<std::vector<std::string>> Vault::Impl::applyPurges(const std::vector<PurgeEntry>& listed) {
    ASSIGN(auto* const store, db());
    std::vector<std::string> gone;
    std::map<std::string, std::pair<std::uint64_t, bool>> before;
    {
        ASSIGN(auto select, store->prepareCached("SELECT claim, seq, dropped FROM purge"));
        TRY(select.query([&](const SqlStatement& row) {
            before[std::string(row.text(0))] = {static_cast<std::uint64_t>(row.int64(1)), row.int64(2) != 0};
        }));
    }
    TRY(store->exec("DELETE FROM purge"));
    ASSIGN(auto insert, store->prepareCached("INSERT INTO purge(claim, kind, seq, dropped) VALUES(?, ?, ?, ?)"));
    for (const auto& entry : listed) {
        const auto known = before.find(entry.claim);
        bool dropped = known != before.end() && known->second == std::pair(entry.seq, true);
        if (!dropped && entry.kind != PurgeKind::Hold) {
            // What was written here goes up first (hazard H24); erasure by law waits for nothing (hazard H38).
            ASSIGN(const bool unsent, hasUnsent(entry.claim));
            if (!unsent || entry.kind == PurgeKind::Erase) {
                TRY(dropClaim(entry.claim));
                dropped = true;
                gone.push_back(entry.claim);
            }
        }
        TRY(insert.run(entry.claim, static_cast<int>(entry.kind), entry.seq, dropped ? 1 : 0));
    }
    return gone;
}

Result<bool> Vault::hasLeft(std::string_view crn) const {
    ASSIGN(auto* const store, m_impl->db());
    bool out = false;
    ASSIGN(auto select, store->prepareCached("SELECT EXISTS(SELECT 1 FROM purge WHERE claim = ?)"));
    TRY(select.query(crn, [&](const SqlStatement& row) { out = row.int64(0) != 0; }));
    return out;
}

}  // namespace fieldclaim::tablet
