#include "tests/simulation/transfer_desk.h"

#include <algorithm>
#include <set>

#include "shared/domain/records.h"
#include "sync-server/service/restored_ledger.h"
#include "sync-server/transfer/adapters/adapters.h"
#include "tests/simulation/server_end.h"

namespace fieldclaim::sim {
namespace {

using server::LedgerSnapshot;
using server::TransferRow;
using server::TransferState;

constexpr std::int64_t kLookMs = 10'000;
constexpr std::size_t kAll = 10'000;
constexpr int kMostPasses = 20;
constexpr int kSentAgainPercent = 20;

std::vector<TransferRow> allTransfers(ServerEnd& server) {
    std::vector<TransferRow> out;
    server.read([&](const LedgerSnapshot& now) -> Status {
        ASSIGN(out, now.transfers().all(kAll));
        return {};
    });
    return out;
}

/// The statement that a target accepted last.
std::optional<Hash> acceptedLast(const std::vector<TransferRow>& transfers, const std::string& target) {
    std::optional<Hash> out;
    for (const auto& row : transfers) {
        if (row.record.target == target && row.record.state == TransferState::Accepted) out = row.statement;
    }
    return out;
}

std::string brief(const TransferRow& row) {
    return row.record.target + " of " + row.record.crn.substr(0, 4) + " (" +
           std::string(server::stateName(row.record.state)) + ")";
}

}  // namespace

TransferDesk::TransferDesk(World& world, const Plan& plan, ServerEnd& server, const SignedStatements& statements)
    : m_world(world), m_server(server), m_targets(world, plan, server, statements) {}

void TransferDesk::open() {
    m_world.after(kLookMs, [this] {
        tick();
        open();
    });
}

void TransferDesk::tick() {
    auto chance = m_world.stream(Stream::Person, ++m_ticks);
    if (!m_server.up()) return;
    if (m_life != m_server.life()) {
        m_runner.reset();
        std::vector<server::TransferRunner::Target> targets;
        for (const auto& config : m_server.server().planner().targets()) {
            auto adapter = server::makeAdapter(config);
            ENSURE(adapter.has_value());
            targets.push_back({config, std::move(*adapter)});
        }
        m_runner = std::make_unique<server::TransferRunner>(m_server.transferStore(), m_targets, std::move(targets),
                                                            m_server.clock(), m_server.chance());
        m_life = m_server.life();
    }
    // A full disk is an error of the store: it is done the next time.
    static_cast<void>(m_server.server().store().write(
        [&](server::LedgerTransaction& tx) { return m_server.server().workflow().lookAgain(tx); }));
    decideRepairs(chance);
    if (!m_calm) sendRefusedAgain(chance);
    if (m_lost_history && m_tablets_are_back && m_tablets_are_back()) compareLists();
    try {
        // A full disk is an error of the store: the transfer comes again.
        static_cast<void>(m_runner->runAllDue(m_server.clock().wallMs()));
    } catch (const ServerDied&) {
        m_runner.reset();
        m_life = 0;
        m_server.crash();
        m_world.after(chance.between(1'000, 60'000), [this] { m_server.restart(); });
    }
}

void TransferDesk::decideRepairs(Chance& chance) {
    if (!chance.percent(30)) return;
    for (const auto& row : allTransfers(m_server)) {
        if (row.record.state == TransferState::Repair) decide(row, lookFor(row));
    }
}

void TransferDesk::sendRefusedAgain(Chance& chance) {
    for (const auto& row : allTransfers(m_server)) {
        if (row.record.state != TransferState::Rejected || !chance.percent(kSentAgainPercent)) continue;
        const auto* there = lookFor(row);
        if (there != nullptr && !there->refused) continue;
        const bool done = m_server.server().outbox().decide(row.record.id, {}, "person").has_value();
        require(!done || !row.record.overtaken, "I10", brief(row) + " was overtaken, and goes again");
        if (!done) continue;
        m_world.count(Fault::SentAgain);
        m_world.trace("a person sends again " + brief(row));
    }
}

const Targets::Effect* TransferDesk::lookFor(const TransferRow& row) {
    const auto& record = row.record;
    return m_lost_history ? m_targets.findVersion(record.target, record.crn, toHex(row.statement))
                          : m_targets.find(record.target, record.idempotency_key);
}

bool TransferDesk::statementIsHere(const TransferRow& row) {
    bool here = row.statement == Hash{};
    if (here) return true;
    m_server.read([&](const LedgerSnapshot& now) -> Status {
        ASSIGN(here, now.blobs().hasBlob(row.record.crn, row.statement));
        return {};
    });
    return here;
}

void TransferDesk::decide(const TransferRow& row, const Targets::Effect* there) {
    using Decision = server::transfer_event::RepairReleased::Decision;
    server::transfer_event::RepairReleased decision;
    if (there == nullptr && !statementIsHere(row)) {
        decision.decision = Decision::TakeAsRejected;
        decision.reason = "The statement is lost; the claim is signed again.";
    } else if (there == nullptr) {
        decision.decision = Decision::SendAgain;
    } else if (there->refused) {
        decision.decision = Decision::TakeAsRejected;
        decision.reason = "The target refused it.";
    } else {
        decision.decision = Decision::TakeAsAccepted;
        decision.target_ref = "REF-" + there->receipt;
    }
    m_world.trace("a person decides about " + brief(row) + ": " + std::to_string(static_cast<int>(decision.decision)));
    const auto told = m_server.server().outbox().decide(row.record.id, decision, "person");
    if (told || told.error().code != ErrorCode::Conflict || decision.decision != Decision::SendAgain) return;
    // Nothing of a claim that was withdrawn or erased is sent any more.
    decision = {Decision::TakeAsRejected, {}, "Its claim has ended."};
    static_cast<void>(m_server.server().outbox().decide(row.record.id, decision, "person"));
}

/// What the target has of what waits is settled first, then the rest may leave (H51).
void TransferDesk::compareLists() {
    for (const auto& config : m_server.server().planner().targets()) {
        bool held = false;
        m_server.read([&](const LedgerSnapshot& now) -> Status {
            ASSIGN(held, server::isHeld(now, config.id));
            return {};
        });
        if (!held) continue;
        // What is settled lets the next of its claim come, which the list may have too.
        for (int passes = 0; passes < kMostPasses && settleByList(config.id); ++passes) {
        }
        m_world.trace("a person has compared the list of " + config.id);
        static_cast<void>(
            server::confirmCompared(m_server.server().store(), config.id, "person", m_server.clock().wallMs()));
    }
}

bool TransferDesk::settleByList(const std::string& target) {
    bool any = false;
    for (const auto& row : allTransfers(m_server)) {
        const auto& record = row.record;
        if (record.target != target || server::isFinal(record.state)) continue;
        const auto* there = m_targets.findVersion(target, record.crn, toHex(row.statement));
        // One that another has followed is taken all the same, where that other is what stands signed here.
        if (there == nullptr && m_targets.findVersion(target, record.crn, standsSigned(record.crn)) != nullptr)
            there = m_targets.findEarlier(target, record.crn, toHex(row.statement));
        if (record.state != TransferState::Unknown && (there == nullptr || there->refused)) continue;
        decide(row, there);
        any = true;
    }
    return any;
}

std::string TransferDesk::standsSigned(const std::string& crn) {
    std::string digest;
    m_server.read([&](const LedgerSnapshot& now) -> Status {
        ASSIGN(const auto claim, server::loadClaim(now, crn));
        const auto review = m_server.server().reviewer().review(now, claim);
        if (review && review->seal_state == SealState::Valid) digest = toHex(review->seal->digest);
        return {};
    });
    return digest;
}

bool TransferDesk::settled() {
    if (!m_server.up()) return false;
    for (const auto& row : allTransfers(m_server)) {
        if (!server::isFinal(row.record.state)) return false;
    }
    // What a tablet that is gone may still bring is waited for longer than a run lasts.
    bool looked = true;
    m_server.read([&](const LedgerSnapshot& now) -> Status {
        ASSIGN(const auto to_look_at, now.claims().toLookAt());
        for (const auto& crn : to_look_at) {
            ASSIGN(const bool heard, server::isHeardOut(now, crn, m_server.clock().wallMs()));
            looked = looked && !heard;
        }
        return {};
    });
    return looked;
}

bool TransferDesk::waitsForLostStatement(const std::function<bool(const Hash&)>& on_a_tablet) {
    if (!m_server.up()) return false;
    const auto rows = allTransfers(m_server);
    return std::any_of(rows.begin(), rows.end(), [&](const TransferRow& row) {
        return row.record.state == TransferState::Ready && !statementIsHere(row) && !on_a_tablet(row.statement);
    });
}

void TransferDesk::check() {
    std::map<std::string, std::set<std::string>> accepted;  // target -> keys
    for (const auto& row : allTransfers(m_server)) {
        const auto& record = row.record;
        if (record.kind == TransferKind::Supplement) m_world.met(33);
        if (record.state != TransferState::Accepted) continue;
        accepted[record.target].insert(record.idempotency_key);
        int taken = 0;
        for (const auto& effect : m_targets.effects(record.target)) {
            // After a history was lost a version may have been taken under the key that it had in that one.
            const bool same_version =
                m_lost_history && effect.crn == record.crn && effect.digest == toHex(row.statement);
            if ((effect.key != record.idempotency_key && !same_version) || effect.refused) continue;
            accepted[record.target].insert(effect.key);
            // Of an erased claim what was sent is gone.
            require(effect.key != record.idempotency_key || effect.body == record.payload || record.payload.empty(),
                    "I10", brief(row) + " took effect with another content");
            ++taken;
        }
        require(taken > 0, "I10", brief(row) + " is called accepted and was never taken");
    }
    for (const auto& config : m_server.server().planner().targets()) {
        for (const auto& effect : m_targets.effects(config.id)) {
            // What the lost history alone knew of is on the target's list, which a person has compared.
            if (effect.lost || effect.refused || m_lost_history) continue;
            require(accepted[config.id].contains(effect.key), "I10",
                    config.id + " took " + effect.crn.substr(0, 4) + ", and the server does not know");
        }
    }
    m_server.read([&](const LedgerSnapshot& now) -> Status {
        ASSIGN(const auto claims, now.claims().claims());
        for (const auto& row : claims) {
            ASSIGN(const auto claim, server::loadClaim(now, row.crn));
            if (sealsOf(claim.state).empty()) continue;
            const auto review = m_server.server().reviewer().review(now, claim);
            require(review.has_value(), "harness", "no review");
            ASSIGN(const auto plan, m_server.server().planner().plan(now, claim, *review));
            ASSIGN(const bool heard, server::isHeardOut(now, row.crn, m_server.clock().wallMs()));
            for (const auto& target : plan.targets) {
                require(!target.send || !heard, "I10",
                        row.crn.substr(0, 4) + " may leave for " + target.target + " and has not");
            }
            // The last that each target has of a claim that stands signed and submitted is what stands signed.
            if (review->seal_state != SealState::Valid || review->withdrawn || !review->submitted) continue;
            const auto digest = toHex(review->seal->digest);
            for (const auto& target : plan.targets) {
                if (!target.held_by.empty() || !heard) continue;
                const Targets::Effect* last = nullptr;
                for (const auto& effect : m_targets.effects(target.target)) {
                    if (effect.crn == row.crn && !effect.refused && accepted[target.target].contains(effect.key))
                        last = &effect;
                }
                require(last != nullptr && last->digest == digest, "I10",
                        target.target + " does not have what stands signed of " + row.crn.substr(0, 4));
            }
        }
        return {};
    });
}

void TransferDesk::checkShown() {
    m_server.read([&](const LedgerSnapshot& now) -> Status {
        ASSIGN(const auto claims, now.claims().claims());
        for (const auto& claim_row : claims) {
            ASSIGN(const auto claim, server::loadClaim(now, claim_row.crn));
            ASSIGN(const auto transfers, now.transfers().ofClaim(claim_row.crn));
            const auto shown = transfersOf(claim.state);
            const auto review = m_server.server().reviewer().review(now, claim);
            const bool ended = claim.erased() || (review && review->withdrawn);
            const bool sealed = review && review->seal_state == SealState::Valid;
            std::map<std::string, std::vector<const TransferRow*>> refused;  // of each target, since anything else
            for (const auto& row : transfers) {
                auto& last = refused[row.record.target];
                if (row.record.state == TransferState::Rejected) {
                    last.push_back(&row);
                } else {
                    last.clear();
                }
            }
            for (const auto& [target, last] : refused) {
                const auto standing =
                    std::count_if(last.begin(), last.end(), [](const auto* row) { return !row->record.overtaken; });
                require(standing <= 1, "I10", target + " refused more than one that is to be corrected");
                // What stands signed and was refused is to be corrected, unless the target has it all the same.
                if (ended || !sealed) continue;
                const auto signed_now = std::find_if(last.rbegin(), last.rend(), [&](const auto* row) {
                    return row->statement == review->seal->digest;
                });
                if (signed_now == last.rend() || acceptedLast(transfers, target) == review->seal->digest) continue;
                require(!(*signed_now)->record.overtaken, "I10",
                        brief(**signed_now) + " stands signed, and nobody is told to correct it");
            }
            for (const auto& row : transfers) {
                const auto& record = row.record;
                const auto view =
                    std::find_if(shown.begin(), shown.end(), [&](const auto& each) { return each.id == record.id; });
                const bool same = view != shown.end() && view->state == server::stateName(record.state) &&
                                  view->overtaken == record.overtaken && view->digest == toHex(row.statement);
                require(same || claim.erased() || !claim.begun(), "I10", brief(row) + " is shown otherwise than it is");
                require(!record.overtaken || record.state == TransferState::Rejected, "I10",
                        brief(row) + " is called overtaken");
                if (record.state != TransferState::Rejected) continue;
                const auto& last = refused[record.target];
                const bool may_stand = !ended && std::find(last.begin(), last.end(), &row) != last.end();
                require(may_stand || record.overtaken, "I10", brief(row) + " is still to be corrected, and cannot be");
            }
        }
        return {};
    });
}

}  // namespace fieldclaim::sim
