#pragma once

#include <filesystem>
#include <optional>

#include "sync-server/backup/backup_verifier.h"
#include "sync-server/backup/journal_replay.h"

namespace fieldclaim::server {

struct RestoreOptions {
    std::filesystem::path set;                     ///< see findSet()
    std::filesystem::path data;                    ///< of the new server: must not exist, or be empty
    std::optional<std::filesystem::path> journal;  ///< what was written since the backup
};
struct RestoredServer {
    LedgerIdentity identity;  ///< the new one
    BackupManifest manifest;
    std::optional<ReplayedJournal> journal;
};

/// Makes a server's folder from a backup: verifies the set, copies it, replays the journal, and gives the ledger a new
/// epoch and the server a new incarnation as an author, so that no tablet takes the new history for the old one
/// (hazards H06, H51). The folder gets its name when all of it is there. Conflict when it has something in it already;
/// Damaged, with what is wrong, for a backup or journal that is.
///
/// Without a journal, what the server alone knew since the backup is gone: nothing leaves for a target until a person
/// has compared its list (restored_ledger.h).
Result<RestoredServer> restoreBackup(const RestoreOptions& options, const Clock& clock, Random& random);

}  // namespace fieldclaim::server
