#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <nlohmann/json.hpp>
#include <thread>

#include "tests/simulation/run.h"

namespace {

using namespace fieldclaim::sim;

struct Options {
    std::uint64_t runs = 1'000;
    std::uint64_t seed = 1;
    bool one_seed = false;
    unsigned jobs = 1;
    bool trace = false;
    bool json = false;
    bool all_bugs = false;
    StoreKind store = StoreKind::Memory;
    Bug bug = Bug::None;
};

constexpr const char* kUsage =
    "fieldclaim-sim [--runs N] [--seed S] [--jobs J] [--vault] [--bug NAME | --all-bugs] [--json]\n"
    "fieldclaim-sim --seed S --trace [--vault] [--bug NAME]    replays one run\n"
    "--vault: tablets keep their work in the product's encrypted vault, as on a tablet, instead of in memory.\n"
    "Exit code: 0 all invariants held (or, with --all-bugs, each bug was caught); 1 a violation; 2 wrong usage.\n";

std::optional<Options> read(int argc, char** argv) {
    Options out;
    bool runs_given = false;
    for (int i = 1; i < argc; ++i) {
        const std::string_view name = argv[i];
        const char* value = i + 1 < argc ? argv[i + 1] : nullptr;
        if (name == "--trace") {
            out.trace = true;
        } else if (name == "--json") {
            out.json = true;
        } else if (name == "--vault") {
            out.store = StoreKind::Vault;
        } else if (name == "--all-bugs") {
            out.all_bugs = true;
        } else if (value == nullptr) {
            return std::nullopt;
        } else {
            ++i;
            if (name == "--bug") {
                const auto bug = bugOf(value);
                if (!bug) return std::nullopt;
                out.bug = *bug;
                continue;
            }
            const auto number = std::strtoull(value, nullptr, 10);
            if (name == "--runs") {
                out.runs = number;
                runs_given = true;
            } else if (name == "--seed") {
                out.seed = number;
                out.one_seed = true;
            } else if (name == "--jobs" && number > 0 && number <= 64) {
                out.jobs = static_cast<unsigned>(number);
            } else {
                return std::nullopt;
            }
        }
    }
    if (out.one_seed && (out.trace || !runs_given)) out.runs = 1;
    return out;
}

struct Tally {
    std::uint64_t runs = 0;
    FaultCounts faults{};
    std::uint64_t events = 0;
    std::uint64_t requests = 0;
    std::uint64_t saved = 0;
    std::uint64_t conflicts = 0;
    std::optional<std::uint64_t> failed_seed;
    RunResult failure;
};

/// Runs seeds until the first violation. Every 50th is run twice: the same seed must give the same trace (I16).
Tally runAll(const Options& options, const ServerTemplate& ready, Bug bug) {
    Tally tally;
    std::mutex mutex;
    std::atomic<std::uint64_t> next{0};
    const auto work = [&](unsigned job) {
        const auto folder = ready.workFolder() / ("run" + std::to_string(job));
        for (auto i = next.fetch_add(1); i < options.runs; i = next.fetch_add(1)) {
            const auto seed = options.seed + i;
            auto result = runSeed(seed, ready, folder, options.store, bug, options.trace);
            if (!result.violation && i % 50 == 0 && !options.trace) {
                const auto again = runSeed(seed, ready, folder, options.store, bug, false);
                if (again.trace_hash != result.trace_hash) {
                    result.invariant = "I16";
                    result.violation = "I16: the same seed gave another trace";
                }
            }
            const std::lock_guard lock(mutex);
            ++tally.runs;
            for (std::size_t fault = 0; fault < kFaults; ++fault) tally.faults[fault] += result.faults[fault];
            tally.events += result.events;
            tally.requests += result.requests;
            tally.saved += result.saved;
            tally.conflicts += result.conflicts;
            if (!result.violation) continue;
            next = options.runs;
            if (!tally.failed_seed || seed < *tally.failed_seed) {
                tally.failed_seed = seed;
                tally.failure = result;
            }
        }
    };
    std::vector<std::thread> threads;
    for (unsigned job = 1; job < options.jobs; ++job) threads.emplace_back(work, job);
    work(0);
    for (auto& thread : threads) thread.join();
    return tally;
}

std::string bugSuffix(Bug bug) {
    for (const auto& known : bugNames()) {
        if (known.bug == bug) return " --bug " + std::string(known.name);
    }
    return {};
}

/// A fault that no run of many has met shows that the simulation has become blind to it.
std::vector<std::string> neverMet(const Tally& tally) {
    std::vector<std::string> out;
    for (std::size_t fault = 0; fault < kFaults; ++fault) {
        if (tally.faults[fault] == 0) out.emplace_back(faultName(fault));
    }
    return out;
}

int runSeeds(const Options& options, const ServerTemplate& ready) {
    const auto began = std::chrono::steady_clock::now();
    const auto tally = runAll(options, ready, options.bug);
    const auto seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    const auto blind = !tally.failed_seed && options.bug == Bug::None && tally.runs >= 500 ? neverMet(tally)
                                                                                           : std::vector<std::string>();
    const bool good = !tally.failed_seed && blind.empty();
    if (options.json) {
        nlohmann::ordered_json out{{"runs", tally.runs},         {"seconds", seconds},   {"events", tally.events},
                                   {"requests", tally.requests}, {"saved", tally.saved}, {"conflicts", tally.conflicts},
                                   {"never_met", blind}};
        for (std::size_t fault = 0; fault < kFaults; ++fault) out["faults"][faultName(fault)] = tally.faults[fault];
        if (tally.failed_seed) {
            out["failed_seed"] = *tally.failed_seed;
            out["invariant"] = tally.failure.invariant;
            out["violation"] = *tally.failure.violation;
        }
        std::printf("%s\n", out.dump(2).c_str());
        return good ? 0 : 1;
    }
    std::printf("%llu runs in %.1f s (%.0f a second): %llu events, %llu requests, %llu saves, %llu conflicts left\n",
                static_cast<unsigned long long>(tally.runs), seconds, static_cast<double>(tally.runs) / seconds,
                static_cast<unsigned long long>(tally.events), static_cast<unsigned long long>(tally.requests),
                static_cast<unsigned long long>(tally.saved), static_cast<unsigned long long>(tally.conflicts));
    for (std::size_t fault = 0; fault < kFaults; ++fault) {
        std::printf("  %-19s %llu\n", faultName(fault), static_cast<unsigned long long>(tally.faults[fault]));
    }
    for (const auto& name : blind) std::printf("NEVER MET: %s\n", name.c_str());
    if (tally.failed_seed) {
        const auto seed = static_cast<unsigned long long>(*tally.failed_seed);
        std::printf("VIOLATION in seed %llu: %s\nreplay: fieldclaim-sim --seed %llu --trace%s\n", seed,
                    tally.failure.violation->c_str(), seed,
                    ((options.store == StoreKind::Vault ? " --vault" : "") + bugSuffix(options.bug)).c_str());
    } else if (good) {
        std::printf("all invariants held\n");
    }
    return good ? 0 : 1;
}

int runBugs(const Options& options, const ServerTemplate& ready) {
    bool all = true;
    for (const auto& known : bugNames()) {
        const auto tally = runAll(options, ready, known.bug);
        all = all && tally.failed_seed.has_value();
        if (tally.failed_seed) {
            std::printf("%-24s caught in seed %llu (%llu runs): %s\n", std::string(known.name).c_str(),
                        static_cast<unsigned long long>(*tally.failed_seed),
                        static_cast<unsigned long long>(tally.runs), tally.failure.violation->c_str());
        } else {
            std::printf("%-24s NOT CAUGHT in %llu runs\n", std::string(known.name).c_str(),
                        static_cast<unsigned long long>(tally.runs));
        }
    }
    return all ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    const auto options = read(argc, argv);
    if (!options) {
        std::fputs(kUsage, stderr);
        return 2;
    }
    try {
        const ServerTemplate ready;
        return options->all_bugs ? runBugs(*options, ready) : runSeeds(*options, ready);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 2;
    }
}
