#include "tests/simulation/run.h"

#include <algorithm>

#include "tests/simulation/checks.h"
#include "tests/simulation/network.h"

namespace fieldclaim::sim {
namespace {

constexpr std::int64_t kMinuteMs = 60'000;
constexpr std::int64_t kHourMs = 60 * kMinuteMs;
constexpr std::int64_t kDayMs = 24 * kHourMs;
constexpr std::int64_t kHealWithinMs = kHourMs;  // twelve back-offs of the longest kind

/// What a run is made of. A third of the kinds of fault are left out of any one run, so that each is also seen alone.
struct Plan {
    explicit Plan(Chance& chance) {
        tablets = static_cast<std::size_t>(chance.between(1, 5));
        sites = tablets > 1 && chance.percent(25) ? 2 : 1;
        steps = static_cast<int>(chance.between(15, 60));
        most_claims = static_cast<std::size_t>(chance.between(1, 3));
        pace_ms = chance.percent(50) ? 3'000 : 20'000;
        const auto rate = [&](int most) { return chance.percent(67) ? static_cast<int>(chance.between(1, most)) : 0; };
        weather = {rate(20), rate(20), rate(8), rate(15), rate(4)};
        tablet_crash = rate(8);
        server_crash = rate(4);
        offline = rate(10);
        clock_jump = rate(4);
        long_offline = rate(2);
        restore = chance.percent(15) ? 3 : 0;
    }
    std::size_t tablets;
    std::size_t sites;
    int steps;
    std::size_t most_claims;
    std::int64_t pace_ms;
    Weather weather;
    int tablet_crash;  ///< percent of steps
    int server_crash;
    int offline;
    int clock_jump;
    int long_offline;
    int restore;
};

class Run {
public:
    Run(World& world, const ServerTemplate& ready, const std::filesystem::path& folder, StoreKind kind, Bug bug)
        : m_world(world),
          m_plan(world.chance),
          m_server(world, ready, folder / "server", bug),
          m_network(world, m_server, m_plan.weather) {
        for (std::size_t i = 0; i < m_plan.tablets; ++i) {
            const auto& seat = ready.seats(i % m_plan.sites)[i / m_plan.sites];
            const auto make_store = [&](const Clock& clock, Random& random) {
                return makeStore(kind, seat, ready, folder / ("tablet" + std::to_string(i)), clock, random);
            };
            m_tablets.push_back(std::make_unique<SimTablet>(world, "T" + std::to_string(i + 1), seat, make_store, bug));
            m_tablets.back()->connect(m_network);
        }
    }

    void go() {
        for (const auto& tablet : m_tablets) tablet->start();
        for (int step = 0; step < m_plan.steps; ++step) {
            act();
            passTime(m_world.chance.between(0, m_plan.pace_ms));
            if (m_server.up() && m_world.chance.percent(10)) look(any());
        }
        heal();
    }

    std::uint64_t requests() const { return m_network.requests(); }
    const Tablets& tablets() const { return m_tablets; }
    std::uint64_t conflicts() const {
        std::uint64_t out = 0;
        for (const auto& tablet : m_tablets) {
            for (const auto& crn : tablet->store().claims()) out += tablet->state(crn).conflicts().size();
        }
        return out;
    }

private:
    SimTablet& any() { return *m_tablets[m_world.chance.below(m_tablets.size())]; }

    void passTime(std::int64_t ms) {
        const auto until = m_world.now() + ms;
        while (!m_world.empty() && m_world.nextAt() <= until) m_world.next();
        m_world.sleep(std::max<std::int64_t>(0, until - m_world.now()));
    }

