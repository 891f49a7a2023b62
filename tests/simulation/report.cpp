#include "tests/simulation/report.h"

#include <atomic>
#include <chrono>
#include <cstdio>
#include <mutex>
#include <nlohmann/json.hpp>
#include <thread>

#include "tests/simulation/shrink.h"

namespace fieldclaim::sim {
namespace {

using Long = unsigned long long;

struct Tally {
    std::uint64_t runs = 0;
    FaultCounts faults{};
    HazardCounts hazards{};
    std::uint64_t events = 0;
    std::uint64_t requests = 0;
    std::uint64_t saved = 0;
    std::uint64_t conflicts = 0;
    std::optional<RunChoice> failed;  ///< the lowest seed of those that failed
    RunResult failure;

    void add(const RunChoice& choice, const RunResult& result) {
        ++runs;
        for (std::size_t i = 0; i < kFaults; ++i) faults[i] += result.faults[i];
        for (std::size_t i = 0; i < kHazards; ++i) hazards[i] += result.hazards[i];
        events += result.events;
        requests += result.requests;
        saved += result.saved;
        conflicts += result.conflicts;
        if (!result.violation || (failed && failed->seed < choice.seed)) return;
        failed = choice;
        failure = result;
    }
};

/// Runs seeds until the first violation. Every 50th is run twice: the same seed must give the same trace (I16).
Tally runAll(const Options& options, const ServerTemplate& ready, Bug bug) {
    Tally tally;
    std::mutex mutex;
    std::atomic<std::uint64_t> next{0};
    const auto work = [&](unsigned job) {
        const auto folder = ready.workFolder() / ("run" + std::to_string(job));
        for (auto i = next.fetch_add(1); i < options.runs; i = next.fetch_add(1)) {
            auto choice = options.choice;
            choice.seed += i;
            choice.bug = bug;
            auto result = runOnce(choice, ready, folder);
            if (!result.violation && i % 50 == 0 && !choice.print_trace) {
                const auto again = runOnce(choice, ready, folder);
                if (again.trace_hash != result.trace_hash) {
                    result.invariant = "I16";
                    result.violation = "I16: the same seed gave another trace";
                }
            }
            const std::lock_guard lock(mutex);
            tally.add(choice, result);
            if (result.violation) next = options.runs;
        }
    };
    std::vector<std::thread> threads;
    for (unsigned job = 1; job < options.jobs; ++job) threads.emplace_back(work, job);
    work(0);
    for (auto& thread : threads) thread.join();
    return tally;
}

/// A fault or hazard that no run of many has met shows that the simulation has become blind to it.
std::vector<std::string> neverMet(const Tally& tally) {
    std::vector<std::string> out;
    for (std::size_t fault = 0; fault < kFaults; ++fault) {
        if (tally.faults[fault] == 0) out.emplace_back(faultName(fault));
    }
    for (const auto& row : hazardTable()) {
        if (tally.hazards[static_cast<std::size_t>(row.number)] == 0) out.push_back("H" + std::to_string(row.number));
    }
    return out;
}

void printJson(const Tally& tally, const std::vector<std::string>& blind, double seconds) {
    nlohmann::ordered_json out{{"runs", tally.runs},         {"seconds", seconds},   {"events", tally.events},
                               {"requests", tally.requests}, {"saved", tally.saved}, {"conflicts", tally.conflicts},
                               {"never_met", blind}};
    for (std::size_t fault = 0; fault < kFaults; ++fault) out["faults"][faultName(fault)] = tally.faults[fault];
    for (const auto& row : hazardTable()) {
        out["hazards"]["H" + std::to_string(row.number)] = tally.hazards[static_cast<std::size_t>(row.number)];
    }
    if (tally.failed) {
        out["failed_seed"] = tally.failed->seed;
        out["invariant"] = tally.failure.invariant;
        out["violation"] = *tally.failure.violation;
    }
    std::printf("%s\n", out.dump(2).c_str());
}

void printHazards(const Tally& tally) {
    for (const auto& row : hazardTable()) {
        std::printf("  H%02d %9llu  %s: %s; caught by %s\n", row.number,
                    static_cast<Long>(tally.hazards[static_cast<std::size_t>(row.number)]), row.what, row.exercised_by,
                    row.caught_by);
    }
}

}  // namespace

int runSeeds(const Options& options, const ServerTemplate& ready) {
    const auto began = std::chrono::steady_clock::now();
    const auto tally = runAll(options, ready, options.choice.bug);
    const auto seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    const bool whole = !tally.failed && options.choice.bug == Bug::None && options.choice.cut.empty();
    const auto blind = whole && tally.runs >= 500 ? neverMet(tally) : std::vector<std::string>();
    const bool good = !tally.failed && blind.empty();
    if (options.json) {
        printJson(tally, blind, seconds);
        return good ? 0 : 1;
    }
    std::printf("%llu runs in %.1f s (%.0f a second): %llu events, %llu requests, %llu saves, %llu conflicts left\n",
                static_cast<Long>(tally.runs), seconds, static_cast<double>(tally.runs) / seconds,
                static_cast<Long>(tally.events), static_cast<Long>(tally.requests), static_cast<Long>(tally.saved),
                static_cast<Long>(tally.conflicts));
    for (std::size_t fault = 0; fault < kFaults; ++fault) {
        std::printf("  %-19s %llu\n", faultName(fault), static_cast<Long>(tally.faults[fault]));
    }
    if (options.hazards) printHazards(tally);
    for (const auto& name : blind) std::printf("NEVER MET: %s\n", name.c_str());
    if (tally.failed) {
        std::printf("VIOLATION in seed %llu: %s\nreplay: %s\n", static_cast<Long>(tally.failed->seed),
                    tally.failure.violation->c_str(), tally.failed->replay().c_str());
    } else if (good) {
        std::printf("all invariants held\n");
    }
    return good ? 0 : 1;
}

int runBugs(const Options& options, const ServerTemplate& ready) {
    bool all = true;
    for (const auto& known : bugNames()) {
        const auto tally = runAll(options, ready, known.bug);
        all = all && tally.failed.has_value();
        const std::string name(known.name);
        if (tally.failed) {
            std::printf("%-24s caught in seed %llu (%llu runs): %s\n", name.c_str(),
                        static_cast<Long>(tally.failed->seed), static_cast<Long>(tally.runs),
                        tally.failure.violation->c_str());
        } else {
            std::printf("%-24s NOT CAUGHT in %llu runs\n", name.c_str(), static_cast<Long>(tally.runs));
        }
        std::fflush(stdout);
    }
    return all ? 0 : 1;
}

int runShrink(const Options& options, const ServerTemplate& ready) {
    const auto tally = runAll(options, ready, options.choice.bug);
    if (!tally.failed) {
        std::printf("nothing to cut down: all invariants held in %llu runs\n", static_cast<Long>(tally.runs));
        return 1;
    }
    std::printf("seed %llu: %s\n", static_cast<Long>(tally.failed->seed), tally.failure.violation->c_str());
    std::uint64_t tried = 0;
    const auto run = [&](const RunChoice& choice) {
        ++tried;
        return runOnce(choice, ready, ready.workFolder() / "shrink");
    };
    const auto best = shrink(*tally.failed, tally.failure.invariant, run, [](const RunChoice&) {});
    auto last = best;
    last.print_trace = true;
    const auto result = run(last);
    const auto left = best.cut.steps ? best.cut.steps->size() : static_cast<std::size_t>(result.plan.steps);
    std::printf("cut down in %llu runs to %zu tablets and %zu steps: %s\nreplay: %s\n", static_cast<Long>(tried),
                result.plan.tablets, left, result.violation->c_str(), best.replay().c_str());
    return options.expect_steps == 0 || left <= options.expect_steps ? 0 : 1;
}

}  // namespace fieldclaim::sim
