#include <QCoreApplication>
#include <iostream>

#include "mobile/headless/commands.h"
#include "mobile/platform/system_clock.h"
#include "shared/base/date.h"
#include "shared/crypto/crypto.h"

int main(int argc, char** argv) {
    using namespace fieldclaim;
    const QCoreApplication application(argc, argv);
    const auto arguments = tablet::Arguments::parse({argv + 1, argv + argc});
    if (!arguments || arguments->words.empty() || arguments->words.front() == "help") {
        std::cerr << (arguments ? std::string() : describe(arguments.error()) + "\n") << tablet::kUsage;
        return 2;
    }
    const tablet::SystemClock system;
    std::int64_t begins = system.wallMs();
    if (const auto today = arguments->option("today"); !today.empty()) {
        const auto date = Date::parse(today);
        if (!date) {
            std::cerr << describe(date.error()) << "\n";
            return 2;
        }
        constexpr std::int64_t kNineOClock = 9LL * 3'600'000;
        begins = std::int64_t{date->days} * 86'400'000 + kNineOClock;
    }
    const tablet::DemoClock clock(system, begins);
    SystemRandom random;
    const auto out = tablet::runCommand(*arguments, clock, random);
    if (!out) {
        std::cerr << describe(out.error()) << "\n" << errorInfo(out.error().code).english << "\n";
        return 1;
    }
    std::cout << out->dump(2) << "\n";
    return 0;
}
