#include "sync-server/service/transfer_outbox.h"

#include <algorithm>

#include "sync-server/service/audit.h"
#include "sync-server/service/claim_fold.h"
#include "sync-server/service/restored_ledger.h"

namespace fieldclaim::server {

TransferOutbox::TransferOutbox(LedgerStore& store, const ClaimWorkflow& workflow, const TransferPlanner& planner,
                               const Clock& clock, Random& random, Metrics& metrics)
    : m_store(store), m_workflow(workflow), m_planner(planner), m_clock(clock), m_random(random), m_metrics(metrics) {}

namespace {

/// A restored server may know of a transfer from its journal while the statement is still a tablet's to offer again:
/// until then it does not leave, and holds up no other claim's.
Result<bool> waitsForStatement(const LedgerSnapshot& now, const TransferRow& row) {
    const auto state = row.record.state;
    if (row.statement == Hash{} || (state != TransferState::Ready && state != TransferState::Waiting)) return false;
    ASSIGN(const bool here, now.blobs().hasBlob(row.record.crn, row.statement));
    return !here;
}

Result<bool> waitedInVain(const LedgerSnapshot& now, const TransferRow& row, std::int64_t now_ms) {
    ASSIGN(const auto restored, now.durability().restored());
    const auto since_ms = std::max(row.updated_ms, restored ? restored->at_ms : 0);
    return now_ms - since_ms >= TransferOutbox::kStatementWaitMs;
}

}  // namespace

Result<std::optional<TransferRecord>> TransferOutbox::nextDue(const std::string& target, std::int64_t now_ms,
                                                              const std::set<std::string>& in_flight) {
    std::vector<std::string> lost;
    ASSIGN(auto row, m_store.read([&](const LedgerSnapshot& now) -> Result<std::optional<TransferRow>> {
        ASSIGN(const bool held, isHeld(now, target));
        auto passed_over = in_flight;
        while (true) {
            ASSIGN(auto next, now.transfers().nextDue(target, now_ms, passed_over, !held));
            if (!next) return next;
            ASSIGN(const bool waits, waitsForStatement(now, *next));
            if (!waits) return next;
            passed_over.insert(next->record.id);
            ASSIGN(const bool in_vain, waitedInVain(now, *next, now_ms));
            if (in_vain) lost.push_back(next->record.id);
        }
    }));
    for (const auto& id : lost) TRY(stepWith(id, transfer_event::StatementLost{}, {"server"}));
    if (!row) return std::optional<TransferRecord>();
    return std::optional<TransferRecord>(std::move(row->record));
}

Result<TransferRecord> TransferOutbox::load(const std::string& id) {
    ASSIGN(auto row, m_store.read([&](const LedgerSnapshot& now) { return now.transfers().transfer(id); }));
    if (!row) return fail(ErrorCode::NotFound, "no such transfer");
    return std::move(row->record);
}

Result<std::int64_t> TransferOutbox::save(const TransferRecord& record, const std::vector<TransferAction>& actions) {
    return saveTold(record, actions, {});
}

Result<std::int64_t> TransferOutbox::saveTold(const TransferRecord& record, const std::vector<TransferAction>& actions,
                                              const std::string& who, const May& may) {
    auto revision = m_store.write([&](LedgerTransaction& tx) -> Result<std::int64_t> {
        const auto now = m_clock.wallMs();
        ASSIGN(auto row, tx.transfers().transfer(record.id));
        if (!row) return fail(ErrorCode::NotFound, "no such transfer");
        if (may) TRY(may(tx));
        const bool moved = row->record.state != record.state;
        ASSIGN(const auto next, tx.transfers().update(record, now));
        row->record = record;
        TRY(m_workflow.transferMoved(tx, *row));
        if (moved) {
            TRY(audit(tx, now, "server", "transfer-" + std::string(stateName(record.state)), record.crn,
                      record.target + " " + record.id));
        }
        if (!who.empty()) TRY(audit(tx, now, who, "transfer-told", record.crn, record.id));
        for (const auto& action : actions) {
            if (action.kind != TransferAction::Kind::RaiseAlarm) continue;
            TRY(audit(tx, now, "server", "transfer-alarm", record.crn,
                      record.target + " " + record.id + ": " + action.text));
        }
        return next;
    });
    TRY(revision);
    for (const auto& action : actions) {
        if (action.kind == TransferAction::Kind::RaiseAlarm) {
            m_metrics
                .counter("transfer_alarms_total", "Transfers that a person must look at", {{"target", record.target}})
                .add();
        }
    }
    m_metrics
        .counter("transfer_steps_total", "Steps of transfers by the state that they ended in",
                 {{"target", record.target}, {"state", std::string(stateName(record.state))}})
        .add();
    return revision;
}

Status TransferOutbox::callback(std::string_view body) {
    ASSIGN(const auto call, readCallback(body));
    if (call.idempotency_key.empty())
        return fail(ErrorCode::BadInput, "a callback needs the idempotency key that it answers");
    ASSIGN(const auto row,
           m_store.read([&](const LedgerSnapshot& now) { return now.transfers().byKey(call.idempotency_key); }));
    if (!row) return fail(ErrorCode::NotFound, "nothing was sent under this key");
    return stepWith(row->record.id, transfer_event::CallbackReceived{call.answer}, {"target " + row->record.target});
}

Status TransferOutbox::decide(const std::string& id, const transfer_event::RepairReleased& decision,
                              const std::string& who, std::optional<TransferState> saw) {
    Told told{who, saw, {}};
    if (decision.decision == transfer_event::RepairReleased::Decision::SendAgain) {
        told.may = [&](const LedgerTransaction& tx) -> Status {
            ASSIGN(const auto row, tx.transfers().transfer(id));
            ENSURE(row.has_value());
            ASSIGN(const auto claim, loadClaim(tx, row->record.crn));
            if (claim.erased() || viewOf(claim).stage == "withdrawn")
                return fail(ErrorCode::Conflict, "its claim was withdrawn or erased");
            return {};
        };
    }
    return stepWith(id, decision, told);
}

Status TransferOutbox::stepWith(const std::string& id, const TransferEvent& event, const Told& told) {
    // The runner may step it meanwhile: then it is read again, a few times.
    Status last = fail(ErrorCode::Conflict, "the transfer keeps moving");
    for (int i = 0; i < 5; ++i) {
        ASSIGN(auto record, load(id));
        const auto* target = m_planner.find(record.target);
        // What a person decides needs no word with the target: a command beside the server knows none.
        static const TargetConfig kNone;
        if (target == nullptr && std::holds_alternative<transfer_event::RepairReleased>(event)) target = &kNone;
        if (target == nullptr) return fail(ErrorCode::NotFound, "the transfer's target is no longer set up");
        const auto state = record.state;
        if (told.saw && state != *told.saw) return fail(ErrorCode::Conflict, "this transfer has moved on");
        const auto stepped = step(std::move(record), event, *target, m_clock.wallMs(), m_random);
        if (stepped.record.state == state && std::holds_alternative<transfer_event::RepairReleased>(event))
            return fail(ErrorCode::Conflict, "this transfer does not wait for that decision");
        const auto saved = saveTold(stepped.record, stepped.actions, told.who, told.may);
        if (saved) return {};
        last = tl::unexpected<Error>(saved.error());
        if (saved.error().code != ErrorCode::Conflict) return last;
    }
    return last;
}

}  // namespace fieldclaim::server
