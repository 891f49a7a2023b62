#pragma once

#include <string>
#include <vector>

#include "shared/wire/protocol.h"
#include "sync-server/storage/ledger_tables.h"

// Which claims a tablet may hold, and which of those that it holds it is to drop. Free functions over one transaction.
namespace fieldclaim::server {

/// "site/x" -> "x"; empty for any other scope.
std::string siteOfScope(const std::string& scope);
bool contains(const std::vector<std::string>& scopes, const std::string& scope);
/// The scopes that a tablet may read.
Result<std::vector<std::string>> scopesOf(const LedgerSnapshot& now, const DeviceRow& device);
/// After the claim's row was written: tablets that may hold it and may not any more are to drop it; those that may hold
/// it again keep it.
Status noteScopeChange(LedgerTransaction& tx, const std::string& crn, const std::string& from, const std::string& to,
                       std::uint64_t seq);
/// The tablet holds something of a claim that is not in its scopes: it is to drop that, as with any claim that left.
/// What it was told already stands.
Status noteStray(LedgerTransaction& tx, const Uuid& device, const std::string& crn, std::uint64_t seq);
/// After a restore that may have lost moves: a tablet that wrote into a claim while it might, and had it back by a move
/// that is lost, still has its own part of it. It is to drop that, as with any claim that left; a tablet that has
/// nothing of it says so. (What a tablet only read goes with the fresh copy that it takes.)
Status noteLostMoves(LedgerTransaction& tx);
/// What the tablet still has to drop, as its next reply says it.
Result<std::vector<PurgeEntry>> purgesFor(const LedgerSnapshot& now, const Uuid& device);
/// The tablet says that it has dropped them.
Status confirmPurges(LedgerTransaction& tx, const Uuid& device, const std::vector<PurgeEntry>& dropped,
                     std::int64_t now_ms);

}  // namespace fieldclaim::server
