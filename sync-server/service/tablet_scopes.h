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
/// So many of a tablet's officers, the first of them, may have claims assigned to them: what it writes names each scope
/// (docs/protocol.md, "Limits": 64 a header, of which 32 are sites).
constexpr std::size_t kMostAssignedOfficers = 32;

/// The scopes that a tablet may read: its sites, and the officers who have signed in on it, where any claim was ever
/// assigned to them.
Result<std::vector<std::string>> scopesOf(const LedgerSnapshot& now, const DeviceRow& device);
/// True when the officer has signed in on a tablet that is not revoked.
Result<bool> hasTablet(const LedgerSnapshot& now, const Uuid& officer);
/// The tablet may read another scope: what it was told to drop of it, it keeps.
Status noteScopeGained(LedgerTransaction& tx, const Uuid& device, const std::string& scope);
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
