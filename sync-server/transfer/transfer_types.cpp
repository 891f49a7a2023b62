#include "sync-server/transfer/transfer_types.h"

#include <array>
#include <utility>

#include "shared/crypto/crypto.h"
#include "shared/targets/payload_json.h"

namespace fieldclaim::server {
namespace {

template <typename Enum>
using Names = std::array<std::pair<Enum, std::string_view>, 8>;

constexpr Names<TransferState> kStates{{{TransferState::Ready, "ready"},
                                        {TransferState::Sending, "sending"},
                                        {TransferState::Received, "received"},
                                        {TransferState::Accepted, "accepted"},
                                        {TransferState::Rejected, "rejected"},
                                        {TransferState::Unknown, "unknown"},
                                        {TransferState::Repair, "repair"},
                                        {TransferState::Waiting, "waiting"}}};
using Outcome = TransferAttempt::Outcome;
constexpr Names<Outcome> kOutcomes{{{Outcome::Open, "open"},
                                    {Outcome::Received, "received"},
                                    {Outcome::Accepted, "accepted"},
                                    {Outcome::Rejected, "rejected"},
                                    {Outcome::NotTaken, "not-taken"},
                                    {Outcome::NotKnown, "not-known"},
                                    {Outcome::NoAnswer, "no-answer"},
                                    {Outcome::Mismatch, "mismatch"}}};

template <typename Enum>
std::string_view nameOf(const Names<Enum>& names, Enum value) {
    for (const auto& [key, name] : names) {
        if (key == value) return name;
    }
    ENSURE(false);
    return {};
}

template <typename Enum>
Result<Enum> parse(const Names<Enum>& names, std::string_view text) {
    for (const auto& [key, name] : names) {
        if (name == text) return key;
    }
    return fail(ErrorCode::BadInput, "no such name of a transfer's state or outcome");
}

}  // namespace

std::string_view stateName(TransferState state) { return nameOf(kStates, state); }
Result<TransferState> parseState(std::string_view name) { return parse(kStates, name); }
std::string_view outcomeName(Outcome outcome) { return nameOf(kOutcomes, outcome); }
Result<Outcome> parseOutcome(std::string_view name) { return parse(kOutcomes, name); }

bool needsPerson(const TransferRecord& record) {
    return record.state == TransferState::Repair || (record.state == TransferState::Rejected && !record.overtaken);
}

bool mayHaveArrived(const TransferRecord& record) {
    using Attempt = TransferAttempt;
    bool out = false;
    for (const auto& attempt : record.attempts) {
        const auto outcome = attempt.outcome;
        const bool certainly_not = outcome == Attempt::Outcome::NotTaken || outcome == Attempt::Outcome::Rejected;
        if (attempt.kind == Attempt::Kind::Send && !certainly_not) out = true;
        if (attempt.kind == Attempt::Kind::Query && outcome == Attempt::Outcome::NotKnown) out = false;
    }
    return out;
}

std::string idempotencyKey(std::string_view target, std::string_view crn, TransferKind kind, const Hash& payload_digest,
                           std::string_view accepted_before) {
    std::string canonical;
    for (const std::string_view part : {std::string_view("fieldclaim/transfer/1"), target, crn, kindName(kind),
                                        asText(payload_digest), accepted_before}) {
        canonical += std::to_string(part.size()) + ':';
        canonical += part;
    }
    return toHex(sha256(asBytes(canonical)));
}

TransferRecord makeTransfer(std::string id, std::int64_t order, std::string target, const TransferSubject& subject,
                            TargetPayload payload, std::string_view accepted_before, std::int64_t now_ms) {
    TransferRecord record;
    record.id = std::move(id);
    record.crn = subject.crn;
    record.target = std::move(target);
    record.kind = subject.kind;
    record.order = order;
    record.urgent = subject.urgent;
    record.payload_digest = sha256(asBytes(payload.bytes));
    record.payload = std::move(payload.bytes);
    record.content_type = std::move(payload.content_type);
    record.content_hash = std::move(payload.content_hash);
    record.field_count = payload.field_count;
    record.idempotency_key =
        idempotencyKey(record.target, record.crn, record.kind, record.payload_digest, accepted_before);
    record.next_at_ms = now_ms;
    return record;
}

}  // namespace fieldclaim::server
