#include <cstdio>

#include "tests/simulation/cheap_crypto.h"
#include "tests/simulation/options.h"
#include "tests/simulation/report.h"

int main(int argc, char** argv) {
    using namespace fieldclaim::sim;
    const auto options = readOptions(argc, argv);
    if (!options) {
        std::fputs(kUsage, stderr);
        return 2;
    }
    signTruly(options->choice.store == StoreKind::Vault);
    try {
        const ServerTemplate ready;
        if (options->all_bugs) return runBugs(*options, ready);
        if (options->shrink) return runShrink(*options, ready);
        return runSeeds(*options, ready);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 2;
    }
}
