#pragma once

#include <cstddef>
#include <cstdint>

namespace fieldclaim {

/// Where time comes from. Nothing that decides reads the machine's clock itself (rule 9).
class Clock {
public:
    virtual ~Clock() = default;
    /// Milliseconds since 1970-01-01T00:00Z as the device believes them. May jump either way.
    virtual std::int64_t wallMs() const = 0;
    /// Milliseconds since some start; never runs backwards within one start.
    virtual std::int64_t uptimeMs() const = 0;
};

/// Where randomness comes from: crypto's SystemRandom in the products, a seeded one in tests.
class Random {
public:
    virtual ~Random() = default;
    virtual void fill(std::uint8_t* out, std::size_t size) = 0;

    std::uint64_t next() {
        std::uint64_t value = 0;
        fill(reinterpret_cast<std::uint8_t*>(&value), sizeof value);
        return value;
    }
};

}  // namespace fieldclaim
