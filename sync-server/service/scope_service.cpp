#include "sync-server/service/scope_service.h"

#include <algorithm>

#include "sync-server/service/audit.h"
#include "sync-server/service/decision_service.h"

namespace fieldclaim::server {
namespace {

Result<bool> allTransfersAreFinal(const LedgerSnapshot& now, const std::string& crn) {
    ASSIGN(const auto transfers, now.transfers().ofClaim(crn));
    return std::all_of(transfers.begin(), transfers.end(),
                       [](const TransferRow& row) { return isFinal(row.record.state); });
}

}  // namespace

Status ScopeService::change(LedgerTransaction& tx, LoadedClaim& claim, const std::string& scope, const Uuid& by,
                            const std::string& reason) const {
    TRY(m_author.write(tx, claim,
                       {claim.state.edit(std::string(kScopePath),
                                         Value::Map{{"scope", scope}, {"by", by.bytes}, {"reason", reason}})}));
    TRY(storeClaim(tx, claim));
    return audit(tx, m_clock.wallMs(), by.isNil() ? "server" : auditName("officer", by),
                 scope.empty() ? "claim-left" : "claim-moved", claim.row.crn, scope);
}

Status ScopeService::move(const Uuid& by, const std::string& crn, const std::string& site, const std::string& reason) {
    ASSIGN(const auto words, DecisionService::checkReason(reason));
    return m_store.write([&](LedgerTransaction& tx) -> Status {
        TRY(DecisionService::requireSupervisor(tx, by));
        ASSIGN(const auto known, tx.directory().site(site));
        if (!known) return fail(ErrorCode::NotFound, "no such site");
        ASSIGN(auto claim, loadClaim(tx, crn));
        if (!claim.begun() || claim.erased()) return fail(ErrorCode::NotFound, "no such claim");
        const auto scope = scopeOfSite(site);
        if (claim.scope() == scope) return fail(ErrorCode::Conflict, "the claim is at that site already");
        return change(tx, claim, scope, by, words);
    });
}

Status ScopeService::assign(const Uuid& by, const std::string& crn, const Uuid& officer, const std::string& reason) {
    ASSIGN(const auto words, DecisionService::checkReason(reason));
    return m_store.write([&](LedgerTransaction& tx) -> Status {
        TRY(DecisionService::requireSupervisor(tx, by));
        ASSIGN(const auto known, tx.directory().officer(officer));
        if (!known) return fail(ErrorCode::NotFound, "no such officer");
        ASSIGN(auto claim, loadClaim(tx, crn));
        if (!claim.begun() || claim.erased()) return fail(ErrorCode::NotFound, "no such claim");
        const auto scope = scopeOfOfficer(officer);
        if (claim.scope() == scope) return fail(ErrorCode::Conflict, "the claim is with that officer already");
        ASSIGN(const bool reachable, hasTablet(tx, officer));
        if (!reachable) return fail(ErrorCode::Conflict, "that officer has not signed in on a tablet yet");
        return change(tx, claim, scope, by, words);
    });
}

Status ScopeService::leaveNow(const Uuid& by, const std::string& crn, const std::string& reason) {
    ASSIGN(const auto words, DecisionService::checkReason(reason));
    return m_store.write([&](LedgerTransaction& tx) -> Status {
        TRY(DecisionService::requireSupervisor(tx, by));
        ASSIGN(const auto rows, tx.tablets().purgesOfClaim(crn));
        bool any = false;
        for (auto row : rows) {
            if (row.reason != PurgeReason::Left) continue;
            any = true;
            row.at_once = true;
            TRY(tx.tablets().putPurge(row));
        }
        if (!any) return fail(ErrorCode::Conflict, "no tablet holds this claim without the right to");
        return audit(tx, m_clock.wallMs(), auditName("officer", by), "leave-now", crn, words);
    });
}

Result<std::size_t> ScopeService::moveDue() {
    const auto before = m_clock.wallMs() - kEndedForGoodMs;
    const auto due = m_store.read([&](const LedgerSnapshot& now) { return now.claims().claimsToMove(before); });
    if (!due) return tl::unexpected<Error>(due.error());
    std::size_t moved = 0;
    for (const auto& crn : *due) {
        const Status done = m_store.write([&](LedgerTransaction& tx) -> Status {
            ASSIGN(auto claim, loadClaim(tx, crn));
            if (!claim.begun() || claim.erased()) return {};
            const auto view = viewOf(claim);
            const bool ended = view.stage == "accepted" || view.stage == "withdrawn";
            if (claim.scope().empty()) {
                const auto* site = claim.state.value(kSitePath).text();
                if (ended || site == nullptr || view.stage != "refused") return {};
                ++moved;
                return change(tx, claim, scopeOfSite(*site), Uuid{}, "It needs work again.");
            }
            if (!ended || claim.row.updated_ms > before) return {};
            ASSIGN(const bool handed_off, allTransfersAreFinal(tx, crn));
            if (!handed_off) return {};
            ++moved;
            return change(
                tx, claim, {}, Uuid{},
                view.stage == "accepted" ? "It was handed over seven days ago." : "It was withdrawn seven days ago.");
        });
        TRY(done);
    }
    return moved;
}

Status ScopeService::addDeviceSite(const Uuid& device, const std::string& site, const std::string& who) {
    return m_store.write([&](LedgerTransaction& tx) -> Status {
        ASSIGN(const auto row, tx.directory().device(device));
        if (!row) return fail(ErrorCode::NotFound, "no such tablet");
        ASSIGN(const auto known, tx.directory().site(site));
        if (!known) return fail(ErrorCode::NotFound, "no such site");
        ASSIGN(const auto scopes, scopesOf(tx, *row));
        if (contains(scopes, scopeOfSite(site))) return {};
        ASSIGN(const auto further, tx.directory().furtherSites(device));
        if (further.size() + 1 >= kMostSites) {
            return fail(ErrorCode::BadInput, "a tablet may be at " + std::to_string(kMostSites) + " sites at most");
        }
        TRY(tx.directory().addFurtherSite(device, site));
        TRY(noteScopeGained(tx, device, scopeOfSite(site)));
        return audit(tx, m_clock.wallMs(), who, "device-site-added", {}, device.text() + " " + site);
    });
}

Status ScopeService::removeDeviceSite(const Uuid& device, const std::string& site, const std::string& who) {
    return m_store.write([&](LedgerTransaction& tx) -> Status {
        ASSIGN(const auto row, tx.directory().device(device));
        if (!row) return fail(ErrorCode::NotFound, "no such tablet");
        if (row->site == site)
            return fail(ErrorCode::Conflict, "this is the site that it was enrolled for: revoke the tablet instead");
        TRY(tx.directory().removeFurtherSite(device, site));
        ASSIGN(const auto claims, tx.claims().claimsInScope(scopeOfSite(site)));
        ASSIGN(const auto seq, tx.claims().lastSeq());
        for (const auto& crn : claims) {
            TRY(tx.tablets().putPurge({device, crn, PurgeReason::Left, seq, false, 0}));
        }
        return audit(tx, m_clock.wallMs(), who, "device-site-removed", {}, device.text() + " " + site);
    });
}

}  // namespace fieldclaim::server
