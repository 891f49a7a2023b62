#include "mobile/casework/claim_cache.h"

#include <algorithm>

#include "shared/domain/records.h"

namespace fieldclaim::tablet {

Result<ClaimCache::Entry*> ClaimCache::entry(std::string_view crn) {
    const auto found =
        std::find_if(m_entries.begin(), m_entries.end(), [&](const Entry& each) { return each.crn == crn; });
    if (found != m_entries.end()) {
        m_entries.splice(m_entries.begin(), m_entries, found);
        return &m_entries.front();
    }
    ASSIGN(auto state, m_vault.claimState(crn));
    m_entries.push_front({std::string(crn), std::move(state), std::nullopt, {}, {}, std::nullopt});
    if (m_entries.size() > kMostClaims) m_entries.pop_back();
    return &m_entries.front();
}

Result<ClaimState*> ClaimCache::state(std::string_view crn) {
    ASSIGN(auto* const found, entry(crn));
    return &found->state;
}

Result<const ClaimReview*> ClaimCache::review(std::string_view crn, Date today) {
    ASSIGN(auto* const found, entry(crn));
    const auto& pack = m_packs.of(crn);
    if (!found->review || found->reviewed_on != today || found->reviewed_with != pack) {
        found->review = ClaimReview::of(
            pack, found->state, today, [this](const Hash& digest) { return statement(digest); },
            [this](const std::string& name) { return m_packs.named(name); });
        found->reviewed_on = today;
        found->reviewed_with = pack;
        TRY(dropAnsweredRefusal(found->crn, *found->review));
    }
    return &*found->review;
}

Status ClaimCache::dropAnsweredRefusal(const std::string& crn, ClaimReview& review) const {
    if (!review.submit_refused) return {};
    ASSIGN(const auto open, m_vault.openIntents(crn, kIntentSubmit));
    const bool is_asked_again = std::any_of(open.begin(), open.end(), [&](const Value& intent) {
        return intent.at("digest") == Value(review.submit_refused->digest);
    });
    if (!is_asked_again) return {};
    review.submit_refused.reset();
    std::erase_if(review.actions, [](const Action& action) { return action.kind == ActionKind::SubmitRefused; });
    return {};
}

Result<const EditLog*> ClaimCache::edits(std::string_view crn) {
    ASSIGN(auto* const found, entry(crn));
    if (!found->edits) {
        ASSIGN(const auto change_sets, m_vault.changeSets(crn));
        found->edits.emplace();
        for (const auto& stored : change_sets) addTo(*found->edits, stored.change_set);
    }
    return &*found->edits;
}

void ClaimCache::saved(const std::string& crn, const ChangeSet& change_set) {
    const auto found =
        std::find_if(m_entries.begin(), m_entries.end(), [&](const Entry& each) { return each.crn == crn; });
    if (found == m_entries.end()) return;
    found->state.apply(change_set);
    if (found->edits) addTo(*found->edits, change_set);
    found->review.reset();
}

void ClaimCache::forget(const std::string& crn) {
    m_entries.remove_if([&](const Entry& each) { return each.crn == crn; });
}

std::shared_ptr<const Statement> ClaimCache::statement(const Hash& digest) {
    if (const auto found = m_statements.find(digest); found != m_statements.end()) return found->second;
    const auto bytes = m_vault.blob(digest);
    if (!bytes) return nullptr;
    auto decoded = decodeStatement(*bytes);
    if (!decoded) return nullptr;
    if (m_statements.size() >= kMostStatements) m_statements.clear();
    return m_statements.emplace(digest, std::make_shared<const Statement>(std::move(*decoded))).first->second;
}

}  // namespace fieldclaim::tablet
