#include "sync-server/service/claim_fold.h"

#include <algorithm>

#include "shared/base/text.h"
#include "shared/domain/claim_answers.h"
#include "shared/domain/records.h"
#include "shared/domain/seal.h"

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
        if (transfer.state == "rejected" || transfer.state == "repair") return "refused";
        if (transfer.kind == "notice") continue;
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
    out.row = std::move(*row);
    return out;
}

void noteRow(LoadedClaim& claim, const LedgerRow& row) {
    if (claim.row.first_seq == 0) {
        claim.row.first_seq = row.seq;
        claim.row.begun_ms = row.received_ms;
    }
    claim.row.scope = row.scope;
    claim.row.last_seq = row.seq;
    claim.row.updated_ms = row.received_ms;
    claim.row.change_sets += row.ids.size();
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
