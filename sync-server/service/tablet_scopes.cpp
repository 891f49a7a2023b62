#include "sync-server/service/tablet_scopes.h"

#include <algorithm>

#include "shared/domain/records.h"
#include "sync-server/service/audit.h"

namespace fieldclaim::server {
namespace {

// The highest counter of the chain that is in a verified backup.
Result<std::uint64_t> durableThrough(const LedgerSnapshot& now, const Head& head) {
    return now.durability().durableThrough(head.author, head.incarnation);
}

// True when all that the tablet's own authors wrote into the claim is in a verified backup.
Result<bool> ownPartIsSafe(const LedgerSnapshot& now, const Uuid& device, const std::string& crn) {
    ASSIGN(const auto heads, now.chains().headsInClaim(crn));
    for (const auto& head : heads) {
        ASSIGN(const auto author, now.directory().author(head.author));
        if (!author || author->device != device) continue;
        ASSIGN(const auto safe, durableThrough(now, head));
        if (head.counter > safe) return false;
    }
    return true;
}

}  // namespace

std::string siteOfScope(const std::string& scope) {
    constexpr std::string_view kPrefix = "site/";
    return scope.starts_with(kPrefix) ? scope.substr(kPrefix.size()) : std::string();
}

bool contains(const std::vector<std::string>& scopes, const std::string& scope) {
    return std::find(scopes.begin(), scopes.end(), scope) != scopes.end();
}

Result<std::vector<std::string>> scopesOf(const LedgerSnapshot& now, const DeviceRow& device) {
    std::vector<std::string> out{scopeOfSite(device.site)};
    ASSIGN(const auto further, now.directory().furtherSites(device.id));
    for (const auto& site : further) out.push_back(scopeOfSite(site));
    ASSIGN(const auto authors, now.directory().authorsOf(device.id));
    std::size_t officers = 0;
    for (const auto& author : authors) {
        auto scope = scopeOfOfficer(author.officer);
        if (contains(out, scope)) continue;
        ASSIGN(const auto head, now.claims().scopeHead(scope));
        if (head.seq == 0) continue;
        if (++officers > kMostAssignedOfficers) break;
        out.push_back(std::move(scope));
    }
    return out;
}

Result<bool> hasTablet(const LedgerSnapshot& now, const Uuid& officer) {
    ASSIGN(const auto devices, now.directory().devices());
    for (const auto& device : devices) {
        if (device.revoked_ms != 0) continue;
        ASSIGN(const auto authors, now.directory().authorsOf(device.id));
        if (std::any_of(authors.begin(), authors.end(), [&](const auto& one) { return one.officer == officer; }))
            return true;
    }
    return false;
}

Status noteScopeGained(LedgerTransaction& tx, const Uuid& device, const std::string& scope) {
    ASSIGN(const auto rows, tx.tablets().purgesOf(device));
    for (const auto& purge : rows) {
        if (purge.reason != PurgeReason::Left) continue;
        ASSIGN(const auto claim, tx.claims().claim(purge.claim));
        if (claim && claim->scope == scope) TRY(tx.tablets().removePurge(device, purge.claim));
    }
    return {};
}

Status noteScopeChange(LedgerTransaction& tx, const std::string& crn, const std::string& from, const std::string& to,
                       std::uint64_t seq) {
    if (from.empty() && to.empty()) return {};
    ASSIGN(const auto devices, tx.directory().devices());
    for (const auto& device : devices) {
        ASSIGN(const auto scopes, scopesOf(tx, device));
        ASSIGN(const auto known, tx.tablets().purge(device.id, crn));
        if (known && known->reason == PurgeReason::Erased) continue;
        if (!to.empty() && contains(scopes, to)) {
            if (known) TRY(tx.tablets().removePurge(device.id, crn));
        } else if (!from.empty() && contains(scopes, from)) {
            TRY(tx.tablets().putPurge({device.id, crn, PurgeReason::Left, seq, false, 0}));
        }
    }
    return {};
}

Status noteStray(LedgerTransaction& tx, const Uuid& device, const std::string& crn, std::uint64_t seq) {
    ASSIGN(const auto known, tx.tablets().purge(device, crn));
    if (known) return {};
    return tx.tablets().putPurge({device, crn, PurgeReason::Left, seq, false, 0});
}

Status noteLostMoves(LedgerTransaction& tx) {
    ASSIGN(const auto seq, tx.claims().lastSeq());
    ASSIGN(const auto claims, tx.claims().claims());
    for (const auto& claim : claims) {
        if (claim.erased_ms != 0) continue;  // all were told that
        ASSIGN(const auto heads, tx.chains().headsInClaim(claim.crn));
        for (const auto& head : heads) {
            ASSIGN(const auto author, tx.directory().author(head.author));
            if (!author) continue;  // the server's own
            ASSIGN(const auto device, tx.directory().device(author->device));
            ENSURE(device.has_value());
            ASSIGN(const auto scopes, scopesOf(tx, *device));
            if (contains(scopes, claim.scope)) continue;
            TRY(noteStray(tx, device->id, claim.crn, seq));
        }
    }
    return {};
}

Result<std::vector<PurgeEntry>> purgesFor(const LedgerSnapshot& now, const Uuid& device) {
    std::vector<PurgeEntry> out;
    ASSIGN(const auto rows, now.tablets().purgesOf(device));
    for (const auto& row : rows) {
        auto kind = PurgeKind::Erase;
        if (row.reason == PurgeReason::Left) {
            kind = PurgeKind::Drop;
            if (!row.at_once) {
                ASSIGN(const bool safe, ownPartIsSafe(now, device, row.claim));
                if (!safe) kind = PurgeKind::Hold;
            }
        }
        out.push_back({row.claim, kind, row.seq});
    }
    return out;
}

Status confirmPurges(LedgerTransaction& tx, const Uuid& device, const std::vector<PurgeEntry>& dropped,
                     std::int64_t now_ms) {
    for (const auto& entry : dropped) {
        if (entry.kind == PurgeKind::Hold) continue;  // not to be dropped yet, and so it was not
        ASSIGN(auto row, tx.tablets().purge(device, entry.claim));
        // One that has come back, or left again, since then is not what was dropped.
        if (!row || row->seq != entry.seq || row->confirmed_ms != 0) continue;
        if (row->reason == PurgeReason::Left) {
            TRY(tx.tablets().removePurge(device, entry.claim));
            continue;
        }
        row->confirmed_ms = now_ms;
        TRY(tx.tablets().putPurge(*row));
        TRY(audit(tx, now_ms, auditName("device", device), "erasure-confirmed", entry.claim));
    }
    return {};
}

}  // namespace fieldclaim::server
