#pragma once

#include <map>
#include <string>
#include <vector>

#include "sync-server/transfer/target_config.h"
#include "sync-server/transfer/target_transport.h"
#include "tests/simulation/plan.h"
#include "tests/simulation/statements.h"

namespace fieldclaim::sim {

class ServerEnd;

/// The server's process ends in the middle of a transfer (H34).
struct ServerDied {};

/// JSAPS and a council, with all that targets do wrong, in virtual time and with books of their own: what took effect
/// there, whatever the server believes (I10).
class Targets final : public server::TargetTransport {
public:
    Targets(World& world, const Plan& plan, ServerEnd& server, const SignedStatements& statements);

    /// As the operator sets them up; how good the targets are is drawn with the run.
    static std::vector<server::TargetConfig> configs(const Plan& plan);

    /// Throws ServerDied, and Violation when what is sent is not what was signed or takes effect twice.
    tl::expected<server::TransportAnswer, server::TransportFailure> send(
        const server::TransportRequest& request) override;
    void clearUp() { m_calm = true; }

    struct Effect {
        std::string crn;
        std::string digest;  ///< of the statement, hex
        std::string key;
        std::string body;
        std::string receipt;
        std::int64_t decided_at = 0;
        bool refused = false;
        bool lost = false;  ///< taken, and forgotten
    };
    /// In the order in which they were taken; `target` is a configured id.
    const std::vector<Effect>& effects(const std::string& target) { return m_books[target].effects; }
    /// What a person finds at the target under a key; null when nothing.
    const Effect* find(const std::string& target, const std::string& key);
    /// And under the version itself, whatever its key was: as the last that it has of the claim.
    const Effect* findVersion(const std::string& target, const std::string& crn, const std::string& digest);
    /// The same where another has followed it.
    const Effect* findEarlier(const std::string& target, const std::string& crn, const std::string& digest);

private:
    struct Book {
        std::vector<Effect> effects;
    };
    using Answer = tl::expected<server::TransportAnswer, server::TransportFailure>;

    int rate(Fault fault) const { return m_calm ? 0 : m_plan.rate(fault); }
    bool happens(Chance& chance, Fault fault, const char* words);
    Answer ask(const std::string& target, const std::string& key, Chance& chance);
    Answer take(const std::string& target, const server::TransportRequest& request, const std::string& key,
                Chance& chance);
    void checkTaken(const std::string& target, const Effect& effect) const;
    void callBack(const std::string& target, const std::string& key, bool twice, std::int64_t delay_ms);
    server::TransportAnswer tell(const Effect& effect) const;

    World& m_world;
    const Plan& m_plan;
    ServerEnd& m_server;
    const SignedStatements& m_statements;
    std::map<std::string, Book> m_books;
    std::uint64_t m_requests = 0;
    bool m_calm = false;
};

}  // namespace fieldclaim::sim
