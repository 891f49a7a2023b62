#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "sync-server/backup/backup_set.h"
#include "sync-server/storage/sqlite_ledger_store.h"

namespace fieldclaim::server {

struct VerifiedBackup {
    BackupManifest manifest;
    std::vector<Head> durable;       ///< see durableHeads()
    std::vector<std::string> wrong;  ///< plain words; empty: the backup is right
};

/// Reads a set back, all of it: the manifest against the files, the whole database, each blob's bytes, every chain, and
/// a full fold of the ledger against the folded tables, byte for byte. Writes nothing. Damage is in `wrong`; an error
/// says why it could not be read at all.
Result<VerifiedBackup> verifyBackup(const std::filesystem::path& set);

/// Marks the set as verified.
Status markVerified(const std::filesystem::path& set, std::int64_t now_ms);

/// Notes in the live ledger what is in a verified backup of it (durable_through) and cuts the journal there. Conflict
/// when the backup is of another history.
Status noteVerified(SqliteLedgerStore& store, const VerifiedBackup& backup, std::int64_t now_ms);

}  // namespace fieldclaim::server
