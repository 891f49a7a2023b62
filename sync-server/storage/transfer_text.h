#pragma once

// Private to sync-server/storage.
#include <string>

#include "sync-server/transfer/transfer_types.h"

namespace fieldclaim::server {

/// The parts of a record that no query asks for, as JSON: one column of both databases.
std::string transferText(const TransferRecord& record);
/// Damaged when the text is not what transferText() wrote.
Status readTransferText(std::string_view text, TransferRecord& record);

}  // namespace fieldclaim::server
