#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sync-server/transfer/transfer_types.h"

namespace fieldclaim::server {

/// What a target said, whatever its format.
struct TargetAnswer {
    enum class Kind {
        Received,  ///< has it, no decision yet
        Accepted,
        Rejected,       ///< refused, with at least one reason
        RefusedUnsaid,  ///< refused for good and did not say why: a person must look
        NotTaken,       ///< certainly did nothing with it: closed, full, busy, no right to send
        NotKnown,       ///< in answer to a question alone: nothing under this key
        KeyConflict,    ///< has something else under this key
        Unclear,        ///< server error or rubbish: it may have taken it
    };
    Kind kind = Kind::Unclear;
    std::string receipt_id;
    std::string target_ref;
    std::optional<std::string> content_hash;
    std::optional<int> fields_received;
    std::vector<TransferError> errors;
    std::optional<std::int64_t> retry_after_ms;
    std::string reason;  ///< plain English; no personal data
};

/// Reads the JSON answers of domain 7.2 (also those of the council notice) to a send and to a question. An answer that
/// is not exactly understood is Unclear, never a success.
TargetAnswer readSendAnswer(int status, std::string_view body);
TargetAnswer readQueryAnswer(int status, std::string_view body);

/// A target calling back: {"key" and/or "receipt", "status", …}. BadInput when it names neither or is not understood.
struct TargetCallback {
    std::string idempotency_key;
    std::string receipt_id;
    TargetAnswer answer;
};
Result<TargetCallback> readCallback(std::string_view body);

}  // namespace fieldclaim::server
