#include "mobile/casework/next_step.h"

#include <algorithm>

#include "shared/domain/claim_answers.h"
#include "shared/domain/transfer_standing.h"

namespace fieldclaim::tablet {

std::optional<ClaimStep> correctionOf(const ClaimReview& review, const ClaimState& state) {
    const auto hasChanged = [&](const std::string& key) {
        if (review.seal_state == SealState::Unknown && review.seal) {
            const auto* found = state.find(answerPath(key));
            return found != nullptr && found->first() != nullptr &&
                   found->first()->device_time > review.seal->device_time;
        }
        return std::find(review.changed_facts.begin(), review.changed_facts.end(), key) != review.changed_facts.end();
    };
    std::optional<ClaimStep> unnamed;
    for (const auto& transfer : review.transfers) {
        if (!awaitsCorrection(transfer, review.seal)) continue;
        bool names_question = false;
        for (const auto& error : transfer.errors) {
            const auto* question = review.evaluation.find(error.question);
            if (question == nullptr || !question->relevant) continue;
            names_question = true;
            if (!hasChanged(question->key)) return ClaimStep{NextStep::Correct, question->key, transfer.id};
        }
        if (!names_question && !unnamed) unnamed = ClaimStep{NextStep::CorrectUnnamed, transfer.id, transfer.id};
    }
    // Where none is named, any change may be the correction.
    if (review.seal_state == SealState::Void) return std::nullopt;
    return unnamed;
}

ClaimStep nextStepOf(const OpenClaim& claim, bool to_answer, bool to_see) {
    const auto& review = claim.review;
    if (review.withdrawn) return {NextStep::Withdrawn, {}};
    if (!review.conflicts.empty()) return {NextStep::Choose, {}};
    if (to_answer) return {NextStep::Answer, {}};
    if (claim.summary.forms_only) return {to_see ? NextStep::Collect : NextStep::Finished, {}};
    const bool was_signed = review.seal_state == SealState::Valid || review.seal_state == SealState::Void ||
                            review.seal_state == SealState::Unknown;
    if (was_signed) {
        if (auto step = correctionOf(review, claim.state)) return *step;
    }
    if (review.submit_refused) return {NextStep::Resign, review.submit_refused->reason};
    if (review.seal_state == SealState::Void) return {NextStep::SignAgain, {}};
    if (review.seal_state != SealState::Valid) return {NextStep::Sign, {}};
    return {to_see ? NextStep::SeeProof : NextStep::Nothing, {}};
}

}  // namespace fieldclaim::tablet
