#include "tests/support/wire/known_names.h"

namespace fieldclaim::test {
namespace {

template <typename Map>
Result<std::optional<typename Map::mapped_type>> in(const Map& map, const typename Map::key_type& key, bool broken) {
    if (broken) return fail(ErrorCode::Storage);
    const auto found = map.find(key);
    if (found == map.end()) return std::nullopt;
    return found->second;
}

}  // namespace

Result<std::optional<ClaimKey>> KnownNames::claimKey(const std::string& crn) { return in(keys, crn, broken); }

Result<std::optional<ChainPlace>> KnownNames::inChain(const ChangeSetId& id) {
    if (broken) return fail(ErrorCode::Storage);
    for (const auto& [place, named] : chain) {
        if (named == id) return place;
    }
    return std::nullopt;
}

Result<std::optional<LedgerPlace>> KnownNames::inLedger(const std::string& crn, const ChangeSetId& id) {
    if (broken) return fail(ErrorCode::Storage);
    for (const auto& [place, named] : ledger) {
        if (named == id && place.first == crn) return place.second;
    }
    return std::nullopt;
}

Result<std::optional<ChangeSetId>> KnownNames::atChain(const ChainPlace& place) { return in(chain, place, broken); }

Result<std::optional<ChangeSetId>> KnownNames::atLedger(const std::string& crn, const LedgerPlace& place) {
    return in(ledger, std::pair(crn, place), broken);
}

}  // namespace fieldclaim::test
