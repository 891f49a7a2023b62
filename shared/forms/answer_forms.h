#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "shared/forms/form_pack.h"

// The written forms of answers: what is read, and how it is written. Inside shared/forms.
namespace fieldclaim {

/// A sign, at most `digits` digits, and at most `decimals` after a point.
bool isDecimal(std::string_view text, std::size_t digits, std::size_t decimals);

/// "9:30", "9.30 pm", "0930", "9am" -> "09:30"; nothing for what is no time of day.
std::optional<std::string> parseTypedTime(std::string_view typed);
/// "HH:MM" as parseTypedTime writes it.
bool isTime(std::string_view text);
/// The day, a T and the time: "22 11 2006 9:30" -> "2006-11-22T09:30".
std::optional<std::string> parseTypedDateTime(std::string_view typed);
bool isDateTime(std::string_view text);
/// Minutes since midnight of a text that isTime.
int minutesOf(std::string_view time);

/// "53.1394, -3.7967" -> "53.1394 -3.7967". Altitude and accuracy, which devices add, are kept when they are there.
std::optional<std::string> parseTypedPoint(std::string_view typed);

/// The name of bytes, as an image's answer gives it: a SHA-256 in 64 small hexadecimal digits.
bool isDigest(std::string_view text);

/// A number of the range: between its ends, and a whole number of steps from its start.
bool isInRange(std::string_view text, const RangeLimits& range);

}  // namespace fieldclaim
