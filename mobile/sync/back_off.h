#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>

#include "shared/base/clock.h"

namespace fieldclaim::tablet {

/// How long to wait after each failure in a row: 1 s, doubling to 5 min, give or take a quarter, so that a thousand
/// tablets do not come back together (hazard H39).
class BackOff {
public:
    static constexpr std::int64_t kFirstMs = 1'000;
    static constexpr std::int64_t kLastMs = 300'000;

    /// In milliseconds; at least `after_seconds` (Retry-After, believed up to an hour).
    std::int64_t next(Random& random, std::optional<std::uint64_t> after_seconds = std::nullopt) {
        auto delay = std::min(kLastMs, kFirstMs << std::min(m_failures, 9));
        ++m_failures;
        delay = delay - delay / 4 + upTo(random, delay / 2);
        if (!after_seconds) return delay;
        const auto asked = static_cast<std::int64_t>(std::min<std::uint64_t>(*after_seconds, 3'600)) * 1'000;
        return std::max(delay, asked + upTo(random, asked / 4));
    }
    void succeeded() { m_failures = 0; }
    int failures() const { return m_failures; }

private:
    static std::int64_t upTo(Random& random, std::int64_t most) {
        return static_cast<std::int64_t>(random.next() % static_cast<std::uint64_t>(most + 1));
    }
    int m_failures = 0;
};

}  // namespace fieldclaim::tablet
