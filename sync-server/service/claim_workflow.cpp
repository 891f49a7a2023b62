#include "sync-server/service/claim_workflow.h"

#include <algorithm>
#include <iterator>
#include <map>

#include "shared/base/text.h"
#include "shared/domain/claim_answers.h"
#include "shared/domain/protected_date.h"
#include "shared/targets/payload_json.h"
#include "sync-server/service/audit.h"
#include "sync-server/service/claim_intake.h"
#include "sync-server/service/restored_ledger.h"
#include "sync-server/transfer/transfer_machine.h"

namespace fieldclaim::server {
namespace {

/// A target's words as the ledger can hold them: every text of it is in normal form (docs/protocol.md).
std::string readable(const std::string& words) {
    if (auto normal = toNfc(words)) return std::move(*normal);
    std::string out = words;
    std::replace_if(
        out.begin(), out.end(), [](char byte) { return (static_cast<unsigned char>(byte) & 0x80U) != 0; }, '?');
    return out;
}

TransferView viewOfTransfer(const TransferRow& row, std::int64_t now_ms) {
    const auto& record = row.record;
    TransferView view;
    view.id = record.id;
    view.target = record.target;
    view.kind = kindName(record.kind);
    view.state = stateName(record.state);
    view.digest = toHex(row.statement);
    view.target_ref = readable(record.target_ref);
    view.reason = readable(record.reason);
    for (const auto& error : record.errors)
        view.errors.push_back({readable(error.code), readable(error.field), readable(error.message)});
    view.at_ms = now_ms;
    view.overtaken = record.overtaken;
    return view;
}

}  // namespace

Status ClaimWorkflow::applied(LedgerTransaction& tx, LoadedClaim& claim, const std::vector<ChangeSet>& fresh) const {
    for (const auto& change_set : fresh) {
        if (change_set.payload.intent) TRY(answer(tx, claim, change_set));
    }
    // After a restore: decisions that waited, or the beginning of a claim whose decisions came before it. Transfers
    // have gone on meanwhile, and were not shown.
    ASSIGN(const auto identity, tx.identity());
    ENSURE(identity.has_value());
    const bool late = std::any_of(fresh.begin(), fresh.end(), [&](const ChangeSet& change_set) {
        return change_set.header.author == identity->author || !scopeBegun(change_set).empty();
    });
    if (late) TRY(showTransfers(tx, claim));
    return gate(tx, claim);
}

Status ClaimWorkflow::blobVerified(LedgerTransaction& tx, const std::string& crn) const {
    ASSIGN(auto claim, loadClaim(tx, crn));
    if (!claim.begun()) return {};
    ASSIGN(const auto waiting, tx.claims().waitingIntents(crn));
    for (const auto& row : waiting) {
        ASSIGN(const auto change_set, decodeChangeSet(row.bytes));
        TRY(answer(tx, claim, change_set));
    }
    TRY(gate(tx, claim));
    return storeClaim(tx, claim);
}

Status ClaimWorkflow::lookAgain(LedgerTransaction& tx) const {
    ASSIGN(const auto claims, tx.claims().toLookAt());
    for (const auto& crn : claims) {
        // What a tablet is still to offer again may void the signature that stands here.
        ASSIGN(const bool heard, isHeardOut(tx, crn, m_clock.wallMs()));
        if (!heard) continue;
        ASSIGN(auto claim, loadClaim(tx, crn));
        const auto& waits_for = claim.state.value(kActionUnknownPack);
        if (!waits_for.isNull() && !m_reviewer.isPackKnown(waits_for.textAt("pack"))) continue;
        TRY(tx.claims().lookedAt(crn));
        if (!claim.begun()) continue;
        TRY(gate(tx, claim));
        TRY(storeClaim(tx, claim));
    }
    return {};
}

Status ClaimWorkflow::transferMoved(LedgerTransaction& tx, const TransferRow& row) const {
    ASSIGN(auto claim, loadClaim(tx, row.record.crn));
    if (!claim.begun()) return {};
    TRY(show(tx, claim, row));
    if (isFinal(row.record.state)) TRY(gate(tx, claim));
    return storeClaim(tx, claim);
}

Result<bool> ClaimWorkflow::isAnswered(const LedgerTransaction& tx, const LoadedClaim& claim,
                                       const ChangeSetId& intent) const {
    const auto path = intentPath(intent);
    if (claim.state.find(path) != nullptr) return true;
    ASSIGN(const auto waiting, tx.chains().parked(claim.row.crn));
    if (waiting.empty()) return false;
    ASSIGN(const auto identity, tx.identity());
    for (const auto& aside : waiting) {
        if (aside.author != identity->author) continue;
        ASSIGN(const auto decision, decodeChangeSet(aside.bytes));
        const auto& edits = decision.payload.edits;
        if (std::any_of(edits.begin(), edits.end(), [&](const Edit& edit) { return edit.path == path; })) return true;
    }
    return false;
}

Status ClaimWorkflow::answer(LedgerTransaction& tx, LoadedClaim& claim, const ChangeSet& change_set) const {
    ASSIGN(const bool answered, isAnswered(tx, claim, change_set.id()));
    if (answered) return tx.claims().removeWaitingIntent(change_set.hash);
    ASSIGN(auto decision, decide(tx, claim, change_set));
    if (decision.waits) {
        return tx.claims().addWaitingIntent({change_set.hash, claim.row.crn, encodeChangeSet(change_set)});
    }
    TRY(tx.claims().removeWaitingIntent(change_set.hash));
    const auto kind = change_set.payload.intent->textAt("intent");
    auto edits = std::move(decision.edits);
    edits.push_back(
        claim.state.edit(intentPath(change_set.id()),
                         encodeIntentAnswer({{}, kind, decision.accepted, decision.reason, decision.digest})));
    TRY(m_author.write(tx, claim, std::move(edits)));
    TRY(audit(tx, m_clock.wallMs(), "server", kind + (decision.accepted ? "-accepted" : "-refused"), claim.row.crn,
              toHex(change_set.id())));
    if (decision.accepted && kind == kIntentWithdraw) TRY(cancelUnsent(tx, claim));
    return {};
}

Result<ClaimWorkflow::Decision> ClaimWorkflow::decide(LedgerTransaction& tx, LoadedClaim& claim,
                                                      const ChangeSet& change_set) const {
    const auto& intent = *change_set.payload.intent;
    const auto kind = intent.textAt("intent");
    if (kind == kIntentSubmit) return decideSubmit(tx, claim, intent);
    if (kind == kIntentWithdraw) return decideWithdraw(tx, claim, intent);
    if (kind == kIntentCorrectDate) return decideDate(claim, intent);
    Decision out;
    out.reason = "This server cannot decide this. Update the server, then ask again.";
    return out;
}

Result<ClaimWorkflow::Decision> ClaimWorkflow::decideSubmit(LedgerTransaction& tx, const LoadedClaim& claim,
                                                            const Value& intent) const {
    Decision out;
    const auto* bytes = intent.at("digest").bytes();
    const auto digest = bytes != nullptr ? toArray<32>(*bytes) : Result<Hash>(fail(ErrorCode::BadInput));
    if (!digest) {
        out.reason = "It does not say which statement was signed.";
        return out;
    }
    out.digest = *bytes;
    for (const auto& before : intentAnswersOf(claim.state)) {
        if (!before.accepted) continue;
        if (before.kind == kIntentWithdraw) {
            out.reason = "The claim was withdrawn.";
            return out;
        }
        if (before.kind == kIntentSubmit && before.digest == out.digest) {
            out.reason = "A colleague has already submitted this claim. Nothing more is needed.";
            return out;
        }
    }
    ASSIGN(const bool here, tx.blobs().hasBlob(claim.row.crn, *digest));
    if (!here) {
        out.waits = true;
        return out;
    }
    if (!m_reviewer.statement(tx, claim.row.crn, *digest)) {
        out.reason = "What was sent as the signed statement is not a statement of this claim.";
        return out;
    }
    ASSIGN(const bool sealed, m_reviewer.isSealed(tx, claim.state, *digest, "claimant"));
    if (!sealed) {
        out.reason = "There is no right signature over this statement.";
        return out;
    }
    out.accepted = true;
    return out;
}

Result<ClaimWorkflow::Decision> ClaimWorkflow::decideWithdraw(LedgerTransaction& tx, const LoadedClaim& claim,
                                                              const Value& intent) const {
    Decision out;
    if (trim(intent.textAt("reason")).empty()) {
        out.reason = "A withdrawal needs a reason.";
        return out;
    }
    if (missesDecision(claim.state, intent, kIntentSubmit)) {
        out.reason = "A colleague has sent this claim in meanwhile. Look at it, then withdraw it.";
        return out;
    }
    ASSIGN(const auto transfers, tx.transfers().ofClaim(claim.row.crn));
    for (const auto& transfer : transfers) {
        if (transfer.record.state != TransferState::Accepted || transfer.record.kind == TransferKind::Notice) continue;
        out.reason = "The claim has been accepted by a benefit system. Ask that office to end it.";
        return out;
    }
    out.accepted = true;
    return out;
}

ClaimWorkflow::Decision ClaimWorkflow::decideDate(const LoadedClaim& claim, const Value& intent) const {
    Decision out;
    if (intent.textAt("key") != kFirstContact) {
        out.reason = "Only the date of first contact is corrected this way.";
        return out;
    }
    const auto date = Date::parse(intent.textAt("date"));
    if (!date || *date > Date::fromWallMs(m_clock.wallMs())) {
        out.reason = "The date must be a real date, today or in the past.";
        return out;
    }
    if (trim(intent.textAt("reason")).empty()) {
        out.reason = "A corrected date needs a reason.";
        return out;
    }
    if (missesDecision(claim.state, intent, kIntentCorrectDate)) {
        out.reason = "A colleague has corrected this date meanwhile. Look at it, then ask again.";
        return out;
    }
    out.accepted = true;
    out.edits.push_back(claim.state.edit(answerPath(kFirstContact), Value(date->iso())));
    return out;
}

Status ClaimWorkflow::cancelUnsent(LedgerTransaction& tx, LoadedClaim& claim) const {
    ASSIGN(auto transfers, tx.transfers().ofClaim(claim.row.crn));
    for (auto& row : transfers) {
        auto& record = row.record;
        if (record.state != TransferState::Ready && record.state != TransferState::Waiting) continue;
        // Ready again after a try that may have arrived: it goes on, so that we learn what became of it.
        if (mayHaveArrived(record)) continue;
        record.state = TransferState::Rejected;
        record.reason = "The claim was withdrawn before it was sent.";
        record.overtaken = true;
        ASSIGN(record.revision, tx.transfers().update(record, m_clock.wallMs()));
        TRY(show(tx, claim, row));
    }
    return {};
}

Status ClaimWorkflow::gate(LedgerTransaction& tx, LoadedClaim& claim) const {
    // Nothing leaves unsigned; the evaluation, which costs milliseconds, is spared until there is a signature.
    if (sealsOf(claim.state).empty()) return {};
    auto review = m_reviewer.review(tx, claim);
    if (!review) return tx.claims().lookAgain(claim.row.crn);
    if (isPackMissing(review)) {
        // By another pack, its answers might be read as something that nobody signed. Nothing leaves; what stands
        // elsewhere of the claim stays as it is, until the pack is here.
        TRY(raise(tx, claim, kActionUnknownPack,
                  Value::Map{{"kind", "unknown_pack"}, {"pack", review->statement->pack}}));
        return tx.claims().lookAgain(claim.row.crn);
    }
    ASSIGN(const bool pack_came, lower(tx, claim, kActionUnknownPack));
    if (pack_came) review = m_reviewer.review(tx, claim);
    ASSIGN(auto plan, m_planner.plan(tx, claim, *review));
    const auto now = m_clock.wallMs();
    for (auto& decision : plan.targets) {
        if (!decision.send) continue;
        auto& send = *decision.send;
        TransferRow row;
        row.statement = send.statement;
        row.created_ms = now;
        row.updated_ms = now;
        row.record = makeTransfer(Uuid::make(m_clock, m_random).text(), 0, decision.target, send.subject,
                                  std::move(send.payload), send.accepted_before, now);
        ASSIGN(const bool held, isHeld(tx, row.record.target));
        const auto* target = m_planner.find(row.record.target);
        if (held && target != nullptr) {
            // The same may have been sent before the restore: it is asked for, and nothing leaves.
            row.record = step(std::move(row.record), transfer_event::Restored{}, *target, now, m_random).record;
        }
        TRY(show(tx, claim, row));
        row.record.order = static_cast<std::int64_t>(claim.row.last_seq);
        // What a journal brought back has a number of the lost history: this one comes after it all the same.
        ASSIGN(const auto earlier, tx.transfers().ofClaim(claim.row.crn));
        for (const auto& before : earlier) {
            if (before.record.target != row.record.target) continue;
            row.record.order = std::max(row.record.order, before.record.order + 1);
        }
        TRY(tx.transfers().add(row));
        TRY(audit(tx, now, "server", "transfer-begun", claim.row.crn, decision.target + " " + row.record.id));
    }
    TRY(noteOvertaken(tx, claim, plan, review->withdrawn));
    if (plan.clerical_ib) {
        TRY(raise(
            tx, claim, kActionClerical,
            Value::Map{
                {"kind", "clerical"}, {"benefit", "ib"}, {"text", "Send the Incapacity Benefit claim by paper."}}));
    }
    const bool leaves =
        std::any_of(plan.targets.begin(), plan.targets.end(), [](const auto& one) { return one.send.has_value(); });
    if (!plan.unrouted.empty() && (leaves || review->submitted)) {
        Value::List texts;
        for (const auto& text : plan.unrouted) texts.emplace_back(text);
        TRY(raise(tx, claim, kActionNoTarget, Value::Map{{"kind", "no_target"}, {"texts", std::move(texts)}}));
    } else if (plan.unrouted.empty()) {
        ASSIGN(const bool routed, lower(tx, claim, kActionNoTarget));
        static_cast<void>(routed);
    }
    return {};
}

Status ClaimWorkflow::noteOvertaken(LedgerTransaction& tx, LoadedClaim& claim, const TransferPlan& plan,
                                    bool withdrawn) const {
    ASSIGN(const auto rows, tx.transfers().ofClaim(claim.row.crn));
    std::map<std::string, std::vector<TransferRow>> refused;  // target -> what it refused last, one after the other
    std::vector<TransferRow> overtaken;
    for (const auto& row : rows) {
        auto& last = refused[row.record.target];
        if (row.record.state == TransferState::Rejected) {
            last.push_back(row);
        } else {
            std::move(last.begin(), last.end(), std::back_inserter(overtaken));
            last.clear();
        }
    }
    for (auto& [target, last] : refused) {
        const auto stands = withdrawn ? std::nullopt : standingRefusal(plan, target, last);
        for (std::size_t i = 0; i < last.size(); ++i) {
            if (stands != i) {
                overtaken.push_back(std::move(last[i]));
            } else if (last[i].record.overtaken) {
                TRY(setOvertaken(tx, claim, std::move(last[i]), false));
            }
        }
    }
    for (auto& row : overtaken) {
        if (!row.record.overtaken) TRY(setOvertaken(tx, claim, std::move(row), true));
    }
    return {};
}

std::optional<std::size_t> ClaimWorkflow::standingRefusal(const TransferPlan& plan, const std::string& target,
                                                          const std::vector<TransferRow>& refused) const {
    std::optional<std::size_t> stands;
    for (std::size_t i = 0; i < refused.size(); ++i) {
        if (!refused[i].record.overtaken) stands = i;
    }
    // A draft decides nothing, nor does what is no target any more.
    if (!plan.sealed || m_planner.find(target) == nullptr) return stands;
    // Nothing is due where what is signed is not for this target, or is what it accepted.
    const auto due = std::find_if(plan.targets.begin(), plan.targets.end(),
                                  [&](const TargetDecision& one) { return one.target == target; });
    if (due == plan.targets.end() || (due->held_by.empty() && !due->send)) return std::nullopt;
    // What was refused before and stands signed again is what is to be corrected.
    for (std::size_t i = 0; i < refused.size(); ++i) {
        if (refused[i].statement == *plan.sealed) stands = i;
    }
    return stands;
}

Status ClaimWorkflow::setOvertaken(LedgerTransaction& tx, LoadedClaim& claim, TransferRow row, bool overtaken) const {
    row.record.overtaken = overtaken;
    ASSIGN(row.record.revision, tx.transfers().update(row.record, m_clock.wallMs()));
    return show(tx, claim, row);
}

Status ClaimWorkflow::raise(LedgerTransaction& tx, LoadedClaim& claim, std::string_view path, Value action) const {
    if (claim.state.value(path) == action) return {};
    TRY(m_author.write(tx, claim, {claim.state.edit(std::string(path), std::move(action))}));
    return audit(tx, m_clock.wallMs(), "server", "action-raised", claim.row.crn, std::string(path));
}

Result<bool> ClaimWorkflow::lower(LedgerTransaction& tx, LoadedClaim& claim, std::string_view path) const {
    if (claim.state.value(path).isNull()) return false;
    TRY(m_author.write(tx, claim, {claim.state.edit(std::string(path), Value())}));
    TRY(audit(tx, m_clock.wallMs(), "server", "action-settled", claim.row.crn, std::string(path)));
    return true;
}

bool ClaimWorkflow::isPackMissing(const std::optional<ClaimReview>& review) const {
    const bool stands = review && (review->seal_state == SealState::Valid || review->seal_state == SealState::Partial);
    return stands && review->statement && !m_reviewer.isPackKnown(review->statement->pack);
}

Status ClaimWorkflow::showTransfers(LedgerTransaction& tx, LoadedClaim& claim) const {
    ASSIGN(const auto transfers, tx.transfers().ofClaim(claim.row.crn));
    for (const auto& row : transfers) TRY(show(tx, claim, row));
    return {};
}

Status ClaimWorkflow::show(LedgerTransaction& tx, LoadedClaim& claim, const TransferRow& row) const {
    auto view = viewOfTransfer(row, m_clock.wallMs());
    for (const auto& shown : transfersOf(claim.state)) {
        if (shown.id != view.id) continue;
        // Asking a target again and again is no news: only what has changed is written.
        auto same = view;
        same.at_ms = shown.at_ms;
        if (same == shown) return {};
    }
    return m_author.write(tx, claim, {claim.state.edit(transferPath(view.id), encodeTransfer(view))}).map([](auto) {});
}

}  // namespace fieldclaim::server
