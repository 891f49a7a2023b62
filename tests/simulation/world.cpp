#include "tests/simulation/world.h"

#include <algorithm>
#include <cstdio>

namespace fieldclaim::sim {

std::uint64_t Chance::draw() {
    m_state += 0x9e3779b97f4a7c15ULL;
    std::uint64_t z = m_state;
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31U);
}

void Chance::fill(std::uint8_t* out, std::size_t size) {
    for (std::size_t i = 0; i < size; i += 8) {
        auto bits = draw();
        for (std::size_t j = i; j < std::min(size, i + 8); ++j, bits >>= 8U) out[j] = static_cast<std::uint8_t>(bits);
    }
}

std::int64_t Chance::between(std::int64_t low, std::int64_t high) {
    return low + static_cast<std::int64_t>(below(static_cast<std::uint64_t>(high - low + 1)));
}

Chance World::stream(Stream what, std::uint64_t number, std::uint64_t part) const {
    auto mixed = m_seed;
    for (const auto each : {static_cast<std::uint64_t>(what), number, part}) {
        mixed = Chance(mixed ^ (each * 0xd6e8feb86659fd93ULL)).draw();
    }
    return Chance(mixed);
}

void World::after(std::int64_t delay_ms, std::function<void()> what) {
    m_queue.push({m_now_ms + std::max<std::int64_t>(0, delay_ms), ++m_order, std::move(what)});
}

bool World::next() {
    if (m_queue.empty()) return false;
    auto event = std::move(const_cast<Queued&>(m_queue.top()));
    m_queue.pop();
    m_now_ms = std::max(m_now_ms, event.at_ms);
    ++m_events;
    event.what();
    return true;
}

void World::trace(const std::string& line) {
    for (const char c : line) m_trace_hash = (m_trace_hash ^ static_cast<std::uint8_t>(c)) * 1099511628211ULL;
    m_trace_hash = (m_trace_hash ^ static_cast<std::uint64_t>(m_now_ms)) * 1099511628211ULL;
    if (m_print) std::printf("%10.3f s  %s\n", static_cast<double>(m_now_ms) / 1000.0, line.c_str());
}

}  // namespace fieldclaim::sim
