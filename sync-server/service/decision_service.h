#pragma once

#include <string>
#include <vector>

#include "shared/merge/decision.h"
#include "sync-server/service/claim_intake.h"
#include "sync-server/service/server_author.h"
#include "sync-server/storage/ledger_store.h"

namespace fieldclaim::server {

/// How long a change set waits for what it builds on before a person may apply or refuse it.
constexpr std::int64_t kParkedForGoodMs = 7LL * 24 * 3600 * 1000;
/// A reason is written for people, and stands in the ledger.
constexpr std::size_t kMaxReasonBytes = 500;

/// One change set that waits for a person.
struct SetAsideCase {
    SetAsideRow row;
    std::string only_refusable;  ///< why it can never be applied; empty when it may be released
};

/// What supervisors decide about what was set aside (architecture, part 5). Each decision is a change set of the
/// server's in the ledger, so that every replica folds it alike, and an audit row; what is released follows in the
/// ledger as its author's, and after it what waited for it. All in one transaction. Safe from any thread.
///
/// NotAllowed unless `by` is a supervisor; BadInput without a reason; NotFound when nothing with this hash waits for a
/// person; Conflict when that decision is not possible for it, with the reason.
class DecisionService {
public:
    DecisionService(LedgerStore& store, const ClaimWorkflow& workflow, const ServerAuthor& author, const Clock& clock)
        : m_store(store), m_workflow(workflow), m_author(author), m_clock(clock) {}

    /// In quarantine, other branches of forks, and parked for seven days; the oldest first.
    Result<std::vector<SetAsideCase>> waiting() const;
    Result<SetAsideCase> find(const Hash& hash) const;

    /// It is applied all the same (or waits, as any other, for what it builds on).
    Status release(const Uuid& by, const Hash& hash, const std::string& reason);
    /// It is never applied; whoever builds on it builds on what it built on.
    Status refuse(const Uuid& by, const Hash& hash, const std::string& reason);
    /// For one that was parked for seven days: names that are not here count as nothing.
    Status applyParked(const Uuid& by, const Hash& hash, const std::string& reason);

    /// NotAllowed unless the officer is a supervisor.
    static Status requireSupervisor(const LedgerSnapshot& now, const Uuid& officer);
    /// Trimmed and in form C; BadInput when nothing is left, or too much.
    static Result<std::string> checkReason(const std::string& reason);

private:
    Status decide(Decision::Kind kind, const Uuid& by, const Hash& hash, const std::string& reason);
    Status write(LedgerTransaction& tx, const SetAsideRow& row, const Decision& given);

    LedgerStore& m_store;
    const ClaimWorkflow& m_workflow;
    const ServerAuthor& m_author;
    const Clock& m_clock;
};

}  // namespace fieldclaim::server
