#include "sync-server/service/ledger_rebuild.h"

#include "sync-server/service/claim_fold.h"

namespace fieldclaim::server {
namespace {

// A change set of an erased claim has its header alone.
Result<bool> isHeaderAlone(const Bytes& bytes) {
    ASSIGN(const auto raw, splitChangeSet(bytes));
    return raw.payload_bytes.empty();
}

bool erases(const ChangeSet& change_set) {
    return !change_set.payload.edits.empty() && change_set.payload.edits.front().path == kErasedPath;
}

Status applyRow(LoadedClaim& claim, const LedgerRow& row) {
    for (const auto& bytes : row.change_sets) {
        ASSIGN(const bool gone, isHeaderAlone(bytes));
        if (gone) continue;
        ASSIGN(const auto change_set, decodeChangeSet(bytes));
        if (erases(change_set)) {
            claim.state = ClaimState();
            claim.row.erased_ms = row.received_ms;
        }
        if (claim.state.apply(change_set) != ApplyOutcome::Applied)
            return fail(ErrorCode::Damaged, "ledger row " + std::to_string(row.seq) + " does not apply");
    }
    return {};
}

}  // namespace

Result<std::size_t> rebuildFolded(LedgerStore& store) {
    return store.write([](LedgerTransaction& tx) -> Result<std::size_t> {
        TRY(tx.claims().clearFolded());
        std::map<std::string, LoadedClaim> claims;
        const Status read = tx.claims().forEachRow([&](const LedgerRow& row) -> Status {
            auto& claim = claims[row.claim];
            claim.row.crn = row.claim;
            TRY(applyRow(claim, row));
            return noteRow(tx, claim, row);
        });
        TRY(read);
        for (auto& [crn, claim] : claims) TRY(storeClaim(tx, claim));
        TRY(tx.claims().putFoldVersion(kFoldVersion));
        return claims.size();
    });
}

Status rebuildWhenOlder(LedgerStore& store) {
    ASSIGN(const auto version, store.read([](const LedgerSnapshot& now) { return now.claims().foldVersion(); }));
    if (version == kFoldVersion) return {};
    return rebuildFolded(store).map([](std::size_t) {});
}

}  // namespace fieldclaim::server
