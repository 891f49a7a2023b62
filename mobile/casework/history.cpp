#include "mobile/casework/history.h"

#include <algorithm>
#include <map>

#include "shared/base/text.h"
#include "shared/document/statement_renderer.h"
#include "shared/domain/claim_answers.h"
#include "shared/domain/same_person.h"
#include "shared/forms/date_text.h"

namespace fieldclaim::tablet {
namespace {

struct Told {
    std::string kind;
    std::string about;
    std::string text;
};

const LocalText kTakenAway{"taken away", "wedi'i dynnu'n ôl"};
const LocalText kNotAvailable{"not available: ", "ddim ar gael: "};
const LocalText kPrinted{"The statement was printed to be signed in ink",
                         "Argraffwyd y datganiad i'w lofnodi mewn inc"};
const LocalText kScanned{"A page signed in ink was scanned: ", "Sganiwyd tudalen a lofnodwyd mewn inc: "};
const LocalText kScanReplaced{"A scanned page was replaced", "Rhoddwyd sgan arall yn lle tudalen"};
const LocalText kSignedBy{"Signed by ", "Llofnodwyd gan "};
const LocalText kSigned{"Signed", "Llofnodwyd"};
const LocalText kPictureAdded{"Picture added: ", "Ychwanegwyd llun: "};
const LocalText kPictureRemoved{"A picture was taken away", "Tynnwyd llun yn ôl"};
const LocalText kVisit{"Visit ", "Ymweliad "};
const LocalText kAccepted{"accepted", "derbyniwyd"};
const LocalText kRefused{"refused", "gwrthodwyd"};
const LocalText kSetAside{"set aside", "wedi'i roi o'r neilltu"};
const LocalText kADecision{"A decision about what was set aside", "Penderfyniad am yr hyn a roddwyd o'r neilltu"};
const LocalText kDecidedRefuse{"What was set aside was refused", "Gwrthodwyd yr hyn a roddwyd o'r neilltu"};
const LocalText kDecidedApply{"What waited was applied", "Rhoddwyd yr hyn a oedd yn aros ar waith"};
const LocalText kDecidedRelease{"What was set aside was released", "Rhyddhawyd yr hyn a roddwyd o'r neilltu"};
const LocalText kBegun{"Claim begun", "Dechreuwyd yr hawliad"};
const LocalText kSettled{"the refusal is settled", "mae'r gwrthodiad wedi'i ddatrys"};
const LocalText kSentIn{"Claim sent in", "Cyflwynwyd yr hawliad"};
const LocalText kCorrection{"Correction of the date of first contact asked for: ",
                            "Gofynnwyd am gywiro dyddiad y cysylltiad cyntaf: "};
const LocalText kTheServer{"The server", "Y gweinydd"};
const LocalText kAnotherOfficer{"Another officer", "Swyddog arall"};

const LocalText kNote{"Note: ", "Nodyn: "};
const LocalText kSamePerson{"Linked: the same person as ", "Cysylltwyd: yr un person â "};
const LocalText kKeptApart{"Kept apart from ", "Cadwyd ar wahân i "};
const LocalText kDuplicateOf{"duplicate of ", "hawliad dyblyg i "};

/// What the ledger's own names mean to a reader; a name that is not known stays as it is.
std::string named(const std::string& name, Language language) {
    static const std::map<std::string, LocalText, std::less<>> kNames{
        {std::string(kIntentSubmit), {"sending in", "cyflwyno"}},
        {std::string(kIntentWithdraw), {"withdrawal", "tynnu'n ôl"}},
        {std::string(kIntentCorrectDate), {"correction of the date", "cywiro'r dyddiad"}},
        {"ready", {"ready to go", "yn barod i fynd"}},
        {"sending", {"on its way", "ar ei ffordd"}},
        {"received", {"received", "wedi'i dderbyn"}},
        {"accepted", kAccepted},
        {"rejected", kRefused},
        {"unknown", {"no answer yet", "dim ateb eto"}},
        {"repair", {"with the office", "gyda'r swyddfa"}},
        {"waiting", {"waiting", "yn aros"}}};
    const auto found = kNames.find(name);
    return found == kNames.end() ? name : found->second.in(language);
}

std::string with(std::string text, const std::string& reason) {
    return reason.empty() ? text : std::move(text) + ": " + reason;
}

/// Puts edits into words of one language.
class Teller {
public:
    Teller(const Evaluation& evaluation, Language language) : m_evaluation(evaluation), m_language(language) {}

