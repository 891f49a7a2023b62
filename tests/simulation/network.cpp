#include "tests/simulation/network.h"

#include <algorithm>

namespace fieldclaim::sim {
namespace {

constexpr std::int64_t kLeastWayMs = 5;
constexpr std::int64_t kMostWayMs = 600;
constexpr int kNotSignedIn = 401;

}  // namespace

void Network::failLater(SimTablet& from, std::uint64_t request, std::uint64_t life, std::int64_t delay_ms,
                        tablet::FailureKind kind) {
    m_world.after(delay_ms, [&from, request, life, kind] { from.answer(life, tablet::Failed{request, kind}); });
}

void Network::carry(SimTablet& from, tablet::Send request) {
    auto& chance = m_world.chance;
    const auto order = ++m_sent;
    const auto life = from.life();
    m_world.trace(from.name() + " > #" + std::to_string(request.request) + " " + request.method + " " + request.path);
    if (!from.online()) return failLater(from, request.request, life, 20, tablet::FailureKind::NotReached);
    if (chance.percent(m_weather.lose_request)) {
        m_world.count(Fault::RequestLost);
        m_world.trace("  lost on the way");
        const bool cut = chance.percent(50);
        return failLater(from, request.request, life, cut ? chance.between(10, 5'000) : request.deadline_ms,
                         cut ? tablet::FailureKind::Cut : tablet::FailureKind::TimedOut);
    }
    auto way = chance.between(kLeastWayMs, kMostWayMs);
    if (chance.percent(m_weather.delay)) {
        m_world.count(Fault::Delayed);
        m_world.trace("  is held up");
        way = request.deadline_ms + chance.between(1, 60'000);
        failLater(from, request.request, life, request.deadline_ms, tablet::FailureKind::TimedOut);
    }
    if (chance.percent(m_weather.duplicate)) {
        m_world.count(Fault::Duplicated);
        m_world.trace("  goes twice");
        m_world.after(way + chance.between(0, 20'000),
                      [this, &from, request, order, life] { arrive(from, request, order, life); });
    }
    m_world.after(way,
                  [this, &from, request = std::move(request), order, life] { arrive(from, request, order, life); });
}

void Network::arrive(SimTablet& from, const tablet::Send& request, std::uint64_t order, std::uint64_t life) {
    auto& chance = m_world.chance;
    if (order < m_latest) m_world.count(Fault::Reordered);
    m_latest = std::max(m_latest, order);
    if (!m_server.up()) return failLater(from, request.request, life, 20, tablet::FailureKind::NotReached);

    auto reply = m_server.handle(request, from.name());
    m_world.trace("  server: " + std::to_string(reply.status) + " to " + from.name() + " #" +
                  std::to_string(request.request));
    if (reply.status == kNotSignedIn) m_world.count(Fault::SessionEnded);
    if (chance.percent(m_weather.crash_after_commit)) {
        m_world.count(Fault::CrashAfterCommit);
        m_world.trace("  server ends before it has answered");
        m_server.crash();
        m_world.after(chance.between(100, 20'000), [this] { m_server.restart(); });
        return failLater(from, request.request, life, 20, tablet::FailureKind::Cut);
    }
    if (chance.percent(m_weather.lose_reply)) {
        m_world.count(Fault::ReplyLost);
        m_world.trace("  reply lost");
        const bool cut = chance.percent(50);
        return failLater(from, request.request, life, cut ? chance.between(10, 5'000) : request.deadline_ms,
                         cut ? tablet::FailureKind::Cut : tablet::FailureKind::TimedOut);
    }
    m_world.after(chance.between(kLeastWayMs, kMostWayMs),
                  [&from, life, request = request.request, reply = std::move(reply)] {
                      if (from.online()) {
                          from.answer(life, tablet::Replied{request, reply.status, reply.headers, reply.body});
                      } else {
                          from.answer(life, tablet::Failed{request, tablet::FailureKind::Cut});
                      }
                  });
}

}  // namespace fieldclaim::sim
