#pragma once

#include "mobile/casework/casework.h"

// Inside mobile/casework.
namespace fieldclaim::tablet {

/// The change sets of one claim in words, in their order. `about`: only what concerns this answer or proof key.
std::vector<HistoryEntry> historyOf(const std::vector<StoredChangeSet>& change_sets, const Evaluation& evaluation,
                                    const Vault& vault, std::string_view about, Language language);

}  // namespace fieldclaim::tablet
