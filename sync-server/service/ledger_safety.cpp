#include "sync-server/service/ledger_safety.h"

#include "shared/base/date.h"
#include "sync-server/service/restored_ledger.h"

namespace fieldclaim::server {

Result<LedgerSafety> safetyOf(const LedgerStore& store, std::int64_t now_ms) {
    LedgerSafety out;
    out.journal = store.journal();
    TRY(store.readJob([&](const LedgerSnapshot& now) -> Status {
        ASSIGN(out.backup, now.durability().verifiedBackup());
        ASSIGN(out.restored, now.durability().restored());
        if (!out.restored || out.restored->with_journal) return {};
        ASSIGN(const auto targets, now.transfers().targets());
        for (const auto& target : targets) {
            ASSIGN(const bool held, isHeld(now, target));
            if (held) out.held_targets.push_back(target);
        }
        return {};
    }));
    if (!out.backup) {
        out.warnings.emplace_back("No backup of this server was ever verified.");
    } else if (now_ms - out.backup->taken_ms > kBackupOldMs) {
        out.warnings.push_back("The last verified backup is older than a day: " + isoTime(out.backup->taken_ms) + ".");
    }
    if (out.journal.path.empty()) {
        out.warnings.emplace_back("No journal is kept.");
    } else if (!out.journal.problem.empty()) {
        out.warnings.push_back("The journal cannot be written (" + out.journal.problem +
                               "). Decisions, enrolments and transfers are refused until it can.");
    }
    for (const auto& target : out.held_targets) {
        out.warnings.push_back("This server was restored without its journal: nothing is sent to " + target +
                               " until its list was compared with ours.");
    }
    return out;
}

}  // namespace fieldclaim::server
