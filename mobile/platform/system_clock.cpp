#include "mobile/platform/system_clock.h"

#include <time.h>

#include <chrono>

namespace fieldclaim::tablet {

std::int64_t SystemClock::wallMs() const {
    using namespace std::chrono;
    return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

std::int64_t SystemClock::uptimeMs() const {
#ifdef CLOCK_BOOTTIME
    timespec now{};
    if (::clock_gettime(CLOCK_BOOTTIME, &now) == 0) return std::int64_t{now.tv_sec} * 1'000 + now.tv_nsec / 1'000'000;
#endif
    using namespace std::chrono;
    return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

DemoClock::DemoClock(const Clock& real, std::int64_t starts_at_ms)
    : m_real(real), m_starts_at_ms(starts_at_ms), m_began_ms(real.uptimeMs()) {}

}  // namespace fieldclaim::tablet
