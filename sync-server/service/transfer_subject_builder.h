#pragma once

#include "shared/domain/claim_review.h"
#include "shared/targets/transfer_subject.h"
#include "sync-server/transfer/target_config.h"

namespace fieldclaim::server {

/// The form pack's name of a benefit: "is" -> "IS", "hb" -> "LA".
std::string packBenefit(const std::string& benefit);

/// What a target may be told of a claim: the answers that its benefits need by the form pack, proofs seen, what is
/// still to do, and the seal that stands. `kind` and `supplements` are the planner's.
TransferSubject buildSubject(const ClaimState& state, const ClaimReview& review, const std::string& crn,
                             const std::set<std::string>& target_benefits);

}  // namespace fieldclaim::server
