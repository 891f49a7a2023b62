#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "shared/base/result.h"

namespace fieldclaim {

/// A day of the proleptic Gregorian calendar, without time or zone, as days since 1970-01-01 (the XPath engine's form).
struct Date {
    std::int32_t days = 0;

    /// ISO 8601 calendar date, YYYY-MM-DD, a real date; BadInput otherwise.
    static Result<Date> parse(std::string_view iso);
    static Date fromWallMs(std::int64_t wall_ms);
    static Result<Date> of(int year, unsigned month, unsigned day);
    std::string iso() const;
    int year() const;
    unsigned month() const;
    unsigned day() const;
    /// 0 is Sunday.
    unsigned weekday() const;

    auto operator<=>(const Date&) const = default;
};

/// "2007-01-15T09:12:03.250Z" (RFC 3339, UTC, milliseconds).
std::string isoTime(std::int64_t wall_ms);

}  // namespace fieldclaim
