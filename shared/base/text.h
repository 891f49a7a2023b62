#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.h"

namespace fieldclaim {

/// Well-formed UTF-8 in normalisation form C (Unicode Annex 15); BadInput on malformed text.
Result<std::string> toNfc(std::string_view text);
/// True when the text is well-formed UTF-8 and already in form C.
bool isNfc(std::string_view text);
/// Accents and marks taken off, apostrophes and case folded, for search and for targets that hold A-Z alone.
/// "Siân O’Brien" -> "SIAN OBRIEN". The true name is kept beside it (hazard H49).
std::string foldName(std::string_view text);
/// The number of Unicode code points.
std::size_t codePoints(std::string_view utf8);
std::string_view trim(std::string_view text);
std::vector<std::string> split(std::string_view text, char separator);

}  // namespace fieldclaim
