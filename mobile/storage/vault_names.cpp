#include "mobile/storage/vault_names.h"

namespace fieldclaim::tablet {

Result<std::optional<ClaimKey>> VaultNames::claimKey(const std::string& crn) {
    const auto sent = m_keys.find(crn);
    if (sent != m_keys.end()) return sent->second;
    std::optional<ClaimKey> out;
    ASSIGN(auto select, m_store.prepareCached("SELECT key FROM claim WHERE crn = ? AND key IS NOT NULL"));
    TRY(select.query(crn, [&](const SqlStatement& row) -> Status {
        ASSIGN(out, toArray<32>(row.blob(0)));
        return {};
    }));
    return out;
}

Result<std::optional<ChainPlace>> VaultNames::inChain(const ChangeSetId& id) {
    std::optional<ChainPlace> out;
    ASSIGN(auto select, m_store.prepareCached(
                            "SELECT author, incarnation, counter FROM own_change_set WHERE id = ? AND state <> 0"));
    TRY(select.query(id, [&](const SqlStatement& row) -> Status {
        ASSIGN(const auto author, Uuid::fromBytes(row.blob(0)));
        out = {author, static_cast<std::uint32_t>(row.int64(1)), static_cast<std::uint64_t>(row.int64(2))};
        return {};
    }));
    return out;
}

Result<std::optional<LedgerPlace>> VaultNames::inLedger(const std::string& crn, const ChangeSetId& id) {
    std::optional<LedgerPlace> out;
    if (m_fresh) return out;
    ASSIGN(auto select,
           m_store.prepareCached("SELECT seq, place FROM ledger_change_set WHERE id = ? AND claim = ? AND staged = 0"));
    TRY(select.query(id, crn, [&](const SqlStatement& row) {
        out = {static_cast<std::uint64_t>(row.int64(0)), static_cast<std::uint64_t>(row.int64(1))};
    }));
    return out;
}

Result<std::optional<ChangeSetId>> VaultNames::atChain(const ChainPlace& place) {
    std::optional<ChangeSetId> out;
    ASSIGN(auto select,
           m_store.prepareCached("SELECT id FROM own_change_set WHERE author = ? AND incarnation = ? AND counter = ?"));
    TRY(select.query(place.author.bytes, place.incarnation, place.counter, [&](const SqlStatement& row) -> Status {
        ASSIGN(out, toArray<16>(row.blob(0)));
        return {};
    }));
    return out;
}

Result<std::optional<ChangeSetId>> VaultNames::atLedger(const std::string& crn, const LedgerPlace& place) {
    std::optional<ChangeSetId> out;
    const int staged = m_fresh ? 1 : 0;
    ASSIGN(auto select,
           m_store.prepareCached("SELECT id FROM ledger_change_set WHERE staged = ?1 AND scope IN (SELECT name FROM "
                                 "scope WHERE staged = ?1) AND seq = ?2 AND place = ?3 AND claim = ?4"));
    TRY(select.query(staged, place.seq, place.place, crn, [&](const SqlStatement& row) -> Status {
        ASSIGN(out, toArray<16>(row.blob(0)));
        return {};
    }));
    return out;
}

}  // namespace fieldclaim::tablet
