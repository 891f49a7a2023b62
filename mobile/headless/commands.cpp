#include "mobile/headless/commands.h"

#include <functional>

#include "mobile/headless/claim_json.h"
#include "mobile/headless/command_list.h"
#include "mobile/platform/enrolment.h"
#include "shared/wire/cbor.h"

namespace fieldclaim::tablet {
namespace {

using nlohmann::json;

Result<json> setUp(Session& session) {
    const auto& arguments = session.arguments;
    ASSIGN(auto given, session.passphrase());
    if (Vault::exists(session.data())) return fail(ErrorCode::Conflict, "this folder has a tablet already");
    ASSIGN(const auto setup, enrol(session.data(), arguments.option("server"), arguments.option("code"),
                                   arguments.option("device-name", "fieldclaim-tablet-cli"), session.random));
    ASSIGN(const auto officer, session.newOfficer(setup.officers, std::move(given)));
    ASSIGN(const auto options, session.vaultOptions());
    ASSIGN(session.vault, Vault::create(session.data(), setup, officer, session.clock, session.random, options));
    ASSIGN(const auto wait, session.seconds());
    return json{{"device", setup.device.text()},
                {"site", setup.site},
                {"officer", officer.info.name},
                {"sync", session.sync(wait)}};
}

Result<json> addOfficer(Session& session) {
    TRY(session.unlock());
    ASSIGN(auto given, passphraseIn(session.arguments.option("new-passphrase-file")));
    ASSIGN(const auto officer, session.newOfficer(session.vault->knownOfficers(), std::move(given)));
    TRY(session.vault->addOfficer(officer));
    return json{{"officer", officer.info.name}};
}

Result<json> shown(Session& session, const std::string& crn) {
    ASSIGN(const auto claim, session.casework->open(crn));
    session.casework->noteView(crn);
    return toJson(claim);
}

Result<json> newClaim(Session& session) {
    TRY(session.openCasework());
    ASSIGN(const auto crn, session.casework->beginClaim());
    return json{{"crn", crn}};
}

Result<json> answerOne(Session& session) {
    TRY(session.openCasework());
    ASSIGN(const auto crn, session.crn());
    ASSIGN(const auto key, session.word(2, "the question"));
    ASSIGN(const auto value, session.word(3, "the answer"));
    TRY(session.casework->saveAnswer(crn, key, {Answer::Kind::Given, value}));
    return json{{"crn", crn}, {"saved", 1}};
}

Result<json> answerMany(Session& session) {
    TRY(session.openCasework());
    ASSIGN(const auto crn, session.crn());
    ASSIGN(const auto path, session.word(2, "the file"));
    ASSIGN(const auto text, readText(path));
    ASSIGN(const auto saved, saveAnswers(session, crn, json::parse(text, nullptr, false)));
    return json{{"crn", crn}, {"saved", saved}};
}

Result<json> proof(Session& session) {
    TRY(session.openCasework());
    ASSIGN(const auto crn, session.crn());
    ProofRecord record;
    ASSIGN(record.key, session.word(2, "the proof"));
    record.level = session.arguments.option("level", "original");
    record.what = session.arguments.option("what");
    TRY(session.casework->saveProof(crn, record));
    return json{{"crn", crn}};
}

Result<json> sign(Session& session) {
    TRY(session.openCasework());
    ASSIGN(const auto crn, session.crn());
    const auto& arguments = session.arguments;
    Casework::Signing signing;
    signing.signer = arguments.option("signer");
    signing.method = arguments.option("method", "tablet");
    signing.role = arguments.option("role", "self");
    signing.part = arguments.option("part", "claimant");
    signing.witness = arguments.option("witness");
    ASSIGN(const auto digest, signClaim(session, crn, std::move(signing)));
    return json{{"crn", crn}, {"digest", digest}};
}

Result<json> submit(Session& session) {
    TRY(session.openCasework());
    ASSIGN(const auto crn, session.crn());
    TRY(session.casework->submit(crn));
    return json{{"crn", crn}};
}

Result<json> visit(Session& session) {
    TRY(session.openCasework());
    ASSIGN(const auto crn, session.crn());
    const auto& arguments = session.arguments;
    TRY(session.casework->saveVisit(
        crn, {"", arguments.option("date"), arguments.option("time"), arguments.option("place"), ""}));
    return json{{"crn", crn}};
}

Result<json> syncNow(Session& session) {
    TRY(session.unlock());
    ASSIGN(const auto wait, session.seconds());
    return session.sync(wait, session.arguments.has("watch"));
}

Result<json> show(Session& session) {
    TRY(session.openCasework());
    ASSIGN(const auto crn, session.crn());
    return shown(session, crn);
}

Result<json> listed(const Result<std::vector<ClaimSummary>>& summaries) {
    if (!summaries) return fail(summaries.error().code, summaries.error().detail);
    json out = json::array();
    for (const auto& summary : *summaries) out.push_back(toJson(summary));
    return out;
}

Result<json> claims(Session& session) {
    TRY(session.openCasework());
    return listed(session.casework->claims());
}

Result<json> search(Session& session) {
    TRY(session.openCasework());
    ASSIGN(const auto text, session.word(1, "what to search for"));
    return listed(session.casework->search(text));
}

Result<json> history(Session& session) {
    TRY(session.openCasework());
    ASSIGN(const auto crn, session.crn());
    const auto about = session.arguments.words.size() > 2 ? session.arguments.words[2] : std::string();
    ASSIGN(const auto entries, session.casework->history(crn, about));
    json out = json::array();
    for (const auto& entry : entries) out.push_back(toJson(entry));
    return out;
}

Result<json> totals(Session& session) {
    TRY(session.unlock());
    ASSIGN(const auto now, session.vault->totals());
    return toJson(SyncTotals{now.saved_here, now.acknowledged, now.set_aside, now.claims_waiting, now.blobs_waiting,
                             now.last_contact_ms});
}

Result<json> officers(Session& session) {
    TRY(session.open());
    json out = json::array();
    for (const auto& slot : session.vault->officers())
        out.push_back({{"id", slot.officer.text()}, {"name", slot.name}});
    return out;
}

}  // namespace

Result<json> runCommand(const Arguments& arguments, const Clock& clock, Random& random) {
    static const std::map<std::string, Result<json> (*)(Session&)> kCommands{{"set-up", setUp},
                                                                             {"add-officer", addOfficer},
                                                                             {"new-claim", newClaim},
                                                                             {"answer", answerOne},
                                                                             {"answers", answerMany},
                                                                             {"proof", proof},
                                                                             {"sign", sign},
                                                                             {"submit", submit},
                                                                             {"visit", visit},
                                                                             {"sync", syncNow},
                                                                             {"show", show},
                                                                             {"claims", claims},
                                                                             {"search", search},
                                                                             {"history", history},
                                                                             {"totals", totals},
                                                                             {"officers", officers},
                                                                             {"take", takeClaims},
                                                                             {"attach", attachFile},
                                                                             {"clear", clearAnswer},
                                                                             {"resolve", resolveConflict},
                                                                             {"correct-date", correctDate},
                                                                             {"state", wholeState},
                                                                             {"outbox", outbox},
                                                                             {"unlock", tryUnlock},
                                                                             {"orders", askOrders},
                                                                             {"forgot", forgotPassphrase},
                                                                             {"passphrase", changePassphrase},
                                                                             {"remove-officer", removeOfficer},
                                                                             {"export", exportWork},
                                                                             {"salvage", salvageStore},
                                                                             {"statement-pdf", saveStatementPdf},
                                                                             {"copy-pdf", saveCopyPdf},
                                                                             {"receipt-pdf", saveReceiptPdf},
                                                                             {"scan", scanPages}};
    if (arguments.option("data").empty()) return fail(ErrorCode::BadInput, "--data is needed");
    const auto command = arguments.words.empty() ? kCommands.end() : kCommands.find(arguments.words.front());
    if (command == kCommands.end()) return fail(ErrorCode::BadInput, "no such command");
    Session session{arguments, clock, random};
    return command->second(session);
}

}  // namespace fieldclaim::tablet
