#include "sync-server/service/erasure_service.h"

#include <set>

#include "sync-server/service/audit.h"
#include "sync-server/service/blob_service.h"
#include "sync-server/service/decision_service.h"
#include "sync-server/service/tablet_scopes.h"

namespace fieldclaim::server {
namespace {

bool isUnderWay(TransferState state) {
    return state == TransferState::Sending || state == TransferState::Received || state == TransferState::Unknown;
}

}  // namespace

Status eraseRows(LedgerTransaction& tx, const std::string& crn) {
    TRY(tx.chains().erase(crn));
    TRY(tx.claims().erase(crn));
    TRY(tx.transfers().erase(crn));
    return tx.blobs().erase(crn);
}

// Those that were enrolled for a site where the claim ever was, and those on which it was written.
Status tellOfErasure(LedgerTransaction& tx, const std::string& crn, std::uint64_t seq) {
    ASSIGN(const auto ever, tx.claims().scopesEver(crn));
    std::set<Uuid> devices;
    ASSIGN(const auto heads, tx.chains().headsInClaim(crn));
    for (const auto& head : heads) {
        ASSIGN(const auto author, tx.directory().author(head.author));
        if (author) devices.insert(author->device);
    }
    ASSIGN(const auto before, tx.tablets().purgesOfClaim(crn));
    for (const auto& row : before) devices.insert(row.device);
    ASSIGN(const auto all, tx.directory().devices());
    for (const auto& device : all) {
        ASSIGN(const auto scopes, scopesOf(tx, device));
        for (const auto& scope : scopes) {
            if (contains(ever, scope)) devices.insert(device.id);
        }
    }
    for (const auto& device : devices) TRY(tx.tablets().putPurge({device, crn, PurgeReason::Erased, seq, true, 0}));
    return {};
}

Status ErasureService::erase(const Uuid& by, const std::string& crn, const std::string& reason) {
    ASSIGN(const auto words, DecisionService::checkReason(reason));
    std::vector<UploadRow> uploads;
    const Status done = m_store.write([&](LedgerTransaction& tx) -> Status {
        TRY(DecisionService::requireSupervisor(tx, by));
        ASSIGN(auto claim, loadClaim(tx, crn));
        if (claim.row.first_seq == 0 || claim.erased()) return fail(ErrorCode::NotFound, "no such claim");
        ASSIGN(auto transfers, tx.transfers().ofClaim(crn));
        for (auto& row : transfers) {
            auto& record = row.record;
            if (isUnderWay(record.state)) return fail(ErrorCode::Conflict, "a transfer of it is under way");
            if (isFinal(record.state)) {
                if (record.state != TransferState::Rejected || record.overtaken) continue;
                record.overtaken = true;  // nobody can correct it any more
                TRY(tx.transfers().update(record, m_clock.wallMs()));
                continue;
            }
            // One that goes again after a try of which nobody knows: the target may have it, and must be known to.
            if (mayHaveArrived(record)) return fail(ErrorCode::Conflict, "a transfer of it may have arrived");
            record.state = TransferState::Rejected;
            record.reason = "The claim was erased before it was sent.";
            record.overtaken = true;
            TRY(tx.transfers().update(record, m_clock.wallMs()));
        }
        ASSIGN(uploads, tx.blobs().uploadsOfClaim(crn));
        for (const auto& upload : uploads) TRY(removeStray(tx, m_files, upload));
        TRY(eraseRows(tx, crn));
        ASSIGN(const auto seq, m_author.writeErasure(tx, claim, Value::Map{{"by", by.bytes}, {"reason", words}}));
        TRY(storeClaim(tx, claim));
        TRY(tellOfErasure(tx, crn, seq));
        return audit(tx, m_clock.wallMs(), auditName("officer", by), "claim-erased", crn, words);
    });
    TRY(done);
    for (const auto& upload : uploads) m_files.discard(upload.id);
    TRY(deleteFiles());
    TRY(m_snapshots.tidy());
    return m_store.forgetDeleted();
}

Result<std::vector<ErasureOnTablet>> ErasureService::tablets() const {
    return m_store.read([](const LedgerSnapshot& now) -> Result<std::vector<ErasureOnTablet>> {
        ASSIGN(const auto rows, now.tablets().erasures());
        std::vector<ErasureOnTablet> out;
        for (const auto& row : rows) {
            ASSIGN(const auto device, now.directory().device(row.device));
            if (!device) continue;
            out.push_back({row.claim, device->name, device->site, device->revoked_ms != 0, device->last_seen_ms,
                           row.confirmed_ms});
        }
        return out;
    });
}

Status ErasureService::deleteFiles() {
    const auto doomed = m_store.read([](const LedgerSnapshot& now) { return now.blobs().toDelete(); });
    if (!doomed) return tl::unexpected<Error>(doomed.error());
    if (doomed->empty()) return {};
    // On the writer's thread: nobody begins to send the same bytes again meanwhile.
    return m_store.write([&](LedgerTransaction& tx) -> Status {
        ASSIGN(const auto names, tx.blobs().toDelete());
        for (const auto& name : names) {
            TRY(m_files.remove(name));
            TRY(tx.blobs().deleted(name));
        }
        return {};
    });
}

}  // namespace fieldclaim::server
