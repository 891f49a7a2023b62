#pragma once

#include <optional>

#include "shared/base/clock.h"

namespace fieldclaim::tablet {

/// The tablet's clocks. Uptime is the system's monotonic clock, suspend included where the platform has that.
class SystemClock final : public Clock {
public:
    std::int64_t wallMs() const override;
    std::int64_t uptimeMs() const override;
};

/// Runs at the usual pace from a given moment: for demonstrations of 15 January 2007. Borrows the clock that it
/// follows.
class DemoClock final : public Clock {
public:
    DemoClock(const Clock& real, std::int64_t starts_at_ms);
    std::int64_t wallMs() const override { return m_starts_at_ms + (m_real.uptimeMs() - m_began_ms); }
    std::int64_t uptimeMs() const override { return m_real.uptimeMs(); }

private:
    const Clock& m_real;
    std::int64_t m_starts_at_ms;
    std::int64_t m_began_ms;
};

}  // namespace fieldclaim::tablet
