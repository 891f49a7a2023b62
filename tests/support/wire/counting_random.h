#pragma once

#include "shared/base/clock.h"

namespace fieldclaim::test {

/// 00, 01, 02 …: so that whoever reads a test vector can make it again.
class CountingRandom final : public Random {
public:
    void fill(std::uint8_t* out, std::size_t size) override {
        for (std::size_t i = 0; i < size; ++i) out[i] = m_next++;
    }

private:
    std::uint8_t m_next = 0;
};

}  // namespace fieldclaim::test
