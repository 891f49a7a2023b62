#include "sync-server/transfer/opening_hours.h"

#include <algorithm>

#include "shared/base/date.h"

namespace fieldclaim::server {
namespace {

constexpr std::int64_t kMinuteMs = 60'000;
constexpr std::int64_t kDayMinutes = 1440;
constexpr int kMarch = 3;
constexpr int kOctober = 10;

std::int64_t lastSundayAtOneMs(int year, unsigned month) {
    auto date = Date::of(year, month, 31).value();
    date.days -= static_cast<std::int32_t>(date.weekday());
    return (date.days * kDayMinutes + 60) * kMinuteMs;
}

}  // namespace

int londonOffsetMinutes(std::int64_t wall_ms) {
    const int year = Date::fromWallMs(wall_ms).year();
    return wall_ms >= lastSundayAtOneMs(year, kMarch) && wall_ms < lastSundayAtOneMs(year, kOctober) ? 60 : 0;
}

bool OpeningHours::isOpenAt(std::int64_t wall_ms) const {
    if (windows.empty()) return true;
    const auto local_ms = wall_ms + (london ? londonOffsetMinutes(wall_ms) : 0) * kMinuteMs;
    const auto date = Date::fromWallMs(local_ms);
    const auto minute = local_ms / kMinuteMs - date.days * kDayMinutes;
    return std::any_of(windows.begin(), windows.end(), [&](const OpeningWindow& window) {
        return (window.days & (1U << date.weekday())) != 0 && minute >= window.from_minute && minute < window.to_minute;
    });
}

std::int64_t OpeningHours::nextOpening(std::int64_t wall_ms) const {
    if (isOpenAt(wall_ms)) return wall_ms;
    // A window repeats each week; minute by minute that is 10,080 cheap steps at most, and right at every clock change.
    auto at = (wall_ms / kMinuteMs + 1) * kMinuteMs;
    for (std::int64_t step = 0; step <= 8 * kDayMinutes; ++step, at += kMinuteMs) {
        if (isOpenAt(at)) return at;
    }
    return at;
}

}  // namespace fieldclaim::server
