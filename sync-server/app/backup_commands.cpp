#include "sync-server/app/backup_commands.h"

#include "shared/base/date.h"
#include "sync-server/app/admin.h"
#include "sync-server/app/system_clock.h"
#include "sync-server/backup/backup_taker.h"
#include "sync-server/backup/restore.h"
#include "sync-server/service/audit.h"

namespace fieldclaim::server {

Status backUp(const std::filesystem::path& data, const std::filesystem::path& to, std::ostream& out) {
    return withServerBeside(data, [&](Server& server) -> Status {
        const SystemClock clock;
        ASSIGN(const auto set, takeBackup(server.store(), data, to, clock));
        out << set.string() << "\n";
        return {};
    });
}

Status verify(const std::filesystem::path& from, const std::optional<std::filesystem::path>& data, std::ostream& out) {
    const SystemClock clock;
    ASSIGN(const auto set, findSet(from));
    ASSIGN(const auto backup, verifyBackup(set));
    for (const auto& wrong : backup.wrong) out << wrong << "\n";
    if (!backup.wrong.empty()) {
        return fail(ErrorCode::Damaged, "the backup of " + isoTime(backup.manifest.taken_ms) + " is not right");
    }
    TRY(markVerified(set, clock.wallMs()));
    out << set.string() << " is right: seq " << backup.manifest.seq << ", " << backup.manifest.blobs << " blobs, taken "
        << isoTime(backup.manifest.taken_ms) << "\n";
    if (!data) return {};
    return withServerBeside(*data,
                            [&](Server& server) { return noteVerified(server.store(), backup, clock.wallMs()); });
}

Status restore(const std::filesystem::path& from, const std::filesystem::path& data,
               const std::optional<std::filesystem::path>& journal, std::ostream& out) {
    const SystemClock clock;
    SystemRandom random;
    ASSIGN(const auto restored, restoreBackup({from, data, journal}, clock, random));
    out << "restored the backup of " << isoTime(restored.manifest.taken_ms) << ", seq " << restored.manifest.seq << "\n"
        << "new epoch " << restored.identity.epoch.text() << "\n";
    if (restored.journal) {
        out << "journal: " << restored.journal->records << " records, " << restored.journal->decisions
            << " decisions, of which " << restored.journal->waiting << " wait for their tablet\n";
        if (restored.journal->torn) out << "its last record was cut short by a crash: nobody had been told of it\n";
    } else {
        out << "without a journal: nothing leaves for a target until you have compared its list and said so with\n"
               "`fieldclaim-server transfers confirm-compared --target ID`; tablets that were enrolled since the\n"
               "backup are not known here\n";
    }
    out << "take and verify a backup now\n";
    return {};
}

Status beginJournal(const std::filesystem::path& data, const std::filesystem::path& journal, std::ostream& out) {
    return withServerBeside(data, [&](Server& server) -> Status {
        const SystemClock clock;
        TRY(server.store().beginJournal(std::filesystem::absolute(journal).string(), true));
        TRY(server.store().write(
            [&](LedgerTransaction& tx) { return audit(tx, clock.wallMs(), "operator", "journal-begun"); }));
        out << "take and verify a backup now: the journal helps only after one\n";
        return {};
    });
}

Status endJournal(const std::filesystem::path& data) {
    return withServerBeside(data, [&](Server& server) -> Status {
        const SystemClock clock;
        TRY(server.store().endJournal());
        return server.store().write(
            [&](LedgerTransaction& tx) { return audit(tx, clock.wallMs(), "operator", "journal-ended"); });
    });
}

}  // namespace fieldclaim::server
