// The same targets for libFuzzer: FIELDCLAIM_FUZZ_TARGET names the one. `fieldclaim-fuzz -max_total_time=3600 FOLDER`
#include <cstdio>
#include <cstdlib>

#include "tests/fuzz/targets.h"

namespace {
const fieldclaim::fuzz::Target* g_target = nullptr;
}

extern "C" int LLVMFuzzerInitialize(int*, char***) {
    const char* const name = std::getenv("FIELDCLAIM_FUZZ_TARGET");  // NOLINT(concurrency-mt-unsafe)
    g_target = fieldclaim::fuzz::findTarget(name != nullptr ? name : "");
    if (g_target == nullptr) {
        std::fputs("FIELDCLAIM_FUZZ_TARGET must name one of:\n", stderr);
        for (const auto& target : fieldclaim::fuzz::targets()) std::fprintf(stderr, "  %s\n", target.name.c_str());
        std::exit(2);
    }
    for (const auto& seed : g_target->seeds) g_target->run(seed);
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    g_target->run({data, size});
    return 0;
}
