#include "sync-server/api/rate_limiter.h"

#include <algorithm>
#include <cmath>

namespace fieldclaim::server {
namespace {

constexpr std::size_t kMostBuckets = 20'000;

}  // namespace

int RateLimiter::take(const std::string& caller) {
    const auto now = m_clock.uptimeMs();
    const std::lock_guard lock(m_mutex);
    if (m_buckets.size() >= kMostBuckets) forgetFull(now);
    auto& bucket = m_buckets.try_emplace(caller, Bucket{m_rate.burst, now}).first->second;
    const auto passed = static_cast<double>(std::max<std::int64_t>(0, now - bucket.at_ms)) / 1000;
    bucket.tokens = std::min(m_rate.burst, bucket.tokens + passed * m_rate.per_second);
    bucket.at_ms = now;
    if (bucket.tokens >= 1) {
        bucket.tokens -= 1;
        return 0;
    }
    return std::max(1, static_cast<int>(std::ceil((1 - bucket.tokens) / m_rate.per_second)));
}

void RateLimiter::forgetFull(std::int64_t now_ms) {
    const auto full_after_ms = static_cast<std::int64_t>(m_rate.burst / m_rate.per_second * 1000);
    std::erase_if(m_buckets, [&](const auto& entry) { return now_ms - entry.second.at_ms >= full_after_ms; });
    // All busy at once: better to let a flood through than to grow without end.
    if (m_buckets.size() >= kMostBuckets) m_buckets.clear();
}

}  // namespace fieldclaim::server
