#pragma once

#include <vector>

#include "shared/domain/records.h"

namespace fieldclaim {

/// Refused or in repair, and nothing was begun for that target since: what someone has still to put right.
bool isToBePutRight(const TransferView& transfer, const std::vector<TransferView>& all);

}  // namespace fieldclaim
