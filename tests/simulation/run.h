#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "tests/simulation/bugs.h"
#include "tests/simulation/plan.h"
#include "tests/simulation/server_end.h"
#include "tests/simulation/tablet_store.h"

namespace fieldclaim::sim {

/// Which run: the seed draws all of it, and the cut leaves things out.
struct RunChoice {
    std::uint64_t seed = 1;
    Cut cut;
    StoreKind store = StoreKind::Memory;
    Bug bug = Bug::None;
    bool print_trace = false;

    /// The command line that runs it again.
    std::string replay() const;
};

struct RunResult {
    std::optional<std::string> violation;  ///< "I3: ..."; none: all invariants held
    std::string invariant;
    FaultCounts faults{};
    HazardCounts hazards{};
    std::uint64_t trace_hash = 0;
    std::uint64_t events = 0;
    std::uint64_t requests = 0;
    std::uint64_t saved = 0;
    std::uint64_t conflicts = 0;  ///< left for people when all had healed
    Plan plan{Chance(0), {}};
};

/// One whole run in a folder that is emptied. First the faults, then healing and a demand for convergence.
RunResult runOnce(const RunChoice& choice, const ServerTemplate& ready, const std::filesystem::path& folder);

}  // namespace fieldclaim::sim
