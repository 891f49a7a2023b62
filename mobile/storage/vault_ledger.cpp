#include <algorithm>
#include <set>

#include "mobile/storage/vault_impl.h"
#include "shared/domain/ink.h"
#include "shared/domain/records.h"
#include "shared/domain/seal.h"

// The ledger as pulled, folded into each claim's base.
namespace fieldclaim::tablet {

Result<ClaimState> Vault::Impl::baseOf(std::string_view crn) {
    ASSIGN(auto* const store, db());
    std::optional<Bytes> bytes;
    ASSIGN(auto select, store->prepareCached("SELECT base FROM claim WHERE crn = ?"));
    TRY(select.query(crn, [&](const SqlStatement& row) { bytes = toBytes(row.blob(0)); }));
    if (!bytes) return fail(ErrorCode::NotFound, "no such claim on this tablet");
    if (bytes->empty()) return ClaimState();
    return decodeClaimState(*bytes);
}

Result<std::vector<ChangeSet>> Vault::Impl::ownNotInLedger(std::string_view crn) {
    ASSIGN(auto* const store, db());
    std::vector<ChangeSet> out;
    ASSIGN(auto select,
           store->prepareCached(
               "SELECT bytes FROM own_change_set WHERE claim = ? AND state <> 4 AND content = 1 ORDER BY saved"));
    TRY(select.query(crn, [&](const SqlStatement& row) -> Status {
        auto change_set = decodeChangeSet(row.blob(0));
        if (!change_set)
            return fail(ErrorCode::Damaged, "an own change set does not decode: " + change_set.error().detail);
        out.push_back(std::move(*change_set));
        return {};
    }));
    return out;
}

Result<Bytes> Vault::Impl::bytesOf(const ChangeSetId& id, ByteView stored) {
    if (!stored.empty()) return toBytes(stored);
    ASSIGN(auto* const store, db());
    Bytes out;
    ASSIGN(auto select, store->prepareCached("SELECT bytes FROM own_change_set WHERE id = ? AND content = 1"));
    TRY(select.query(id, [&](const SqlStatement& row) { out = toBytes(row.blob(0)); }));
    return out;
}

Status Vault::Impl::applyParked(std::string_view crn, ClaimState& base) {
    ASSIGN(auto* const store, db());
    struct Parked {
        std::string scope;
        std::int64_t seq;
        std::int64_t place;
        ChangeSetId id;
        Bytes bytes;
    };
    std::vector<Parked> parked;
    {
        ASSIGN(auto select, store->prepareCached("SELECT scope, seq, place, id, bytes FROM ledger_change_set "
                                                 "WHERE claim = ? AND staged = 0 AND parked = 1 ORDER BY seq, place"));
        TRY(select.query(crn, [&](const SqlStatement& row) -> Status {
            ASSIGN(const auto id, toArray<16>(row.blob(3)));
            parked.push_back({std::string(row.text(0)), row.int64(1), row.int64(2), id, toBytes(row.blob(4))});
            return {};
        }));
    }
    for (bool again = true; again && !parked.empty();) {
        again = false;
        for (auto at = parked.begin(); at != parked.end();) {
            ASSIGN(const auto bytes, bytesOf(at->id, at->bytes));
            const auto change_set = decodeChangeSet(bytes);
            if (!change_set || base.apply(*change_set) == ApplyOutcome::Waiting) {
                ++at;
                continue;
            }
            ASSIGN(auto update, store->prepareCached("UPDATE ledger_change_set SET parked = 0 WHERE staged = 0 AND "
                                                     "scope = ? AND seq = ? AND place = ?"));
            TRY(update.run(at->scope, at->seq, at->place));
            at = parked.erase(at);
            again = true;
        }
    }
    return {};
}

Status Vault::Impl::noteWantedBlobs(std::string_view crn, const ClaimState& base) {
    ASSIGN(auto* const store, db());
    ASSIGN(auto want,
           store->prepareCached("INSERT INTO wanted_blob(sha256, claim) SELECT ?1, ?2 "
                                "WHERE NOT EXISTS(SELECT 1 FROM blob WHERE sha256 = ?1) ON CONFLICT DO NOTHING"));
    for (const auto& seal : sealsOf(base)) TRY(want.run(seal.digest, crn));
    for (const auto& printed : printedOf(base)) TRY(want.run(printed, crn));
    return {};
}

Status Vault::Impl::markRefused(std::string_view crn, const ClaimState& base) {
    ASSIGN(auto* const store, db());
    std::vector<std::pair<ChangeSetId, std::string>> refused;
    std::vector<ChangeSetId> no_more;
    ASSIGN(auto select, store->prepareCached("SELECT id, state FROM own_change_set WHERE claim = ? AND state <> 4"));
    TRY(select.query(crn, [&](const SqlStatement& row) -> Status {
        ASSIGN(const auto id, toArray<16>(row.blob(0)));
        if (base.isRefused(id)) {
            const auto decision = decodeDecision(base.value(decisionPath(id)));
            refused.emplace_back(id, decision ? decision->reason : std::string());
        } else if (row.int64(1) == static_cast<int>(OwnState::Refused)) {
            no_more.push_back(id);
        }
        return {};
    }));
    // One that is pending again (the server was restored) is offered again all the same.
    ASSIGN(auto mark,
           store->prepareCached("UPDATE own_change_set SET state = 5, note = ? WHERE id = ? AND state <> 0"));
    for (const auto& [id, reason] : refused) TRY(mark.run(reason, id));
    ASSIGN(auto clear, store->prepareCached("UPDATE own_change_set SET state = 1, note = '' WHERE id = ?"));
    for (const auto& id : no_more) TRY(clear.run(id));
    return {};
}

Status Vault::Impl::putBase(std::string_view crn, const ClaimState& base, std::int64_t last_change) {
    ASSIGN(auto* const store, db());
    const auto transfers = transfersOf(base);
    bool news = std::any_of(transfers.begin(), transfers.end(), [](const TransferView& transfer) {
        return transfer.state == "ready" || transfer.state == "sending" || transfer.state == "received";
    });
    ASSIGN(auto intents, store->prepareCached(
                             "SELECT id FROM own_change_set WHERE claim = ? AND intent <> '' AND state NOT IN (3, 5)"));
    TRY(intents.query(crn, [&](const SqlStatement& row) -> Status {
        ASSIGN(const auto id, toArray<16>(row.blob(0)));
        news = news || base.find(intentPath(id)) == nullptr;
        return {};
    }));
    TRY(markRefused(crn, base));
    const auto& site = base.value(kSitePath);
    ASSIGN(auto update,
           store->prepareCached("UPDATE claim SET base = ?, news = ?, site = coalesce(?, site), summary = NULL, "
                                "server_knows = 1, last_change = max(last_change, ?) WHERE crn = ?"));
    TRY(update.run(encodeClaimState(base), news ? 1 : 0,
                   site.text() != nullptr ? std::optional<std::string>(*site.text()) : std::nullopt, last_change, crn));
    return noteWantedBlobs(crn, base);
}

Status Vault::Impl::foldAgain(std::string_view crn) {
    ASSIGN(auto* const store, db());
    ASSIGN(auto park, store->prepareCached("UPDATE ledger_change_set SET parked = 1 WHERE claim = ? AND staged = 0"));
    TRY(park.run(crn));
    if (store->changes() == 0) {
        ASSIGN(auto forget, store->prepareCached("UPDATE claim SET base = NULL, summary = NULL WHERE crn = ?"));
        return forget.run(crn);
    }
    ClaimState base;
    TRY(applyParked(crn, base));
    return putBase(crn, base, 0);
}

}  // namespace fieldclaim::tablet
