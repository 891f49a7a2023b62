#include "tests/simulation/network.h"

#include <algorithm>

namespace fieldclaim::sim {
namespace {

constexpr std::int64_t kLeastWayMs = 5;
constexpr std::int64_t kMostWayMs = 600;
constexpr int kNotSignedIn = 401;

}  // namespace

void Network::failLater(const Letter& letter, std::int64_t delay_ms, tablet::FailureKind kind) {
    m_world.after(delay_ms, [&from = *letter.from, request = letter.request.request, life = letter.life, kind] {
        from.answer(life, tablet::Failed{request, kind});
    });
}

void Network::swallow(Letter& letter, Fault fault, const char* words) {
    m_world.count(fault);
    m_world.trace(words);
    const bool cut = letter.chance.percent(50);
    failLater(letter, cut ? letter.chance.between(10, 5'000) : letter.request.deadline_ms,
              cut ? tablet::FailureKind::Cut : tablet::FailureKind::TimedOut);
}

void Network::part(const SimTablet& tablet, Fault kind, std::int64_t until_ms) {
    auto& link = m_links[&tablet];
    link.kind = kind;
    if (kind != Fault::PartitionDown) link.up_until = until_ms;
    if (kind != Fault::PartitionUp) link.down_until = until_ms;
}

void Network::clearUp() {
    m_calm = true;
    for (auto& [tablet, link] : m_links) link.up_until = link.down_until = 0;
}

void Network::carry(SimTablet& from, tablet::Send request) {
    auto& link = m_links[&from];
    Letter letter{&from, std::move(request), ++m_sent, from.life(),
                  m_world.stream(Stream::Request, from.number(), ++link.requests)};
    auto& chance = letter.chance;
    m_world.trace(from.name() + " > #" + std::to_string(letter.request.request) + " " + letter.request.method + " " +
                  letter.request.path);
    if (!from.online()) return failLater(letter, 20, tablet::FailureKind::NotReached);
    if (m_world.now() < link.up_until) return swallow(letter, link.kind, "  does not get through");
    if (chance.permille(rate(Fault::RequestLost))) return swallow(letter, Fault::RequestLost, "  lost on the way");
    auto way = chance.between(kLeastWayMs, kMostWayMs);
    if (chance.permille(rate(Fault::Delayed))) {
        m_world.count(Fault::Delayed);
        m_world.trace("  is held up");
        way = letter.request.deadline_ms + chance.between(1, 60'000);
        failLater(letter, letter.request.deadline_ms, tablet::FailureKind::TimedOut);
    }
    if (chance.permille(rate(Fault::Duplicated))) {
        m_world.count(Fault::Duplicated);
        m_world.met(2);
        m_world.trace("  goes twice");
        m_world.after(way + chance.between(0, 20'000), [this, letter] { arrive(letter); });
    }
    m_world.after(way, [this, letter = std::move(letter)]() mutable { arrive(std::move(letter)); });
}

void Network::arrive(Letter letter) {
    auto& chance = letter.chance;
    auto& from = *letter.from;
    const auto& request = letter.request;
    if (letter.order < m_latest) {
        m_world.count(Fault::Reordered);
        m_world.met(2);
    }
    m_latest = std::max(m_latest, letter.order);
    if (!m_server.up()) return failLater(letter, 20, tablet::FailureKind::NotReached);

    auto reply = m_server.handle(request, from.name());
    m_world.trace("  server: " + std::to_string(reply.status) + " to " + from.name() + " #" +
                  std::to_string(request.request));
    if (reply.status == kNotSignedIn) m_world.count(Fault::SessionEnded);
    if (chance.permille(rate(Fault::CrashAfterCommit))) {
        m_world.count(Fault::CrashAfterCommit);
        m_world.trace("  server ends before it has answered");
        m_server.crash();
        m_world.after(chance.between(100, 20'000), [this] { m_server.restart(); });
        return failLater(letter, 20, tablet::FailureKind::Cut);
    }
    const auto& link = m_links[&from];
    const bool uploaded = request.path.starts_with("/v1/uploads") && reply.status < 300 && request.method != "HEAD";
    if (m_world.now() < link.down_until) {
        if (uploaded) m_world.met(16);
        return swallow(letter, link.kind, "  the reply does not get through");
    }
    if (chance.permille(rate(Fault::ReplyLost))) {
        if (uploaded) m_world.met(16);
        return swallow(letter, Fault::ReplyLost, "  reply lost");
    }
    m_world.after(chance.between(kLeastWayMs, kMostWayMs),
                  [&from, life = letter.life, number = request.request, reply = std::move(reply)] {
                      if (from.online()) {
                          from.answer(life, tablet::Replied{number, reply.status, reply.headers, reply.body});
                      } else {
                          from.answer(life, tablet::Failed{number, tablet::FailureKind::Cut});
                      }
                  });
}

}  // namespace fieldclaim::sim
