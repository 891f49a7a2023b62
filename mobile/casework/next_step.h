#pragma once

#include <optional>
#include <string>

#include "mobile/casework/casework.h"

namespace fieldclaim::tablet {

/// What is to be done next with a claim, the most pressing first.
enum class NextStep {
    Withdrawn,       ///< nothing
    Choose,          ///< between answers that differ
    Answer,          ///< what is still asked
    Collect,         ///< the proofs of a claim for forms alone
    Finished,        ///< a claim for forms alone with nothing more to ask
    Correct,         ///< the question `about`, which a target refused
    CorrectUnnamed,  ///< the refusal `about`, a transfer's id: it names no question that is asked
    Resign,          ///< the server refused what was signed, for the reason `about`
    SignAgain,       ///< an answer changed after the signature
    Sign,
    SeeProof,  ///< signed, and a proof is still to be seen
    Nothing,   ///< signed, and nothing is left
};

struct ClaimStep {
    NextStep what = NextStep::Nothing;
    std::string about;
    std::string transfer = {};  ///< Correct, CorrectUnnamed: the one that was refused
};

/// What a target refused and is still to be corrected here: Correct or CorrectUnnamed; none once what was refused has
/// been changed, or was signed anew. Of what was signed on another tablet, whose statement is not here, an answer
/// counts as changed when it was given after the signature. Pure.
std::optional<ClaimStep> correctionOf(const ClaimReview& review, const ClaimState& state);

/// `to_answer`: questions are left; `to_see`: proofs are. Pure.
ClaimStep nextStepOf(const OpenClaim& claim, bool to_answer, bool to_see);

}  // namespace fieldclaim::tablet
