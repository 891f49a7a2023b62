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
    /// Its beginning is applied. Before that there may be decisions about what was set aside, and nothing else.
    bool begun() const { return state.find(kSitePath) != nullptr; }
};

/// A claim that is not here yet has an empty row but for its number.
Result<LoadedClaim> loadClaim(const LedgerSnapshot& now, const std::string& crn);
/// Notes a ledger row of the claim; `change_sets` of it are in the state already.
void noteRow(LoadedClaim& claim, const LedgerRow& row);
/// Writes the row and, once the claim has begun, the columns that lists show.
Status storeClaim(LedgerTransaction& tx, LoadedClaim& claim);

/// What lists show, from the state alone: no rules are asked, so that a rebuild gives the same bytes.
ClaimViewRow viewOf(const LoadedClaim& claim);

}  // namespace fieldclaim::server
