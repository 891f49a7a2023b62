#pragma once

#include "sync-server/storage/ledger_store.h"

namespace fieldclaim::server {

/// Rises when the folded tables hold something else than before.
constexpr std::int64_t kFoldVersion = 2;

/// Makes the folded tables (claims, their views, the scopes' heads and events) again from the ledger alone, in one
/// transaction; a ledger row that does not apply is damage, and then nothing is changed. Nobody else may write
/// meanwhile. Gives the number of claims.
Result<std::size_t> rebuildFolded(LedgerStore& store);
/// What of the folded tables is not what a full fold makes, byte for byte, in plain words; none: they agree. What an
/// earlier program folded is not compared: it is made again when the ledger is opened; that the ledger folds is. Folds
/// into memory, and writes nothing.
Result<std::vector<std::string>> compareFolded(const LedgerSnapshot& now);
/// True for the server's decision that erases a claim.
bool erases(const ChangeSet& change_set);
/// When they were made by an earlier program.
Status rebuildWhenOlder(LedgerStore& store);

}  // namespace fieldclaim::server
