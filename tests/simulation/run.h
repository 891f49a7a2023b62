#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "tests/simulation/bugs.h"
#include "tests/simulation/server_end.h"
#include "tests/simulation/tablet_store.h"
#include "tests/simulation/world.h"

namespace fieldclaim::sim {

struct RunResult {
    std::optional<std::string> violation;  ///< "I3: ..."; none: all invariants held
    std::string invariant;
    FaultCounts faults{};
    std::uint64_t trace_hash = 0;
    std::uint64_t events = 0;
    std::uint64_t requests = 0;
    std::uint64_t saved = 0;
    std::uint64_t conflicts = 0;  ///< left for people when all had healed
};

/// One whole run in a folder that is emptied: everything in it is drawn from the seed. First the faults, then healing
/// and a demand for convergence.
RunResult runSeed(std::uint64_t seed, const ServerTemplate& ready, const std::filesystem::path& folder, StoreKind kind,
                  Bug bug, bool print_trace);

}  // namespace fieldclaim::sim
