#pragma once

#include <map>

#include "tests/simulation/plan.h"
#include "tests/simulation/server_end.h"
#include "tests/simulation/tablet.h"

namespace fieldclaim::sim {

/// Carries requests between tablets and the server in virtual time, and does to them what networks do.
class Network final : public Carrier {
public:
    Network(World& world, ServerEnd& server, const Plan& plan) : m_world(world), m_server(server), m_plan(plan) {}

    void carry(SimTablet& from, tablet::Send request) override;
    /// Until that time nothing gets through, in the directions that the kind of partition says.
    void part(const SimTablet& tablet, Fault kind, std::int64_t until_ms);
    void clearUp();
    std::uint64_t requests() const { return m_sent; }

private:
    struct Link {
        std::int64_t up_until = 0;
        std::int64_t down_until = 0;
        Fault kind = Fault::PartitionBoth;
        std::uint64_t requests = 0;
    };
    struct Letter {
        SimTablet* from = nullptr;
        tablet::Send request;
        std::uint64_t order = 0;
        std::uint64_t life = 0;
        Chance chance;
    };
    int rate(Fault fault) const { return m_calm ? 0 : m_plan.rate(fault); }
    void arrive(Letter letter);
    void failLater(const Letter& letter, std::int64_t delay_ms, tablet::FailureKind kind);
    /// The tablet learns of it at once, or when its patience ends.
    void swallow(Letter& letter, Fault fault, const char* words);

    World& m_world;
    ServerEnd& m_server;
    const Plan& m_plan;
    std::map<const SimTablet*, Link> m_links;
    std::uint64_t m_sent = 0;
    std::uint64_t m_latest = 0;  ///< that arrived
    bool m_calm = false;
};

}  // namespace fieldclaim::sim
