#include "sync-server/transfer/target_gate.h"

namespace fieldclaim::server {
namespace {

constexpr std::int64_t kMinuteMs = 60'000;

}  // namespace

bool TargetGate::mayStart(std::int64_t now_ms) {
    const bool tripped = m_failures_in_row >= m_target.breaker_failures;
    if (m_under_way >= (tripped ? 1 : m_target.concurrency) || isOpenCircuit(now_ms)) return false;
    // A clock set back must not hold a target for longer than a minute: what lies in the future is dropped too.
    while (!m_last_minute.empty() && (now_ms - m_last_minute.front() >= kMinuteMs || m_last_minute.front() > now_ms)) {
        m_last_minute.pop_front();
    }
    return m_target.per_minute == 0 || m_last_minute.size() < static_cast<std::size_t>(m_target.per_minute);
}

void TargetGate::started(std::int64_t now_ms) {
    ++m_under_way;
    if (m_target.per_minute > 0) m_last_minute.push_back(now_ms);
}

void TargetGate::finished(bool healthy, std::int64_t now_ms) {
    ENSURE(m_under_way > 0);
    --m_under_way;
    if (healthy) {
        m_failures_in_row = 0;
        m_open_until_ms = 0;
    } else if (++m_failures_in_row >= m_target.breaker_failures) {
        m_open_until_ms = now_ms + m_target.breaker_open_ms;
    }
}

void TargetGate::cancelled() {
    ENSURE(m_under_way > 0);
    --m_under_way;
    if (m_target.per_minute > 0 && !m_last_minute.empty()) m_last_minute.pop_back();
}

}  // namespace fieldclaim::server
