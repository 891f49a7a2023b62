#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "shared/domain/claim_review.h"
#include "shared/targets/target_map.h"
#include "sync-server/service/claim_reviewer.h"
#include "sync-server/transfer/target_config.h"

namespace fieldclaim::server {

/// What is to be sent, before it has a number.
struct PlannedTransfer {
    TransferSubject subject;
    TargetPayload payload;
    Hash statement{};
    std::string accepted_before;  ///< key of the accepted transfer before it, or empty
};

/// For one target that the claim is for: what to send now, or what holds it back, in plain words. They name questions
/// by their labels, and repeat no answer.
struct TargetDecision {
    std::string target;
    bool notice = false;
    std::optional<PlannedTransfer> send;
    std::vector<std::string> held_by;
};

struct TransferPlan {
    std::optional<Hash> sealed;  ///< the statement that all who must sign have signed, and that stands
    std::vector<TargetDecision> targets;
    std::vector<std::string> unrouted;  ///< benefits and councils that no target takes
    bool clerical_ib = false;           ///< Incapacity Benefit is ready, and goes by paper
};

std::string unansweredInWords(std::size_t questions);

/// The gate of architecture part 9: which transfers a claim is ready for. It decides and writes nothing; the console
/// asks it too, to say why a claim is held back.
class TransferPlanner {
public:
    /// BadInput for a target whose map is not known.
    static Result<std::unique_ptr<TransferPlanner>> make(std::vector<TargetConfig> targets,
                                                         const ClaimReviewer& reviewer);

    Result<TransferPlan> plan(const LedgerSnapshot& now, const LoadedClaim& claim, const ClaimReview& review) const;
    const std::vector<TargetConfig>& targets() const { return m_targets; }
    const TargetConfig* find(const std::string& id) const;

private:
    TransferPlanner(std::vector<TargetConfig> targets, const ClaimReviewer& reviewer)
        : m_targets(std::move(targets)), m_reviewer(reviewer) {}
    Result<TargetDecision> decide(const LedgerSnapshot& now, const LoadedClaim& claim, const ClaimReview& review,
                                  bool sealed, const TargetConfig& target) const;
    Result<std::vector<std::string>> imagesMissing(const LedgerSnapshot& now, const LoadedClaim& claim,
                                                   const ClaimReview& review) const;

    std::vector<TargetConfig> m_targets;
    std::map<std::string, std::unique_ptr<TargetMap>> m_maps;
    const ClaimReviewer& m_reviewer;
};

}  // namespace fieldclaim::server
