#include "sync-server/service/restored_ledger.h"

#include <algorithm>

#include "sync-server/service/audit.h"
#include "sync-server/service/tablet_scopes.h"

namespace fieldclaim::server {

Result<bool> isHeld(const LedgerSnapshot& now, const std::string& target) {
    ASSIGN(const auto restored, now.durability().restored());
    if (!restored || restored->with_journal) return false;
    ASSIGN(const auto compared, now.durability().comparedAt(target));
    return compared < restored->at_ms;
}

Result<bool> isHeardOut(const LedgerSnapshot& now, const std::string& crn, std::int64_t now_ms) {
    ASSIGN(const auto restored, now.durability().restored());
    if (!restored || now_ms - restored->at_ms >= kHearMs) return true;
    ASSIGN(const auto scopes, now.claims().scopesEver(crn));
    ASSIGN(const auto devices, now.directory().devices());
    for (const auto& device : devices) {
        if (device.revoked_ms != 0 || device.wipe_ms != 0 || device.last_seen_ms >= restored->at_ms) continue;
        ASSIGN(const auto own, scopesOf(now, device));
        const bool had_it =
            std::any_of(own.begin(), own.end(), [&](const auto& scope) { return contains(scopes, scope); });
        if (had_it) return false;
    }
    return true;
}

Status confirmCompared(LedgerStore& store, const std::string& target, const std::string& who, std::int64_t now_ms) {
    return store.write([&](LedgerTransaction& tx) -> Status {
        ASSIGN(const bool held, isHeld(tx, target));
        if (!held) return fail(ErrorCode::NotFound, "nothing is held back from this target");
        ASSIGN(const auto restored, tx.durability().restored());
        // A clock that runs behind must not leave it held for ever.
        TRY(tx.durability().putCompared(target, std::max(now_ms, restored->at_ms), who));
        return audit(tx, now_ms, who, "target-compared", {}, target);
    });
}

Status settleRestored(LedgerStore& store, TransferOutbox& outbox, const TransferPlanner& planner, const Clock& clock,
                      Random& random) {
    std::optional<RestoredRow> restored;
    std::vector<TransferRow> open;
    TRY(store.readJob([&](const LedgerSnapshot& now) -> Status {
        ASSIGN(restored, now.durability().restored());
        if (!restored || restored->settled) return {};
        ASSIGN(auto rows, now.transfers().all(SIZE_MAX >> 1U));
        for (auto& row : rows) {
            if (!isFinal(row.record.state) && row.updated_ms <= restored->at_ms) open.push_back(std::move(row));
        }
        return {};
    }));
    if (!restored || restored->settled) return {};
    bool all_known = true;
    for (auto& row : open) {
        const auto* target = planner.find(row.record.target);
        all_known = all_known && target != nullptr;
        if (target == nullptr) continue;
        const auto stepped = step(std::move(row.record), transfer_event::Restored{}, *target, clock.wallMs(), random);
        TRY(outbox.save(stepped.record, stepped.actions));
    }
    // One of a target that is not set up today has no worker: it is settled on the day that it gets one.
    if (!all_known) return {};
    restored->settled = true;
    return store.write([&](LedgerTransaction& tx) { return tx.durability().putRestored(*restored); });
}

}  // namespace fieldclaim::server
