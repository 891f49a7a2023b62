#pragma once

#include <functional>

#include "tests/simulation/run.h"

namespace fieldclaim::sim {

/// Cuts a failing run down to the smallest that still breaks the same invariant: first tablets and the second site,
/// then whole kinds of fault, then steps in ever smaller groups, round and round until nothing more can go. `run` runs
/// a choice; `say` is told of each success.
RunChoice shrink(const RunChoice& failing, const std::string& invariant,
                 const std::function<RunResult(const RunChoice&)>& run,
                 const std::function<void(const RunChoice&)>& say);

}  // namespace fieldclaim::sim
