#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "shared/base/clock.h"
#include "sync-server/transfer/target_answer.h"
#include "sync-server/transfer/target_config.h"
#include "sync-server/transfer/transfer_types.h"

// The rules of architecture part 9, pure: no clock, no I/O, no thread. Every transfer that was begun ends accepted,
// rejected with reasons, or in Repair with an alarm.
namespace fieldclaim::server {

namespace transfer_event {
struct Due {};  ///< next_at_ms has come
struct SendAnswered {
    TargetAnswer answer;
};
struct SendFailed {
    enum class Reached { Never, Maybe };
    Reached reached = Reached::Maybe;
    std::string reason;
};
struct AnswerTimedOut {};  ///< the record was found sending or received after its deadline, or after a restart
struct QueryAnswered {
    TargetAnswer answer;
};
struct QueryFailed {
    std::string reason;
};
struct CallbackReceived {
    TargetAnswer answer;
};
struct WindowOpened {};
struct WindowClosed {};
/// The ledger was restored from a backup: what was not final then may have been sent since (hazard H51).
struct Restored {};
/// After a restore no tablet has offered the statement again that it would send, for a long time (hazard H51).
struct StatementLost {};
/// A person decides about a transfer in Repair, Rejected or Unknown. TakeAsAccepted also about one that is to be sent
/// again: after a restore the target may list it under the key of the lost history (hazard H51).
struct RepairReleased {
    enum class Decision {
        SendAgain,       ///< same payload, same key
        TakeAsAccepted,  ///< they found it at the target; `target_ref` is what they read there
        TakeAsRejected,  ///< it is not to be sent; `reason` says why
    };
    Decision decision = Decision::SendAgain;
    std::string target_ref;
    std::string reason;
};
}  // namespace transfer_event

using TransferEvent =
    std::variant<transfer_event::Due, transfer_event::SendAnswered, transfer_event::SendFailed,
                 transfer_event::AnswerTimedOut, transfer_event::QueryAnswered, transfer_event::QueryFailed,
                 transfer_event::CallbackReceived, transfer_event::WindowOpened, transfer_event::WindowClosed,
                 transfer_event::Restored, transfer_event::StatementLost, transfer_event::RepairReleased>;

struct TransferAction {
    enum class Kind {
        Send,             ///< note the record durably, then send it (H34)
        Query,            ///< ask the target for the key
        RaiseAlarm,       ///< `text` says what and why; a person must look
        ReturnToOfficer,  ///< actions on the questions named in record.errors
        NoteAccepted,     ///< record.target_ref is the receipt; the claim's benefit is handed over
    };
    Kind kind;
    std::string text;
    bool operator==(const TransferAction&) const = default;
};

struct TransferStep {
    TransferRecord record;
    std::vector<TransferAction> actions;
};

/// An event that has no meaning in the record's state (a late reply, a second callback) changes nothing, except that
/// an answer that contradicts a final state raises an alarm. `random` spreads retries by up to a tenth.
TransferStep step(TransferRecord record, const TransferEvent& event, const TargetConfig& target, std::int64_t now_ms,
                  Random& random);

}  // namespace fieldclaim::server
