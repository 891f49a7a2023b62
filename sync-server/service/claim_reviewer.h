#pragma once

#include <deque>
#include <map>
#include <mutex>

#include "shared/domain/claim_review.h"
#include "sync-server/service/blob_files.h"
#include "sync-server/service/claim_fold.h"
#include "sync-server/service/pack_shelf.h"

namespace fieldclaim::server {

/// A claim's review on the server's day. What was signed is judged by the pack that it was signed with, and by no
/// other: isPackKnown() says whether that is here. Safe from any thread: it keeps the statements that it read last,
/// which never change.
class ClaimReviewer {
public:
    ClaimReviewer(const PackShelf& packs, const BlobFiles& files, const Clock& clock)
        : m_packs(packs), m_files(files), m_clock(clock) {}

    /// Nothing when no pack is loaded.
    std::optional<ClaimReview> review(const LedgerSnapshot& now, const LoadedClaim& claim) const;
    bool isPackKnown(const std::string& name_and_version) const { return m_packs.named(name_and_version) != nullptr; }
    /// Null unless the blob belongs to the claim, is verified, and is a statement of it.
    std::shared_ptr<const Statement> statement(const LedgerSnapshot& now, const std::string& crn,
                                               const Hash& digest) const;
    /// A seal of this statement whose signature is right by the key that its author registered.
    Result<bool> isSealed(const LedgerSnapshot& now, const ClaimState& state, const Hash& digest,
                          std::string_view part) const;

private:
    const PackShelf& m_packs;
    const BlobFiles& m_files;
    const Clock& m_clock;
    mutable std::mutex m_mutex;
    mutable std::map<Hash, std::shared_ptr<const Statement>> m_statements;
    mutable std::deque<Hash> m_order;
};

}  // namespace fieldclaim::server
