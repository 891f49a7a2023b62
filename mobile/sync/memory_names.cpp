#include "mobile/sync/memory_names.h"

#include <algorithm>

namespace fieldclaim::tablet {

Result<std::optional<ClaimKey>> MemoryNames::claimKey(const std::string& crn) {
    const auto sent = m_keys.find(crn);
    if (sent != m_keys.end()) return sent->second;
    const auto kept = m_store.m_keys.find(crn);
    if (kept == m_store.m_keys.end()) return std::nullopt;
    return kept->second;
}

Result<std::optional<ChainPlace>> MemoryNames::inChain(const ChangeSetId& id) {
    for (const auto& own : m_store.m_own) {
        const auto& header = own.change_set.header;
        if (own.acknowledged && own.change_set.id() == id)
            return ChainPlace{header.author, header.incarnation, header.counter};
    }
    return std::nullopt;
}

Result<std::optional<LedgerPlace>> MemoryNames::inLedger(const std::string& crn, const ChangeSetId& id) {
    if (m_store.m_staged) return std::nullopt;
    for (const auto& [seq, row] : m_store.m_ledger.rows) {
        const auto found = std::find(row.ids.begin(), row.ids.end(), id);
        if (row.claim == crn && found != row.ids.end())
            return LedgerPlace{seq, static_cast<std::uint64_t>(found - row.ids.begin())};
    }
    return std::nullopt;
}

Result<std::optional<ChangeSetId>> MemoryNames::atChain(const ChainPlace& place) {
    for (const auto& own : m_store.m_own) {
        const auto& header = own.change_set.header;
        if (place == ChainPlace{header.author, header.incarnation, header.counter}) return own.change_set.id();
    }
    return std::nullopt;
}

Result<std::optional<ChangeSetId>> MemoryNames::atLedger(const std::string& crn, const LedgerPlace& place) {
    const auto& rows = m_store.m_staged ? m_store.m_staged->rows : m_store.m_ledger.rows;
    const auto found = rows.find(place.seq);
    if (found == rows.end() || found->second.claim != crn) return std::nullopt;
    if (place.place >= found->second.ids.size()) return std::nullopt;
    return found->second.ids[place.place];
}

}  // namespace fieldclaim::tablet
