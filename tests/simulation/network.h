#pragma once

#include "tests/simulation/server_end.h"
#include "tests/simulation/tablet.h"

namespace fieldclaim::sim {

/// How bad the network is: chances in percent, drawn for each run.
struct Weather {
    int lose_request = 0;
    int lose_reply = 0;
    int delay = 0;
    int duplicate = 0;
    int crash_after_commit = 0;
};

/// Carries requests between tablets and the server in virtual time, and does to them what networks do.
class Network final : public Carrier {
public:
    Network(World& world, ServerEnd& server, const Weather& weather)
        : m_world(world), m_server(server), m_weather(weather) {}

    void carry(SimTablet& from, tablet::Send request) override;
    void clearUp() { m_weather = {}; }
    std::uint64_t requests() const { return m_sent; }

private:
    void arrive(SimTablet& from, const tablet::Send& request, std::uint64_t order, std::uint64_t life);
    void failLater(SimTablet& from, std::uint64_t request, std::uint64_t life, std::int64_t delay_ms,
                   tablet::FailureKind kind);

    World& m_world;
    ServerEnd& m_server;
    Weather m_weather;
    std::uint64_t m_sent = 0;
    std::uint64_t m_latest = 0;  ///< that arrived
};

}  // namespace fieldclaim::sim
