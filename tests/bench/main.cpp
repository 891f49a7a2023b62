#include <algorithm>
#include <cstdio>
#include <cstring>

#include "tests/bench/figures.h"

namespace {

using namespace fieldclaim::bench;

constexpr const char* kUsage =
    "fieldclaim-bench save   [--claims 200] [--saves 2000] [--folder F] [--json]\n"
    "fieldclaim-bench server [--tablets 64] [--seconds 10] [--segments 200] [--folder F] [--journal F] [--json]\n"
    "fieldclaim-bench claim  [--folder F] [--json]\n"
    "fieldclaim-bench day    [--claims 5000] [--folder F] [--json]\n"
    "fieldclaim-bench window [--claims 5000] [--frames 600] [--folder F] [--json]\n"
    "fieldclaim-bench page   [--folder F] [--json]\n"
    "fieldclaim-bench sync   [--claims 2000] [--folder F] [--json]\n"
    "fieldclaim-bench pull   [--answers 500] [--a-save 1] [--kbits 256] [--rtt 600] [--folder F] [--json]\n"
    "fieldclaim-bench upload [--mib 1024] [--folder F] [--json]\n"
    "fieldclaim-bench cuts   [--uploads 100] [--mib 5] [--cut-from 1] [--cut-to 4] [--folder F] [--json]\n"
    "F is where the stores are made: put it on the disk that you want to know about.\n";

struct Bench {
    const char* name;
    Figures (*run)(const Arguments&);
    std::vector<std::string> arguments;
};

const std::vector<Bench>& benches() {
    static const std::vector<Bench> kBenches{
        {"save", benchSave, {"--claims", "--saves", "--folder"}},
        {"server", benchServer, {"--tablets", "--seconds", "--segments", "--folder", "--journal"}},
        {"claim", benchClaim, {"--folder"}},
        {"day", benchDay, {"--claims", "--folder"}},
        {"window", benchWindow, {"--claims", "--frames", "--folder"}},
        {"page", benchPage, {"--folder"}},
        {"sync", benchSync, {"--claims", "--folder"}},
        {"pull", benchPull, {"--answers", "--a-save", "--kbits", "--rtt", "--folder"}},
        {"upload", benchUpload, {"--mib", "--folder"}},
        {"cuts", benchCuts, {"--uploads", "--mib", "--cut-from", "--cut-to", "--folder"}},
    };
    return kBenches;
}

void print(const Figures& figures, const std::string& under) {
    for (const auto& [name, value] : figures.items()) {
        if (value.is_object()) {
            print(value, name + " ");
        } else if (value.is_number_float()) {
            std::printf("%-34s %12.3f\n", (under + name).c_str(), value.get<double>());
        } else {
            std::printf("%-34s %12s\n", (under + name).c_str(), value.dump().c_str());
        }
    }
}

}  // namespace

int main(int argc, char** argv) {
    const auto bench = std::find_if(benches().begin(), benches().end(), [&](const Bench& each) {
        return argc > 1 && std::strcmp(each.name, argv[1]) == 0;
    });
    bool good = bench != benches().end();
    bool json = false;
    Arguments arguments;
    for (int i = 2; good && i < argc; ++i) {
        if (std::strcmp(argv[i], "--json") == 0) {
            json = true;
            continue;
        }
        const auto& known = bench->arguments;
        good = std::find(known.begin(), known.end(), argv[i]) != known.end() && i + 1 < argc;
        if (good) arguments[argv[i]] = argv[i + 1];
        ++i;
    }
    if (!good) {
        std::fputs(kUsage, stderr);
        return 2;
    }
    const auto figures = bench->run(arguments);
    if (json) {
        std::printf("%s\n", figures.dump(2).c_str());
    } else {
        print(figures, "");
    }
    return 0;
}
