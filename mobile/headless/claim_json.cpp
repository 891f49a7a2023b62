#include "mobile/headless/claim_json.h"

#include <array>

#include "shared/base/date.h"
#include "shared/domain/claim_answers.h"

namespace fieldclaim::tablet {
namespace {

using nlohmann::json;

std::string sendName(SendState state) {
    constexpr std::array kNames{"saved_here", "partly_sent", "received", "set_aside", "sent", "accepted", "refused"};
    return kNames.at(static_cast<std::size_t>(state));
}

std::string sealName(SealState state) {
    constexpr std::array kNames{"none", "valid", "partial", "void", "unknown"};
    return kNames.at(static_cast<std::size_t>(state));
}

std::string phaseName(SyncPhase phase) {
    constexpr std::array kNames{"off",        "offline", "signing_in", "sending", "sending_images", "receiving",
                                "up_to_date", "waiting", "untrusted",  "refused", "too_old",        "store_failed"};
    return kNames.at(static_cast<std::size_t>(phase));
}

json toJson(const TransferView& transfer) {
    json errors = json::array();
    for (const auto& error : transfer.errors)
        errors.push_back({{"code", error.code}, {"question", error.question}, {"message", error.message}});
    return {{"id", transfer.id},         {"target", transfer.target}, {"kind", transfer.kind},
            {"state", transfer.state},   {"digest", transfer.digest}, {"reference", transfer.target_ref},
            {"reason", transfer.reason}, {"errors", errors}};
}

json answerJson(const Answer& answer) {
    if (answer.kind == Answer::Kind::Given) return answer.text;
    return {{"absent", answer.kind == Answer::Kind::NotKnown ? "not_known" : "refused"}, {"note", answer.text}};
}

}  // namespace

json toJson(const ClaimSummary& summary) {
    json out{{"crn", summary.crn},
             {"name", summary.name},
             {"benefits", summary.benefits},
             {"urgent", summary.urgent},
             {"to_go", summary.to_go},
             {"blocking", summary.blocking},
             {"conflicts", summary.conflicts},
             {"seal", sealName(summary.seal)},
             {"send", sendName(summary.send)},
             {"note", summary.note},
             {"to_correct", summary.to_correct},
             {"pending", summary.pending_change_sets + summary.pending_blobs}};
    if (summary.visit) out["visit"] = summary.visit->date + " " + summary.visit->time;
    return out;
}

json toJson(const OpenClaim& claim) {
    auto out = toJson(claim.summary);
    out["site"] = claim.site;
    json answers = json::object();
    for (const auto& [key, answer] : answersOf(claim.state).answers) answers[key] = answerJson(answer);
    out["answers"] = answers;
    json actions = json::array();
    for (const auto& action : claim.review.actions) {
        actions.push_back({{"about", action.about}, {"blocking", action.blocking}, {"text", action.text.english}});
    }
    out["actions"] = actions;
    out["conflict_paths"] = claim.review.conflicts;
    out["submitted"] = claim.review.submitted.has_value();
    json transfers = json::array();
    for (const auto& transfer : claim.review.transfers) transfers.push_back(toJson(transfer));
    out["transfers"] = transfers;
    // Two tablets show the same digest exactly when they show the same claim (I3).
    out["state_sha256"] = toHex(sha256(encodeClaimState(claim.state)));
    return out;
}

json conflictsOf(const OpenClaim& claim) {
    json out = json::array();
    for (const auto& path : claim.review.conflicts) {
        json values = json::array();
        const auto* const held = claim.state.find(path);
        if (held == nullptr) continue;
        for (const auto& sibling : held->siblings()) {
            const auto answer = decodeAnswer(sibling.value);
            values.push_back({{"edit", toHex(sibling.id.change_set) + "/" + std::to_string(sibling.id.index)},
                              {"value", answer ? answerJson(*answer) : json()}});
        }
        out.push_back({{"path", path}, {"values", values}});
    }
    return out;
}

json toJson(const HistoryEntry& entry) {
    return {{"time", isoTime(entry.device_time)},
            {"officer", entry.officer},
            {"kind", entry.kind},
            {"about", entry.about},
            {"text", entry.text},
            {"here_only", entry.here_only}};
}

json toJson(const SyncTotals& totals) {
    return {{"saved_here", totals.saved_here},       {"acknowledged", totals.acknowledged},
            {"set_aside", totals.set_aside},         {"claims_waiting", totals.claims_waiting},
            {"blobs_waiting", totals.blobs_waiting}, {"last_contact_ms", totals.last_contact_ms}};
}

json toJson(const SyncStatus& status) {
    return {{"phase", phaseName(status.phase)},      {"saved", status.saved},
            {"acknowledged", status.acknowledged},   {"server_holds", status.server_holds},
            {"set_aside", status.set_aside},         {"blobs_waiting", status.blobs_waiting},
            {"counts_differ", status.counts_differ}, {"stalled", status.stalled},
            {"pack_refused", status.pack_refused}};
}

}  // namespace fieldclaim::tablet