    Told edit(const std::string& path, const Value& value) const {
        const auto slash = path.find('/');
        const auto kind = path.substr(0, slash);
        const auto rest = slash == std::string::npos ? std::string() : path.substr(slash + 1);
        if (kind == "a") return answer(rest, value);
        if (kind == "proof") return proof(rest, value);
        if (kind == "file") {
            const auto about = value.textAt("proof");
            return {"proof", about, value.isNull() ? say(kPictureRemoved) : say(kPictureAdded) + proofLabel(about)};
        }
        if (kind == "seal") {
            const auto seal = decodeSeal(rest, value);
            return {"seal", rest, seal ? say(kSignedBy) + seal->signer : say(kSigned)};
        }
        if (kind == "printed") return {"seal", path, say(kPrinted)};
        if (kind == "scan") {
            if (value.isNull()) return {"seal", path, say(kScanReplaced)};
            return {
                "seal", path,
                say(kScanned) + std::to_string(value.integerAt("page")) + "/" + std::to_string(value.integerAt("of"))};
        }
        if (kind == "visit") {
            const auto day = Date::parse(value.textAt("date"));
            return {
                "visit", rest,
                say(kVisit) + (day ? spokenDate(*day, m_language) : value.textAt("date")) + " " + value.textAt("time")};
        }
        if (kind == "transfer" && value.at("overtaken").boolean() != nullptr && *value.at("overtaken").boolean())
            return {"transfer", rest, value.textAt("target") + ": " + say(kSettled)};
        if (kind == "transfer")
            return {
                "transfer", rest,
                with(value.textAt("target") + ": " + named(value.textAt("state"), m_language), value.textAt("reason"))};
        if (kind == "intent") {
            const auto* accepted = value.at("accepted").boolean();
            return {"decision", rest,
                    with(named(value.textAt("kind"), m_language) + ": " +
                             say(accepted != nullptr && *accepted ? kAccepted : kRefused),
                         value.textAt("reason"))};
        }
        if (kind == "decision") {
            const auto decision = decodeDecision(value);
            if (!decision) return {"decision", rest, say(kADecision)};
            const auto& what = decision->kind == Decision::Kind::Refuse  ? kDecidedRefuse
                               : decision->kind == Decision::Kind::Apply ? kDecidedApply
                                                                         : kDecidedRelease;
            return {"decision", rest, say(what) + ": " + decision->reason};
        }
        if (kind == "note") {
            const auto about = value.textAt("about");
            return {"note", about.starts_with("a/") ? about.substr(2) : about, say(kNote) + value.textAt("text")};
        }
        if (kind == "link") {
            const auto link = decodeLink(rest, value);
            if (!link) return {"link", rest, Crn::display(rest) + ": " + say(kTakenAway)};
            return {"link", rest, with(say(link->same ? kSamePerson : kKeptApart) + Crn::display(rest), link->reason)};
        }
        if (path == kSitePath) return {"decision", path, say(kBegun)};
        return {"decision", path, path};
    }

    Told intent(const Value& intent) const {
        const auto kind = intent.textAt("intent");
        const auto date = Date::parse(intent.textAt("date"));
        const auto told = kind == kIntentSubmit                ? say(kSentIn)
                          : kind == kIntentCorrectDate && date ? say(kCorrection) + spokenDate(*date, m_language)
                                                               : named(kind, m_language);
        const auto reason = intent.textAt("reason");
        const auto duplicate = kind == kIntentWithdraw ? duplicateIn(reason) : std::nullopt;
        return {"intent", kind, with(told, duplicate ? say(kDuplicateOf) + *duplicate : reason)};
    }

