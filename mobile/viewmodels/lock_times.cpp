#include "mobile/viewmodels/lock_times.h"

namespace fieldclaim::tablet {
namespace {

constexpr int kLookEvery_ms = 2'000;
constexpr std::int64_t kMinute_ms = 60'000;
/// The vault's key stays in memory while there is something to send, this long at most.
constexpr std::int64_t kCloseAfterLock_ms = 30 * kMinute_ms;

}  // namespace

LockTimes::LockTimes(const Clock& clock, QObject* parent) : QObject(parent), m_clock(clock) {
    m_timer.setInterval(kLookEvery_ms);
    connect(&m_timer, &QTimer::timeout, this, &LockTimes::look);
}

void LockTimes::lockAfter(int idle_minutes) {
    m_close_ms = 0;
    m_idle_ms = idle_minutes * kMinute_ms;
    m_used_ms = m_clock.uptimeMs();
    m_timer.start();
}

void LockTimes::used() {
    look();
    m_used_ms = m_clock.uptimeMs();
}

void LockTimes::closeLater() {
    m_idle_ms = 0;
    m_close_ms = m_clock.uptimeMs() + kCloseAfterLock_ms;
    m_timer.start();
}

void LockTimes::stop() {
    m_idle_ms = 0;
    m_close_ms = 0;
    m_timer.stop();
}

void LockTimes::look() {
    const auto now = m_clock.uptimeMs();
    if (m_idle_ms > 0 && now - m_used_ms >= m_idle_ms) {
        m_idle_ms = 0;
        emit idle();
    } else if (m_close_ms > 0 && now >= m_close_ms) {
        stop();
        emit closeDue();
    }
}

}  // namespace fieldclaim::tablet
