#include "sync-server/service/statement_maker.h"

#include <algorithm>

#include "shared/document/statement_renderer.h"

namespace fieldclaim::server {
namespace {

constexpr std::size_t kMostPacks = 4;

}  // namespace

std::optional<Bytes> StatementMaker::make(const LedgerSnapshot& now, const std::string& crn, const Hash& digest) const {
    const auto claim = loadClaim(now, crn);
    if (!claim || claim->erased()) return std::nullopt;
    const auto seals = sealsOf(claim->state);
    const auto seal = std::find_if(seals.begin(), seals.end(), [&](const Seal& each) { return each.digest == digest; });
    if (seal == seals.end()) return std::nullopt;

    const auto day = Date::fromWallMs(seal->device_time);
    const auto proofs = proofsOf(claim->state);
    auto packs = m_packs.inUse();
    if (packs.size() > kMostPacks) packs.resize(kMostPacks);
    for (const auto& info : packs) {
        const auto pack = m_packs.packFor(info.id + "/" + info.version);
        // Of what was signed there is nothing here: the statement is made as for the first time.
        const auto review = ClaimReview::of(pack, claim->state, day, [](const Hash&) { return nullptr; });
        for (const auto language : {Language::English, Language::Welsh}) {
            auto made = encodeStatement(draftStatement(review, crn, proofs, pack->name(), language));
            if (made.digest == digest) return std::move(made.bytes);
        }
    }
    return std::nullopt;
}

}  // namespace fieldclaim::server
