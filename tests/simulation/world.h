#pragma once

#include <cstdint>
#include <functional>
#include <queue>
#include <stdexcept>
#include <string>
#include <vector>

#include "shared/base/clock.h"
#include "shared/crypto/crypto.h"
#include "tests/simulation/counts.h"

// What a run stands on: one seed, one clock, one queue of events, one thread. Nothing of a run reads anything else.
namespace fieldclaim::sim {

/// An invariant that did not hold (tests/simulation/README.md lists them). Thrown, so that a run ends where it broke.
struct Violation : std::runtime_error {
    Violation(std::string which, const std::string& what)
        : std::runtime_error(which + ": " + what), invariant(std::move(which)) {}
    std::string invariant;
};

inline void require(bool holds, const char* invariant, const std::string& what) {
    if (!holds) throw Violation(invariant, what);
}

/// Every choice of a run is drawn from one of these (splitmix64: quick to begin, the same on every machine).
class Chance final : public Random {
public:
    explicit Chance(std::uint64_t seed) : m_state(seed) {}
    void fill(std::uint8_t* out, std::size_t size) override;
    std::uint64_t draw();
    /// 0 to below `bound`.
    std::uint64_t below(std::uint64_t bound) { return draw() % bound; }
    std::int64_t between(std::int64_t low, std::int64_t high);
    bool percent(int chance) { return static_cast<int>(below(100)) < chance; }
    bool permille(int chance) { return static_cast<int>(below(1000)) < chance; }

private:
    std::uint64_t m_state;
};

/// What a stream of choices is for. Each step, each request and each actor draws from a stream of its own, so that a
/// run from which one is cut away stays as it was in all else: that is what lets a failing run be cut down.
enum class Stream : std::uint64_t { Plan, Step, Request, Tablet, Server, Death, Target, Person, Snapshot };

/// A clock that shows virtual time, off by what its owner's clock is off by.
class WorldClock final : public Clock {
public:
    explicit WorldClock(const std::int64_t& now_ms) : m_now_ms(now_ms) {}
    std::int64_t wallMs() const override { return kEpochMs + m_now_ms + off_ms; }
    std::int64_t uptimeMs() const override { return m_now_ms - started_ms; }
    std::int64_t off_ms = 0;
    std::int64_t started_ms = 0;

private:
    static constexpr std::int64_t kEpochMs = 1'167'825'600'000;  // 3 January 2007, noon
    const std::int64_t& m_now_ms;
};

/// Virtual time and what is going to happen in it. Events at one time happen in the order in which they were set.
class World {
public:
    World(std::uint64_t seed, bool print_trace) : m_seed(seed), m_print(print_trace) {}
    World(const World&) = delete;
    World& operator=(const World&) = delete;

    Chance stream(Stream what, std::uint64_t number = 0, std::uint64_t part = 0) const;

    std::int64_t now() const { return m_now_ms; }
    const std::int64_t& nowRef() const { return m_now_ms; }
    void after(std::int64_t delay_ms, std::function<void()> what);
    /// False when nothing is left to happen.
    bool next();
    /// Of what is queued; the queue may be empty.
    std::int64_t nextAt() const { return m_queue.empty() ? m_now_ms : m_queue.top().at_ms; }
    bool empty() const { return m_queue.empty(); }
    /// Everybody sleeps: nothing that was queued is to happen before that time has passed.
    void sleep(std::int64_t ms) { m_now_ms += ms; }

    void count(Fault fault) { ++faults[static_cast<std::size_t>(fault)]; }
    bool happened(Fault fault) const { return faults[static_cast<std::size_t>(fault)] > 0; }
    /// A hazard of the list was exercised.
    void met(int hazard) { ++hazards[static_cast<std::size_t>(hazard)]; }
    /// One line of the run: hashed always (I16), printed when asked.
    void trace(const std::string& line);
    std::uint64_t traceHash() const { return m_trace_hash; }
    std::uint64_t events() const { return m_events; }

    FaultCounts faults{};
    HazardCounts hazards{};

private:
    struct Queued {
        std::int64_t at_ms;
        std::uint64_t order;
        std::function<void()> what;
        bool operator<(const Queued& other) const {
            return at_ms != other.at_ms ? at_ms > other.at_ms : order > other.order;
        }
    };
    std::uint64_t m_seed;
    std::priority_queue<Queued> m_queue;
    std::int64_t m_now_ms = 0;
    std::uint64_t m_order = 0;
    std::uint64_t m_events = 0;
    std::uint64_t m_trace_hash = 14695981039346656037ULL;
    bool m_print;
};

}  // namespace fieldclaim::sim
