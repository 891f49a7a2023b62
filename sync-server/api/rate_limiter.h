#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>

#include "shared/base/clock.h"

namespace fieldclaim::server {

/// A token bucket for each caller, so that a heavy user slows only itself (hazard H50). Bounded: callers that have been
/// quiet for long enough to be full again are forgotten. Safe from any thread.
class RateLimiter {
public:
    struct Rate {
        double per_second = 20;
        double burst = 200;
    };
    RateLimiter(const Clock& clock, Rate rate) : m_clock(clock), m_rate(rate) {}

    /// 0: go ahead. Else the seconds to wait.
    int take(const std::string& caller);

private:
    struct Bucket {
        double tokens = 0;
        std::int64_t at_ms = 0;
    };
    void forgetFull(std::int64_t now_ms);

    const Clock& m_clock;
    const Rate m_rate;
    std::mutex m_mutex;
    std::map<std::string, Bucket> m_buckets;
};

}  // namespace fieldclaim::server
