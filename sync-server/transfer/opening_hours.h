#pragma once

#include <cstdint>
#include <vector>

namespace fieldclaim::server {

/// When a target takes transfers, in its local time. `to_minute` may be 1440; a window does not pass midnight.
struct OpeningWindow {
    std::uint8_t days = 0;  ///< bit 0 is Sunday
    int from_minute = 0;    ///< minutes after midnight
    int to_minute = 0;
};

/// The windows of one target. None at all: always open. London time follows the European rule for summer time (last
/// Sunday of March to last Sunday of October, both at 01:00 UTC); other zones are not needed and not known.
struct OpeningHours {
    std::vector<OpeningWindow> windows;
    bool london = true;  ///< false: UTC

    bool isOpenAt(std::int64_t wall_ms) const;
    /// The first moment from `wall_ms` on at which it is open; `wall_ms` itself if it is.
    std::int64_t nextOpening(std::int64_t wall_ms) const;
};

/// 0 or 60.
int londonOffsetMinutes(std::int64_t wall_ms);

}  // namespace fieldclaim::server
