#include "shared/base/date.h"

#include <charconv>
#include <chrono>
#include <cstdio>

namespace fieldclaim {
namespace {

std::chrono::year_month_day ymd(Date date) {
    return std::chrono::year_month_day{std::chrono::sys_days{std::chrono::days{date.days}}};
}

Result<int> number(std::string_view text) {
    int value = 0;
    for (char c : text) {
        if (c < '0' || c > '9') return fail(ErrorCode::BadInput, "a date is written YYYY-MM-DD");
    }
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

}  // namespace

Result<Date> Date::parse(std::string_view iso) {
    if (iso.size() != 10 || iso[4] != '-' || iso[7] != '-')
        return fail(ErrorCode::BadInput, "a date is written YYYY-MM-DD");
    ASSIGN(const int year, number(iso.substr(0, 4)));
    ASSIGN(const int month, number(iso.substr(5, 2)));
    ASSIGN(const int day, number(iso.substr(8, 2)));
    return of(year, static_cast<unsigned>(month), static_cast<unsigned>(day));
}

Result<Date> Date::of(int year, unsigned month, unsigned day) {
    const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}};
    if (!date.ok() || year < 1 || year > 9999) return fail(ErrorCode::BadInput, "there is no such date");
    return Date{static_cast<std::int32_t>(std::chrono::sys_days{date}.time_since_epoch().count())};
}

Date Date::fromWallMs(std::int64_t wall_ms) {
    const auto day = std::chrono::floor<std::chrono::days>(
        std::chrono::sys_time<std::chrono::milliseconds>{std::chrono::milliseconds{wall_ms}});
    return Date{static_cast<std::int32_t>(day.time_since_epoch().count())};
}

std::string Date::iso() const {
    const auto date = ymd(*this);
    char text[32];
    std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    return text;
}

int Date::year() const { return static_cast<int>(ymd(*this).year()); }
unsigned Date::month() const { return static_cast<unsigned>(ymd(*this).month()); }
unsigned Date::day() const { return static_cast<unsigned>(ymd(*this).day()); }
unsigned Date::weekday() const {
    return std::chrono::weekday{std::chrono::sys_days{std::chrono::days{days}}}.c_encoding();
}

std::string isoTime(std::int64_t wall_ms) {
    const Date date = Date::fromWallMs(wall_ms);
    const auto in_day = static_cast<int>(wall_ms - static_cast<std::int64_t>(date.days) * 86'400'000);
    char text[32];
    std::snprintf(text, sizeof text, "T%02d:%02d:%02d.%03dZ", in_day / 3'600'000, in_day / 60'000 % 60,
                  in_day / 1000 % 60, in_day % 1000);
    return date.iso() + text;
}

}  // namespace fieldclaim
