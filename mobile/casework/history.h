#pragma once

#include "mobile/casework/casework.h"

// Inside mobile/casework.
namespace fieldclaim::tablet {

/// Who wrote them: an author says who they are where their edit names its officer.
std::map<Uuid, Writer> writersOf(const std::vector<StoredChangeSet>& change_sets, const Vault& vault);

/// The change sets of one claim in words, in their order. `about`: only what concerns this answer or proof key.
std::vector<HistoryEntry> historyOf(const std::vector<StoredChangeSet>& change_sets, const Evaluation& evaluation,
                                    const Vault& vault, std::string_view about, Language language);

}  // namespace fieldclaim::tablet
