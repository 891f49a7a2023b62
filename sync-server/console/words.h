#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "shared/forms/form_pack.h"
#include "sync-server/transfer/transfer_types.h"

// How the console says things. Plain English; people's words for what is stored as names.
namespace fieldclaim::server {

/// "15 January 2007" from an ISO date; other text is given back as it is.
std::string dateInWords(std::string_view iso);
/// "15 January 2007, 09:12" (UTC).
std::string timeInWords(std::int64_t wall_ms);
/// "Income-based Jobseeker's Allowance, Housing Benefit": a claim's benefits (names with spaces between) by the labels
/// that the form pack gives them; a name that it does not know stays as it is.
std::string benefitsInWords(std::string_view names, const FormPack* pack);
/// "QQ ** ** ** C": enough to tell two people apart in a list, no more.
std::string maskNino(std::string_view nino);
std::string targetInWords(std::string_view target);
/// "1 page", "2 pages".
std::string plural(std::size_t n, const char* one, const char* many);

struct Tag {
    std::string text;
    std::string colour;  ///< govuk-tag--green
};
Tag stageTag(std::string_view stage);
Tag transferTag(const TransferRecord& record);
std::string attemptInWords(TransferAttempt::Outcome outcome);

}  // namespace fieldclaim::server
