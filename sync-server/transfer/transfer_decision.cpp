#include "sync-server/transfer/transfer_decision.h"

#include "shared/base/text.h"

namespace fieldclaim::server {

bool awaitsDecision(const TransferRecord& record) {
    return needsPerson(record) || record.state == TransferState::Unknown;
}

Result<transfer_event::RepairReleased> readDecision(std::string_view chosen, std::string_view said) {
    using Decision = transfer_event::RepairReleased::Decision;
    constexpr std::size_t kMostLetters = 400;
    const auto normal = toNfc(said);
    if (!normal) return fail(ErrorCode::BadInput, "Type it again: it has characters that cannot be read");
    const auto text = std::string(trim(*normal));
    if (codePoints(text) > kMostLetters) return fail(ErrorCode::BadInput, "Use 400 letters or fewer");
    if (chosen == "again") {
        // Whoever found a reference means something else.
        if (!text.empty()) return fail(ErrorCode::BadInput, "Empty this to send it again, or choose what you meant");
        return transfer_event::RepairReleased{Decision::SendAgain, {}, {}};
    }
    if (chosen == "accepted") {
        if (text.empty()) return fail(ErrorCode::BadInput, "Enter what the target calls it");
        return transfer_event::RepairReleased{Decision::TakeAsAccepted, text, {}};
    }
    if (chosen == "rejected") {
        if (text.empty()) return fail(ErrorCode::BadInput, "Enter why it is not to be sent");
        return transfer_event::RepairReleased{Decision::TakeAsRejected, {}, text};
    }
    return fail(ErrorCode::BadInput, "Choose again, accepted or rejected");
}

}  // namespace fieldclaim::server
