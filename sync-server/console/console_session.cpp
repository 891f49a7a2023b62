#include "sync-server/console/console_session.h"

#include "shared/base/bytes.h"

namespace fieldclaim::server {
namespace {

constexpr std::int64_t kIdleMs = 20 * 60 * 1000;
constexpr std::int64_t kWholeMs = 8 * 60 * 60 * 1000;
constexpr std::size_t kMaxSessions = 10'000;

}  // namespace

ConsoleSessions::ConsoleSessions(const Clock& clock, Random& random) : m_clock(clock), m_random(random) {}

std::string ConsoleSessions::randomText() {
    Bytes bytes(32);
    m_random.fill(bytes.data(), bytes.size());
    return toBase64Url(bytes);
}

bool ConsoleSessions::isOver(const Session& session, std::int64_t now) const {
    return now - session.seen_ms > kIdleMs || now - session.begun_ms > kWholeMs;
}

std::string ConsoleSessions::begin(BackOfficeUser user) {
    const std::lock_guard lock(m_mutex);
    const auto now = m_clock.uptimeMs();
    std::erase_if(m_sessions, [&](const auto& entry) { return isOver(entry.second, now); });
    if (m_sessions.size() >= kMaxSessions) m_sessions.clear();
    auto token = randomText();
    m_sessions.emplace(token, Session{std::move(user), randomText(), now, now});
    return token;
}

std::optional<ConsoleSessions::Session> ConsoleSessions::find(std::string_view token) {
    const std::lock_guard lock(m_mutex);
    const auto found = m_sessions.find(token);
    if (found == m_sessions.end()) return std::nullopt;
    const auto now = m_clock.uptimeMs();
    if (isOver(found->second, now)) {
        m_sessions.erase(found);
        return std::nullopt;
    }
    found->second.seen_ms = now;
    return found->second;
}

void ConsoleSessions::end(std::string_view token) {
    const std::lock_guard lock(m_mutex);
    const auto found = m_sessions.find(token);
    if (found != m_sessions.end()) m_sessions.erase(found);
}

}  // namespace fieldclaim::server
