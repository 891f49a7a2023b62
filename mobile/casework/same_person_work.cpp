#include <algorithm>
#include <map>
#include <utility>

#include "mobile/casework/casework_impl.h"
#include "shared/base/text.h"

// Two claims that may be one person's: found by the vault's index of marks, decided by an officer.
namespace fieldclaim::tablet {
namespace {

/// So many pairs share a mark where somebody typed one date and postcode into everything: no list shows them all.
constexpr std::size_t kMostPairs = 2'000;
/// Claims that came or changed while one claim is open, looked at before it is compared with them.
constexpr std::size_t kMostStale = 20;

bool isDecided(const ClaimSummary& claim, const std::string& other) {
    return std::any_of(claim.decided.begin(), claim.decided.end(),
                       [&](const ClaimLink& link) { return link.other == other; });
}

bool isSame(const ClaimSummary& claim, const std::string& other) {
    return std::any_of(claim.decided.begin(), claim.decided.end(),
                       [&](const ClaimLink& link) { return link.other == other && link.same; });
}

/// True while somebody has to look: no decision yet, or the two claims hold different ones.
bool isOpen(const ClaimSummary& one, const ClaimSummary& two) {
    if (one.withdrawn || two.withdrawn) return false;
    const bool in_one = isDecided(one, two.crn);
    const bool in_two = isDecided(two, one.crn);
    if (in_one && in_two) return isSame(one, two.crn) != isSame(two, one.crn);
    return !in_one && !in_two;
}

}  // namespace

Result<std::vector<PossibleDuplicate>> Casework::possibleDuplicates(const std::vector<ClaimSummary>& claims) const {
    ASSIGN(const auto shared, m_impl->vault.sharedMarks(kMostPairs));
    if (shared.empty()) return std::vector<PossibleDuplicate>();
    std::map<std::string_view, const ClaimSummary*> known;
    for (const auto& claim : claims) known.emplace(claim.crn, &claim);
    std::map<std::pair<std::string, std::string>, std::set<Likeness>> pairs;
    for (const auto& [crn, other, mark] : shared) {
        const auto one = known.find(crn);
        const auto two = known.find(other);
        const auto likeness = likenessOf(mark);
        if (one == known.end() || two == known.end() || !likeness || !isOpen(*one->second, *two->second)) continue;
        pairs[{crn, other}].insert(*likeness);
    }
    std::vector<PossibleDuplicate> out;
    for (auto& [pair, why] : pairs) {
        if (out.size() == kMostDuplicates) break;
        out.push_back({pair.first, pair.second, std::move(why)});
    }
    std::stable_sort(out.begin(), out.end(), [](const PossibleDuplicate& a, const PossibleDuplicate& b) {
        return *a.why.begin() < *b.why.begin();
    });
    return out;
}

Result<std::vector<PossibleDuplicate>> Casework::possibleDuplicatesOf(std::string_view crn) const {
    ASSIGN(const auto stale, m_impl->vault.toSummarise(std::nullopt, kMostStale + m_impl->unreadable.size()));
    Impl::Made made;
    for (const auto& other : stale) {
        if (other == crn) continue;
        ASSIGN(const auto row, m_impl->vault.claim(other));
        m_impl->summaryFor(row, made);
    }
    // Their marks are looked at below.
    m_impl->keep(std::exchange(made, {}));
    ASSIGN(const auto* const review, m_impl->cache.review(crn, m_impl->today()));
    ASSIGN(const auto* const state, m_impl->cache.state(crn));
    // Not by its row, which is made again after every answer only when a list shows it.
    const auto here = summaryOf(std::string(crn), *review, *state, m_impl->today());
    const auto marks = personMarks(review->evaluation);
    ASSIGN(const auto shared, m_impl->vault.claimsMarked(crn, marks, kMostDuplicates));
    std::vector<PossibleDuplicate> out;
    for (const auto& [own, other, mark] : shared) {
        const auto likeness = likenessOf(mark);
        if (!likeness) continue;
        auto found = std::find_if(out.begin(), out.end(),
                                  [&, &name = other](const PossibleDuplicate& each) { return each.other == name; });
        if (found != out.end()) {
            found->why.insert(*likeness);
            continue;
        }
        ASSIGN(const auto other_row, m_impl->vault.claim(other));
        const auto there = m_impl->summaryFor(other_row, made);
        if (isOpen(here, there)) out.push_back({own, other, {*likeness}});
    }
    m_impl->keep(made);
    return out;
}

Status Casework::decideDuplicate(std::string_view crn, std::string_view other, bool same, std::string_view reason) {
    if (crn == other) return fail(ErrorCode::BadInput, "a claim is not its own duplicate");
    ASSIGN(const auto why, toNfc(trim(reason)));
    if (!same && why.empty()) return fail(ErrorCode::BadInput, "claims are kept apart with a reason");
    // Both are here before anything is written.
    TRY(m_impl->cache.state(crn));
    TRY(m_impl->cache.state(other));
    const auto officer = m_impl->vault.officer().id;
    TRY(m_impl->put(crn, linkPath(other), encodeLink({std::string(other), same, why, officer})));
    return m_impl->put(other, linkPath(crn), encodeLink({std::string(crn), same, why, officer}));
}

Status Casework::withdrawDuplicate(std::string_view crn, std::string_view kept) {
    TRY(decideDuplicate(crn, kept, true, {}));
    return withdraw(crn, duplicateReason(kept));
}

Result<bool> Casework::withdrawalAsked(std::string_view crn) const {
    ASSIGN(const auto open, m_impl->vault.openIntents(crn, kIntentWithdraw));
    return !open.empty();
}

}  // namespace fieldclaim::tablet
