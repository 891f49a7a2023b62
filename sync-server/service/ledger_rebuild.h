#pragma once

#include "sync-server/storage/ledger_store.h"

namespace fieldclaim::server {

/// Makes the folded tables (claims, their views, the scopes' heads) again from the ledger alone, in one transaction; a
/// ledger row that does not apply is damage, and then nothing is changed. Nobody else may write meanwhile. Gives the
/// number of claims.
Result<std::size_t> rebuildFolded(LedgerStore& store);

}  // namespace fieldclaim::server
