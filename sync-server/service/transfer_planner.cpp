#include "sync-server/service/transfer_planner.h"

#include <algorithm>

#include "shared/domain/claim_files.h"
#include "sync-server/service/transfer_subject_builder.h"

namespace fieldclaim::server {
namespace {

std::string unsealedInWords(const ClaimReview& review) {
    switch (review.seal_state) {
        case SealState::None:
            return "The claim is not signed.";
        case SealState::Partial:
            return "One of the two who must sign has not signed.";
        case SealState::Void:
            return "What was signed has changed: it must be signed again.";
        case SealState::Unknown:
            return "The signed statement has not come from the tablet yet.";
        case SealState::Valid:
            break;
    }
    return "No signature that can be verified stands over the statement: it must be signed again.";
}

}  // namespace

std::string unansweredInWords(std::size_t questions) {
    return questions == 1 ? "1 question is not answered yet."
                          : std::to_string(questions) + " questions are not answered yet.";
}

Result<std::unique_ptr<TransferPlanner>> TransferPlanner::make(std::vector<TargetConfig> targets,
                                                               const ClaimReviewer& reviewer) {
    auto out = std::unique_ptr<TransferPlanner>(new TransferPlanner(std::move(targets), reviewer));
    for (const auto& target : out->m_targets) {
        ASSIGN(auto map, makeTargetMap(target.adapter == "notice" ? std::string("notice") : target.system));
        out->m_maps.emplace(target.id, std::move(map));
    }
    return out;
}

const TargetConfig* TransferPlanner::find(const std::string& id) const {
    for (const auto& target : m_targets) {
        if (target.id == id) return &target;
    }
    return nullptr;
}

// A claim is complete only with every image here (hazard H42). The labels of those that are not.
Result<std::vector<std::string>> TransferPlanner::imagesMissing(const LedgerSnapshot& now, const LoadedClaim& claim,
                                                                const ClaimReview& review) const {
    std::vector<std::string> out;
    for (const auto& file : filesOf(claim.state, review)) {
        bool here = false;
        if (file.digest) {
            ASSIGN(here, now.blobs().hasBlob(claim.row.crn, *file.digest));
        }
        if (!here) out.push_back(file.label);
    }
    return out;
}

Result<TransferPlan> TransferPlanner::plan(const LedgerSnapshot& now, const LoadedClaim& claim,
                                           const ClaimReview& review) const {
    TransferPlan out;
    if (review.withdrawn) return out;
    bool sealed = review.seal_state == SealState::Valid && review.seal;
    if (sealed) {
        ASSIGN(sealed, m_reviewer.isSealed(now, claim.state, review.seal->digest, "claimant"));
        if (sealed && review.evaluation.value("c_joint") == "yes") {
            ASSIGN(sealed, m_reviewer.isSealed(now, claim.state, review.seal->digest, "partner"));
        }
    }
    if (sealed) out.sealed = review.seal->digest;
    const auto everything =
        buildSubject(claim.state, review, claim.row.crn, {"is", "jsa_ib", "jsa_cb", "ib", "hb", "ctb", "ca", "bb"});
    auto routing = routeClaim(m_targets, everything);
    out.unrouted = std::move(routing.unrouted);
    for (const auto* target : routing.targets) {
        ASSIGN(auto decision, decide(now, claim, review, sealed, *target));
        out.targets.push_back(std::move(decision));
    }
    out.clerical_ib =
        sealed && review.submitted && everything.benefits.contains("ib") && review.blockers({"IB"}).empty();
    return out;
}

Result<TargetDecision> TransferPlanner::decide(const LedgerSnapshot& now, const LoadedClaim& claim,
                                               const ClaimReview& review, bool sealed,
                                               const TargetConfig& target) const {
    TargetDecision out;
    out.target = target.id;
    out.notice = target.adapter == "notice";
    const auto hold = [&](std::string why) { out.held_by.push_back(std::move(why)); };

    if (!sealed) hold(unsealedInWords(review));
    if (review.hasConflictOnDeclared()) hold("Two answers differ, and someone must choose between them.");
    if (!out.notice) {
        if (!review.submitted) hold("The officer has not sent the claim in, or the server has not accepted that yet.");
        std::vector<std::string> names;
        for (const auto& benefit : target.benefits) names.push_back(packBenefit(benefit));
        std::size_t unanswered = 0;  // a list of a hundred of them would hide the rest
        for (const auto& action : review.blockers(names)) {
            if (action.kind == ActionKind::Missing) {
                ++unanswered;
            } else {
                hold(action.text.english);
            }
        }
        if (unanswered > 0) hold(unansweredInWords(unanswered));
        ASSIGN(const auto missing, imagesMissing(now, claim, review));
        for (const auto& label : missing) hold("A photograph has not come from the tablet yet: " + label);
    }
    if (!out.held_by.empty()) return out;

    PlannedTransfer planned;
    planned.subject = buildSubject(claim.state, review, claim.row.crn, target.benefits);
    planned.subject.kind = out.notice ? TransferKind::Notice : TransferKind::Claim;
    planned.statement = review.seal->digest;
    ASSIGN(const auto earlier, now.transfers().ofClaim(claim.row.crn));
    const TransferRow* accepted = nullptr;
    for (const auto& transfer : earlier) {
        const auto& record = transfer.record;
        if (record.target != target.id) continue;
        if (!isFinal(record.state)) {
            // Order is kept per claim and target, and nothing follows what may or may not have arrived.
            hold("An earlier transfer to this target is under way.");
            return out;
        }
        if (record.state == TransferState::Accepted) accepted = &transfer;
    }
    if (accepted != nullptr) {
        // What the target has is what it accepted last: an answer put back to what it was before is news to it.
        if (accepted->statement == planned.statement) return out;
        planned.accepted_before = accepted->record.idempotency_key;
        planned.subject.kind = TransferKind::Supplement;
        planned.subject.supplements = accepted->record.target_ref;
    }
    const auto& map = *m_maps.at(target.id);
    for (const auto& problem : map.preflight(planned.subject)) hold(problem.message);
    if (!out.held_by.empty()) return out;
    auto payload = map.map(planned.subject);
    if (!payload) {
        hold("The claim cannot be put into this target's form.");
        return out;
    }
    planned.payload = std::move(*payload);
    const auto key = idempotencyKey(target.id, claim.row.crn, planned.subject.kind,
                                    sha256(asBytes(planned.payload.bytes)), planned.accepted_before);
    ASSIGN(const auto same, now.transfers().byKey(key));
    if (same) {
        hold("This version was refused. It goes again when it is changed.");
        return out;
    }
    out.send = std::move(planned);
    return out;
}

}  // namespace fieldclaim::server
