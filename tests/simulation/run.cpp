#include "tests/simulation/run.h"

#include <algorithm>

#include "tests/simulation/office.h"

namespace fieldclaim::sim {

std::string RunChoice::replay() const {
    std::string out = "fieldclaim-sim --seed " + std::to_string(seed) + " --trace";
    if (store == StoreKind::Vault) out += " --vault";
    if (bug != Bug::None) out += " --bug " + std::string(nameOfBug(bug));
    return out + cut.text();
}

RunResult runOnce(const RunChoice& choice, const ServerTemplate& ready, const std::filesystem::path& folder) {
    World world(choice.seed, choice.print_trace);
    RunResult result;
    result.plan = Plan(world.stream(Stream::Plan), choice.cut);
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    Office office(world, result.plan, ready, folder, choice.store, choice.bug);
    try {
        for (int step = 0; step < result.plan.steps; ++step) {
            auto dice = world.stream(Stream::Step, static_cast<std::uint64_t>(step));
            const auto pace = dice.between(0, result.plan.pace_ms);
            const bool look = dice.percent(10);
            if (!choice.cut.steps || choice.cut.steps->contains(step)) office.act(dice);
            office.passTime(pace);
            if (look) office.look(dice);
        }
        office.heal();
        result.conflicts = office.conflicts();
    } catch (const Violation& violation) {
        result.violation = violation.what();
        result.invariant = violation.invariant;
        world.trace("VIOLATION " + *result.violation);
    }
    result.faults = world.faults;
    result.hazards = world.hazards;
    result.trace_hash = world.traceHash();
    result.events = world.events();
    result.requests = office.requests();
    for (const auto& tablet : office.tablets()) result.saved += tablet->journal().size();
    return result;
}

}  // namespace fieldclaim::sim
