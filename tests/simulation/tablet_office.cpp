#include "shared/domain/claim_answers.h"
#include "tests/simulation/tablet.h"

namespace fieldclaim::sim {

void SimTablet::joinOffice(const SimPacks& packs, const std::size_t& in_use, SignedStatements& statements) {
    m_packs = &packs;
    m_packs_in_use = &in_use;
    m_statements = &statements;
}

void SimTablet::bringFurther(Chance& dice) {
    const auto crn = anyClaim(dice);
    if (!crn) return;
    const auto now = state(*crn);
    Payload payload;
    for (const auto& path : now.conflicts()) {
        // An instance in question is taken away; of differing answers one that says something stays.
        const auto* reg = now.find(path);
        const Value* kept = nullptr;
        for (const auto& sibling : reg->siblings()) {
            if (kept == nullptr && !sibling.value.isNull()) kept = &sibling.value;
        }
        payload.edits.push_back(kept == nullptr ? now.removal(path) : now.edit(path, *kept));
    }
    if (payload.edits.empty()) payload.edits = SimPacks::details(now);
    if (!payload.edits.empty()) {
        save(dice, *crn, std::move(payload));
        return;
    }
    const auto source = [&](const Hash& digest) -> std::shared_ptr<const Statement> {
        const auto found = m_statements->find(digest);
        return found == m_statements->end() ? nullptr : found->second;
    };
    const auto review = ClaimReview::of(m_packs->pack(m_pack_version), now, Date::fromWallMs(m_clock.wallMs()), source);
    if (review.withdrawn) return;
    if (review.seal_state != SealState::Valid) {
        sign(dice, *crn, now, review);
    } else if (!review.submitted || dice.percent(10)) {
        payload.intent = Value::Map{{"intent", std::string(kIntentSubmit)}, {"digest", review.seal->digest}};
        const bool tapped_twice = dice.percent(20);
        const auto again = payload;
        if (save(dice, *crn, std::move(payload)) && tapped_twice) {
            m_world.met(46);
            save(dice, *crn, again);
        }
    } else if (dice.percent(60)) {
        payload.edits.push_back(now.edit("a/surname", drawValue(dice, "a/surname")));
        save(dice, *crn, std::move(payload));
    }
}

void SimTablet::sign(Chance& dice, const std::string& crn, const ClaimState& now, const ClaimReview& review) {
    const auto& pack = review.evaluation.pack();
    Statement statement{crn,
                        pack.id() + "/" + pack.version(),
                        Language::English,
                        Date::fromWallMs(m_clock.wallMs()).iso(),
                        review.evaluation.declaredFacts(),
                        {}};
    auto blob = encodeStatement(statement);
    Seal seal;
    Uuid id;
    dice.fill(id.bytes.data(), id.bytes.size());
    seal.id = id.text();
    seal.digest = blob.digest;
    seal.signer = "Gwen O'Brien";
    seal.part = "claimant";
    seal.role = "self";
    seal.method = "tablet";
    seal.officer = m_seat.officer;
    seal.author = m_store->author();
    seal.device = m_seat.device;
    seal.device_time = m_clock.wallMs();
    const auto signature = m_store->sync().signAsAuthor(seal.author, sealMessage(seal));
    ENSURE(signature.has_value());
    seal.signature = *signature;
    if (!save(dice, crn, Payload{{now.edit(sealPath(seal.id), encodeSeal(seal))}, std::nullopt}, std::nullopt,
              std::move(blob.bytes))) {
        return;
    }
    m_world.trace(m_name + " has " + crn.substr(0, 4) + " signed: " + toHex(blob.digest).substr(0, 8));
    m_statements->emplace(blob.digest, std::make_shared<const Statement>(std::move(statement)));
}

}  // namespace fieldclaim::sim
