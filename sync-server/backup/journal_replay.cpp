#include "sync-server/backup/journal_replay.h"

#include "sync-server/service/claim_intake.h"
#include "sync-server/storage/transfer_text.h"

namespace fieldclaim::server {
namespace {

class Replayer {
public:
    Replayer(LedgerTransaction& tx, const ClaimWorkflow& workflow, ReplayedJournal& count)
        : m_tx(tx), m_workflow(workflow), m_count(count) {}

    Status operator()(const SiteRow& row) { return m_tx.directory().putSite(row); }
    Status operator()(const OfficerRow& row) { return m_tx.directory().putOfficer(row); }
    Status operator()(const DeviceRow& row) { return m_tx.directory().putDevice(row); }
    Status operator()(const EnrolmentCodeRow& row) { return m_tx.directory().putEnrolmentCode(row); }
    Status operator()(const AuthorRow& row) {
        ASSIGN(const auto known, m_tx.directory().author(row.id));
        return known ? Status() : m_tx.directory().addAuthor(row);
    }
    Status operator()(const TransferRow& row) { return m_tx.transfers().put(row); }
    Status operator()(const TransferMoved& moved) {
        ASSIGN(auto row, m_tx.transfers().transfer(moved.id));
        if (!row) return fail(ErrorCode::Damaged, "the journal moves a transfer that was never begun");
        row->record.state = moved.state;
        row->record.next_at_ms = moved.next_at_ms;
        row->record.receipt_id = moved.receipt_id;
        row->record.revision = moved.revision;
        row->record.attempts.clear();
        row->record.errors.clear();
        TRY(readTransferText(moved.text, row->record));
        row->updated_ms = moved.updated_ms;
        return m_tx.transfers().put(*row);
    }
    Status operator()(const AuditRow& row) { return m_tx.audit().add(row); }
    Status operator()(const DeviceSiteRow& row) {
        return row.given ? m_tx.directory().addFurtherSite(row.device, row.site)
                         : m_tx.directory().removeFurtherSite(row.device, row.site);
    }
    Status operator()(const JournaledDecision& decision) {
        ++m_count.decisions;
        ASSIGN(const auto key, m_tx.claims().claimKey(decision.row.claim));
        // An erasure is under a key of zeros, which is no claim's.
        if (!key && decision.key != ClaimKey{}) TRY(m_tx.claims().addClaimKey(decision.row.claim, decision.key));
        return ClaimIntake(m_tx, m_workflow).takeDecision(decision.row);
    }

private:
    LedgerTransaction& m_tx;
    const ClaimWorkflow& m_workflow;
    ReplayedJournal& m_count;
};

}  // namespace

Result<ReplayedJournal> replayJournal(LedgerTransaction& tx, const ClaimWorkflow& workflow,
                                      const std::filesystem::path& journal, std::uint64_t after) {
    ReplayedJournal out;
    ASSIGN(const auto identity, tx.identity());
    ENSURE(identity.has_value());
    // Whose it is comes first: an entry of another ledger would not apply, with a message that helps nobody.
    ASSIGN(const auto head, readJournalHead(journal));
    if (head.epoch != identity->epoch) return fail(ErrorCode::Conflict, "the journal is another ledger's");
    if (head.after > after) {
        return fail(ErrorCode::Conflict,
                    "the journal begins after a later backup than this one: restore that one, or restore without it");
    }
    Replayer replay(tx, workflow, out);
    ASSIGN(const auto read, readJournal(journal, [&](const JournalRecord& record) -> Status {
               if (record.number <= after) return {};
               ++out.records;
               for (const auto& bytes : record.entries) {
                   ASSIGN(const auto entry, decodeJournalEntry(bytes));
                   TRY(std::visit(replay, entry));
               }
               return {};
           }));
    out.torn = read.torn;
    const Status counted = tx.chains().forEachSetAside([&](const SetAsideRow& row) -> Status {
        if (row.author == identity->author) ++out.waiting;
        return {};
    });
    TRY(counted);
    return out;
}

}  // namespace fieldclaim::server
