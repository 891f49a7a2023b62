#pragma once

#include <chrono>

#include "shared/base/clock.h"

namespace fieldclaim::server {

/// The machine's clock, or a demonstration's: the same running from another moment.
class SystemClock final : public Clock {
public:
    explicit SystemClock(std::int64_t offset_ms = 0) : m_offset_ms(offset_ms) {}
    std::int64_t wallMs() const override {
        const auto now = std::chrono::system_clock::now().time_since_epoch();
        return std::chrono::duration_cast<std::chrono::milliseconds>(now).count() + m_offset_ms;
    }
    std::int64_t uptimeMs() const override {
        const auto now = std::chrono::steady_clock::now().time_since_epoch();
        return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
    }

private:
    const std::int64_t m_offset_ms;
};

}  // namespace fieldclaim::server
