#include "shared/forms/answer_forms.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <vector>

#include "shared/base/text.h"
#include "shared/forms/date_text.h"

namespace fieldclaim {
namespace {

bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool allDigits(std::string_view text) { return std::all_of(text.begin(), text.end(), isDigit); }

bool isHexDigit(char c) { return isDigit(c) || (c >= 'a' && c <= 'f'); }

std::string twoDigits(int number) { return (number < 10 ? "0" : "") + std::to_string(number); }

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

int number(std::string_view digits) {
    int value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
}

/// A decimal in millionths, so that steps are counted without rounding.
std::int64_t millionths(std::string_view text) {
    constexpr std::size_t kDecimals = 6;
    const bool negative = text.starts_with('-');
    if (negative) text.remove_prefix(1);
    const auto point = std::min(text.find('.'), text.size());
    std::string digits(text.substr(0, point));
    auto part = point < text.size() ? std::string(text.substr(point + 1)) : std::string();
    part.resize(kDecimals, '0');
    digits += part;
    std::int64_t value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return negative ? -value : value;
}

}  // namespace

bool isDecimal(std::string_view text, std::size_t digits, std::size_t decimals) {
    if (text.starts_with('-')) text.remove_prefix(1);
    const auto point = std::min(text.find('.'), text.size());
    const auto whole = text.substr(0, point);
    const auto part = point < text.size() ? text.substr(point + 1) : std::string_view();
    const bool part_fits = point == text.size() || (!part.empty() && part.size() <= decimals);
    return !whole.empty() && whole.size() <= digits && part_fits && allDigits(whole) && allDigits(part);
}

std::optional<std::string> parseTypedTime(std::string_view typed) {
    constexpr int kHours = 24;
    constexpr int kMinutes = 60;
    auto text = lower(trim(typed));
    std::erase(text, ' ');
    std::optional<bool> afternoon;
    for (const std::string_view half : {"a.m.", "p.m.", "am", "pm"}) {
        if (!text.ends_with(half)) continue;
        afternoon = half.front() == 'p';
        text.resize(text.size() - half.size());
        break;
    }
    const auto colon = text.find_first_of(":.");
    std::string hours = text.substr(0, colon);
    std::string minutes = colon == std::string::npos ? "" : text.substr(colon + 1);
    constexpr std::size_t kWithoutColon = 4;
    if (colon == std::string::npos && text.size() >= kWithoutColon - 1 && text.size() <= kWithoutColon) {
        minutes = hours.substr(hours.size() - 2);  // 0930
        hours.resize(hours.size() - 2);
    } else if (colon == std::string::npos && afternoon) {
        minutes = "00";  // 9am
    }
    if (hours.empty() || hours.size() > 2 || minutes.size() != 2 || !allDigits(hours) || !allDigits(minutes))
        return std::nullopt;
    int hour = number(hours);
    const int minute = number(minutes);
    if (afternoon) {
        if (hour < 1 || hour > kHours / 2) return std::nullopt;
        hour = hour % (kHours / 2) + (*afternoon ? kHours / 2 : 0);
    }
    if (hour >= kHours || minute >= kMinutes) return std::nullopt;
    return twoDigits(hour) + ":" + twoDigits(minute);
}

bool isTime(std::string_view text) { return parseTypedTime(text) == std::string(text); }

int minutesOf(std::string_view time) {
    constexpr int kMinutes = 60;
    return number(time.substr(0, 2)) * kMinutes + number(time.substr(3));
}

std::optional<std::string> parseTypedDateTime(std::string_view typed) {
    auto text = std::string(trim(typed));
    auto between = text.rfind('T');
    if (between == std::string::npos || between == 0 || !isDigit(text[between - 1])) {
        // The time is the last word, or the last two where the second is am or pm.
        const auto last = text.rfind(' ');
        if (last == std::string::npos) return std::nullopt;
        between = last;
        const auto half = lower(text.substr(last + 1));
        if (half == "am" || half == "pm") between = text.rfind(' ', last - 1);
        if (between == std::string::npos) return std::nullopt;
    }
    const auto day = parseTypedDate(text.substr(0, between));
    const auto time = parseTypedTime(text.substr(between + 1));
    if (!day || !time) return std::nullopt;
    return day->iso() + "T" + *time;
}

bool isDateTime(std::string_view text) {
    constexpr std::size_t kDateLength = 10;
    return text.size() > kDateLength && text[kDateLength] == 'T' && Date::parse(text.substr(0, kDateLength)) &&
           isTime(text.substr(kDateLength + 1));
}

std::optional<std::string> parseTypedPoint(std::string_view typed) {
    constexpr std::size_t kMostNumbers = 4;
    constexpr double kMostNorth = 90;
    constexpr double kMostEast = 180;
    std::string text(typed);
    for (const std::string_view degree : {"\xC2\xB0"}) {
        for (auto at = text.find(degree); at != std::string::npos; at = text.find(degree)) text.erase(at, 2);
    }
    std::replace(text.begin(), text.end(), ',', ' ');
    std::vector<std::string> numbers;
    for (auto& word : split(text, ' ')) {
        if (!word.empty()) numbers.push_back(std::move(word));
    }
    if (numbers.size() < 2 || numbers.size() > kMostNumbers) return std::nullopt;
    std::string out;
    for (const auto& each : numbers) {
        if (!isDecimal(each, 6, 12)) return std::nullopt;
        out += (out.empty() ? "" : " ") + each;
    }
    const auto value = [](const std::string& digits) {
        double degrees = 0;
        std::from_chars(digits.data(), digits.data() + digits.size(), degrees);
        return std::abs(degrees);
    };
    if (value(numbers[0]) > kMostNorth || value(numbers[1]) > kMostEast) return std::nullopt;
    return out;
}

bool isDigest(std::string_view text) {
    constexpr std::size_t kDigits = 64;
    return text.size() == kDigits && std::all_of(text.begin(), text.end(), isHexDigit);
}

bool isInRange(std::string_view text, const RangeLimits& range) {
    if (!isDecimal(text, 9, 6)) return false;
    const auto value = millionths(text);
    const auto start = millionths(range.start);
    const auto end = millionths(range.end);
    const auto low = std::min(start, end);
    return value >= low && value <= std::max(start, end) && (value - start) % millionths(range.step) == 0;
}

}  // namespace fieldclaim
