#include "sync-server/storage/transfer_text.h"

#include <nlohmann/json.hpp>

namespace fieldclaim::server {

using nlohmann::json;

std::string transferText(const TransferRecord& record) {
    json attempts = json::array();
    for (const auto& attempt : record.attempts) {
        attempts.push_back({{"number", attempt.number},
                            {"query", attempt.kind == TransferAttempt::Kind::Query},
                            {"started", attempt.started_ms},
                            {"ended", attempt.ended_ms},
                            {"outcome", outcomeName(attempt.outcome)},
                            {"reason", attempt.reason}});
    }
    json errors = json::array();
    for (const auto& error : record.errors) {
        errors.push_back({{"code", error.code}, {"field", error.field}, {"message", error.message}});
    }
    const json out{{"content_hash", record.content_hash},
                   {"field_count", record.field_count},
                   {"deadline", record.deadline_ms},
                   {"settled_at", record.settled_at_ms},
                   {"first_taken", record.first_taken_ms},
                   {"failures", record.failures},
                   {"query_failures", record.query_failures},
                   {"attempts", std::move(attempts)},
                   {"target_ref", record.target_ref},
                   {"errors", std::move(errors)},
                   {"reason", record.reason},
                   {"overtaken", record.overtaken}};
    // A target's words may be no UTF-8; a reason that reads oddly is better than a transfer that cannot be saved.
    return out.dump(-1, ' ', false, json::error_handler_t::replace);
}

Status readTransferText(std::string_view text, TransferRecord& record) {
    try {
        const auto in = json::parse(text);
        record.content_hash = in.at("content_hash");
        record.field_count = in.at("field_count");
        record.deadline_ms = in.at("deadline");
        record.settled_at_ms = in.at("settled_at");
        record.first_taken_ms = in.at("first_taken");
        record.failures = in.at("failures");
        record.query_failures = in.at("query_failures");
        record.target_ref = in.at("target_ref");
        record.reason = in.at("reason");
        record.overtaken = in.value("overtaken", false);
        for (const auto& item : in.at("attempts")) {
            TransferAttempt attempt;
            attempt.number = item.at("number");
            attempt.kind = item.at("query").get<bool>() ? TransferAttempt::Kind::Query : TransferAttempt::Kind::Send;
            attempt.started_ms = item.at("started");
            attempt.ended_ms = item.at("ended");
            ASSIGN(attempt.outcome, parseOutcome(item.at("outcome").get<std::string>()));
            attempt.reason = item.at("reason");
            record.attempts.push_back(std::move(attempt));
        }
        for (const auto& item : in.at("errors")) {
            record.errors.push_back({item.at("code"), item.at("field"), item.at("message")});
        }
    } catch (const json::exception&) {
        return fail(ErrorCode::Damaged, "a stored transfer cannot be read");
    }
    return {};
}

}  // namespace fieldclaim::server
