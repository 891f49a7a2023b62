#pragma once

#include <nlohmann/json.hpp>

#include "mobile/casework/casework.h"
#include "mobile/sync/sync_engine.h"

namespace fieldclaim::tablet {

nlohmann::json toJson(const ClaimSummary& summary);
nlohmann::json toJson(const OpenClaim& claim);
/// Registers with two or more different values, each with its edit.
nlohmann::json conflictsOf(const OpenClaim& claim);
nlohmann::json toJson(const HistoryEntry& entry);
nlohmann::json toJson(const SyncTotals& totals);
nlohmann::json toJson(const SyncStatus& status);

}  // namespace fieldclaim::tablet
