#pragma once

#include <functional>
#include <memory>

#include "sync-server/storage/ledger_records.h"
#include "sync-server/transfer/transfer_runner.h"
#include "tests/simulation/targets.h"

namespace fieldclaim::sim {

class ServerEnd;

/// Drives the product's transfer runner in virtual time, lets the server die in the middle of it, and is the person who
/// looks at the target's list when a transfer waits for one.
class TransferDesk {
public:
    TransferDesk(World& world, const Plan& plan, ServerEnd& server, const SignedStatements& statements);

    /// Runs from now on, every few seconds of virtual time.
    void open();
    void clearUp() {
        m_targets.clearUp();
        m_calm = true;
    }
    /// The server was restored without its journal: a person compares each target's list, once `tablets_are_back`.
    void loseHistory() { m_lost_history = true; }
    void compareWhen(std::function<bool()> tablets_are_back) { m_tablets_are_back = std::move(tablets_are_back); }
    /// Every transfer has come to its end.
    bool settled();
    /// One is left that cannot leave: the server that knew its statement was lost, and so was the tablet's copy.
    bool waitsForLostStatement(const std::function<bool(const Hash&)>& on_a_tablet);
    /// I10, and that nothing that may leave is still here.
    void check();
    /// Each transfer is shown as it is, and of those that were refused what is still to be corrected.
    void checkShown();

private:
    void tick();
    void decideRepairs(Chance& chance);
    void sendRefusedAgain(Chance& chance);
    /// What the person finds at its target; null when nothing.
    const Targets::Effect* lookFor(const server::TransferRow& row);
    void decide(const server::TransferRow& row, const Targets::Effect* there);
    void compareLists();
    /// Decides once about each transfer that is unknown, or that the target's list has. Whether there was any.
    bool settleByList(const std::string& target);
    /// The digest of the statement by which the claim stands signed; empty when it does not.
    std::string standsSigned(const std::string& crn);
    bool statementIsHere(const server::TransferRow& row);

    World& m_world;
    ServerEnd& m_server;
    Targets m_targets;
    std::uint64_t m_life = 0;  ///< of the server whose store the runner is on
    std::unique_ptr<server::TransferRunner> m_runner;
    std::uint64_t m_ticks = 0;
    bool m_lost_history = false;
    bool m_calm = false;
    std::function<bool()> m_tablets_are_back;
};

}  // namespace fieldclaim::sim
