#include "tests/simulation/office.h"

#include <algorithm>

#include "shared/domain/records.h"
#include "sync-server/service/transfer_outbox.h"

namespace fieldclaim::sim {
namespace {

constexpr std::int64_t kMinuteMs = 60'000;
constexpr std::int64_t kHourMs = 60 * kMinuteMs;
constexpr std::int64_t kDayMs = 24 * kHourMs;
constexpr std::int64_t kHealWithinMs = kHourMs;  // twelve back-offs of the longest kind
constexpr int kMostYearsOff = 30;

/// What befalls in a step, as against what the network does to a request.
constexpr Fault kOfSteps[] = {Fault::TabletCrash,   Fault::ServerCrash,   Fault::Offline,        Fault::PartitionUp,
                              Fault::PartitionDown, Fault::PartitionBoth, Fault::ClockJump,      Fault::LongOffline,
                              Fault::StoreRestored, Fault::StoreCloned,   Fault::TabletDiskFull, Fault::ServerDiskFull,
                              Fault::DeviceRevoked, Fault::PoisonRecord,  Fault::NumberTaken,    Fault::Decided,
                              Fault::PackChanged,   Fault::BackupTaken,   Fault::ServerRestored, Fault::ClaimMoved,
                              Fault::ClaimErased,   Fault::WipeOrdered,   Fault::LockOrdered};

}  // namespace

Office::Office(World& world, const Plan& plan, const ServerTemplate& ready, const std::filesystem::path& folder,
               StoreKind kind, Bug bug)
    : m_world(world),
      m_plan(plan),
      m_packs(ready.packs()),
      m_supervisor(ready.supervisor()),
      m_site_names{ready.seats(0).front().site, ready.seats(1).front().site},
      m_folder(folder),
      m_server(world, ready, folder / "server", bug),
      m_network(world, m_server, plan) {
    m_server.tearWrites(plan.rate(Fault::TornWrite));
    if (plan.journal) m_server.keepJournal();
    if (plan.office) {
        m_server.openOffice(0, Targets::configs(plan));
        m_desk.emplace(world, plan, m_server, m_statements);
        m_desk->open();
    }
    m_server.restart();
    for (std::size_t i = 0; i < plan.tablets; ++i) {
        const auto& seat = ready.seats(i % plan.sites)[i / plan.sites];
        const auto make_store = [&](const Clock& clock, Random& random) {
            return makeStore(kind, seat, ready, folder / ("tablet" + std::to_string(i)), clock, random);
        };
        m_tablets.push_back(std::make_unique<SimTablet>(world, i + 1, seat, make_store, bug));
        m_tablets.back()->connect(m_network);
        if (plan.office) m_tablets.back()->joinOffice(m_packs, m_pack_version, m_statements);
        m_tablets.back()->tearWrites(plan.rate(Fault::TornWrite));
    }
    for (const auto& tablet : m_tablets) tablet->start();
}

void Office::passTime(std::int64_t ms) {
    const auto until = m_world.now() + ms;
    while (!m_world.empty() && m_world.nextAt() <= until) m_world.next();
    m_world.sleep(std::max<std::int64_t>(0, until - m_world.now()));
}

void Office::act(Chance& dice) {
    auto& tablet = *m_tablets[dice.below(m_tablets.size())];
    auto roll = static_cast<int>(dice.below(1'000));
    for (const auto fault : kOfSteps) {
        roll -= m_plan.rate(fault);
        if (roll >= 0) continue;
        if (befalls(fault, dice, tablet)) return;
        break;
    }
    workOf(tablet, dice);
}

/// False when it cannot be, as things are.
bool Office::befalls(Fault fault, Chance& dice, SimTablet& tablet) {
    const auto wait = [&](std::int64_t least, std::int64_t most, auto then) {
        m_world.after(dice.between(least, most), then);
    };
    switch (fault) {
        case Fault::TabletCrash:
            if (!tablet.running()) return false;
            tablet.crash();
            wait(500, 40'000, [&tablet] { tablet.start(); });
            return true;
        case Fault::ServerCrash:
            if (!m_server.up()) return false;
            m_world.count(fault);
            m_world.trace("server ends");
            serverEnds(dice.between(100, kMinuteMs));
            return true;
        case Fault::ServerDiskFull:
            if (!m_server.up()) return false;
            m_world.count(fault);
            m_world.trace("the server's disk is full");
            m_server.limitDisk(dice.between(0, 3));
            serverEnds(0);
            wait(kMinuteMs, 10 * kMinuteMs, [this] {
                m_server.limitDisk(std::nullopt);
                serverEnds(0);
            });
            return true;
        case Fault::Offline:
            if (!tablet.online()) return false;
            m_world.count(fault);
            tablet.setOnline(false);
            wait(1'000, 5 * kMinuteMs, [&tablet] { tablet.setOnline(true); });
            return true;
        case Fault::PartitionUp:
        case Fault::PartitionDown:
        case Fault::PartitionBoth:
            m_world.trace(tablet.name() + " is cut off, and is not told");
            m_network.part(tablet, fault, m_world.now() + dice.between(5'000, 5 * kMinuteMs));
            return true;
        case Fault::ClockJump: {
            m_world.count(fault);
            m_world.met(9);
            const auto years = dice.between(-kMostYearsOff, kMostYearsOff);
            m_world.trace(tablet.name() + "'s clock jumps by " + std::to_string(years) + " years");
            tablet.setClock(years * 365 * kDayMs + dice.between(-kDayMs, kDayMs));
            return true;
        }
        case Fault::LongOffline:
            everybodySleeps(dice);
            return true;
        case Fault::StoreRestored:
            if (!tablet.running()) return false;
            tablet.restoreStore();
            wait(500, 40'000, [&tablet] { tablet.start(); });
            return true;
        case Fault::StoreCloned:
            if (!tablet.running() || m_tablets.size() > m_plan.tablets || !tablet.isRegistered()) return false;
            cloneStore(tablet);
            return true;
        case Fault::TabletDiskFull:
            tablet.setDiskFull(true);
            wait(5'000, 3 * kMinuteMs, [&tablet] { tablet.setDiskFull(false); });
            return true;
        case Fault::DeviceRevoked:
            if (m_plan.tablets == 1 || !m_server.up() || !m_server.revoked().empty() || !tablet.isRegistered())
                return false;
            if (!m_server.revoke(tablet.seat().device)) return false;
            m_world.count(fault);
            m_world.trace(tablet.name() + " is revoked");
            noteWipeOrder(tablet.seat().device);
            if (tablet.counts().sendable > 0) m_world.met(25);
            m_ledger.readOn(m_server.server());
            m_revocations[tablet.seat().device] = m_ledger.ids();
            return true;
        case Fault::PoisonRecord:
            if (!tablet.running()) return false;
            tablet.poison(dice);
            return true;
        case Fault::NumberTaken:
            return tablet.running() && takeNumber(tablet, dice);
        case Fault::Decided:
            return decideSomething(dice);
        case Fault::PackChanged:
            if (!m_plan.office || !m_server.up() || m_pack_version + 1 == SimPacks::kVersions) return false;
            m_world.count(fault);
            m_world.trace("a new form pack");
            if (!m_ledger.claims().empty()) m_world.met(27);
            if (!m_statements.empty()) m_world.met(55);
            m_server.openOffice(++m_pack_version, Targets::configs(m_plan));
            serverEnds(0);
            return true;
        case Fault::BackupTaken:
            return takeBackup(dice);
        case Fault::ServerRestored:
            return restoreServer(dice);
        case Fault::ClaimMoved:
            return moveClaim(dice);
        case Fault::ClaimErased:
            return eraseClaim(dice);
        case Fault::WipeOrdered:
            return orderWipe(tablet);
        case Fault::LockOrdered: {
            if (!orderLock(tablet, true)) return false;
            wait(10'000, 10 * kMinuteMs, [this, &tablet] { orderLock(tablet, false); });
            return true;
        }
        default:
            return false;
    }
}

void Office::serverEnds(std::int64_t for_ms) {
    m_server.crash();
    if (for_ms == 0) {
        m_server.restart();
    } else {
        m_world.after(for_ms, [this] { m_server.restart(); });
    }
}

/// For days or months; one-time codes would not live so long.
void Office::everybodySleeps(Chance& dice) {
    for (const auto& tablet : m_tablets) {
        if (!tablet->isRegistered()) return;
    }
    m_world.count(Fault::LongOffline);
    m_world.trace("everybody goes home");
    for (const auto& tablet : m_tablets) tablet->crash();
    passTime(5 * kMinuteMs);  // what is under way ends
    for (const auto& tablet : m_tablets) tablet->crash();
    m_world.sleep(dice.between(1, 90) * kDayMs);
    for (const auto& tablet : m_tablets) tablet->start();
}

void Office::cloneStore(SimTablet& tablet) {
    m_world.count(Fault::StoreCloned);
    const auto number = m_tablets.size() + 1;
    m_world.trace(tablet.name() + " is copied: T" + std::to_string(number) + " goes on from the copy");
    m_tablets.push_back(
        std::make_unique<SimTablet>(m_world, number, tablet, m_folder / ("tablet" + std::to_string(number))));
    m_tablets.back()->connect(m_network);
    if (m_plan.office) m_tablets.back()->joinOffice(m_packs, m_pack_version, m_statements);
    m_tablets.back()->start();
}

void Office::workOf(SimTablet& tablet, Chance& dice) {
    if (!tablet.running() || tablet.locked()) return;
    std::size_t begun = 0;
    for (const auto& each : m_tablets) {
        if (each->seat().site == tablet.seat().site) begun = std::max(begun, each->store().claims().size());
    }
    if (begun == 0 || (begun < m_plan.most_claims && dice.percent(10))) {
        tablet.beginClaim(dice);
    } else if (m_plan.office && dice.percent(60)) {
        tablet.bringFurther(dice);
    } else {
        tablet.work(dice);
    }
}

/// It begins a claim under the number of one that the server has and this tablet has not seen.
bool Office::takeNumber(SimTablet& tablet, Chance& dice) {
    if (!m_server.up()) return false;
    m_ledger.readOn(m_server.server());
    const auto here = tablet.store().claims();
    for (const auto& claim : m_ledger.claims()) {
        const auto& crn = claim.first;
        const bool was_here = std::any_of(tablet.journal().begin(), tablet.journal().end(),
                                          [&](const auto& saved) { return saved.change_set.header.claim == crn; });
        if (here.contains(crn) || was_here || m_ledger.wasEverIn(crn, tablet.seat().scope) ||
            m_ledger.wasEverIn(crn, scopeOfOfficer(tablet.seat().officer)))
            continue;
        tablet.beginClaim(dice, crn);
        return true;
    }
    return false;
}

void Office::look(Chance& dice) {
    if (!m_server.up()) return;
    m_ledger.readOn(m_server.server());
    checkTablet(*m_tablets[dice.below(m_tablets.size())], m_ledger, m_server);
    checkServer(m_ledger, m_server);
    if (m_desk) noteDecisions();
}

bool Office::settled() {
    return std::all_of(m_tablets.begin(), m_tablets.end(),
                       [](const auto& tablet) { return tablet->idle() && !tablet->locked(); }) &&
           (!m_desk || m_desk->settled()) && wipesAreDone();
}

/// A tablet that cannot send what it has is wiped all the same, some minutes after the order.
bool Office::wipesAreDone() {
    if (!m_world.happened(Fault::WipeOrdered)) return true;
    bool done = true;
    m_server.read([&](const server::LedgerSnapshot& now) -> Status {
        for (const auto& tablet : m_tablets) {
            ASSIGN(const auto device, now.directory().device(tablet->seat().device));
            done = done && (tablet->wiped() || !device || device->wipe_ms == 0 || device->revoked_ms != 0);
        }
        return {};
    });
    return done;
}

/// What the server answered to submits, of which one a statement counts (H32), and whether one waited for its
/// statement (H42).
void Office::noteDecisions() {
    m_server.read([&](const server::LedgerSnapshot& now) -> Status {
        ASSIGN(const auto claims, now.claims().claims());
        for (const auto& claim : claims) {
            ASSIGN(const auto state, decodeClaimState(claim.state));
            std::set<Bytes> submitted;
            for (const auto& answer : intentAnswersOf(state)) {
                if (answer.kind != kIntentSubmit) continue;
                if (!answer.accepted) m_world.met(32);
                require(!answer.accepted || submitted.insert(answer.digest).second, "H32",
                        claim.crn.substr(0, 4) + " counts as submitted twice");
            }
            ASSIGN(const auto waiting, now.claims().waitingIntents(claim.crn));
            if (!waiting.empty()) m_world.met(42);
        }
        return {};
    });
}

void Office::heal() {
    m_world.trace("healing");
    m_network.clearUp();
    m_server.tearWrites(0);
    if (m_server.diskLimited()) {
        m_server.limitDisk(std::nullopt);
        m_server.crash();
    }
    m_server.restart();
    for (const auto& tablet : m_tablets) {
        orderLock(*tablet, false);
        tablet->setDiskFull(false);
        tablet->start();
        tablet->setOnline(true);
    }
    if (m_desk) {
        m_desk->clearUp();
        m_desk->compareWhen([this] { return isIdle(); });
    }
    // What one tablet sends last another has not read yet: the second round brings it; so do the targets' answers,
    // and that a claim was dropped is said a round later.
    const bool claims_left = m_world.happened(Fault::ClaimMoved) || m_world.happened(Fault::ClaimErased);
    for (int round = 0; round < (m_desk || claims_left ? 4 : 2); ++round) {
        for (const auto& tablet : m_tablets) tablet->syncNow();
        auto until = m_world.now() + kHealWithinMs;
        while (!settled()) {
            if (m_world.now() >= until && statementIsLost()) {
                m_world.trace("nobody has a statement any more");
                m_world.sleep(server::TransferOutbox::kStatementWaitMs);
                until = m_world.now() + kHealWithinMs;
            }
            require(m_world.now() < until && m_world.next(), "I12", "queues do not drain within an hour" + stuck());
        }
    }
    m_server.settle();
    m_ledger.readOn(m_server.server());
    checkHealed(m_tablets, m_ledger, m_server, m_revocations);
    checkDecided();
    if (m_desk) {
        noteDecisions();
        m_desk->check();
        m_desk->checkShown();
        checkPacks(m_tablets, m_server);
    }
    for (const auto& tablet : m_tablets) {
        if (tablet->wasRestored() && tablet->counts().set_aside > 0) {
            m_world.count(Fault::ForkedWork);
            m_world.met(7);
        }
    }
}

/// A store was restored and the server's disk lost, so that what the officer was shown as signed is on neither.
bool Office::statementIsLost() {
    if (!m_desk || !m_world.happened(Fault::ServerRestored)) return false;
    return m_desk->waitsForLostStatement([this](const Hash& statement) {
        return std::any_of(m_tablets.begin(), m_tablets.end(), [&](const auto& tablet) {
            return !m_server.revoked().contains(tablet->seat().device) && tablet->images().contains(statement);
        });
    });
}

std::string Office::stuck() const {
    std::string out;
    for (const auto& tablet : m_tablets) {
        if (!tablet->idle())
            out += ", " + tablet->name() + " in phase " + std::to_string(static_cast<int>(tablet->status().phase)) +
                   " with " + std::to_string(tablet->counts().sendable) + " to send";
    }
    return out;
}

std::uint64_t Office::conflicts() const {
    std::uint64_t out = 0;
    for (const auto& tablet : m_tablets) {
        for (const auto& crn : tablet->store().claims()) out += tablet->state(crn).conflicts().size();
    }
    return out;
}

}  // namespace fieldclaim::sim
