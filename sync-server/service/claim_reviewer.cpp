#include "sync-server/service/claim_reviewer.h"

namespace fieldclaim::server {
namespace {

constexpr std::size_t kMostStatementBytes = 2U << 20U;
constexpr std::size_t kStatementsKept = 256;

}  // namespace

std::shared_ptr<const Statement> ClaimReviewer::statement(const LedgerSnapshot& now, const std::string& crn,
                                                          const Hash& digest) const {
    const auto here = now.blobs().hasBlob(crn, digest);
    if (!here || !*here) return nullptr;
    {
        const std::lock_guard lock(m_mutex);
        if (const auto found = m_statements.find(digest); found != m_statements.end()) {
            return found->second->claim == crn ? found->second : nullptr;
        }
    }
    const auto bytes = m_files.read(digest, kMostStatementBytes);
    if (!bytes) return nullptr;
    auto decoded = decodeStatement(*bytes);
    if (!decoded) return nullptr;
    const auto made = std::make_shared<const Statement>(std::move(*decoded));
    {
        const std::lock_guard lock(m_mutex);
        if (m_statements.emplace(digest, made).second) m_order.push_back(digest);
        if (m_order.size() > kStatementsKept) {
            m_statements.erase(m_order.front());
            m_order.pop_front();
        }
    }
    return made->claim == crn ? made : nullptr;
}

std::optional<ClaimReview> ClaimReviewer::review(const LedgerSnapshot& now, const LoadedClaim& claim) const {
    const auto source = [&](const Hash& digest) { return statement(now, claim.row.crn, digest); };
    std::string pack_name;
    for (const auto& seal : sealsOf(claim.state)) {
        if (const auto signed_one = source(seal.digest)) pack_name = signed_one->pack;
    }
    const auto pack = m_packs.packFor(pack_name);
    if (!pack) return std::nullopt;
    return ClaimReview::of(pack, claim.state, Date::fromWallMs(m_clock.wallMs()), source,
                           [&](const std::string& name) { return m_packs.named(name); });
}

Result<bool> ClaimReviewer::isSealed(const LedgerSnapshot& now, const ClaimState& state, const Hash& digest,
                                     std::string_view part) const {
    for (const auto& seal : sealsOf(state)) {
        if (seal.digest != digest || seal.part != part) continue;
        ASSIGN(const auto author, now.directory().author(seal.author));
        if (author && verifyEd25519(author->key, sealMessage(seal), seal.signature)) return true;
    }
    return false;
}

}  // namespace fieldclaim::server
