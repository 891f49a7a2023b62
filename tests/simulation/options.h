#pragma once

#include "tests/simulation/run.h"

namespace fieldclaim::sim {

extern const char* const kUsage;

struct Options {
    std::uint64_t runs = 1'000;
    unsigned jobs = 1;
    RunChoice choice;  ///< of the first seed
    bool json = false;
    bool all_bugs = false;
    bool shrink = false;
    bool hazards = false;
    std::size_t expect_steps = 0;  ///< with shrink: fails when more are left; 0: any number will do
};

/// Nothing when the words are not understood.
std::optional<Options> readOptions(int argc, char** argv);

}  // namespace fieldclaim::sim
