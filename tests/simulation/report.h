#pragma once

#include "tests/simulation/options.h"

// What the program does with many runs, and says about them. Each gives the exit code.
namespace fieldclaim::sim {

int runSeeds(const Options& options, const ServerTemplate& ready);
int runBugs(const Options& options, const ServerTemplate& ready);
int runShrink(const Options& options, const ServerTemplate& ready);

}  // namespace fieldclaim::sim
