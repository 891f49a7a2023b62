#include <algorithm>

#include "shared/domain/records.h"
#include "tests/simulation/office.h"

// What supervisors decide and operators do, among the faults.
namespace fieldclaim::sim {

/// A supervisor looks at what waits for one. False when nothing does, or what was chosen cannot be.
bool Office::decideSomething(Chance& dice) {
    if (!m_server.up()) return false;
    auto& decisions = m_server.server().decisions();
    const auto waiting = decisions.waiting();
    if (!waiting || waiting->empty()) return false;
    const auto one = (*waiting)[dice.below(waiting->size())].row;
    const auto kind = dice.below(3);
    const auto done = kind == 0   ? decisions.release(m_supervisor, one.hash, "It is right.")
                      : kind == 1 ? decisions.refuse(m_supervisor, one.hash, "It is wrong.")
                                  : decisions.applyParked(m_supervisor, one.hash, "It has waited long enough.");
    if (!done) return false;
    constexpr const char* kWords[] = {"releases", "refuses", "applies"};
    m_world.count(Fault::Decided);
    m_decided.push_back({one.claim, ChangeSetId()});
    std::copy_n(one.hash.begin(), m_decided.back().second.size(), m_decided.back().second.begin());
    m_world.trace("a supervisor " + std::string(kWords[kind]) + " " + toHex(ByteView(one.hash).first(4)));
    return true;
}

bool Office::takeBackup(Chance& dice) {
    if (!m_server.up() || !m_server.takeBackup(dice.percent(70))) return false;
    m_all_registered = std::all_of(m_tablets.begin(), m_tablets.end(),
                                   [](const auto& tablet) { return tablet->wiped() || tablet->isRegistered(); });
    m_moved_since_backup.clear();
    m_world.count(Fault::BackupTaken);
    m_world.trace("a backup is taken");
    return true;
}

/// Without a journal an officer who was registered since is a stranger: a person's to mend, and not drawn.
bool Office::restoreServer(Chance& dice) {
    if (!m_server.hasBackup()) return takeBackup(dice);
    if (!m_plan.journal && !m_all_registered) return false;
    m_world.count(Fault::ServerRestored);
    m_world.count(m_plan.journal ? Fault::WithJournal : Fault::WithoutJournal);
    m_world.met(6);
    m_world.met(51);
    m_world.trace("the server's disk is gone: it comes back from its backup");
    if (m_server.up()) m_ledger.readOn(m_server.server());
    const auto before = m_ledger;
    m_server.restoreBackup();
    m_all_registered = true;
    m_ledger.beginAgain();
    m_ledger.readOn(m_server.server());
    std::erase_if(m_revocations, [&](const auto& entry) { return !m_server.revoked().contains(entry.first); });
    for (const auto& tablet : m_tablets) tablet->serverLost(m_left_now);
    for (const auto& [crn, rows] : before.claims()) {
        require(!m_plan.journal || before.erasedAt(crn) == 0 || m_ledger.erasedAt(crn) != 0, "H51",
                crn.substr(0, 4) + " was erased, and is back");
    }
    if (!m_plan.journal) {
        for (const auto& [crn, scope] : m_moved) {
            if (m_ledger.scopeOf(crn) != scope) m_ledger.loseMove(crn);
        }
        // Away and back again since: who had it meanwhile wrote where they might.
        for (const auto& crn : m_moved_since_backup) m_ledger.loseMove(crn);
        m_decided.clear();
        m_moved.clear();
        if (m_desk) m_desk->loseHistory();
    }
    return true;
}

bool Office::moveClaim(Chance& dice) {
    if (!m_server.up()) return false;
    m_ledger.readOn(m_server.server());
    std::vector<std::string> claims;
    for (const auto& [crn, rows] : m_ledger.claims()) {
        if (m_ledger.erasedAt(crn) == 0) claims.push_back(crn);
    }
    if (claims.empty()) return false;
    const auto& crn = claims[dice.below(claims.size())];
    auto& scopes = m_server.server().scopes();
    if (dice.percent(25) && scopes.leaveNow(m_supervisor, crn, "It is gone for good.")) {
        m_left_now.insert(crn);
        m_world.trace("tablets that hold " + crn.substr(0, 4) + " drop it now");
        return true;
    }
    const auto from = m_ledger.scopeOf(crn);
    const auto& site = m_site_names[from == scopeOfSite(m_site_names[0]) ? 1 : 0];
    // Sometimes to the officer of a tablet, whichever site it is at.
    const auto& theirs = m_tablets[dice.below(m_tablets.size())]->seat();
    const bool assigned = dice.percent(25);
    const auto to = assigned ? scopeOfOfficer(theirs.officer) : scopeOfSite(site);
    std::vector<const SimTablet*> unsent;
    for (const auto& tablet : m_tablets) {
        if (!tablet->wiped() && tablet->seat().reads(from) && tablet->hasUnsent(crn)) unsent.push_back(tablet.get());
    }
    const Status moved = assigned ? scopes.assign(m_supervisor, crn, theirs.officer, "He knows the family.")
                                  : scopes.move(m_supervisor, crn, site, "She has moved house.");
    if (!moved) return false;
    m_moved[crn] = to;
    m_moved_since_backup.insert(crn);
    m_world.count(Fault::ClaimMoved);
    m_world.trace(crn.substr(0, 4) + " moves to " + to);
    if (!unsent.empty()) {
        m_world.count(Fault::LeftUnsent);
        m_world.met(24);
    }
    for (const auto& tablet : m_tablets) {
        if (!tablet->wiped() && tablet->seat().reads(to)) m_world.met(23);
    }
    return true;
}

bool Office::eraseClaim(Chance& dice) {
    if (!m_server.up()) return false;
    m_ledger.readOn(m_server.server());
    std::vector<std::string> claims;
    for (const auto& [crn, rows] : m_ledger.claims()) {
        if (m_ledger.erasedAt(crn) == 0) claims.push_back(crn);
    }
    if (claims.empty()) return false;
    const auto& crn = claims[dice.below(claims.size())];
    // A full disk may leave the claim erased and its bytes to be taken away later.
    static_cast<void>(m_server.server().erasures().erase(m_supervisor, crn, "The law says so."));
    m_ledger.readOn(m_server.server());
    if (m_ledger.erasedAt(crn) == 0) return false;
    m_world.count(Fault::ClaimErased);
    m_world.met(38);
    m_world.trace(crn.substr(0, 4) + " is erased");
    return true;
}

void Office::noteWipeOrder(const Uuid& device) {
    for (const auto& tablet : m_tablets) {
        if (tablet->seat().device == device) tablet->wipeOrdered();
    }
}

bool Office::orderWipe(SimTablet& tablet) {
    const auto left =
        std::count_if(m_tablets.begin(), m_tablets.end(), [](const auto& each) { return !each->wiped(); });
    if (!m_server.up() || tablet.wiped() || left < 2 || !tablet.isRegistered()) return false;
    if (!m_server.server().devices().wipe(server::theOperator(), tablet.seat().device)) return false;
    m_world.count(Fault::WipeOrdered);
    m_world.met(54);
    m_world.trace(tablet.name() + " is to be wiped");
    noteWipeOrder(tablet.seat().device);
    return true;
}

bool Office::orderLock(SimTablet& tablet, bool locked) {
    if (!m_server.up() || tablet.wiped() || (locked && !tablet.isRegistered())) return false;
    auto& devices = m_server.server().devices();
    const auto done = locked ? devices.lock(server::theOperator(), tablet.seat().device)
                             : devices.unlock(server::theOperator(), tablet.seat().device);
    if (!done || !locked) return done.has_value();
    m_world.count(Fault::LockOrdered);
    m_world.trace(tablet.name() + " is to be locked");
    return true;
}

bool Office::isIdle() const {
    return std::all_of(m_tablets.begin(), m_tablets.end(), [](const auto& tablet) { return tablet->idle(); });
}

void Office::checkDecided() {
    for (const auto& [crn, scope] : m_moved) {
        require(m_ledger.wasErased(crn) || m_ledger.scopeOf(crn) == scope, "H51",
                crn.substr(0, 4) + " was moved, and is back");
    }
    for (const auto& [crn, id] : m_decided) {
        const auto& decisions = m_ledger.decisions();
        require(m_ledger.wasErased(crn) || decisions.applied.contains(id) || decisions.refused.contains(id), "H51",
                "a supervisor's decision about " + crn.substr(0, 4) + " is gone");
    }
}

}  // namespace fieldclaim::sim
