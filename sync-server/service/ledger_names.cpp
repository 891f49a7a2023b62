#include "sync-server/service/ledger_names.h"

#include <algorithm>

namespace fieldclaim::server {

void LedgerNames::addOwn(const ChangeSetId& id, ByteView change_set) {
    const auto raw = splitChangeSet(change_set);
    if (!raw) return;
    const auto header = decodeHeader(raw->header_bytes);
    if (header) m_own.emplace(id, ChainPlace{header->author, header->incarnation, header->counter});
}

Result<std::optional<ClaimKey>> LedgerNames::claimKey(const std::string& crn) {
    const auto sent = m_keys.find(crn);
    if (sent != m_keys.end()) return sent->second;
    return m_now.claims().claimKey(crn);
}

Result<std::optional<ChainPlace>> LedgerNames::inChain(const ChangeSetId& id) {
    const auto found = m_own.find(id);
    if (found == m_own.end()) return std::nullopt;
    return found->second;
}

Result<std::optional<LedgerPlace>> LedgerNames::inLedger(const std::string& crn, const ChangeSetId& id) {
    ASSIGN(const auto* claim, claimOf(crn));
    const auto found = claim->places.find(id);
    if (found == claim->places.end()) return std::nullopt;
    const auto& [scope, place] = found->second;
    const auto cursor = m_cursors.find(scope);
    if (cursor == m_cursors.end() || place.seq > cursor->second) return std::nullopt;
    return place;
}

Result<std::optional<ChangeSetId>> LedgerNames::atChain(const ChainPlace& place) {
    ASSIGN(const auto row, m_now.chains().changeSet(place.author, place.incarnation, place.counter));
    if (!row) return std::nullopt;
    ChangeSetId id{};
    std::copy_n(row->hash.begin(), id.size(), id.begin());
    return id;
}

Result<std::optional<ChangeSetId>> LedgerNames::atLedger(const std::string& crn, const LedgerPlace& place) {
    ASSIGN(const auto* claim, claimOf(crn));
    const auto found = claim->ids.find(place);
    if (found == claim->ids.end()) return std::nullopt;
    return found->second;
}

Result<const LedgerNames::Claim*> LedgerNames::claimOf(const std::string& crn) {
    const auto known = m_claims.find(crn);
    if (known != m_claims.end()) return &known->second;
    ASSIGN(const auto rows, m_now.claims().idsOfClaim(crn));
    Claim claim;
    for (const auto& row : rows) {
        for (std::uint64_t place = 0; place < row.ids.size(); ++place) {
            claim.places.insert_or_assign(row.ids[place], std::pair(row.scope, LedgerPlace{row.seq, place}));
            claim.ids.emplace(LedgerPlace{row.seq, place}, row.ids[place]);
        }
    }
    return &m_claims.emplace(crn, std::move(claim)).first->second;
}

}  // namespace fieldclaim::server
