#pragma once

#include <variant>

#include "sync-server/storage/ledger_records.h"

// What no tablet can offer again, as the journal keeps it (docs/operations.md, "The journal"). Each says how a row
// stands, not how it moved. Kinds are stable numbers: a new one goes to the end of the variant.
namespace fieldclaim::server {

/// A transfer after a step: all of its record but the payload, which its TransferRow said when it was begun.
struct TransferMoved {
    std::string id;
    TransferState state = TransferState::Ready;
    std::int64_t next_at_ms = 0;
    std::string receipt_id;
    std::string text;  ///< transferText()
    std::int64_t revision = 0;
    std::int64_t updated_ms = 0;
};

/// One of the server's own decisions, with its claim's key, which the tablet may not have offered again yet.
struct JournaledDecision {
    LedgerRow row;  ///< its seq is not kept
    ClaimKey key{};
};

using JournalEntry = std::variant<SiteRow, OfficerRow, DeviceRow, EnrolmentCodeRow, AuthorRow, TransferRow,
                                  TransferMoved, AuditRow, JournaledDecision, DeviceSiteRow>;

/// CBOR [kind, …]. Texts are byte strings: a target's words may be no UTF-8.
Bytes encodeJournalEntry(const JournalEntry& entry);
/// Damaged when the bytes are no entry; Unsupported for a kind of a newer program.
Result<JournalEntry> decodeJournalEntry(ByteView bytes);

}  // namespace fieldclaim::server
