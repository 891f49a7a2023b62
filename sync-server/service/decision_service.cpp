#include "sync-server/service/decision_service.h"

#include "shared/base/text.h"
#include "shared/wire/cbor.h"
#include "sync-server/service/audit.h"

namespace fieldclaim::server {
namespace {

std::string auditedAs(Decision::Kind kind) {
    switch (kind) {
        case Decision::Kind::Release:
            return "set-aside-released";
        case Decision::Kind::Refuse:
            return "set-aside-refused";
        case Decision::Kind::Apply:
            return "parked-applied";
    }
    return {};
}

// What a decision about a claim that has not begun is written to: the tablet that waits for it reads that scope.
Result<std::string> scopeFor(const LedgerSnapshot& now, const LoadedClaim& claim, const Arrival& arrival) {
    if (claim.begun() || !claim.row.scope.empty()) return claim.scope();
    ASSIGN(const auto author, now.directory().author(arrival.change_set.header.author));
    if (!author) return std::string();
    ASSIGN(const auto device, now.directory().device(author->device));
    return device ? scopeOfSite(device->site) : std::string();
}

Result<SetAsideCase> caseOf(const LedgerSnapshot& now, SetAsideRow row) {
    ASSIGN(const auto claim, loadClaim(now, row.claim));
    ASSIGN(const auto arrival, arrivalOf(row));
    ASSIGN(auto defect, defectOf(now, claim, arrival));
    return SetAsideCase{std::move(row), std::move(defect)};
}

// Both tables of what waits for a person; nothing when it is not, or no more, there.
Result<std::optional<SetAsideRow>> rowOf(const LedgerSnapshot& now, const Hash& hash) {
    ASSIGN(auto row, now.chains().setAsideRow(hash));
    if (!row) {
        ASSIGN(row, now.chains().fork(hash));
    }
    if (row && (row->kind == Disposition::Applied || row->kind == Disposition::Refused)) row.reset();
    return row;
}

}  // namespace

Status DecisionService::requireSupervisor(const LedgerSnapshot& now, const Uuid& officer) {
    ASSIGN(const auto row, now.directory().officer(officer));
    if (!row || row->role != "supervisor") return fail(ErrorCode::NotAllowed, "only a supervisor decides this");
    return {};
}

Result<std::string> DecisionService::checkReason(const std::string& reason) {
    ASSIGN(const auto normal, toNfc(reason));
    auto out = std::string(trim(normal));
    if (out.empty()) return fail(ErrorCode::BadInput, "a decision needs a reason");
    if (out.size() > kMaxReasonBytes) return fail(ErrorCode::BadInput, "a reason is 500 bytes at most");
    return out;
}

Result<std::vector<SetAsideCase>> DecisionService::waiting() const {
    return m_store.read([&](const LedgerSnapshot& now) -> Result<std::vector<SetAsideCase>> {
        ASSIGN(auto rows, now.chains().quarantined());
        ASSIGN(auto forks, now.chains().openForks());
        ASSIGN(auto parked, now.chains().parkedBefore(m_clock.wallMs() - kParkedForGoodMs));
        std::vector<SetAsideCase> out;
        for (auto* const part : {&rows, &forks, &parked}) {
            for (auto& row : *part) {
                ASSIGN(auto one, caseOf(now, std::move(row)));
                out.push_back(std::move(one));
            }
        }
        return out;
    });
}

Result<SetAsideCase> DecisionService::find(const Hash& hash) const {
    return m_store.read([&](const LedgerSnapshot& now) -> Result<SetAsideCase> {
        ASSIGN(auto row, rowOf(now, hash));
        if (!row) return fail(ErrorCode::NotFound, "nothing with this hash is set aside");
        return caseOf(now, std::move(*row));
    });
}

Status DecisionService::release(const Uuid& by, const Hash& hash, const std::string& reason) {
    return decide(Decision::Kind::Release, by, hash, reason);
}

Status DecisionService::refuse(const Uuid& by, const Hash& hash, const std::string& reason) {
    return decide(Decision::Kind::Refuse, by, hash, reason);
}

Status DecisionService::applyParked(const Uuid& by, const Hash& hash, const std::string& reason) {
    return decide(Decision::Kind::Apply, by, hash, reason);
}

Status DecisionService::decide(Decision::Kind kind, const Uuid& by, const Hash& hash, const std::string& reason) {
    ASSIGN(auto words, checkReason(reason));
    return m_store.write([&](LedgerTransaction& tx) -> Status {
        TRY(requireSupervisor(tx, by));
        ASSIGN(const auto row, rowOf(tx, hash));
        if (!row) return fail(ErrorCode::NotFound, "nothing with this hash is set aside");
        const bool parked = row->kind == Disposition::Parked;
        if (kind == Decision::Kind::Apply && !parked)
            return fail(ErrorCode::Conflict, "this does not wait for other work: release it or refuse it");
        if (kind == Decision::Kind::Release && parked)
            return fail(ErrorCode::Conflict, "this waits for other work: apply it or refuse it after seven days");
        if (parked && m_clock.wallMs() - row->at_ms < kParkedForGoodMs)
            return fail(ErrorCode::Conflict, "this has waited for less than seven days");
        return write(tx, *row, Decision{kind, by, std::move(words), {}});
    });
}

Status DecisionService::write(LedgerTransaction& tx, const SetAsideRow& row, const Decision& given) {
    auto decision = given;
    ASSIGN(auto claim, loadClaim(tx, row.claim));
    ASSIGN(const auto arrival, arrivalOf(row));
    const auto& change_set = arrival.change_set;
    const bool refused = decision.kind == Decision::Kind::Refuse;
    if (!refused) {
        ASSIGN(const auto defect, defectOf(tx, claim, arrival));
        if (!defect.empty()) return fail(ErrorCode::Conflict, "this can only be refused: " + defect);
    } else {
        // What is not what was signed says nothing of what it named.
        ASSIGN(const auto key, tx.claims().claimKey(row.claim));
        if (key && !arrival.undecodable && payloadMatches(change_set.header, change_set.payload_bytes, *key)) {
            for (const auto& edit : change_set.payload.edits) decision.names.push_back(edit.replaces);
        }
        // One at the very limit of size: its names would not fit. Nothing is lost then; a person sees a conflict.
        if (encodeCbor(encodeDecision(decision)).size() > kMaxPayloadBytes - 512) decision.names.clear();
    }
    TRY(audit(tx, m_clock.wallMs(), auditName("officer", decision.by), auditedAs(decision.kind), row.claim,
              toHex(change_set.id())));
    ASSIGN(const auto key, tx.claims().claimKey(row.claim));
    ASSIGN(const auto scope, scopeFor(tx, claim, arrival));
    const bool written = key && (claim.begun() || !scope.empty());
    if (!written && !refused)
        return fail(ErrorCode::Conflict, "its claim has not begun here, and its key was never sent");
    if (written) {
        if (!claim.begun()) claim.row.scope = scope;
        TRY(m_author.write(tx, claim, {claim.state.edit(decisionPath(change_set.id()), encodeDecision(decision))}));
    }
    if (refused) {
        auto kept = row;
        kept.kind = Disposition::Refused;
        kept.reason = decision.reason;
        if (row.fork) {
            TRY(tx.chains().updateFork(row.hash, kept.kind, 0, kept.reason));
            TRY(tx.chains().removeSetAside(row.hash));
        } else {
            TRY(tx.chains().setAside(kept));
            TRY(tx.chains().updateChangeSet(
                {row.author, row.incarnation, row.counter, row.hash, row.claim, kept.kind, 0, kept.reason}));
        }
    }
    if (!written) return {};
    return ClaimIntake(tx, m_workflow).decided(claim, row);
}

}  // namespace fieldclaim::server
