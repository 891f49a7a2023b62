#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/bytes.h"
#include "shared/base/result.h"
#include "shared/targets/target_map.h"

namespace fieldclaim::server {

enum class TransferState {
    Ready,     ///< to be sent at next_at_ms
    Sending,   ///< noted before the request left; found after a crash, it becomes unknown (hazard H34)
    Received,  ///< the target gave a receipt and has not decided
    Accepted,  ///< final
    Rejected,  ///< final, unless a person releases it; the reasons are in `errors`
    Unknown,   ///< it may or may not be there: asked, never sent, until the target says so after its settle time
    Repair,    ///< a person decides; an alarm was raised
    Waiting,   ///< the target's window is closed until next_at_ms
};
/// Stable names for tables and replies: "ready", "sending" …
std::string_view stateName(TransferState state);
Result<TransferState> parseState(std::string_view name);
inline bool isFinal(TransferState state) {
    return state == TransferState::Accepted || state == TransferState::Rejected;
}

/// One try at the target.
struct TransferAttempt {
    enum class Kind { Send, Query };
    enum class Outcome {
        Open,      ///< under way, or cut by a crash
        Received,  ///< receipt, no decision
        Accepted,
        Rejected,
        NotTaken,  ///< certainly not there: not reached, closed, full
        NotKnown,  ///< asked, and the target has nothing under this key
        NoAnswer,  ///< may be there: cut, timed out, server error, rubbish
        Mismatch,  ///< the target answered for something else than what was sent
    };
    int number = 0;  ///< 1, 2, …
    Kind kind = Kind::Send;
    std::int64_t started_ms = 0;
    std::int64_t ended_ms = 0;  ///< 0 while open
    Outcome outcome = Outcome::Open;
    std::string reason;  ///< plain English, for the timeline and the repair page; no personal data
};
std::string_view outcomeName(TransferAttempt::Outcome outcome);
Result<TransferAttempt::Outcome> parseOutcome(std::string_view name);

/// One reason of a refusal; comes back to the officer as an action on the question.
struct TransferError {
    std::string code;   ///< the target's: E204
    std::string field;  ///< question id, or empty when the target named none
    std::string message;
    bool operator==(const TransferError&) const = default;
};

/// One claim version on its way to one target: the whole stored state. Times are wall milliseconds of the server.
struct TransferRecord {
    std::string id;  ///< UUID text
    std::string crn;
    std::string target;
    TransferKind kind = TransferKind::Claim;
    std::int64_t order = 0;  ///< rises with each transfer written (the ledger's seq): order per claim and target
    bool urgent = false;

    std::string payload;  ///< exact bytes, made once
    std::string content_type;
    Hash payload_digest{};
    std::string content_hash;  ///< what the target must say back, see TargetPayload
    int field_count = 0;
    std::string idempotency_key;

    TransferState state = TransferState::Ready;
    std::int64_t next_at_ms = 0;      ///< when Due is to be given next; no meaning in a final state or Repair
    std::int64_t deadline_ms = 0;     ///< sending and received: when it becomes unknown
    std::int64_t settled_at_ms = 0;   ///< unknown: from when "not known" counts
    std::int64_t first_taken_ms = 0;  ///< when the target first gave a receipt; 0: never
    int failures = 0;                 ///< sends that came to nothing since the start or the last release
    int query_failures = 0;           ///< questions without a usable answer in a row
    std::vector<TransferAttempt> attempts;
    std::string receipt_id;
    std::string target_ref;
    std::vector<TransferError> errors;
    std::string reason;      ///< plain English: why it is in Repair, Unknown or Waiting
    bool overtaken = false;  ///< TransferView::overtaken; of a rejected one alone
    /// Version of the stored row. The store compares it on writing and adds one: a callback and a worker never
    /// overwrite each other.
    std::int64_t revision = 0;
};

/// Somebody has to put it right: the officer what was refused, the office what is in repair.
bool needsPerson(const TransferRecord& record);
/// It was sent once, and nothing the target has said since rules out that it arrived.
bool mayHaveArrived(const TransferRecord& record);

/// SHA-256, in lower-case hexadecimal, over the tag "fieldclaim/transfer/1" and the five parts, each as its length in
/// decimal, a colon and its bytes. `accepted_before`: the key of the accepted transfer of this claim to this target
/// before this one, or empty. No row id and no version number, so that a restored server makes the same key.
std::string idempotencyKey(std::string_view target, std::string_view crn, TransferKind kind, const Hash& payload_digest,
                           std::string_view accepted_before);

/// A new transfer, ready at `now_ms`. `id` and `order` are the ledger's.
TransferRecord makeTransfer(std::string id, std::int64_t order, std::string target, const TransferSubject& subject,
                            TargetPayload payload, std::string_view accepted_before, std::int64_t now_ms);

}  // namespace fieldclaim::server
