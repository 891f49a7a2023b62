#pragma once

#include <functional>
#include <optional>

#include "sync-server/metrics/metrics.h"
#include "sync-server/service/claim_workflow.h"
#include "sync-server/storage/ledger_store.h"
#include "sync-server/transfer/transfer_runner.h"

namespace fieldclaim::server {

/// The outbox in the ledger, as the transfer runner sees it: what a step changes is written with the server's change
/// set that shows it to the tablet, in one transaction, on disk when save() is back (hazard H34). Safe from any thread.
class TransferOutbox final : public TransferStore {
public:
    /// So long a transfer that a restored server knows of waits for the tablet that has its statement; then it is a
    /// person's to repair. A rural office's tablets come online within a week.
    static constexpr std::int64_t kStatementWaitMs = std::int64_t{7} * 24 * 3'600'000;

    TransferOutbox(LedgerStore& store, const ClaimWorkflow& workflow, const TransferPlanner& planner,
                   const Clock& clock, Random& random, Metrics& metrics);

    Result<std::optional<TransferRecord>> nextDue(const std::string& target, std::int64_t now_ms,
                                                  const std::set<std::string>& in_flight) override;
    Result<TransferRecord> load(const std::string& id) override;
    Result<std::int64_t> save(const TransferRecord& record, const std::vector<TransferAction>& actions) override;

    /// A target calling back with a receipt (JSON). NotFound for a key that was never sent; BadInput when it is not
    /// understood. The key is the right to call: 256 bits that only the target was told.
    Status callback(std::string_view body);
    /// A person's decision about a transfer that waits for one; Conflict about any other, about one that is no longer
    /// as they `saw` it, and to send again what belongs to a claim that was withdrawn or erased. `who` for the audit.
    Status decide(const std::string& id, const transfer_event::RepairReleased& decision, const std::string& who,
                  std::optional<TransferState> saw = std::nullopt);

private:
    using May = std::function<Status(const LedgerTransaction&)>;
    /// With an entry in the audit of who told it, when that is not empty; `may`, if any, is asked in the transaction.
    Result<std::int64_t> saveTold(const TransferRecord& record, const std::vector<TransferAction>& actions,
                                  const std::string& who, const May& may = {});
    struct Told {
        std::string who;
        std::optional<TransferState> saw = {};
        May may = {};
    };
    Status stepWith(const std::string& id, const TransferEvent& event, const Told& told);

    LedgerStore& m_store;
    const ClaimWorkflow& m_workflow;
    const TransferPlanner& m_planner;
    const Clock& m_clock;
    Random& m_random;
    Metrics& m_metrics;
};

}  // namespace fieldclaim::server
