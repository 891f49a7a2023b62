#include "mobile/casework/summary.h"

#include <algorithm>
#include <iterator>

#include "mobile/casework/next_step.h"
#include "shared/base/text.h"
#include "shared/domain/transfer_standing.h"
#include "shared/wire/cbor.h"

namespace fieldclaim::tablet {
namespace {

std::string maskedNino(const std::string& nino) {
    constexpr std::size_t kDigitsEnd = 8;
    if (nino.size() < kDigitsEnd) return {};
    auto out = nino.substr(0, 2) + " ** ** " + nino.substr(6, 2);
    if (nino.size() > kDigitsEnd) out += " " + nino.substr(kDigitsEnd);
    return out;
}

std::optional<Visit> nextVisit(const ClaimState& state, Date today) {
    std::optional<Visit> next;
    for (auto& visit : visitsOf(state)) {
        if (visit.date < today.iso()) continue;
        if (!next || std::tie(visit.date, visit.time) < std::tie(next->date, next->time)) next = std::move(visit);
    }
    return next;
}

/// How far the claim has come through the parts of the service.
void noteProgress(ClaimSummary& out, const Evaluation& evaluation, const ClaimState& state) {
    out.first_contact = evaluation.value("first_contact");
    if (const auto* site = state.find(kSitePath); site != nullptr && site->first() != nullptr)
        out.begun_ms = site->first()->device_time;
    bool missing = false;
    for (const auto& question : evaluation.questions()) {
        const auto& stage = question.question->stage;
        if (stage == "first_contact") missing = missing || question.missing;
        if (!question.answered) continue;
        if (stage == "gather") out.questions_begun = true;
        if (stage == "fa_interview") out.interview_begun = true;
    }
    out.contact_done = !missing && !out.first_contact.empty();
    for (const auto& need : evaluation.proofs()) {
        const auto proof = proofOf(state, need.key());
        if (proof && levelRank(proof->level) > 0) out.interview_begun = true;
    }
}

}  // namespace

ClaimSummary summaryOf(const std::string& crn, const ClaimReview& review, const ClaimState& state, Date today) {
    const auto& evaluation = review.evaluation;
    ClaimSummary out;
    out.crn = crn;
    out.name = review.crnNameLine();
    out.nino_masked = maskedNino(evaluation.value("nino"));
    out.benefits = evaluation.benefitsClaimed();
    out.forms_only = !out.benefits.empty() && !evaluation.isDeclared();
    out.visit = nextVisit(state, today);
    out.urgent = evaluation.value("urgent_need") == "yes";
    out.language = evaluation.value("language");
    for (const auto& question : evaluation.questions()) {
        // What is asked besides (read back, how signed) belongs to signing itself.
        if (question.relevant && question.missing && question.question->declared) ++out.to_go;
        if (question.answered) out.started = true;
    }
    for (const auto& repeat : evaluation.repeats()) out.to_go += repeat.missing ? 1 : 0;
    out.blocking = static_cast<int>(std::count_if(review.actions.begin(), review.actions.end(),
                                                  [](const Action& action) { return action.blocking; }));
    out.conflicts = static_cast<int>(review.conflicts.size());
    out.seal = review.seal_state;
    // What is overtaken says nothing of how the claim stands.
    std::copy_if(review.transfers.begin(), review.transfers.end(), std::back_inserter(out.transfers),
                 [](const TransferView& transfer) { return !transfer.overtaken; });
    out.withdrawn = review.withdrawn;
    out.submit_refused = review.submit_refused.has_value();
    if (const auto step = correctionOf(review, state); step && !review.withdrawn) {
        out.to_correct = true;
        const auto refused = std::find_if(review.transfers.begin(), review.transfers.end(),
                                          [&](const TransferView& transfer) { return transfer.id == step->transfer; });
        if (refused != review.transfers.end()) out.refused_because = refused->reason;
    }
    noteProgress(out, evaluation, state);
    for (auto& link : linksOf(state)) out.decided.push_back({std::move(link.other), link.same, {}, {}});
    return out;
}

Bytes encodeSummary(const ClaimSummary& summary) {
    Value::List benefits;
    for (const auto& benefit : summary.benefits) benefits.emplace_back(benefit);
    Value::List visit;
    if (summary.visit)
        visit = {summary.visit->id, summary.visit->date, summary.visit->time, summary.visit->place,
                 summary.visit->note};
    Value::List transfers;
    for (const auto& transfer : summary.transfers)
        transfers.push_back(Value::List{transfer.id, transfer.target, transfer.kind, transfer.state, transfer.reason});
    Value::List decided;
    for (const auto& link : summary.decided) decided.push_back(Value::List{link.other, link.same});
    return encodeCbor(Value::List{summary.crn,
                                  summary.name,
                                  summary.nino_masked,
                                  std::move(benefits),
                                  std::move(visit),
                                  summary.urgent,
                                  summary.language,
                                  summary.to_go,
                                  summary.blocking,
                                  summary.conflicts,
                                  summary.started,
                                  static_cast<int>(summary.seal),
                                  std::move(transfers),
                                  summary.pack,
                                  summary.first_contact,
                                  summary.begun_ms,
                                  summary.withdrawn,
                                  summary.contact_done,
                                  summary.questions_begun,
                                  summary.interview_begun,
                                  std::move(decided),
                                  summary.submit_refused,
                                  summary.forms_only,
                                  summary.to_correct,
                                  summary.refused_because});
}

Result<ClaimSummary> decodeSummary(ByteView bytes) {
    ASSIGN(const auto value, decodeCbor(bytes));
    ListReader in(value, "summary", 25);
    ClaimSummary out;
    out.crn = in.text();
    out.name = in.text();
    out.nino_masked = in.text();
    const auto& benefits = in.list();
    const auto& visit = in.list();
    out.urgent = in.boolean();
    out.language = in.text();
    out.to_go = static_cast<int>(in.integer());
    out.blocking = static_cast<int>(in.integer());
    out.conflicts = static_cast<int>(in.integer());
    out.started = in.boolean();
    out.seal = static_cast<SealState>(in.integer());
    const auto& transfers = in.list();
    out.pack = in.text();
    out.first_contact = in.text();
    out.begun_ms = in.integer();
    out.withdrawn = in.boolean();
    out.contact_done = in.boolean();
    out.questions_begun = in.boolean();
    out.interview_begun = in.boolean();
    const auto& decided = in.list();
    out.submit_refused = in.boolean();
    out.forms_only = in.boolean();
    out.to_correct = in.boolean();
    out.refused_because = in.text();
    TRY(in.finish());
    for (const auto& benefit : benefits) {
        if (benefit.text() != nullptr) out.benefits.push_back(*benefit.text());
    }
    if (!visit.empty()) {
        const Value kept(visit);  // the reader borrows it
        ListReader fields(kept, "visit", 5);
        out.visit = Visit{fields.text(), fields.text(), fields.text(), fields.text(), fields.text()};
        TRY(fields.finish());
    }
    for (const auto& one : decided) {
        ListReader fields(one, "link", 2);
        ClaimLink link{fields.text(), fields.boolean(), {}, {}};
        TRY(fields.finish());
        out.decided.push_back(std::move(link));
    }
    for (const auto& transfer : transfers) {
        ListReader fields(transfer, "transfer", 5);
        TransferView view;
        view.id = fields.text();
        view.target = fields.text();
        view.kind = fields.text();
        view.state = fields.text();
        view.reason = fields.text();
        TRY(fields.finish());
        out.transfers.push_back(std::move(view));
    }
    return out;
}

ClaimSummary withSending(ClaimSummary summary, const ClaimRow& row) {
    summary.pending_change_sets = static_cast<int>(row.pending);
    summary.pending_blobs = static_cast<int>(row.pending_blobs);
    summary.refused_saves = static_cast<int>(row.refused);
    summary.refusal = row.refusal;
    summary.last_change = row.last_change;
    const auto any = [&](auto holds) { return std::any_of(summary.transfers.begin(), summary.transfers.end(), holds); };
    if (row.set_aside > 0) {
        summary.send = SendState::SetAside;
        summary.note = row.note;
    } else if (summary.toSend()) {
        summary.send = row.server_knows ? SendState::PartlySent : SendState::SavedHere;
        summary.note = row.note;
    } else if (summary.to_correct) {
        summary.send = SendState::Refused;
        summary.note = summary.refused_because;
    } else if (row.parked > 0) {
        summary.send = SendState::Parked;
        summary.note = row.note;
    } else if (summary.transfers.empty() || any(isRefused)) {
        summary.send = SendState::Received;  // what is corrected has not been sent anew yet
    } else {
        const bool all = std::all_of(summary.transfers.begin(), summary.transfers.end(),
                                     [](const TransferView& transfer) { return transfer.state == "accepted"; });
        summary.send = all ? SendState::Accepted : SendState::Sent;
    }
    return summary;
}

std::string searchText(const std::string& crn, const ClaimReview& review) {
    return foldName(review.crnNameLine()) + "\n" + foldName(review.evaluation.value("nino")) + "\n" + crn;
}

}  // namespace fieldclaim::tablet
