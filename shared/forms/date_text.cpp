#include "shared/forms/date_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <vector>

#include "shared/base/text.h"

namespace fieldclaim {
namespace {

using Months = std::array<std::string_view, 12>;
constexpr Months kEnglish = {"January", "February", "March",     "April",   "May",      "June",
                             "July",    "August",   "September", "October", "November", "December"};
constexpr Months kWelsh = {"Ionawr",     "Chwefror", "Mawrth", "Ebrill", "Mai",      "Mehefin",
                           "Gorffennaf", "Awst",     "Medi",   "Hydref", "Tachwedd", "Rhagfyr"};
constexpr std::array<std::string_view, 7> kDays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};

std::string twoDigits(unsigned number) { return (number < 10 ? "0" : "") + std::to_string(number); }

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

/// A month's name in full, or its first three letters or more.
std::optional<unsigned> monthNamed(std::string_view word) {
    if (word.size() < 3) return std::nullopt;
    const auto typed = lower(word);
    for (const auto& names : {kEnglish, kWelsh}) {
        for (unsigned i = 0; i < names.size(); ++i) {
            if (lower(names[i]).starts_with(typed)) return i + 1;
        }
    }
    return std::nullopt;
}

std::optional<unsigned> number(std::string_view word) {
    unsigned value = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
    if (error != std::errc() || end != word.data() + word.size()) return std::nullopt;
    return value;
}

}  // namespace

std::string formatDate(Date date, std::string_view format) {
    std::string out;
    for (std::size_t i = 0; i < format.size(); ++i) {
        if (format[i] != '%' || i + 1 == format.size()) {
            out += format[i];
            continue;
        }
        switch (format[++i]) {
            case 'Y':
                out += date.iso().substr(0, 4);
                break;
            case 'y':
                out += date.iso().substr(2, 2);
                break;
            case 'm':
                out += twoDigits(date.month());
                break;
            case 'n':
                out += std::to_string(date.month());
                break;
            case 'b':
                out += kEnglish[date.month() - 1].substr(0, 3);
                break;
            case 'd':
                out += twoDigits(date.day());
                break;
            case 'e':
                out += std::to_string(date.day());
                break;
            case 'a':
                out += kDays[date.weekday()];
                break;
            default:
                out += format[i];
        }
    }
    return out;
}

std::string spokenDate(Date date, Language language) {
    const auto& months = language == Language::Welsh ? kWelsh : kEnglish;
    return std::to_string(date.day()) + " " + std::string(months[date.month() - 1]) + " " + std::to_string(date.year());
}

Result<Date> parseTypedDate(std::string_view typed) {
    if (auto iso = Date::parse(trim(typed))) return iso;
    std::vector<std::string> words(1);
    for (const char c : typed) {
        if (std::string_view(" /.-,\t").find(c) == std::string_view::npos) {
            words.back() += c;
        } else if (!words.back().empty()) {
            words.emplace_back();
        }
    }
    if (words.back().empty()) words.pop_back();
    if (words.size() != 3 || words[2].size() != 4) return fail(ErrorCode::BadInput, "not a day, a month and a year");
    const auto day = number(words[0]);
    const auto month = monthNamed(words[1]) ? monthNamed(words[1]) : number(words[1]);
    const auto year = number(words[2]);
    if (!day || !month || !year) return fail(ErrorCode::BadInput, "not a day, a month and a year");
    return Date::of(static_cast<int>(*year), *month, *day);
}

}  // namespace fieldclaim
