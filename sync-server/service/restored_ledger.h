#pragma once

#include "sync-server/service/transfer_outbox.h"
#include "sync-server/storage/ledger_store.h"

// What a restore leaves to be settled (architecture, part 5; hazard H51).
namespace fieldclaim::server {

/// True while nothing may leave for the target: the ledger was restored without a journal, and nobody has compared the
/// target's list with ours yet.
Result<bool> isHeld(const LedgerSnapshot& now, const std::string& target);

/// False while a tablet that may have had the claim has not been heard since a restore, for kHearMs at most: what it
/// offers again may void the signature that stands here. One that is revoked or to be wiped is not waited for.
Result<bool> isHeardOut(const LedgerSnapshot& now, const std::string& crn, std::int64_t now_ms);
constexpr std::int64_t kHearMs = TransferOutbox::kStatementWaitMs;

/// A person has compared the target's list: transfers may leave again. `who` for the audit. NotFound when nothing was
/// held.
Status confirmCompared(LedgerStore& store, const std::string& target, const std::string& who, std::int64_t now_ms);

/// Transfers that were under way when the backup was taken become `unknown`, once: they may have been sent since, and
/// are asked for under the same key. Called when a server opens a ledger.
Status settleRestored(LedgerStore& store, TransferOutbox& outbox, const TransferPlanner& planner, const Clock& clock,
                      Random& random);

}  // namespace fieldclaim::server
