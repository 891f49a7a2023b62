#include <algorithm>
#include <fstream>

#include "mobile/casework/casework.h"
#include "mobile/storage/vault_sync_store.h"
#include "mobile/sync/sync_engine.h"
#include "tests/bench/bench_tablet.h"
#include "tests/bench/figures.h"
#include "tests/support/api_wire/api_wire.h"
#include "tests/support/forms/claim_sketch.h"
#include "tests/support/tablet/test_server.h"
#include "tests/support/vault/vault_kit.h"

namespace fieldclaim::bench {
namespace {

using namespace tablet;

std::map<std::string, std::string> customer() {
    std::ifstream file(FIELDCLAIM_SOURCE_DIR "/tests/support/customers/gwen_obrien.json");
    ENSURE(file.is_open());
    return nlohmann::json::parse(file).get<std::map<std::string, std::string>>();
}

/// What is asked next and has no answer here.
const QuestionState* nextQuestion(const Evaluation& evaluation, const std::map<std::string, std::string>& answers,
                                  const std::map<std::string, bool>& done) {
    const auto& questions = evaluation.questions();
    const auto found = std::find_if(questions.begin(), questions.end(), [&](const QuestionState& state) {
        if (!state.relevant || state.answered || done.contains(state.key)) return false;
        const auto& question = *state.question;
        const auto wish = answers.find(question.repeat.empty() ? question.id : question.repeat + "/" + question.id);
        return wish != answers.end() && !wish->second.empty();
    });
    return found == questions.end() ? nullptr : &*found;
}

}  // namespace

/// One customer's whole claim for JSA, HB and CTB: what is asked, kept and sent.
Figures benchClaim(const Arguments& arguments) {
    const auto found = arguments.find("--folder");
    const WorkFolder folder(found == arguments.end() ? std::string() : found->second);
    SetClock clock;
    tablet::SeededRandom random;
    server::Server::Options options;
    options.data = folder.path() + "/server";
    options.inline_writer = true;
    options.packs = {FIELDCLAIM_SOURCE_DIR "/shared/packs/working-age"};
    test::TestServer server(options);
    const auto vault_folder = folder.path() + "/vault";
    const auto setup = enrolTablet(server, vault_folder, random);
    const auto added = must(server->directory().addOfficer("Carys Hughes", "caernarfon", "assessor"));
    const NewOfficer officer{{added.id, "Carys Hughes", "assessor", "caernarfon"}, added.code, kPassphrase};
    auto vault = must(Vault::create(vault_folder, setup, officer, clock, random, quickOptions()));
    const auto pack = missionPack();
    Casework casework(*vault, clock, random, pack);
    VaultSyncStore store(*vault);
    SyncEngine engine(store, random);
    const test::ApiWire wire(*server, server.clock, server.metrics);

    const auto answers = customer();
    const auto crn = must(casework.beginClaim());
    std::map<std::string, bool> done;
    std::string capital;
    auto open = must(casework.open(crn));
    const auto save = [&](const std::string& key, const std::string& text) {
        must(casework.saveAnswer(crn, key, {Answer::Kind::Given, text}));
        done[key] = true;
        clock.advance(15'000);
        open = must(casework.open(crn));
    };
    while (true) {
        if (const auto* next = nextQuestion(open.review.evaluation, answers, done)) {
            const auto& question = *next->question;
            save(std::string(next->key),
                 answers.at(question.repeat.empty() ? question.id : question.repeat + "/" + question.id));
            continue;
        }
        const auto& repeats = open.review.evaluation.repeats();
        const bool wanted = std::any_of(repeats.begin(), repeats.end(), [](const RepeatState& state) {
            return state.repeat->id == "capital" && state.relevant && state.instances.empty();
        });
        if (!wanted || !capital.empty()) break;
        capital = casework.newInstance();
        save("capital/" + capital + "/cp_type", answers.at("capital/cp_type"));
    }

    std::size_t in_pack = 0;
    for (const auto& question : pack->questions()) in_pack += question.type == QuestionType::Calculate ? 0U : 1U;

    Casework::Signing signing;
    signing.signer = "Gwen Siobhan O'Brien";
    signing.strokes = Bytes(600, 0x42);
    const auto statement = must(casework.draftStatement(crn, Language::English));
    must(casework.sign(crn, statement, signing));
    must(casework.submit(crn));
    // Signing answers some questions itself.
    open = must(casework.open(crn));
    std::size_t asked = 0;
    std::size_t missing = 0;
    for (const auto& state : open.review.evaluation.questions()) {
        asked += state.relevant ? 1U : 0U;
        missing += state.missing ? 1U : 0U;
    }
    const auto saved = must(casework.totals()).saved_here;
    Traffic traffic;
    syncUntilRest(engine, wire, clock, traffic);
    const auto totals = must(casework.totals());
    ENSURE(totals.acknowledged == saved && totals.blobs_waiting == 0);
    return {{"questions in the pack", in_pack},
            {"questions asked", asked},
            {"answered", done.size()},
            {"required and missing", missing},
            {"change sets", saved},
            {"statement bytes", encodeStatement(statement).bytes.size()},
            {"requests", traffic.requests},
            {"bytes up", traffic.up - traffic.up_evidence},
            {"bytes up, not compressed", traffic.up_plain - traffic.up_evidence},
            {"evidence bytes up (the statement)", traffic.up_evidence},
            {"bytes up with evidence", traffic.up},
            {"bytes down", traffic.down},
            {"bytes down, not compressed", traffic.down_plain}};
}

}  // namespace fieldclaim::bench
