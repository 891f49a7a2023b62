#include <filesystem>
#include <iostream>

#include "mobile/casework/ink_route.h"
#include "mobile/headless/command_list.h"
#include "shared/domain/claim_files.h"
#include "shared/domain/records.h"
#include "shared/domain/statement.h"
#include "shared/wire/cbor.h"

namespace fieldclaim::tablet {
namespace {

using nlohmann::json;

std::string textAt(const json& object, const char* key, const std::string& otherwise = {}) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : otherwise;
}

Result<std::string> attach(Session& session, const std::string& crn, const std::string& path,
                           const std::string& proof) {
    ASSIGN(const auto text, readText(path));
    const auto name = std::filesystem::path(path).filename().string();
    if (text.size() > kMostFileBytes) return fail(ErrorCode::TooLarge, name + " is larger than 32 MiB");
    ProofFile file;
    file.proof = proof;
    file.name = name;
    file.type = mediaTypeOf(asBytes(text));
    ASSIGN(const auto kept, session.casework->addFile(crn, file, toBytes(asBytes(text))));
    return toHex(kept.digest);
}

Status saveProof(Session& session, const std::string& crn, const json& proof) {
    ProofRecord record;
    record.key = textAt(proof, "key");
    record.level = textAt(proof, "level", "original");
    record.what = textAt(proof, "what");
    record.unavailable = textAt(proof, "unavailable");
    TRY(session.casework->saveProof(crn, record));
    for (const auto& file : proof.value("files", json::array())) {
        if (!file.is_string()) return fail(ErrorCode::BadInput, "a proof's files are paths");
        TRY(attach(session, crn, file.get<std::string>(), record.key));
    }
    return {};
}

/// One claim of the file, from its answers to its sending in.
Result<std::string> takeOne(Session& session, const json& claim) {
    if (!claim.is_object()) return fail(ErrorCode::BadInput, "a claim is a JSON object");
    ASSIGN(const auto crn, session.casework->beginClaim());
    if (const auto answers = claim.find("answers"); answers != claim.end()) {
        TRY(saveAnswers(session, crn, *answers));
    }
    for (const auto& proof : claim.value("proofs", json::array())) TRY(saveProof(session, crn, proof));
    if (const auto visit = claim.find("visit"); visit != claim.end()) {
        TRY(session.casework->saveVisit(crn, {"", textAt(*visit, "date"), textAt(*visit, "time"),
                                              textAt(*visit, "place"), textAt(*visit, "note")}));
    }
    if (const auto sign = claim.find("sign"); sign != claim.end()) {
        Casework::Signing signing;
        signing.signer = textAt(*sign, "signer");
        signing.method = textAt(*sign, "method", "tablet");
        signing.role = textAt(*sign, "role", "self");
        signing.part = textAt(*sign, "part", "claimant");
        signing.witness = textAt(*sign, "witness");
        TRY(signClaim(session, crn, std::move(signing)));
    }
    if (claim.value("submit", false)) TRY(session.casework->submit(crn));
    return crn;
}

}  // namespace

Result<int> saveAnswers(Session& session, const std::string& crn, const json& answers) {
    if (!answers.is_object()) return fail(ErrorCode::BadInput, "the answers are not a JSON object");
    int saved = 0;
    std::map<std::string, std::string> instances;  // "job/jb_net": of the one job that this file tells of
    for (const auto& [name, value] : answers.items()) {
        auto key = name;
        if (const auto slash = key.find('/');
            slash != std::string::npos && key.find('/', slash + 1) == std::string::npos) {
            const auto group = key.substr(0, slash);
            if (!instances.contains(group)) instances.emplace(group, session.casework->newInstance());
            key.insert(slash, "/" + instances.at(group));
        }
        Answer answer;
        if (value.is_string()) {
            answer.text = value.get<std::string>();
        } else if (value.is_object() && value.contains("absent")) {
            answer.kind = value["absent"] == "refused" ? Answer::Kind::Refused : Answer::Kind::NotKnown;
            answer.text = value.value("note", std::string());
        } else {
            return fail(ErrorCode::BadInput, "the answer to " + name + " is neither a text nor {\"absent\": ...}");
        }
        if (answer.kind == Answer::Kind::Given && answer.text.empty()) continue;
        TRY(session.casework->saveAnswer(crn, key, answer));
        ++saved;
    }
    return saved;
}

