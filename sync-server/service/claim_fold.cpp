#include "sync-server/service/claim_fold.h"

#include <algorithm>

#include "shared/base/text.h"
#include "shared/domain/claim_answers.h"
#include "shared/domain/records.h"
#include "shared/domain/seal.h"
#include "shared/domain/transfer_standing.h"
#include "sync-server/service/tablet_scopes.h"

namespace fieldclaim::server {
namespace {

std::string given(const ClaimState& state, std::string_view key) {
    const auto answer = decodeAnswer(state.value(answerPath(key)));
    return answer && answer->kind == Answer::Kind::Given ? answer->text : std::string();
}

std::string stageOf(const ClaimState& state) {
    bool submitted = false;
    for (const auto& answer : intentAnswersOf(state)) {
        if (!answer.accepted) continue;
        if (answer.kind == kIntentWithdraw) return "withdrawn";
        submitted = submitted || answer.kind == kIntentSubmit;
    }
    std::size_t accepted = 0;
    std::size_t main = 0;
    for (const auto& transfer : transfersOf(state)) {
        if (isRefused(transfer) || isWithOffice(transfer)) return "refused";
        // What is overtaken says nothing of how the claim stands.
        if (transfer.overtaken || transfer.kind == "notice") continue;
        ++main;
        if (transfer.state == "accepted") ++accepted;
    }
    if (main > 0) return accepted == main ? "accepted" : "sent";
    if (submitted) return "submitted";
    return sealsOf(state).empty() ? "gathering" : "signed";
}

}  // namespace

Result<LoadedClaim> loadClaim(const LedgerSnapshot& now, const std::string& crn) {
    LoadedClaim out;
    ASSIGN(auto row, now.claims().claim(crn));
    if (!row) {
        out.row.crn = crn;
        return out;
    }
    ASSIGN(out.state, decodeClaimState(row->state));
    out.weight = row->state.size();
    out.row = std::move(*row);
    return out;
}

std::size_t weightOf(const ChangeSet& change_set) {
    // Beside path and value: the name of the edit and of its author, the time, and the change set among the applied.
    constexpr std::size_t kPerEdit = 80;
    return change_set.payload_bytes.size() + kPerEdit * (change_set.payload.edits.size() + 1);
}

std::string LoadedClaim::scope() const {
    if (erased()) return {};
    if (const auto* moved = state.find(kScopePath)) return moved->value().textAt("scope");
    if (const auto* site = state.value(kSitePath).text()) return scopeOfSite(*site);
    return row.scope;
}

Status noteRow(LedgerTransaction& tx, LoadedClaim& claim, const LedgerRow& row) {
    auto& folded = claim.row;
    const bool first = folded.first_seq == 0;
    if (first) {
        folded.first_seq = row.seq;
        folded.begun_ms = row.received_ms;
    }
    if (first || row.scope != folded.scope) {
        if (!first && !folded.scope.empty()) {
            ASSIGN(const auto left, tx.claims().scopeHead(folded.scope));
            TRY(tx.claims().putScopeHead(folded.scope, {row.seq, left.checksum ^ folded.checksum}));
            TRY(tx.claims().addScopeEvent(folded.scope, row.claim, row.seq, false));
        }
        if (!row.scope.empty()) {
            ASSIGN(const auto entered, tx.claims().scopeHead(row.scope));
            TRY(tx.claims().putScopeHead(row.scope, {row.seq, entered.checksum ^ folded.checksum}));
            TRY(tx.claims().addScopeEvent(row.scope, row.claim, row.seq, true));
        }
        folded.scope = row.scope;
        folded.entered_seq = row.seq;
    }
    const auto checksum = rowChecksum(row.seq, row.claim, row.ids);
    folded.checksum ^= checksum;
    if (!row.scope.empty()) {
        ASSIGN(const auto head, tx.claims().scopeHead(row.scope));
        TRY(tx.claims().putScopeHead(row.scope, {row.seq, head.checksum ^ checksum}));
    }
    folded.last_seq = row.seq;
    folded.updated_ms = row.received_ms;
    folded.change_sets += row.ids.size();
    return {};
}

Result<std::uint64_t> appendRow(LedgerTransaction& tx, LoadedClaim& claim, LedgerRow row) {
    const bool first = claim.row.first_seq == 0;
    const auto from = claim.row.scope;
    ASSIGN(row.seq, tx.claims().append(row));
    TRY(noteRow(tx, claim, row));
    if (!first && from != claim.row.scope) TRY(noteScopeChange(tx, claim.row.crn, from, claim.row.scope, row.seq));
    return row.seq;
}

Status storeClaim(LedgerTransaction& tx, LoadedClaim& claim) {
    ENSURE(claim.row.first_seq != 0);
    claim.row.state = encodeClaimState(claim.state);
    TRY(tx.claims().putClaim(claim.row));
    if (!claim.begun()) return {};
    return tx.claims().putClaimView(viewOf(claim));
}

ClaimViewRow viewOf(const LoadedClaim& claim) {
    const auto& state = claim.state;
    ClaimViewRow view;
    view.crn = claim.row.crn;
    view.scope = claim.row.scope;
    view.name = given(state, "first_names");
    if (const auto surname = given(state, "surname"); !surname.empty()) {
        view.name += (view.name.empty() ? "" : " ") + surname;
    }
    view.name_folded = foldName(view.name);
    view.nino = given(state, "nino");
    std::erase(view.nino, ' ');
    view.benefits = given(state, "benefits_claimed");
    view.stage = stageOf(state);
    const auto urgent = given(state, "urgent_need");
    view.urgent = !urgent.empty() && urgent != "no";
    view.conflicts = static_cast<int>(state.conflicts().size());
    view.begun_ms = claim.row.begun_ms;
    view.updated_ms = claim.row.updated_ms;
    return view;
}

}  // namespace fieldclaim::server
