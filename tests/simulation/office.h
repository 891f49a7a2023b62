#pragma once

#include <filesystem>

#include "tests/simulation/checks.h"
#include "tests/simulation/network.h"
#include "tests/simulation/transfer_desk.h"

namespace fieldclaim::sim {

/// Everybody and everything of one run, and what happens to them step by step.
class Office {
public:
    Office(World& world, const Plan& plan, const ServerTemplate& ready, const std::filesystem::path& folder,
           StoreKind kind, Bug bug);

    /// One step: a fault that its dice say, or an officer's work.
    void act(Chance& dice);
    void passTime(std::int64_t ms);
    /// Checks a tablet and the server as they are, when the server is up.
    void look(Chance& dice);
    /// The faults stop; everything must converge within an hour.
    void heal();

    std::uint64_t requests() const { return m_network.requests(); }
    const Tablets& tablets() const { return m_tablets; }
    std::uint64_t conflicts() const;

private:
    bool befalls(Fault fault, Chance& dice, SimTablet& tablet);
    void serverEnds(std::int64_t for_ms);
    void everybodySleeps(Chance& dice);
    void cloneStore(SimTablet& tablet);
    void workOf(SimTablet& tablet, Chance& dice);
    bool takeNumber(SimTablet& tablet, Chance& dice);
    bool settled();
    bool wipesAreDone();
    bool statementIsLost();
    void noteDecisions();
    // What supervisors and operators do (office_people.cpp). False when it cannot be, as things are.
    bool decideSomething(Chance& dice);
    bool takeBackup(Chance& dice);
    bool restoreServer(Chance& dice);
    bool moveClaim(Chance& dice);
    bool eraseClaim(Chance& dice);
    bool orderWipe(SimTablet& tablet);
    bool orderLock(SimTablet& tablet, bool locked);
    void noteWipeOrder(const Uuid& device);
    bool isIdle() const;
    /// H51: what people decided is still so, unless the server was restored without its journal.
    void checkDecided();
    std::string stuck() const;

    World& m_world;
    const Plan& m_plan;
    const SimPacks& m_packs;
    Uuid m_supervisor;
    std::array<std::string, 2> m_site_names;
    std::filesystem::path m_folder;
    ServerEnd m_server;
    Network m_network;
    SignedStatements m_statements;
    std::size_t m_pack_version = 0;
    std::optional<TransferDesk> m_desk;
    Tablets m_tablets;
    Ledger m_ledger;
    Revocations m_revocations;
    bool m_all_registered = false;  ///< when the last backup was taken
    std::set<std::string> m_moved_since_backup;
    std::map<std::string, std::string> m_moved;  ///< claim -> the scope that it was moved to
    std::set<std::string> m_left_now;            ///< dropped whatever is in a backup
    std::vector<std::pair<std::string, ChangeSetId>> m_decided;
};

}  // namespace fieldclaim::sim
