#pragma once

#include "mobile/casework/casework.h"

// Inside mobile/casework: what an open claim says of its answers beside their values.
namespace fieldclaim::tablet {

std::vector<HeldSave> heldSaves(const std::vector<StoredChangeSet>& not_applied, const ClaimState& state);
/// See OpenClaim::told.
std::set<std::string, std::less<>> toldAnswers(const Vault& vault, const ClaimState& state, const ClaimReview& review);

}  // namespace fieldclaim::tablet
