#pragma once

#include "mobile/casework/casework.h"

// Inside mobile/casework: a claim's row in lists, kept by the vault so that Today opens without evaluating every claim.
namespace fieldclaim::tablet {

/// All that follows from the review and the state; what the server has of it is filled in by withSending().
ClaimSummary summaryOf(const std::string& crn, const ClaimReview& review, const ClaimState& state, Date today);
Bytes encodeSummary(const ClaimSummary& summary);
Result<ClaimSummary> decodeSummary(ByteView bytes);
/// Adds how the claim stands with the server, from the vault's row: by its acknowledgements alone (hazard H41).
ClaimSummary withSending(ClaimSummary summary, const ClaimRow& row);
/// What search looks into: folded name, NI number and claim number, a line each.
std::string searchText(const std::string& crn, const ClaimReview& review);

}  // namespace fieldclaim::tablet
