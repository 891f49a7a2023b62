#include <QCoreApplication>
#include <iostream>

#include "mobile/headless/commands.h"
#include "mobile/platform/system_clock.h"
#include "shared/base/date.h"
#include "shared/crypto/crypto.h"

namespace {

/// As the usage says.
int exitCode(fieldclaim::ErrorCode code) {
    using fieldclaim::ErrorCode;
    switch (code) {
        case ErrorCode::BadInput:
        case ErrorCode::NotFound:
        case ErrorCode::BadPack:
            return 2;
        case ErrorCode::WrongPassphrase:
        case ErrorCode::TooManyTries:
        case ErrorCode::NotSignedIn:
            return 3;
        case ErrorCode::InUse:
            return 4;
        case ErrorCode::Network:
        case ErrorCode::Untrusted:
        case ErrorCode::Busy:
            return 5;
        case ErrorCode::Damaged:
        case ErrorCode::DiskFull:
        case ErrorCode::Storage:
            return 6;
        case ErrorCode::NotAllowed:
        case ErrorCode::BadCode:
            return 7;
        default:
            return 1;
    }
}

}  // namespace

int main(int argc, char** argv) {
    using namespace fieldclaim;
    const QCoreApplication application(argc, argv);
    const auto arguments = tablet::Arguments::parse({argv + 1, argv + argc});
    if (!arguments) {
        std::cerr << describe(arguments.error()) << "\n" << tablet::kUsage;
        return 2;
    }
    const auto command = arguments->words.empty() ? std::string() : arguments->words.front();
    if (arguments->has("help") || command == "help") {
        const bool of_another = command == "help" && arguments->words.size() > 1;
        std::cout << tablet::usageOf(of_another ? arguments->words[1] : command == "help" ? "" : command);
        return 0;
    }
    if (command.empty()) {
        std::cerr << tablet::kUsage;
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
        return exitCode(out.error().code);
    }
    std::cout << out->dump(2) << "\n";
    return 0;
}
