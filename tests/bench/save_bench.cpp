#include <optional>

#include "mobile/casework/casework.h"
#include "shared/domain/claim_answers.h"
#include "tests/bench/figures.h"
#include "tests/support/forms/claim_sketch.h"
#include "tests/support/vault/vault_kit.h"

namespace fieldclaim::bench {
namespace {

using namespace tablet;

/// A whole claim in two saves: the benchmark is about the next answer, not about these.
std::string addClaim(Vault& vault, const AnswerSet& answers, Random& random) {
    const auto crn = Crn::make(random);
    ClaimKey key{};
    random.fill(key.data(), key.size());
    Payload begin{{Edit{std::string(kSitePath), Value("llanrwst"), {}}}, std::nullopt};
    must(vault.save({crn, std::move(begin), "working-age/bench", key, "llanrwst", {}}));
    Payload all;
    for (const auto& [name, answer] : answers.answers)
        all.edits.push_back({answerPath(name), encodeAnswer(answer), {}});
    must(vault.save({crn, std::move(all), "working-age/bench", std::nullopt, {}, {}}));
    return crn;
}

}  // namespace

/// What an officer waits for on a tablet: the time of saveAnswer until it is on disk.
Figures benchSave(const Arguments& arguments) {
    const auto claims = numberIn(arguments, "--claims", 200);
    const auto saves = numberIn(arguments, "--saves", 2'000);
    const auto found = arguments.find("--folder");
    const WorkFolder folder(found == arguments.end() ? std::string() : found->second);
    SetClock clock;
    SeededRandom random;
    const auto pack = missionPack();
    ClaimSketch sketch(pack, Date::fromWallMs(clock.wallMs()));
    sketch.complete({{"benefits_claimed", "jsa_ib hb ctb"}});

    const auto officer = testOfficer("Bronwen Pugh");
    auto vault = must(Vault::create(folder.path() + "/vault", testSetup(), officer, clock, random, Vault::Options()));
    std::vector<std::string> crns;
    const auto filling_ms = timed([&] {
        for (std::int64_t i = 0; i < claims; ++i) crns.push_back(addClaim(*vault, sketch.answers, random));
    });

    vault->lock();
    const auto unlock_ms = timed([&] { must(vault->unlock(officer.info.id, kPassphrase)); });
    Casework casework(*vault, clock, random, pack);
    const auto list_first_ms = timed([&] { must(casework.claims()); });
    const auto list_again_ms = timed([&] { must(casework.claims()); });

    // An officer works on one claim for a while, then on the next.
    constexpr std::int64_t kSavesAClaim = 100;
    const std::vector<std::string> keys{"first_names", "surname", "addr1", "town", "anything_else"};
    std::vector<double> save_times;
    std::vector<double> open_times;
    for (std::int64_t i = 0; i < saves; ++i) {
        clock.advance(3'000);
        const auto& crn = crns[static_cast<std::size_t>(i / kSavesAClaim) % crns.size()];
        const auto& key = keys[static_cast<std::size_t>(i) % keys.size()];
        const Answer answer{Answer::Kind::Given, "Answer " + std::to_string(i)};
        save_times.push_back(timed([&] { must(casework.saveAnswer(crn, key, answer)); }));
        if (i % 10 == 0) open_times.push_back(timed([&] { must(casework.open(crn)); }));
    }

    std::vector<double> review_times;
    const auto state = must(vault->claimState(crns.front()));
    for (int i = 0; i < 200; ++i) {
        review_times.push_back(timed([&] {
            static_cast<void>(ClaimReview::of(pack, state, casework.today(), [](const Hash&) { return nullptr; }));
        }));
    }
    return {{"claims", claims},
            {"saves", saves},
            {"saveAnswer", spread(save_times)},
            {"open after a save", spread(open_times)},
            {"review", spread(review_times)},
            {"unlock_ms", unlock_ms},
            {"list first_ms", list_first_ms},
            {"list again_ms", list_again_ms},
            {"filling_ms", filling_ms}};
}

}  // namespace fieldclaim::bench
