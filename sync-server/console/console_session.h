#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "shared/base/clock.h"
#include "sync-server/backoffice/back_office_service.h"

namespace fieldclaim::server {

/// Signed-in people, in memory: a restart signs everyone out. A session ends after 20 minutes without a request and
/// after 8 hours in any case. Safe from any thread.
class ConsoleSessions {
public:
    struct Session {
        BackOfficeUser user;
        std::string csrf;
        std::int64_t begun_ms = 0;
        std::int64_t seen_ms = 0;
    };

    ConsoleSessions(const Clock& clock, Random& random);

    /// The cookie's value: 256 random bits.
    std::string begin(BackOfficeUser user);
    std::optional<Session> find(std::string_view token);
    void end(std::string_view token);

private:
    std::string randomText();
    bool isOver(const Session& session, std::int64_t now) const;

    const Clock& m_clock;
    Random& m_random;
    std::mutex m_mutex;
    std::map<std::string, Session, std::less<>> m_sessions;
};

}  // namespace fieldclaim::server
