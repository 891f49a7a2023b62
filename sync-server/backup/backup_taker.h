#pragma once

#include <filesystem>

#include "shared/base/clock.h"
#include "sync-server/backup/backup_set.h"
#include "sync-server/storage/sqlite_ledger_store.h"

namespace fieldclaim::server {

/// Copies a server's ledger, keys and blobs into a backup folder, beside the running server and without holding up its
/// writer: the ledger as it stands at one commit, then the blobs that it names and the folder lacks. It gets its name
/// when all of it is on the disk. Gives the new set. `data` is the server's folder.
///
/// A blob that is missing or damaged on the server does not stop it: what can be saved is saved, and verifying says so.
Result<std::filesystem::path> takeBackup(SqliteLedgerStore& store, const std::filesystem::path& data,
                                         const std::filesystem::path& folder, const Clock& clock);

}  // namespace fieldclaim::server
