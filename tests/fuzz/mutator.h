#pragma once

#include <cstdint>
#include <random>
#include <vector>

#include "shared/base/bytes.h"

namespace fieldclaim::fuzz {

/// Spoils bytes as networks and liars do: flips, cuts, repeats, splices, numbers at their edges, long runs. The same
/// seed gives the same bytes.
class Mutator {
public:
    explicit Mutator(std::uint64_t seed) : m_engine(seed) {}
    /// One to eight spoilings of one of the seeds.
    Bytes mutate(const std::vector<Bytes>& seeds);

private:
    std::size_t below(std::size_t bound) { return bound == 0 ? 0 : static_cast<std::size_t>(m_engine() % bound); }
    void spoil(Bytes& bytes, const std::vector<Bytes>& seeds);

    std::mt19937_64 m_engine;
};

}  // namespace fieldclaim::fuzz
