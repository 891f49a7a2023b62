#pragma once

#include <QObject>
#include <QTimer>

#include "shared/base/clock.h"

namespace fieldclaim::tablet {

/// When a tablet that nobody uses locks itself, and when a locked one closes its store at the latest. By the uptime,
/// which goes on while the tablet sleeps and which nobody can set; a timer asks it every few seconds. Borrows the
/// clock. GUI thread.
class LockTimes : public QObject {
    Q_OBJECT

public:
    explicit LockTimes(const Clock& clock, QObject* parent = nullptr);

    /// Unlocked, or the officer chose another time.
    void lockAfter(int idle_minutes);
    /// Somebody touched the tablet. A touch that comes too late, after a sleep, does not put the lock off.
    void used();
    /// Locked with something to send: the store is closed after half an hour, if not before (architecture, part 6).
    void closeLater();
    void stop();
    /// What is due; called by the timer.
    void look();

signals:
    void idle();
    void closeDue();

private:
    const Clock& m_clock;
    QTimer m_timer;
    std::int64_t m_idle_ms = 0;  ///< 0: not unlocked
    std::int64_t m_used_ms = 0;
    std::int64_t m_close_ms = 0;  ///< 0: nothing is to be closed
};

}  // namespace fieldclaim::tablet
