#pragma once

#include <filesystem>

#include "sync-server/service/claim_workflow.h"
#include "sync-server/storage/journal_file.h"
#include "sync-server/storage/ledger_tables.h"

namespace fieldclaim::server {

struct ReplayedJournal {
    std::uint64_t records = 0;
    std::uint64_t decisions = 0;
    std::uint64_t waiting = 0;  ///< decisions that wait for what their tablet has to offer again
    bool torn = false;          ///< the journal's end was cut short by a crash; nobody had been told of what it held
};

/// Applies what the journal has after record `after` to a ledger restored from a backup, in one transaction. Conflict
/// when the journal is another ledger's or begins later; Damaged when it is.
Result<ReplayedJournal> replayJournal(LedgerTransaction& tx, const ClaimWorkflow& workflow,
                                      const std::filesystem::path& journal, std::uint64_t after);

}  // namespace fieldclaim::server
