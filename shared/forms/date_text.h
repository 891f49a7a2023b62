#pragma once

#include <string>
#include <string_view>

#include "shared/base/date.h"
#include "shared/forms/form_pack.h"

namespace fieldclaim {

/// strftime's %Y %y %m %n %b %d %e %a %%, as XLSForm's format-date() has them (%n and %e without a leading zero).
std::string formatDate(Date date, std::string_view format);

/// "15 January 2007", "15 Ionawr 2007".
std::string spokenDate(Date date, Language language);

/// Reads what an officer types (domain.md V8): "27 3 1971", "27/3/1971", "27 March 1971", "27 Maw 1971", or ISO 8601.
/// Two-digit years are not guessed (V9). BadInput otherwise.
Result<Date> parseTypedDate(std::string_view typed);

}  // namespace fieldclaim