    void act() {
        auto& chance = m_world.chance;
        auto& tablet = any();
        if (chance.percent(m_plan.tablet_crash) && tablet.running()) {
            tablet.crash();
            m_world.after(chance.between(500, 40'000), [&tablet] { tablet.start(); });
        } else if (chance.percent(m_plan.server_crash) && m_server.up()) {
            m_world.count(Fault::ServerCrash);
            m_world.trace("server ends");
            m_server.crash();
            m_world.after(chance.between(100, 60'000), [this] { m_server.restart(); });
        } else if (chance.percent(m_plan.offline) && tablet.online()) {
            m_world.count(Fault::Offline);
            tablet.setOnline(false);
            m_world.after(chance.between(1'000, 5 * kMinuteMs), [&tablet] { tablet.setOnline(true); });
        } else if (chance.percent(m_plan.clock_jump)) {
            m_world.count(Fault::ClockJump);
            const auto years = chance.between(-20, 20);
            m_world.trace(tablet.name() + "'s clock jumps by " + std::to_string(years) + " years");
            tablet.setClock(years * 365 * kDayMs + chance.between(-kDayMs, kDayMs));
        } else if (chance.percent(m_plan.long_offline)) {
            sleepLong();
        } else if (chance.percent(m_plan.restore) && tablet.running()) {
            tablet.restoreStore();
            m_world.after(chance.between(500, 40'000), [&tablet] { tablet.start(); });
        } else if (tablet.running()) {
            std::size_t begun = 0;
            for (const auto& each : m_tablets) {
                if (each->seat().site == tablet.seat().site) begun = std::max(begun, each->store().claims().size());
            }
            if (begun == 0 || (begun < m_plan.most_claims && chance.percent(10))) {
                tablet.beginClaim();
            } else {
                tablet.work();
            }
        }
    }

    /// Everybody goes home for days or months; one-time codes would not live so long.
    void sleepLong() {
        for (const auto& tablet : m_tablets) {
            if (!tablet->isRegistered()) return;
        }
        m_world.count(Fault::LongOffline);
        m_world.trace("everybody goes home");
        for (const auto& tablet : m_tablets) tablet->crash();
        passTime(5 * kMinuteMs);  // what is under way ends
        for (const auto& tablet : m_tablets) tablet->crash();
        m_world.sleep(m_world.chance.between(1, 90) * kDayMs);
        for (const auto& tablet : m_tablets) tablet->start();
    }

    void look(SimTablet& tablet) {
        m_ledger.readOn(m_server.server());
        checkTablet(tablet, m_ledger, m_server);
        checkServer(m_ledger, m_server);
    }

    bool settled() const {
        return std::all_of(m_tablets.begin(), m_tablets.end(), [](const auto& tablet) { return tablet->idle(); });
    }

    void heal() {
        m_world.trace("healing");
        m_network.clearUp();
        m_server.restart();
        for (const auto& tablet : m_tablets) {
            tablet->start();
            tablet->setOnline(true);
        }
        // What one tablet sends last another has not read yet: the second round brings it.
        for (int round = 0; round < 2; ++round) {
            for (const auto& tablet : m_tablets) tablet->syncNow();
            const auto until = m_world.now() + kHealWithinMs;
            while (!settled()) {
                require(m_world.now() < until && m_world.next(), "I12", "queues do not drain within an hour" + stuck());
            }
        }
        m_server.settle();
        m_ledger.readOn(m_server.server());
        checkHealed(m_tablets, m_ledger, m_server);
        for (const auto& tablet : m_tablets) {
            if (tablet->counts().set_aside > 0) m_world.count(Fault::ForkedWork);
        }
    }

    std::string stuck() const {
        std::string out;
        for (const auto& tablet : m_tablets) {
            if (!tablet->idle())
                out += ", " + tablet->name() + " in phase " + std::to_string(static_cast<int>(tablet->status().phase));
        }
        return out;
    }

    World& m_world;
    Plan m_plan;
    ServerEnd m_server;
    Network m_network;
    Tablets m_tablets;
    Ledger m_ledger;
};

}  // namespace

RunResult runSeed(std::uint64_t seed, const ServerTemplate& ready, const std::filesystem::path& folder, StoreKind kind,
                  Bug bug, bool print_trace) {
    World world(seed, print_trace);
    RunResult result;
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    Run run(world, ready, folder, kind, bug);
    try {
        run.go();
        result.conflicts = run.conflicts();
    } catch (const Violation& violation) {
        result.violation = violation.what();
        result.invariant = violation.invariant;
        world.trace("VIOLATION " + *result.violation);
    }
    result.faults = world.faults;
    result.trace_hash = world.traceHash();
    result.events = world.events();
    result.requests = run.requests();
    for (const auto& tablet : run.tablets()) result.saved += tablet->journal().size();
    return result;
}

}  // namespace fieldclaim::sim
