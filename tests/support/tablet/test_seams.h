#pragma once

#include <random>

#include "shared/base/clock.h"

namespace fieldclaim::test {

/// Stands still until it is moved. Both times move together unless one is set.
class ManualClock final : public Clock {
public:
    explicit ManualClock(std::int64_t wall_ms = 1'167'825'600'000) : wall(wall_ms) {}  // 3 January 2007, noon
    std::int64_t wallMs() const override { return wall; }
    std::int64_t uptimeMs() const override { return uptime; }
    void advance(std::int64_t ms) {
        wall += ms;
        uptime += ms;
    }

    std::int64_t wall;
    std::int64_t uptime = 1'000;
};

/// The same bytes for the same seed. One thread.
class SeededRandom final : public Random {
public:
    explicit SeededRandom(std::uint64_t seed = 1) : m_engine(seed) {}
    void fill(std::uint8_t* out, std::size_t size) override {
        for (std::size_t i = 0; i < size; ++i) out[i] = static_cast<std::uint8_t>(m_engine() >> 24U);
    }
    /// 0 to below `bound`.
    std::size_t below(std::size_t bound) { return static_cast<std::size_t>(m_engine() % bound); }

private:
    std::mt19937_64 m_engine;
};

}  // namespace fieldclaim::test
