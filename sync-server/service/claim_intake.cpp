#include "sync-server/service/claim_intake.h"

#include <algorithm>

#include "shared/base/practice_crn.h"
#include "shared/domain/protected_date.h"
#include "shared/domain/records.h"
#include "shared/merge/decision.h"
#include "sync-server/service/erasure_service.h"
#include "sync-server/service/ledger_rebuild.h"
#include "sync-server/service/tablet_scopes.h"

namespace fieldclaim::server {
namespace {

constexpr std::uint64_t kLastSeq = INT64_MAX;

Fate quarantined(std::string reason) { return {Disposition::Quarantined, std::move(reason)}; }
Fate parked(std::string reason) { return {Disposition::Parked, std::move(reason)}; }

SetAsideRow asideRow(const Arrival& arrival, const Fate& fate) {
    const auto& header = arrival.change_set.header;
    return {arrival.change_set.hash,
            fate.disposition,
            header.claim,
            header.author,
            header.incarnation,
            header.counter,
            arrival.device,
            arrival.received_ms,
            fate.reason,
            encodeChangeSet(arrival.change_set)};
}

ChangeSetRow indexRow(const ChangeSet& change_set, const Fate& fate, std::uint64_t seq) {
    const auto& header = change_set.header;
    return {header.author, header.incarnation, header.counter, change_set.hash, header.claim, fate.disposition,
            seq,           fate.reason};
}

ChangeSetId arrivalId(const SetAsideRow& row) {
    ChangeSetId id{};
    std::copy_n(row.hash.begin(), id.size(), id.begin());
    return id;
}

bool touches(const ChangeSet& change_set, bool (*is)(std::string_view)) {
    const auto& edits = change_set.payload.edits;
    return std::any_of(edits.begin(), edits.end(), [&](const Edit& edit) { return is(edit.path); });
}

}  // namespace

Arrival makeArrival(ChangeSetHeader header, const Hash& hash, Bytes header_bytes, Bytes payload_bytes,
                    const Uuid& device, std::int64_t received_ms) {
    Arrival out{{std::move(header), {}, std::move(header_bytes), std::move(payload_bytes), hash},
                std::nullopt,
                device,
                received_ms};
    if (auto payload = decodePayload(out.change_set.payload_bytes)) {
        out.change_set.payload = std::move(*payload);
    } else {
        out.undecodable = payload.error();
    }
    return out;
}

Result<const ClaimIntake::Rights*> ClaimIntake::rightsOf(const Uuid& author) {
    if (const auto found = m_rights.find(author); found != m_rights.end()) return &found->second;
    Rights rights;
    ASSIGN(const auto row, m_tx.directory().author(author));
    if (row) {
        ASSIGN(const auto device, m_tx.directory().device(row->device));
        rights.known = device.has_value();
        if (device) {
            rights.device = device->id;
            rights.revoked = device->revoked_ms != 0;
            ASSIGN(rights.scopes, scopesOf(m_tx, *device));
        }
    } else {
        ASSIGN(const auto identity, m_tx.identity());
        rights.server = identity && identity->author == author;
    }
    return &m_rights.emplace(author, std::move(rights)).first->second;
}

std::string scopeBegun(const ChangeSet& change_set) {
    for (const auto& edit : change_set.payload.edits) {
        if (edit.path == kSitePath && edit.value.text() != nullptr) return scopeOfSite(*edit.value.text());
    }
    return {};
}

Result<Arrival> arrivalOf(const SetAsideRow& row) {
    ASSIGN(auto raw, splitChangeSet(row.bytes));
    ASSIGN(auto header, decodeHeader(raw.header_bytes));
    return makeArrival(std::move(header), row.hash, std::move(raw.header_bytes), std::move(raw.payload_bytes),
                       row.device, row.at_ms);
}

Result<std::string> defectOf(const LedgerSnapshot& now, const LoadedClaim& claim, const Arrival& arrival) {
    const auto& change_set = arrival.change_set;
    if (arrival.undecodable) {
        return std::string(arrival.undecodable->code == ErrorCode::TooLarge
                               ? "This is larger than the limit. It is kept, and support will look at it."
                               : "This cannot be read. It is kept, and support will look at it.");
    }
    if (isPracticeCrn(change_set.header.claim)) {
        return std::string("This is a practice claim, of nobody. It is kept, and support will look at it.");
    }
    ASSIGN(const auto key, now.claims().claimKey(change_set.header.claim));
    if (key && !payloadMatches(change_set.header, change_set.payload_bytes, *key)) {
        return std::string(
            "Its claim number is another claim's, or its content is not what was signed. It is kept, and support will "
            "look at it.");
    }
    if (touches(change_set, isServerPath)) {
        return std::string("Only the server may decide this. It is kept, and support will look at it.");
    }
    if (changesProtectedDate(claim.state, change_set.payload.edits, Date::fromWallMs(arrival.received_ms))) {
        return std::string(
            "The date of first contact is protected: it is corrected with a reason, not changed. This is kept until a "
            "supervisor refuses it.");
    }
    if (claim.begun() && !scopeBegun(change_set).empty()) {
        return std::string("A claim's site is written once. It is kept, and support will look at it.");
    }
    return std::string();
}

Result<std::string> ClaimIntake::wrongOf(const LoadedClaim& claim, const Arrival& arrival, const std::string& scope) {
    const auto& header = arrival.change_set.header;
    ASSIGN(const auto* rights, rightsOf(header.author));
    if (!rights->known || rights->revoked) {
        return std::string("This tablet was revoked. The work is kept until a supervisor releases it.");
    }
    if (contains(rights->scopes, scope)) return std::string();
    if (!claim.begun()) {
        if (scope.empty()) return std::string();
        return std::string("This claim belongs to another site. The work is kept until a supervisor releases it.");
    }
    // The claim is elsewhere now. What was written before the tablet could know of that counts (hazard H24).
    bool was_here = false;
    ASSIGN(const auto elsewhere, m_tx.chains().writtenElsewhere(header.author, header.incarnation));
    for (const auto& own : rights->scopes) {
        ASSIGN(const auto ever, m_tx.claims().lastScopeEvent(own, header.claim, kLastSeq));
        if (!ever) continue;
        // What its tablet has been served since it came says nothing about what it knew, and what it had read of a
        // history that a restore ended has numbers of that one.
        if (arrival.waited || header.counter <= elsewhere) return std::string();
        was_here = true;
        const auto said = header.seen.find(own);
        ASSIGN(const auto served, m_tx.tablets().served(rights->device, own));
        const auto seen = std::min(said == header.seen.end() ? 0 : said->second, served);
        ASSIGN(const auto known, m_tx.claims().lastScopeEvent(own, header.claim, seen));
        if (!known || *known) return std::string();
    }
    // A restored server may have the decisions about a claim before its beginning, which the tablet where it began
    // offers again: of when it left, in the numbers of this history, that one can say nothing.
    const auto* const begun_at = claim.state.value(kSitePath).text();
    if (!was_here && begun_at != nullptr && contains(rights->scopes, scopeOfSite(*begun_at))) return std::string();
    return std::string(was_here
                           ? "This claim had left this tablet's site when this was written. The work is kept until "
                             "a supervisor releases it."
                           : "This claim belongs to another site. The work is kept until a supervisor releases "
                             "it.");
}

Result<Fate> ClaimIntake::waiting(const LoadedClaim& claim, const ChangeSet& change_set) const {
    for (const auto& name : claim.state.missing(change_set)) {
        ASSIGN(const bool set_aside, m_tx.chains().isQuarantined(claim.row.crn, name.change_set));
        if (set_aside) return parked("It builds on work that is set aside, and waits with it.");
    }
    return parked("It builds on work that the server does not have yet.");
}

Result<Fate> ClaimIntake::mayWait(const LoadedClaim& claim, const Arrival& arrival, Fate fate) const {
    if (arrival.waited) return fate;
    ASSIGN(const auto others, m_tx.chains().countSetAside(claim.row.crn, Disposition::Parked));
    if (others < kMaxParked) return fate;
    return quarantined("Too much of this claim waits for other work. It is kept, and support will look at it.");
}

Result<Fate> ClaimIntake::judge(LoadedClaim& claim, const Arrival& arrival) {
    const auto& change_set = arrival.change_set;
    // Received, never applied, and nothing of it is kept: its claim was erased, here or where it comes from.
    if (claim.erased() || change_set.payload_bytes.empty()) return Fate{Disposition::Erased, {}};
    ASSIGN(const auto* const rights, rightsOf(change_set.header.author));
    if (rights->server && !arrival.undecodable) return judgeDecision(claim, change_set);
    const auto scope = claim.begun() ? claim.scope() : scopeBegun(change_set);
    const auto decision = decodeDecision(claim.state.value(decisionPath(change_set.id())));
    const bool released = decision && decision->kind != Decision::Kind::Refuse;
    // Offered again to a restored server, whose journal knew of the refusal.
    if (decision && !released) return Fate{Disposition::Refused, decision->reason};
    if (!released) {
        ASSIGN(auto wrong, wrongOf(claim, arrival, scope));
        if (!wrong.empty()) return quarantined(std::move(wrong));
    }
    ASSIGN(auto defect, defectOf(m_tx, claim, arrival));
    if (!defect.empty()) return quarantined(std::move(defect));
    if (!released && claim.weight + weightOf(change_set) > kMaxClaimBytes) {
        return quarantined(
            "This claim has grown larger than a claim may be. The work is kept, and support will look at it.");
    }
    ASSIGN(const auto key, m_tx.claims().claimKey(change_set.header.claim));
    if (!key || (scope.empty() && !claim.begun())) {
        return mayWait(claim, arrival, parked("It waits for the beginning of its claim."));
    }
    if (claim.state.apply(change_set) == ApplyOutcome::Waiting) {
        ASSIGN(auto fate, waiting(claim, change_set));
        return mayWait(claim, arrival, std::move(fate));
    }
    claim.weight += weightOf(change_set);
    return Fate{};
}

Result<std::vector<Fate>> ClaimIntake::take(const std::string& crn, const std::vector<Arrival>& arrivals) {
    ASSIGN(auto claim, loadClaim(m_tx, crn));
    std::vector<Fate> fates;
    std::vector<ChangeSet> applied;
    LedgerRow row;
    for (const auto& arrival : arrivals) {
        ASSIGN(auto fate, judge(claim, arrival));
        if (fate.disposition == Disposition::Applied) {
            row.ids.push_back(arrival.change_set.id());
            row.change_sets.push_back(encodeChangeSet(arrival.change_set));
            applied.push_back(arrival.change_set);
        } else if (fate.disposition != Disposition::Erased) {
            TRY(m_tx.chains().setAside(asideRow(arrival, fate)));  // before what may build on it is judged
            TRY(noteHolder(claim, arrival.change_set.header.author, claim.row.last_seq));
        }
        fates.push_back(std::move(fate));
    }
    if (!applied.empty()) {
        const auto& first = arrivals.front();
        row.scope = claim.scope();
        row.claim = crn;
        row.author = first.change_set.header.author;
        row.incarnation = first.change_set.header.incarnation;
        row.device = first.device;
        row.received_ms = first.received_ms;
        ASSIGN(row.seq, appendRow(m_tx, claim, row));
        // A restored server may know that the claim has moved, and not that it was at this tablet's site.
        TRY(noteHolder(claim, row.author, row.seq));
    }
    for (std::size_t i = 0; i < arrivals.size(); ++i) {
        const bool here = fates[i].disposition == Disposition::Applied;
        TRY(m_tx.chains().addChangeSet(indexRow(arrivals[i].change_set, fates[i], here ? row.seq : 0)));
    }
    if (claim.erased()) TRY(noteErased(claim, arrivals));
    if (applied.empty()) return fates;
    TRY(unpark(claim, applied));
    TRY(m_workflow.applied(m_tx, claim, applied));
    TRY(storeClaim(m_tx, claim));
    return fates;
}

Result<Fate> ClaimIntake::judgeDecision(LoadedClaim& claim, const ChangeSet& change_set) const {
    if (claim.state.apply(change_set) == ApplyOutcome::Waiting) return waiting(claim, change_set);
    return Fate{};
}

Status ClaimIntake::takeDecision(const LedgerRow& decision) {
    ASSIGN(auto claim, loadClaim(m_tx, decision.claim));
    for (const auto& bytes : decision.change_sets) {
        ASSIGN(const auto change_set, decodeChangeSet(bytes));
        const auto& header = change_set.header;
        ASSIGN(const auto known, m_tx.chains().changeSet(header.author, header.incarnation, header.counter));
        if (known && known->hash == change_set.hash) continue;
        ASSIGN(const auto head, m_tx.chains().head(header.author, header.incarnation));
        if (known || header.counter != head.counter + 1 || header.previous != head.hash) {
            return fail(ErrorCode::Damaged, "a decision of the journal does not follow the server's chain");
        }
        const bool erasure = erases(change_set);
        if (erasure) {
            TRY(eraseRows(m_tx, decision.claim));
            claim.state = ClaimState();
            claim.row.erased_ms = decision.received_ms;
        }
        ASSIGN(const auto fate, judgeDecision(claim, change_set));
        std::uint64_t seq = 0;
        if (fate.disposition == Disposition::Applied) {
            auto row = decision;
            // A decision may come before the beginning of its claim: then it says itself where that belongs.
            if (claim.row.first_seq != 0 || claim.erased()) row.scope = claim.scope();
            row.ids = {change_set.id()};
            row.change_sets = {bytes};
            ASSIGN(seq, appendRow(m_tx, claim, std::move(row)));
            if (erasure) TRY(tellOfErasure(m_tx, decision.claim, seq));
        } else {
            TRY(m_tx.chains().setAside({change_set.hash, fate.disposition, decision.claim, header.author,
                                        header.incarnation, header.counter, decision.device, decision.received_ms,
                                        fate.reason, bytes}));
        }
        TRY(m_tx.chains().addChangeSet(indexRow(change_set, fate, seq)));
        TRY(m_tx.chains().putHead(header.author, header.incarnation, {header.counter, change_set.hash}));
    }
    if (claim.row.first_seq == 0) return {};
    // Nothing else may ever come to this claim: its author's tablet may be gone, with what it wrote since.
    if (!claim.erased()) TRY(m_tx.claims().lookAgain(decision.claim));
    return storeClaim(m_tx, claim);
}

Status ClaimIntake::decided(LoadedClaim& claim, const SetAsideRow& row) {
    std::vector<ChangeSet> applied;
    if (!claim.state.isRefused(arrivalId(row))) TRY(settle(claim, row, applied).map([](bool) {}));
    TRY(unpark(claim, applied));
    TRY(m_workflow.applied(m_tx, claim, applied));
    return storeClaim(m_tx, claim);
}

Result<bool> ClaimIntake::settle(LoadedClaim& claim, const SetAsideRow& row, std::vector<ChangeSet>& applied) {
    ASSIGN(auto arrival, arrivalOf(row));
    arrival.waited = row.kind == Disposition::Parked;
    ASSIGN(const auto fate, judge(claim, arrival));
    if (fate.disposition == row.kind && fate.reason == row.reason) return false;
    std::uint64_t seq = 0;
    if (fate.disposition == Disposition::Applied) {
        LedgerRow ledger{0,
                         claim.scope(),
                         claim.row.crn,
                         row.author,
                         row.incarnation,
                         row.device,
                         row.at_ms,
                         {arrival.change_set.id()},
                         {row.bytes}};
        ASSIGN(seq, appendRow(m_tx, claim, std::move(ledger)));
        TRY(m_tx.chains().removeSetAside(row.hash));
        TRY(noteHolder(claim, row.author, seq));
        applied.push_back(arrival.change_set);
    } else {
        TRY(m_tx.chains().setAside(asideRow(arrival, fate)));
        TRY(noteHolder(claim, arrival.change_set.header.author, claim.row.last_seq));
    }
    TRY(m_tx.chains().updateChangeSet(indexRow(arrival.change_set, fate, seq)));
    TRY(m_tx.chains().updateFork(row.hash, fate.disposition, seq, fate.reason));
    return fate.disposition == Disposition::Applied;
}

// Its tablet holds a claim that it may not: a person released it, the claim had moved when this was offered again, or a
// restore lost the move by which it came there.
Status ClaimIntake::noteHolder(const LoadedClaim& claim, const Uuid& author, std::uint64_t seq) {
    // Of one that has not begun a restored server's journal may say where it is.
    if (!claim.begun() && claim.row.first_seq == 0) return {};
    ASSIGN(const auto* const rights, rightsOf(author));
    if (!rights->known || contains(rights->scopes, claim.scope())) return {};
    return noteStray(m_tx, rights->device, claim.row.crn, seq);
}

// Its tablet still has what was erased: a restored server knows of the erasure, and not where the claim was.
Status ClaimIntake::noteErased(const LoadedClaim& claim, const std::vector<Arrival>& arrivals) {
    const auto with_content = std::find_if(arrivals.begin(), arrivals.end(), [](const Arrival& arrival) {
        return !arrival.change_set.payload_bytes.empty();
    });
    if (with_content == arrivals.end()) return {};
    ASSIGN(const auto* const rights, rightsOf(with_content->change_set.header.author));
    if (!rights->known) return {};
    ASSIGN(const auto known, m_tx.tablets().purge(rights->device, claim.row.crn));
    if (known && known->reason == PurgeReason::Erased) return {};
    return m_tx.tablets().putPurge({rights->device, claim.row.crn, PurgeReason::Erased, claim.row.last_seq, true, 0});
}

// Each pass applies at least one, or is the last: what waits may wait for another that waits.
Status ClaimIntake::unpark(LoadedClaim& claim, std::vector<ChangeSet>& applied) {
    bool moved = true;
    while (moved) {
        moved = false;
        ASSIGN(const auto waiting, m_tx.chains().parked(claim.row.crn));
        for (const auto& row : waiting) {
            ASSIGN(const bool settled, settle(claim, row, applied));
            moved = moved || settled;
        }
    }
    return {};
}

}  // namespace fieldclaim::server
