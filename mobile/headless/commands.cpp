#include "mobile/headless/commands.h"

#include <QEventLoop>
#include <QTimer>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <iterator>

#include "mobile/casework/casework.h"
#include "mobile/headless/claim_json.h"
#include "mobile/platform/enrolment.h"
#include "mobile/platform/qt_sync_driver.h"
#include "mobile/storage/vault_sync_store.h"
#include "shared/packfiles/packfiles.h"
#include "shared/wire/cbor.h"

namespace fieldclaim::tablet {
namespace {

using nlohmann::json;

constexpr int kDefaultSyncSeconds = 60;
constexpr const char* kPackId = "working-age";

Result<std::string> readText(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return fail(ErrorCode::NotFound, "cannot read " + path);
    return std::string(std::istreambuf_iterator<char>(file), {});
}

Result<std::string> passphraseIn(const std::string& path) {
    ASSIGN(auto text, readText(path));
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
    return text;
}

struct Session {
    const Arguments& arguments;
    const Clock& clock;
    Random& random;
    std::unique_ptr<Vault> vault;
    std::unique_ptr<Casework> casework;

    std::string data() const { return arguments.option("data"); }
    Result<std::string> word(std::size_t at, const char* what) const {
        if (arguments.words.size() <= at) return fail(ErrorCode::BadInput, std::string("missing: ") + what);
        return arguments.words[at];
    }
    Result<std::string> crn() const {
        ASSIGN(const auto text, word(1, "the claim number"));
        return Crn::parse(text);
    }
    Result<std::string> passphrase() const {
        if (const auto path = arguments.option("passphrase-file"); !path.empty()) return passphraseIn(path);
        const char* const given = std::getenv("FIELDCLAIM_PASSPHRASE");
        if (given == nullptr) return fail(ErrorCode::BadInput, "give --passphrase-file or FIELDCLAIM_PASSPHRASE");
        return std::string(given);
    }
    Result<NewOfficer> newOfficer(const std::vector<OfficerInfo>& known, std::string passphrase_text) const {
        const auto name = arguments.option("officer");
        for (const auto& officer : known) {
            if (officer.name == name || officer.id.text() == name)
                return NewOfficer{officer, arguments.option("officer-code"), std::move(passphrase_text)};
        }
        return fail(ErrorCode::NotFound, "the site has no officer of that name");
    }

    Status unlock() {
        ASSIGN(vault, Vault::open(data(), clock, random));
        ASSIGN(const auto given, passphrase());
        const auto known = vault->officers();
        const auto name = arguments.option("unlock-as");
        if (name.empty() && known.size() > 1) return fail(ErrorCode::BadInput, "several officers: give --unlock-as");
        for (const auto& slot : known) {
            if (name.empty() || slot.name == name || slot.officer.text() == name)
                return vault->unlock(slot.officer, given);
        }
        return fail(ErrorCode::NotFound, "no such officer on this tablet");
    }

    Status openCasework() {
        TRY(unlock());
        PackFiles files;
        if (const auto folder = arguments.option("pack"); !folder.empty()) {
            ASSIGN(files, readPackFolder(folder));
        } else {
            ASSIGN(auto kept, vault->pack(kPackId));
            if (!kept) return fail(ErrorCode::BadPack, "no form pack here: sync first, or give --pack");
            files = std::move(*kept);
        }
        ASSIGN(auto pack, FormPack::load(files));
        casework = std::make_unique<Casework>(*vault, clock, random, std::move(pack));
        return {};
    }

    json sync(int seconds) {
        VaultSyncStore store(*vault);
        QtSyncDriver driver(store, clock, random, vault->setup().server_url, vault->setup().ca_pem);
        QEventLoop loop;
        json refused = json::array();
        QObject::connect(&driver, &QtSyncDriver::statusChanged, &loop, [&] {
            if (driver.idle()) loop.quit();
        });
        QObject::connect(&driver, &QtSyncDriver::officerRefused, &loop,
                         [&](const QString&, const QString& reason) { refused.push_back(reason.toStdString()); });
        QTimer::singleShot(seconds * 1000, &loop, [&] { loop.quit(); });
        driver.start();
        if (!driver.idle()) loop.exec();
        auto out = toJson(driver.status());
        out["complete"] = driver.idle();
        if (!refused.empty()) out["refused"] = refused;
        return out;
    }

    Result<int> seconds() const {
        const auto text = arguments.option("for", std::to_string(kDefaultSyncSeconds));
        const int value = std::atoi(text.c_str());
        if (value <= 0 || value > 86'400) return fail(ErrorCode::BadInput, "--for takes seconds");
        return value;
    }
};

Result<json> setUp(Session& session) {
    const auto& arguments = session.arguments;
    ASSIGN(auto given, session.passphrase());
    if (Vault::exists(session.data())) return fail(ErrorCode::Conflict, "this folder has a tablet already");
    ASSIGN(const auto setup, enrol(session.data(), arguments.option("server"), arguments.option("code"),
                                   arguments.option("device-name", "fieldclaim-tablet-cli"), session.random));
    ASSIGN(const auto officer, session.newOfficer(setup.officers, std::move(given)));
    ASSIGN(session.vault, Vault::create(session.data(), setup, officer, session.clock, session.random));
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
    const auto answers = json::parse(text, nullptr, false);
    if (!answers.is_object()) return fail(ErrorCode::BadInput, "the file is not a JSON object");
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
    // There is no pad here: one straight stroke stands for the customer's hand.
    if (signing.method == "tablet")
        signing.strokes = encodeCbor(Value::List{Value::List{0, 5'000, 0, 10'000, 5'000, 400}});
    ASSIGN(const auto statement, session.casework->draftStatement(crn, Language::English));
    TRY(session.casework->sign(crn, statement, signing));
    return json{{"crn", crn}, {"digest", toHex(encodeStatement(statement).digest)}};
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
    return session.sync(wait);
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
    ASSIGN(const auto entries, session.casework->history(crn));
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
    ASSIGN(session.vault, Vault::open(session.data(), session.clock, session.random));
    json out = json::array();
    for (const auto& slot : session.vault->officers())
        out.push_back({{"id", slot.officer.text()}, {"name", slot.name}});
    return out;
}

}  // namespace

Result<json> runCommand(const Arguments& arguments, const Clock& clock, Random& random) {
    static const std::map<std::string, Result<json> (*)(Session&)> kCommands{
        {"set-up", setUp},       {"add-officer", addOfficer},
        {"new-claim", newClaim}, {"answer", answerOne},
        {"answers", answerMany}, {"proof", proof},
        {"sign", sign},          {"submit", submit},
        {"visit", visit},        {"sync", syncNow},
        {"show", show},          {"claims", claims},
        {"search", search},      {"history", history},
        {"totals", totals},      {"officers", officers}};
    if (arguments.option("data").empty()) return fail(ErrorCode::BadInput, "--data is needed");
    const auto command = arguments.words.empty() ? kCommands.end() : kCommands.find(arguments.words.front());
    if (command == kCommands.end()) return fail(ErrorCode::BadInput, "no such command");
    Session session{arguments, clock, random, nullptr, nullptr};
    return command->second(session);
}

}  // namespace fieldclaim::tablet
