#include "mobile/casework/open_claim.h"

#include <algorithm>
#include <map>

#include "shared/domain/claim_answers.h"
#include "shared/domain/protected_date.h"

namespace fieldclaim::tablet {
namespace {

constexpr std::string_view kChannel = "channel";
constexpr std::string_view kByPhone = "phone";  ///< how the names of the channel's telephone choices begin

}  // namespace

const HeldSave* OpenClaim::heldAt(std::string_view path) const {
    const auto found = std::find_if(held.rbegin(), held.rend(), [&](const HeldSave& one) {
        return one.state != OwnState::Refused && one.paths.contains(std::string(path));
    });
    return found == held.rend() ? nullptr : &*found;
}

/// Answers that somebody else than an officer of this tablet took: by telephone, as the claim's channel says, or handed
/// over by the server for another service. A signature confirms them all.
std::set<std::string, std::less<>> toldAnswers(const Vault& vault, const ClaimState& state, const ClaimReview& review) {
    std::set<std::string, std::less<>> out;
    if (review.seal_state == SealState::Valid) return out;
    const bool by_phone = review.evaluation.value(kChannel).starts_with(kByPhone);
    std::map<Uuid, std::string> names;
    for (const auto& question : review.evaluation.questions()) {
        if (!question.relevant || !question.answered || !question.question->declared) continue;
        const auto* found = state.find(answerPath(question.key));
        if (found == nullptr || found->empty() || found->inConflict()) continue;
        const auto& author = found->first()->author;
        const auto [name, is_new] = names.try_emplace(author);
        if (is_new) name->second = vault.officerName(author);
        // The server's own hand in the date of first contact is a correction that was asked for.
        const bool handed_over = name->second == "Server" && question.key != kFirstContact;
        if (handed_over || (by_phone && name->second.empty())) out.insert(question.key);
    }
    return out;
}

std::vector<HeldSave> heldSaves(const std::vector<StoredChangeSet>& not_applied, const ClaimState& state) {
    std::vector<HeldSave> out;
    for (const auto& [change_set, own, standing, note] : not_applied) {
        HeldSave one{standing, note, {}};
        const auto& edits = change_set.payload.edits;
        for (std::size_t i = 0; i < edits.size(); ++i) {
            const auto* found = state.find(edits[i].path);
            const auto ids = found == nullptr ? std::vector<EditId>() : found->ids();
            const bool shown = std::find(ids.begin(), ids.end(), change_set.editId(i)) != ids.end();
            if (shown || standing == OwnState::Refused) one.paths.insert(edits[i].path);
        }
        out.push_back(std::move(one));
    }
    return out;
}

}  // namespace fieldclaim::tablet
