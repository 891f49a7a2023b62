#pragma once

#include <optional>
#include <string_view>

#include "shared/domain/records.h"
#include "shared/domain/seal.h"
#include "shared/forms/form_pack.h"

namespace fieldclaim {

/// Refused for a reason that an officer can put right, and not overtaken since (TransferView::overtaken).
bool isRefused(const TransferView& transfer);
/// The server cannot go on with it alone: the office decides. Nothing that is corrected or signed helps.
bool isWithOffice(const TransferView& transfer);
/// Refused, and nothing was signed since: `seal` is the one that counts.
bool awaitsCorrection(const TransferView& transfer, const std::optional<Seal>& seal);

/// What people call a target, to begin a sentence with: "JSAPS", "Council". Of an id that is not known, the id.
LocalText targetInWords(std::string_view id);

}  // namespace fieldclaim
