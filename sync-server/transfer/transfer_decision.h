#pragma once

#include <string_view>

#include "sync-server/transfer/transfer_machine.h"

namespace fieldclaim::server {

/// A person may decide about it: it is in repair, without an answer, or refused and still to be put right.
bool awaitsDecision(const TransferRecord& record);

/// What was decided, as it was chosen ("again", "accepted", "rejected") and said: the target's reference for
/// "accepted", the reason for "rejected", nothing for "again". BadInput for another choice, for nothing said where
/// something is needed and something where nothing is, for what is no text, and for more than 400 letters; the detail
/// is a sentence for whoever decides.
Result<transfer_event::RepairReleased> readDecision(std::string_view chosen, std::string_view said);

}  // namespace fieldclaim::server