    const std::string& say(const LocalText& text) const { return text.in(m_language); }

private:
    Told answer(const std::string& key, const Value& value) const {
        const auto last = key.rfind('/');
        const auto id = last == std::string::npos ? key : key.substr(last + 1);
        const auto prefix = last == std::string::npos ? std::string() : key.substr(0, last);
        const auto* question = m_evaluation.pack().find(id);
        const auto given = decodeAnswer(value);
        if (question == nullptr) return {"answer", key, key + ": " + (given ? given->text : say(kTakenAway))};
        return {"answer", key,
                m_evaluation.fill(question->label.in(m_language), prefix, m_language) + ": " +
                    (given ? answerInWords(m_evaluation, *question, prefix, *given, m_language) : say(kTakenAway))};
    }

    std::string proofLabel(const std::string& key) const {
        const auto code = key.substr(0, key.find('/'));
        const auto& rules = m_evaluation.pack().proofRules();
        const auto rule =
            std::find_if(rules.begin(), rules.end(), [&](const ProofRule& each) { return each.code == code; });
        return rule == rules.end() ? code : say(rule->label);
    }

    Told proof(const std::string& key, const Value& value) const {
        const auto missing = value.textAt("unavailable");
        return {"proof", key,
                proofLabel(key) + ": " +
                    (value.isNull()     ? say(kTakenAway)
                     : !missing.empty() ? say(kNotAvailable) + missing
                                        : value.textAt("what"))};
    }

    const Evaluation& m_evaluation;
    Language m_language;
};

}  // namespace

std::map<Uuid, Writer> writersOf(const std::vector<StoredChangeSet>& change_sets, const Vault& vault) {
    std::map<Uuid, Writer> out;
    const auto known = vault.knownOfficers();
    for (const auto& stored : change_sets) {
        const auto& author = stored.change_set.header.author;
        auto& writer = out[author];
        if (!writer.name.empty()) continue;
        writer.name = vault.officerName(author);
        writer.here = stored.own;
        if (!writer.name.empty()) {
            if (writer.here) writer.site = vault.setup().site;
            continue;
        }
        for (const auto& edit : stored.change_set.payload.edits) {
            auto named = edit.value.at("officer").bytes() != nullptr
                             ? Uuid::fromBytes(*edit.value.at("officer").bytes())
                             : Result<Uuid>(fail(ErrorCode::NotFound));
            if (edit.path.starts_with("seal/")) {
                if (const auto seal = decodeSeal(edit.path.substr(5), edit.value)) named = seal->officer;
            }
            const auto officer = std::find_if(known.begin(), known.end(), [&](const OfficerInfo& each) {
                return named.has_value() && each.id == *named;
            });
            if (officer == known.end()) continue;
            writer.name = officer->name;
            writer.site = officer->site;
            break;
        }
    }
    return out;
}

std::vector<HistoryEntry> historyOf(const std::vector<StoredChangeSet>& change_sets, const Evaluation& evaluation,
                                    const Vault& vault, std::string_view about, Language language) {
    const Teller teller(evaluation, language);
    std::vector<HistoryEntry> out;
    const auto writers = writersOf(change_sets, vault);
    for (const auto& stored : change_sets) {
        const auto& header = stored.change_set.header;
        auto officer = writers.at(header.author).name;
        if (officer.empty()) officer = teller.say(kAnotherOfficer);
        if (officer == "Server") officer = teller.say(kTheServer);
        const auto add = [&](Told told) {
            if (!about.empty() && told.about != about) return;
            if (stored.own && stored.state == OwnState::SetAside)
                told.text += " (" + teller.say(kSetAside) + ": " + stored.note + ")";
            if (stored.own && stored.state == OwnState::Refused)
                told.text += " (" + teller.say(kRefused) + ": " + stored.note + ")";
            out.push_back({header.device_time, officer, std::move(told.kind), std::move(told.about),
                           std::move(told.text), stored.own && stored.state == OwnState::Pending});
        };
        if (stored.change_set.payload.intent) add(teller.intent(*stored.change_set.payload.intent));
        for (const auto& edit : stored.change_set.payload.edits) add(teller.edit(edit.path, edit.value));
    }
    return out;
}

}  // namespace fieldclaim::tablet
