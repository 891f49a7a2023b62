#pragma once

#include <string_view>
#include <vector>

#include "shared/domain/records.h"
#include "shared/forms/form_pack.h"

namespace fieldclaim {

/// Refused or in repair, and nothing was begun for that target since: what someone has still to put right.
bool isToBePutRight(const TransferView& transfer, const std::vector<TransferView>& all);

/// What people call a target, to begin a sentence with: "JSAPS", "Council". Of an id that is not known, the id.
LocalText targetInWords(std::string_view id);

}  // namespace fieldclaim
