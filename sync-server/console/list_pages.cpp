#include <algorithm>

#include "shared/base/ids.h"
#include "sync-server/console/pages.h"
#include "sync-server/console/words.h"
#include "sync-server/transfer/transfer_decision.h"

namespace fieldclaim::server {
namespace {

using List = kainjow::mustache::data;

PageData tagData(const Tag& tag) {
    PageData out;
    out.set("text", tag.text);
    out.set("colour", tag.colour);
    return out;
}

}  // namespace

PageData claimsData(const std::vector<ClaimViewRow>& claims, const std::map<std::string, std::string>& sites,
                    const FormPack* pack) {
    List rows{List::type::list};
    std::size_t urgent = 0;
    for (const auto& claim : claims) {
        PageData row;
        row.set("crn", claim.crn);
        row.set("number", Crn::display(claim.crn));
        row.set("name", claim.name.empty() ? "Name not known yet" : claim.name);
        row.set("nino", maskNino(claim.nino));
        row.set("benefits", benefitsInWords(claim.benefits, pack));
        const auto site = sites.find(claim.scope);
        row.set("site", site == sites.end() ? claim.scope : site->second);
        row.set("tag", tagData(stageTag(claim.stage)));
        row.set("urgent", PageData(claim.urgent));
        row.set("conflicts", PageData(claim.conflicts > 0));
        row.set("updated", timeInWords(claim.updated_ms));
        urgent += claim.urgent ? 1 : 0;
        rows << row;
    }
    PageData out;
    out.set("summary",
            plural(claims.size(), "claim", "claims") + (urgent > 0 ? ", " + std::to_string(urgent) + " urgent" : ""));
    out.set("any", PageData(!claims.empty()));
    out.set("claims", rows);
    return out;
}

PageData transferData(const TransferRow& transfer) {
    const auto& record = transfer.record;
    PageData out;
    out.set("crn", record.crn);
    out.set("number", Crn::display(record.crn));
    out.set("target", targetInWords(record.target));
    out.set("tag", tagData(transferTag(record)));
    out.set("created", timeInWords(transfer.created_ms));
    out.set("updated", timeInWords(transfer.updated_ms));
    out.set("ref", record.target_ref.empty() ? "None yet" : record.target_ref);
    out.set("reason", record.reason);
    out.set("has_reason", PageData(!record.reason.empty()));
    List errors{List::type::list};
    for (const auto& error : record.errors) {
        PageData row;
        row.set("code", error.code);
        row.set("message", error.message);
        errors << row;
    }
    out.set("errors", errors);
    List attempts{List::type::list};
    for (const auto& attempt : record.attempts) {
        PageData row;
        row.set("number", std::to_string(attempt.number));
        row.set("what", attempt.kind == TransferAttempt::Kind::Query ? "Asked" : "Sent");
        row.set("at", timeInWords(attempt.started_ms));
        row.set("outcome", attemptInWords(attempt.outcome));
        const bool says_more = !attempt.reason.empty() && attempt.reason != attemptInWords(attempt.outcome) + ".";
        row.set("reason", says_more ? PageData(attempt.reason) : PageData(false));
        attempts << row;
    }
    out.set("attempts", attempts);
    out.set("any_attempts", PageData(!record.attempts.empty()));
    out.set("attempt_count", plural(record.attempts.size(), "attempt", "attempts"));
    return out;
}

namespace {

void setForm(PageData& row, const TransferRecord& record, const TransferForm& form) {
    const bool wrong = form.id == record.id && !form.error.empty();
    row.set("id", record.id);
    row.set("saw", std::string(stateName(record.state)));
    row.set("may_decide", PageData(form.may_decide && awaitsDecision(record)));
    row.set("may_refuse", PageData(record.state != TransferState::Rejected));
    row.set("has_error", PageData(wrong));
    row.set("error", wrong ? form.error : std::string());
    row.set("typed", wrong ? form.typed : std::string());
}

}  // namespace

PageData transfersData(const std::vector<TransferRow>& transfers, const LedgerSafety& safety,
                       const TransferForm& form) {
    List rows{List::type::list};
    List others{List::type::list};
    std::size_t accepted = 0;
    std::size_t people = 0;
    std::size_t ended = 0;
    for (const auto& transfer : transfers) {
        accepted += transfer.record.state == TransferState::Accepted ? 1 : 0;
        if (needsPerson(transfer.record)) {
            ++people;
        } else if (isFinal(transfer.record.state)) {
            ++ended;
        }
        auto row = transferData(transfer);
        setForm(row, transfer.record, form);
        (needsPerson(transfer.record) ? rows : others) << row;
    }
    for (const auto& row : others.list_value()) rows << row;
    PageData out;
    const std::string said = form.done == "again"      ? "It is sent again."
                             : form.done == "accepted" ? "It counts as accepted."
                             : form.done == "rejected"
                                 ? "It counts as refused. The officer is told why on their tablet."
                                 : "";
    out.set("said", said);
    out.set("has_said", PageData(!said.empty()));
    out.set("any_error", PageData(!form.error.empty()));
    out.set("error", form.error);
    const bool can_mend = std::any_of(transfers.begin(), transfers.end(), [&](const TransferRow& transfer) {
        return transfer.record.id == form.id && awaitsDecision(transfer.record);
    });
    out.set("error_id", can_mend ? PageData(form.id) : PageData(false));
    out.set("any", PageData(!transfers.empty()));
    out.set("total", std::to_string(transfers.size()));
    out.set("accepted", std::to_string(accepted));
    out.set("under_way", std::to_string(transfers.size() - ended - people));
    out.set("people", std::to_string(people));
    out.set("transfers", rows);
    out.set("backup", safety.backup ? timeInWords(safety.backup->taken_ms) : "Never");
    List warnings{List::type::list};
    for (const auto& warning : safety.warnings) {
        PageData row;
        row.set("text", warning);
        warnings << row;
    }
    out.set("warnings", warnings);
    return out;
}

}  // namespace fieldclaim::server
