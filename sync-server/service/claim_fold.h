#pragma once

#include <optional>
#include <string>

#include "shared/domain/records.h"
#include "shared/merge/claim_state.h"
#include "sync-server/storage/ledger_tables.h"

namespace fieldclaim::server {

/// A claim while a transaction works on it: its row, and its state taken apart.
struct LoadedClaim {
    ClaimRow row;
    ClaimState state;
    std::size_t weight = 0;  ///< bytes of the state as it is stored, and of what was applied since, at most
    /// Its beginning is applied. Before that there may be decisions about what was set aside, and nothing else.
    bool begun() const { return state.find(kSitePath) != nullptr; }
    bool erased() const { return row.erased_ms != 0; }
    /// Where its next row belongs, by its state alone; empty: to no tablet.
    std::string scope() const;
};

/// Of a claim that is heavier nothing more is applied that comes from a tablet: it is set aside. The claim of a
/// customer with every question answered has some 60 KB (docs/protocol.md, "Limits").
constexpr std::size_t kMaxClaimBytes = 4U << 20U;
/// What applying it adds to a claim's weight, at most.
std::size_t weightOf(const ChangeSet& change_set);

/// A claim that is not here yet has an empty row but for its number.
Result<LoadedClaim> loadClaim(const LedgerSnapshot& now, const std::string& crn);
/// Appends a row of the claim, whose change sets are in the state already, and notes it; gives its seq. Tablets that
/// may hold the claim no more are told to drop it.
Result<std::uint64_t> appendRow(LedgerTransaction& tx, LoadedClaim& claim, LedgerRow row);
/// What of a row is folded: the claim's numbers, its scope's head, scopes entered and left. What a rebuild does.
Status noteRow(LedgerTransaction& tx, LoadedClaim& claim, const LedgerRow& row);
/// Writes the row and, once the claim has begun, the columns that lists show.
Status storeClaim(LedgerTransaction& tx, LoadedClaim& claim);

/// What lists show, from the state alone: no rules are asked, so that a rebuild gives the same bytes.
ClaimViewRow viewOf(const LoadedClaim& claim);

}  // namespace fieldclaim::server
