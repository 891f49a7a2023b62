#pragma once

#include <string>
#include <vector>

#include "sync-server/storage/ledger_store.h"

namespace fieldclaim::server {

/// What an operator and the back office are told about the safety of what the server has.
struct LedgerSafety {
    std::optional<VerifiedBackupRow> backup;  ///< the last that was verified
    JournalStanding journal;
    std::optional<RestoredRow> restored;
    std::vector<std::string> held_targets;  ///< nothing leaves for them; see isHeld()
    /// What a person should do something about, in plain words.
    std::vector<std::string> warnings;
};

/// A verified backup older than this is warned about.
constexpr std::int64_t kBackupOldMs = 24LL * 3600 * 1000;

Result<LedgerSafety> safetyOf(const LedgerStore& store, std::int64_t now_ms);

}  // namespace fieldclaim::server
