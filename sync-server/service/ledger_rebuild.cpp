#include "sync-server/service/ledger_rebuild.h"

#include "sync-server/service/claim_fold.h"

namespace fieldclaim::server {

Result<std::size_t> rebuildFolded(LedgerStore& store) {
    return store.write([](LedgerTransaction& tx) -> Result<std::size_t> {
        TRY(tx.claims().clearFolded());
        std::map<std::string, LoadedClaim> claims;
        std::map<std::string, ScopeHead> heads;
        const Status read = tx.claims().forEachRow([&](const LedgerRow& row) -> Status {
            auto& claim = claims[row.claim];
            claim.row.crn = row.claim;
            for (const auto& bytes : row.change_sets) {
                ASSIGN(const auto change_set, decodeChangeSet(bytes));
                if (claim.state.apply(change_set) != ApplyOutcome::Applied) {
                    return fail(ErrorCode::Damaged, "ledger row " + std::to_string(row.seq) + " does not apply");
                }
            }
            noteRow(claim, row);
            auto& head = heads[row.scope];
            head = {row.seq, head.checksum ^ rowChecksum(row.scope, row.seq, row.claim, row.ids)};
            return {};
        });
        TRY(read);
        for (auto& [crn, claim] : claims) TRY(storeClaim(tx, claim));
        for (const auto& [scope, head] : heads) TRY(tx.claims().putScopeHead(scope, head));
        return claims.size();
    });
}

}  // namespace fieldclaim::server