Result<std::string> signClaim(Session& session, const std::string& crn, Casework::Signing signing) {
    // There is no pad here: one straight stroke stands for the customer's hand.
    if (signing.method == "tablet")
        signing.strokes = encodeCbor(Value::List{Value::List{0, 5'000, 0, 10'000, 5'000, 400}});
    if (signing.method == "paper") {
        ASSIGN(const auto ink, InkRoute(*session.casework).state(crn));
        if (!ink.isComplete()) return fail(ErrorCode::BadInput, "not every page of the printed statement is scanned");
        signing.strokes = InkRoute::signing(ink).strokes;
        TRY(session.casework->sign(crn, *ink.statement, signing));
        return toHex(ink.digest);
    }
    ASSIGN(const auto statement, session.casework->draftStatement(crn, Language::English));
    TRY(session.casework->sign(crn, statement, signing));
    return toHex(encodeStatement(statement).digest);
}

Result<json> takeClaims(Session& session) {
    TRY(session.openCasework());
    ASSIGN(const auto path, session.word(1, "the file"));
    ASSIGN(const auto text, readText(path));
    auto claims = json::parse(text, nullptr, false);
    if (claims.is_object()) claims = json::array({std::move(claims)});
    if (!claims.is_array()) return fail(ErrorCode::BadInput, "the file is neither a claim nor a list of claims");
    json crns = json::array();
    for (std::size_t i = 0; i < claims.size(); ++i) {
        const auto crn = takeOne(session, claims[i]);
        // What was saved of it is kept: the number of claims taken says where to go on.
        if (!crn)
            return fail(crn.error().code, "claim " + std::to_string(i + 1) + " of the file, after " +
                                              std::to_string(crns.size()) + " taken: " + crn.error().detail);
        if (session.arguments.has("print")) std::cout << *crn << std::endl;
        crns.push_back(*crn);
    }
    return json{{"taken", crns}};
}

Result<json> attachFile(Session& session) {
    TRY(session.openCasework());
    ASSIGN(const auto crn, session.crn());
    ASSIGN(const auto path, session.word(2, "the file"));
    ASSIGN(const auto digest, attach(session, crn, path, session.arguments.option("proof")));
    return json{{"crn", crn}, {"sha256", digest}};
}

Result<json> clearAnswer(Session& session) {
    TRY(session.openCasework());
    ASSIGN(const auto crn, session.crn());
    ASSIGN(const auto key, session.word(2, "the question"));
    TRY(session.casework->clearAnswer(crn, key));
    return json{{"crn", crn}, {"cleared", key}};
}

Result<json> correctDate(Session& session) {
    TRY(session.openCasework());
    ASSIGN(const auto crn, session.crn());
    ASSIGN(const auto date, session.word(2, "the right date"));
    TRY(session.casework->correctFirstContact(crn, date, session.arguments.option("reason")));
    return json{{"crn", crn}, {"asked", date}};
}

Result<json> resolveConflict(Session& session) {
    TRY(session.openCasework());
    ASSIGN(const auto crn, session.crn());
    ASSIGN(const auto key, session.word(2, "the question"));
    std::optional<Answer> chosen;
    if (!session.arguments.has("none")) {
        ASSIGN(const auto value, session.word(3, "the answer that is right, or --none"));
        chosen = Answer{Answer::Kind::Given, value};
    }
    TRY(session.casework->resolve(crn, key, chosen));
    return json{{"crn", crn}, {"resolved", key}};
}

}  // namespace fieldclaim::tablet
