#pragma once

#include <string>
#include <vector>

#include "shared/domain/claim_review.h"

// What a claim's answers look like in words: the text of the statement that the customer reads and signs.
namespace fieldclaim {

/// The answer as a person would write it: a choice's label, "15 January 2007", "Not known yet". `instance_prefix` is
/// "job/<id>" inside a repeat, else empty.
std::string answerInWords(const Evaluation& evaluation, const Question& question, std::string_view instance_prefix,
                          const Answer& answer, Language language);

/// The statement of the claim as it stands in the review: every declared answer with its label as shown, the proofs
/// seen so far, and the declaration. Where a statement that still holds waits for a second signature (joint claims),
/// that one is given again, because both sign the same digest. `pack`: "working-age/2006.12.20-1".
Statement draftStatement(const ClaimReview& review, const std::string& crn, const std::vector<ProofRecord>& proofs,
                         const std::string& pack, Language language);

}  // namespace fieldclaim
