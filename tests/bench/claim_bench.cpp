#include <algorithm>
#include <deque>
#include <fstream>

#include "mobile/casework/casework.h"
#include "mobile/storage/vault_sync_store.h"
#include "mobile/sync/sync_engine.h"
#include "shared/wire/compression.h"
#include "tests/bench/figures.h"
#include "tests/support/api_wire/api_wire.h"
#include "tests/support/forms/claim_sketch.h"
#include "tests/support/tablet/test_server.h"
#include "tests/support/vault/vault_kit.h"

namespace fieldclaim::bench {
namespace {

using namespace tablet;

/// Bytes of bodies, as sent and as they are without compression.
struct Traffic {
    std::uint64_t requests = 0;
    std::uint64_t up = 0;
    std::uint64_t up_evidence = 0;  ///< of `up`: bytes of blobs, the statement among them
    std::uint64_t up_plain = 0;
    std::uint64_t down = 0;
    std::uint64_t down_plain = 0;
};

std::size_t plainSize(const Bytes& body, bool deflated) {
    return deflated ? must(inflateBytes(body, kMaxInflatedBytes)).size() : body.size();
}

/// Drives the engine against the API until it rests.
void sync(SyncEngine& engine, const test::ApiWire& wire, SetClock& clock, Traffic& traffic) {
    std::deque<Event> events;
    const auto tell = [&](decltype(Event::what) what) {
        events.push_back({clock.uptimeMs(), clock.wallMs(), std::move(what)});
    };
    tell(Started{});
    while (!events.empty()) {
        auto event = std::move(events.front());
        events.pop_front();
        event.now_ms = clock.uptimeMs();
        for (auto& action : engine.step(event)) {
            auto* const send = std::get_if<Send>(&action);
            if (send == nullptr) continue;
            auto headers = send->headers;
            headers["Accept-Encoding"] = "deflate";
            ++traffic.requests;
            traffic.up += send->body.size();
            if (send->path.starts_with("/v1/uploads")) traffic.up_evidence += send->body.size();
            traffic.up_plain += plainSize(send->body, headers.contains("Content-Encoding"));
            auto reply = wire.call(send->method, send->path, headers, send->body, "bench");
            traffic.down += reply.body.size();
            if (reply.headers.contains("content-encoding")) {
                reply.body = must(inflateBytes(reply.body, kMaxInflatedBytes));
            }
            traffic.down_plain += reply.body.size();
            clock.advance(50);
            tell(Replied{send->request, reply.status, std::move(reply.headers), std::move(reply.body)});
        }
    }
    ENSURE(engine.idle());
}

DeviceSetup enrol(test::TestServer& server, const std::string& folder, Random& random) {
    const auto key = must(DeviceKey::loadOrMake(folder, random));
    const auto code = must(EnrolmentCode::parse(must(server->enrolment().makeCode("caernarfon"))));
    EnrolRequest request{code.secret, key.pair().public_key, "Bench", {}};
    request.proof = signEd25519(key.pair().secret, enrolMessage(request.secret, request.device_key));
    const auto reply = must(server->enrolment().enrol(request));
    return {"https://localhost:1", server->keys().ca.certificatePem(), reply.device, reply.site, reply.site_name,
            reply.officers};
}

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
    test::TestServer server(options);
    const auto vault_folder = folder.path() + "/vault";
    const auto setup = enrol(server, vault_folder, random);
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
    sync(engine, wire, clock, traffic);
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
