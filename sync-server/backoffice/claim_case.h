#pragma once

#include <map>
#include <string>
#include <vector>

#include "shared/domain/claim_files.h"
#include "shared/domain/claim_review.h"
#include "sync-server/service/claim_reviewer.h"
#include "sync-server/service/transfer_planner.h"
#include "sync-server/storage/ledger_store.h"

namespace fieldclaim::server {

/// Who gave what stands at a path, and when by their device.
struct Provenance {
    std::string who;
    std::int64_t device_time = 0;
};

/// One line of a claim's timeline, across tablets and the server.
struct TimelineEntry {
    std::int64_t at_ms = 0;  ///< by the device that wrote it
    std::string who;
    std::string kind;  ///< answers, proof, signature, intent, decision, transfer, visit
    std::string text;  ///< plain words; no answer's value
};

/// A file that the claim names, and whether its bytes have come.
struct FileHere {
    ClaimFile file;
    bool here = false;
};

/// One claim as the back office sees it: all of it derived from one moment of the ledger.
struct ClaimCase {
    ClaimRow row;
    ClaimViewRow view;
    ClaimState state;
    ClaimReview review;
    std::map<std::string, Provenance> provenance;  ///< by path
    std::vector<TimelineEntry> timeline;           ///< newest first
    std::vector<TransferRow> transfers;
    std::vector<TargetDecision> waits;  ///< targets that it is for, with what holds each back
    std::vector<std::string> unrouted;  ///< benefits and councils that no target takes
    std::vector<FileHere> files{};
    std::uint64_t parked_saves = 0;     ///< received, and waiting for what they build on
    std::uint64_t set_aside_saves = 0;  ///< waiting for a supervisor
};

/// NotFound when there is no such claim, or nothing of it was applied yet.
Result<ClaimCase> readClaimCase(const LedgerSnapshot& now, const std::string& crn, const ClaimReviewer& reviewer,
                                const TransferPlanner& planner);

}  // namespace fieldclaim::server
