#pragma once

#include <string>
#include <vector>

#include "sync-server/service/server_author.h"
#include "sync-server/service/tablet_scopes.h"
#include "sync-server/storage/ledger_store.h"

namespace fieldclaim::server {

/// A tablet may be at so many sites: what it writes names each (docs/protocol.md, "Limits": 64 scopes a header).
constexpr std::size_t kMostSites = 32;
/// A claim that has ended leaves the tablets after so long without a change.
constexpr std::int64_t kEndedForGoodMs = 7LL * 24 * 3600 * 1000;

/// Which site or officer a claim belongs to, and which tablets may hold it (architecture, part 5, "Scopes";
/// docs/adr/0011-a-claim-is-in-one-scope.md). A change of scope is
/// the server's own edit at path `scope`; every tablet that may hold the claim and may not any more is told to drop it
/// once what it wrote itself is in a verified backup. Safe from any thread.
///
/// NotAllowed unless `by` is a supervisor, BadInput without a reason, NotFound without the claim, site or tablet.
class ScopeService {
public:
    ScopeService(LedgerStore& store, const ServerAuthor& author, const Clock& clock)
        : m_store(store), m_author(author), m_clock(clock) {}

    /// Conflict when it is there already.
    Status move(const Uuid& by, const std::string& crn, const std::string& site, const std::string& reason);
    /// To one officer, on whose tablets alone it is then; move() gives it back to a site. NotFound without the officer;
    /// Conflict when it is theirs already, or they have signed in on no tablet: it would be on none.
    Status assign(const Uuid& by, const std::string& crn, const Uuid& officer, const std::string& reason);
    /// Tablets that hold a claim that has left drop it at their next pull, whatever is in a verified backup. Conflict
    /// when no tablet holds it.
    Status leaveNow(const Uuid& by, const std::string& crn, const std::string& reason);
    /// By the server's clock: claims that ended seven days ago leave, and one that needs work again comes back. The
    /// number that moved.
    Result<std::size_t> moveDue();

    /// A tablet may hold another site's claims too. `who` for the audit.
    Status addDeviceSite(const Uuid& device, const std::string& site, const std::string& who);
    /// Conflict for the site that it was enrolled for: revoke it instead.
    Status removeDeviceSite(const Uuid& device, const std::string& site, const std::string& who);

private:
    Status change(LedgerTransaction& tx, LoadedClaim& claim, const std::string& scope, const Uuid& by,
                  const std::string& reason) const;

    LedgerStore& m_store;
    const ServerAuthor& m_author;
    const Clock& m_clock;
};

}  // namespace fieldclaim::server
