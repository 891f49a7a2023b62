#pragma once

#include <vector>

#include "sync-server/service/server_author.h"
#include "sync-server/service/transfer_planner.h"

namespace fieldclaim::server {

/// What the server decides about a claim when something was applied to it: it answers intents and opens the gate to the
/// targets, in the transaction that applied it (architecture, parts 4, 8 and 9). Each decision is the server's own
/// change set and an audit row. No state of its own; called on the writer's thread.
class ClaimWorkflow {
public:
    ClaimWorkflow(const ClaimReviewer& reviewer, const TransferPlanner& planner, const ServerAuthor& author,
                  const Clock& clock, Random& random)
        : m_reviewer(reviewer), m_planner(planner), m_author(author), m_clock(clock), m_random(random) {}

    /// After `fresh` was applied; the caller stores the claim.
    Status applied(LedgerTransaction& tx, LoadedClaim& claim, const std::vector<ChangeSet>& fresh) const;
    /// After a blob of the claim was verified: intents that waited for it, and the gate. Stores the claim.
    Status blobVerified(LedgerTransaction& tx, const std::string& crn) const;
    /// Claims whose gate could not be asked when something was decided, for want of their form pack.
    Status lookAgain(LedgerTransaction& tx) const;
    /// After a transfer was written or stepped: the tablet sees its state; after a final one the gate is asked again.
    Status transferMoved(LedgerTransaction& tx, const TransferRow& row) const;

private:
    struct Decision {
        bool waits = false;
        bool accepted = false;
        std::string reason;
        Bytes digest;
        std::vector<Edit> edits;  ///< what is decided beside the answer itself
    };
    Status answer(LedgerTransaction& tx, LoadedClaim& claim, const ChangeSet& change_set) const;
    /// After a restore the journal has the answer, applied or parked: it is not given a second time.
    Result<bool> isAnswered(const LedgerTransaction& tx, const LoadedClaim& claim, const ChangeSetId& intent) const;
    Result<Decision> decide(LedgerTransaction& tx, LoadedClaim& claim, const ChangeSet& change_set) const;
    Result<Decision> decideSubmit(LedgerTransaction& tx, const LoadedClaim& claim, const Value& intent) const;
    Result<Decision> decideWithdraw(LedgerTransaction& tx, const LoadedClaim& claim, const Value& intent) const;
    Decision decideDate(const LoadedClaim& claim, const Value& intent) const;
    Status cancelUnsent(LedgerTransaction& tx, LoadedClaim& claim) const;
    Status gate(LedgerTransaction& tx, LoadedClaim& claim) const;
    /// Decides of each transfer that was refused whether it is overtaken (TransferView::overtaken), after `plan` was
    /// carried out. What is not signed changes nothing.
    Status noteOvertaken(LedgerTransaction& tx, LoadedClaim& claim, const TransferPlan& plan, bool withdrawn) const;
    /// Of what a target refused one after the other: the one that is still to be corrected.
    std::optional<std::size_t> standingRefusal(const TransferPlan& plan, const std::string& target,
                                               const std::vector<TransferRow>& refused) const;
    Status setOvertaken(LedgerTransaction& tx, LoadedClaim& claim, TransferRow row, bool overtaken) const;
    Status raise(LedgerTransaction& tx, LoadedClaim& claim, std::string_view path, Value action) const;
    /// Takes back what was raised, once it is seen to. True when anything was.
    Result<bool> lower(LedgerTransaction& tx, LoadedClaim& claim, std::string_view path) const;
    /// True when a statement stands that was signed with a form pack that this server never had.
    bool isPackMissing(const std::optional<ClaimReview>& review) const;
    Status showTransfers(LedgerTransaction& tx, LoadedClaim& claim) const;
    Status show(LedgerTransaction& tx, LoadedClaim& claim, const TransferRow& row) const;

    const ClaimReviewer& m_reviewer;
    const TransferPlanner& m_planner;
    const ServerAuthor& m_author;
    const Clock& m_clock;
    Random& m_random;
};

}  // namespace fieldclaim::server
