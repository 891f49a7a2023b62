#include "tests/simulation/options.h"

#include <charconv>

namespace fieldclaim::sim {

const char* const kUsage =
    "fieldclaim-sim [--seed S] [--runs N] [--jobs J] [--vault] [--bug NAME | --all-bugs] [--hazards] [--json]\n"
    "fieldclaim-sim --seed S --trace [cut] [--vault] [--bug NAME]    replays one run\n"
    "fieldclaim-sim --seed S --shrink [cut] [--vault] [--bug NAME]   cuts the first failing run down as far as it "
    "goes\n"
    "cut: [--tablets N] [--one-site] [--steps 0-4,9 | none] [--without FAULT,FAULT]   leaves parts of a run out\n"
    "--vault: tablets keep their work in the product's encrypted vault, as on a tablet, instead of in memory.\n"
    "--hazards: says how often each hazard of the list was exercised, by what, and what catches it.\n"
    "--expect-steps N: with --shrink, fails when more than N steps are left.\n"
    "Exit code: 0 all invariants held (with --all-bugs: each bug was caught; with --shrink: a run was cut down);\n"
    "1 a violation, or a fault that 500 runs have not met; 2 wrong usage.\n";

namespace {

std::optional<std::uint64_t> number(std::string_view text) {
    std::uint64_t out = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (failed != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return out;
}

bool readFlag(Options& out, std::string_view name) {
    if (name == "--trace") return out.choice.print_trace = true;
    if (name == "--json") return out.json = true;
    if (name == "--all-bugs") return out.all_bugs = true;
    if (name == "--shrink") return out.shrink = true;
    if (name == "--hazards") return out.hazards = true;
    if (name == "--one-site") return out.choice.cut.one_site = true;
    if (name != "--vault") return false;
    out.choice.store = StoreKind::Vault;
    return true;
}

/// False when the value is not one of that name's.
bool readValue(Options& out, std::string_view name, std::string_view value) {
    if (name == "--bug") {
        const auto bug = bugOf(value);
        if (bug) out.choice.bug = *bug;
        return bug.has_value();
    }
    if (name == "--steps") {
        out.choice.cut.steps = Cut::parseSteps(value);
        return out.choice.cut.steps.has_value();
    }
    if (name == "--without") {
        auto without = Cut::parseFaults(value);
        if (without) out.choice.cut.without = std::move(*without);
        return without.has_value();
    }
    const auto given = number(value);
    if (!given) return false;
    if (name == "--runs") {
        out.runs = *given;
    } else if (name == "--seed") {
        out.choice.seed = *given;
    } else if (name == "--tablets" && *given > 0) {
        out.choice.cut.tablets = *given;
    } else if (name == "--expect-steps") {
        out.expect_steps = *given;
    } else if (name == "--jobs" && *given > 0 && *given <= 64) {
        out.jobs = static_cast<unsigned>(*given);
    } else {
        return false;
    }
    return true;
}

}  // namespace

std::optional<Options> readOptions(int argc, char** argv) {
    Options out;
    bool one_seed = false;
    bool runs_given = false;
    for (int i = 1; i < argc; ++i) {
        const std::string_view name = argv[i];
        if (readFlag(out, name)) continue;
        if (++i == argc || !readValue(out, name, argv[i])) return std::nullopt;
        one_seed = one_seed || name == "--seed";
        runs_given = runs_given || name == "--runs";
    }
    if (out.choice.print_trace || (one_seed && !runs_given)) out.runs = 1;
    return out;
}

}  // namespace fieldclaim::sim
