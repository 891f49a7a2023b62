#include "sync-server/service/ledger_rebuild.h"

#include <algorithm>

#include "sync-server/service/claim_fold.h"
#include "sync-server/storage/sqlite_ledger_store.h"

namespace fieldclaim::server {
namespace {

// A change set of an erased claim has its header alone.
Result<bool> isHeaderAlone(const Bytes& bytes) {
    ASSIGN(const auto raw, splitChangeSet(bytes));
    return raw.payload_bytes.empty();
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

// `into` may be the store that `from` shows.
Result<std::size_t> foldRows(const LedgerSnapshot& from, LedgerTransaction& into) {
    std::map<std::string, LoadedClaim> claims;
    const Status read = from.claims().forEachRow([&](const LedgerRow& row) -> Status {
        auto& claim = claims[row.claim];
        claim.row.crn = row.claim;
        TRY(applyRow(claim, row));
        return noteRow(into, claim, row);
    });
    TRY(read);
    for (auto& [crn, claim] : claims) TRY(storeClaim(into, claim));
    return claims.size();
}

// What differs between two sets of rows, by their claim.
template <typename Row>
void compareRows(std::vector<Row> rows, std::vector<Row> made, const char* where, std::vector<std::string>& wrong) {
    const auto byClaim = [](const Row& a, const Row& b) { return a.crn < b.crn; };
    std::sort(rows.begin(), rows.end(), byClaim);
    std::sort(made.begin(), made.end(), byClaim);
    for (const auto* const side : {&rows, &made}) {
        const auto& other = side == &rows ? made : rows;
        for (const auto& row : *side) {
            const auto found = std::lower_bound(other.begin(), other.end(), row, byClaim);
            if (found != other.end() && found->crn == row.crn && (side == &made || *found == row)) continue;
            wrong.push_back("claim " + Crn::display(row.crn) + " is not what the ledger makes of it" + where);
        }
    }
}

}  // namespace

bool erases(const ChangeSet& change_set) {
    return !change_set.payload.edits.empty() && change_set.payload.edits.front().path == kErasedPath;
}

Result<std::vector<std::string>> compareFolded(const LedgerSnapshot& now) {
    SqliteLedgerStore::Options options;
    options.path = ":memory:";
    options.inline_writer = true;
    ASSIGN(const auto memory, SqliteLedgerStore::open(std::move(options)));
    return memory->write([&](LedgerTransaction& made) -> Result<std::vector<std::string>> {
        TRY(foldRows(now, made));
        std::vector<std::string> wrong;
        ASSIGN(const auto version, now.claims().foldVersion());
        if (version != kFoldVersion) return wrong;
        ASSIGN(auto claims, now.claims().claims());
        ASSIGN(auto made_claims, made.claims().claims());
        compareRows(std::move(claims), std::move(made_claims), "", wrong);
        ASSIGN(auto views, now.claims().claimViews({}, SIZE_MAX >> 1U));
        ASSIGN(auto made_views, made.claims().claimViews({}, SIZE_MAX >> 1U));
        compareRows(std::move(views), std::move(made_views), " in the lists", wrong);
        ASSIGN(const auto heads, now.claims().scopeHeads());
        ASSIGN(const auto made_heads, made.claims().scopeHeads());
        ASSIGN(const auto events, now.claims().scopeEvents());
        ASSIGN(const auto made_events, made.claims().scopeEvents());
        if (heads != made_heads || events != made_events) {
            wrong.emplace_back("the scopes' heads and what entered and left them are not those of the ledger");
        }
        return wrong;
    });
}

Result<std::size_t> rebuildFolded(LedgerStore& store) {
    return store.write([](LedgerTransaction& tx) -> Result<std::size_t> {
        TRY(tx.claims().clearFolded());
        ASSIGN(const auto count, foldRows(tx, tx));
        TRY(tx.claims().putFoldVersion(kFoldVersion));
        return count;
    });
}

Status rebuildWhenOlder(LedgerStore& store) {
    ASSIGN(const auto version, store.read([](const LedgerSnapshot& now) { return now.claims().foldVersion(); }));
    if (version == kFoldVersion) return {};
    // What an earlier program did not decide about what was refused is decided at the next look.
    const Status noted = store.write([](LedgerTransaction& tx) -> Status {
        ASSIGN(const auto claims, tx.transfers().refusedClaims());
        for (const auto& crn : claims) TRY(tx.claims().lookAgain(crn));
        return {};
    });
    TRY(noted);
    return rebuildFolded(store).map([](std::size_t) {});
}

}  // namespace fieldclaim::server
