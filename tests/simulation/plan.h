#pragma once

#include <array>
#include <optional>
#include <set>
#include <string>

#include "tests/simulation/world.h"

namespace fieldclaim::sim {

/// What is left out of a run: how a failing run is cut down, and how the smaller one is asked for again.
struct Cut {
    std::optional<std::set<int>> steps;  ///< these alone happen
    std::set<Fault> without;
    std::optional<std::size_t> tablets;
    bool one_site = false;

    bool empty() const { return !steps && without.empty() && !tablets && !one_site; }
    /// As on the command line: " --tablets 2 --steps 0-3,9 --without offline,delayed".
    std::string text() const;
    /// "0-3,9"; nothing when it is not one.
    static std::optional<std::set<int>> parseSteps(std::string_view text);
    static std::optional<std::set<Fault>> parseFaults(std::string_view text);
};

/// What a run is made of. A third of the kinds of fault are left out of any one run, so that each is also seen alone.
struct Plan {
    Plan(Chance chance, const Cut& cut);

    std::size_t tablets = 1;
    std::size_t sites = 1;
    int steps = 0;
    std::size_t most_claims = 1;
    std::int64_t pace_ms = 0;
    /// Thousandths: of requests for what the network does, of steps for the rest.
    std::array<int, kDrawnFaults> rates{};
    bool journal = false;  ///< the server keeps one on another disk
    /// Claims are signed, submitted and sent to targets, with a form pack.
    bool office = false;
    bool target_keeps_keys = true;
    bool target_answers_queries = true;
    bool target_closes = false;  ///< for twelve minutes of the first day
    int rate(Fault fault) const { return rates[static_cast<std::size_t>(fault)]; }
};

}  // namespace fieldclaim::sim
