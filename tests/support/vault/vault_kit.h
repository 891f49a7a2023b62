#pragma once

#include <memory>
#include <random>
#include <string>

#include "mobile/storage/vault.h"

// What tests of the tablet's parts share: a clock that is set, randomness from a seed, a vault that opens quickly.
namespace fieldclaim::tablet {

class SetClock final : public Clock {
public:
    std::int64_t wall = 1'168'851'600'000;  ///< 2007-01-15T09:00Z
    std::int64_t uptime = 1'000;
    std::int64_t wallMs() const override { return wall; }
    std::int64_t uptimeMs() const override { return uptime; }
    void advance(std::int64_t ms) {
        wall += ms;
        uptime += ms;
    }
};

class SeededRandom final : public Random {
public:
    explicit SeededRandom(std::uint64_t seed = 1) : m_engine(seed) {}
    void fill(std::uint8_t* out, std::size_t size) override {
        for (std::size_t i = 0; i < size; ++i) out[i] = static_cast<std::uint8_t>(m_engine());
    }

private:
    std::mt19937_64 m_engine;
};

constexpr const char* kPassphrase = "correct horse battery";

/// scrypt with N = 16: a millisecond instead of half a second.
Vault::Options quickOptions();
DeviceSetup testSetup();
NewOfficer testOfficer(const std::string& name);
/// A new vault in the folder, signed in as "Bronwen Pugh". Ends the program when it cannot be made.
std::unique_ptr<Vault> testVault(const std::string& folder, const Clock& clock, Random& random);

}  // namespace fieldclaim::tablet
