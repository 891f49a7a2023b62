#include "mobile/casework/history.h"

#include <algorithm>

#include "shared/base/text.h"
#include "shared/document/statement_renderer.h"
#include "shared/domain/claim_answers.h"
#include "shared/forms/date_text.h"

namespace fieldclaim::tablet {
namespace {

struct Told {
    std::string kind;
    std::string about;
    std::string text;
};

Told answerTold(const Evaluation& evaluation, const std::string& key, const Value& value) {
    const auto last = key.rfind('/');
    const auto id = last == std::string::npos ? key : key.substr(last + 1);
    const auto prefix = last == std::string::npos ? std::string() : key.substr(0, last);
    const auto* question = evaluation.pack().find(id);
    const auto answer = decodeAnswer(value);
    if (question == nullptr) return {"answer", key, answer ? key + ": " + answer->text : key + ": taken away"};
    const auto label = evaluation.fill(question->label.in(Language::English), prefix, Language::English);
    return {"answer", key,
            label + ": " +
                (answer ? answerInWords(evaluation, *question, prefix, *answer, Language::English) : "taken away")};
}

Told editTold(const Evaluation& evaluation, const std::string& path, const Value& value) {
    const auto slash = path.find('/');
    const auto kind = path.substr(0, slash);
    const auto rest = slash == std::string::npos ? std::string() : path.substr(slash + 1);
    if (kind == "a") return answerTold(evaluation, rest, value);
    if (kind == "proof") {
        const auto code = rest.substr(0, rest.find('/'));
        const auto& rules = evaluation.pack().proofRules();
        const auto rule =
            std::find_if(rules.begin(), rules.end(), [&](const ProofRule& each) { return each.code == code; });
        const auto label = rule == rules.end() ? code : rule->label.in(Language::English);
        const auto missing = value.textAt("unavailable");
        return {"proof", rest,
                label + ": " +
                    (value.isNull()     ? "taken away"
                     : !missing.empty() ? "not available: " + missing
                                        : value.textAt("what"))};
    }
    if (kind == "seal") {
        const auto seal = decodeSeal(rest, value);
        return {"seal", rest, seal ? "Signed by " + seal->signer : "Signed"};
    }
    if (kind == "visit") return {"visit", rest, "Visit " + value.textAt("date") + " " + value.textAt("time")};
    if (kind == "transfer") {
        const auto reason = value.textAt("reason");
        return {"transfer", rest,
                value.textAt("target") + ": " + value.textAt("state") + (reason.empty() ? "" : ": " + reason)};
    }
    if (kind == "intent") {
        const auto* accepted = value.at("accepted").boolean();
        const auto reason = value.textAt("reason");
        return {"decision", rest,
                value.textAt("kind") + (accepted != nullptr && *accepted ? ": accepted" : ": refused") +
                    (reason.empty() ? "" : ": " + reason)};
    }
    if (kind == "decision") {
        const auto decision = decodeDecision(value);
        if (!decision) return {"decision", rest, "A decision about what was set aside"};
        const auto* what = decision->kind == Decision::Kind::Refuse  ? "What was set aside was refused"
                           : decision->kind == Decision::Kind::Apply ? "What waited was applied"
                                                                     : "What was set aside was released";
        return {"decision", rest, std::string(what) + ": " + decision->reason};
    }
    if (path == kSitePath) return {"decision", path, "Claim begun"};
    return {"decision", path, path};
}

}  // namespace

std::vector<HistoryEntry> historyOf(const std::vector<StoredChangeSet>& change_sets, const Evaluation& evaluation,
                                    const Vault& vault, std::string_view about) {
    std::vector<HistoryEntry> out;
    for (const auto& stored : change_sets) {
        const auto& header = stored.change_set.header;
        auto officer = vault.officerName(header.author);
        if (officer.empty()) officer = "Another officer";
        const auto add = [&](Told told) {
            if (!about.empty() && told.about != about) return;
            if (stored.own && stored.state == OwnState::SetAside) told.text += " (set aside: " + stored.note + ")";
            if (stored.own && stored.state == OwnState::Refused) told.text += " (refused: " + stored.note + ")";
            out.push_back({header.device_time, officer, std::move(told.kind), std::move(told.about),
                           std::move(told.text), stored.own && stored.state == OwnState::Pending});
        };
        if (stored.change_set.payload.intent) {
            const auto& intent = *stored.change_set.payload.intent;
            const auto kind = intent.textAt("intent");
            const auto reason = intent.textAt("reason");
            const auto date = Date::parse(intent.textAt("date"));
            const auto told = kind == kIntentSubmit ? "Claim sent in"
                              : kind == kIntentCorrectDate && date
                                  ? "Correction of the date of first contact to " +
                                        spokenDate(*date, Language::English) + " asked for"
                                  : kind;
            add({"intent", kind, told + (reason.empty() ? "" : ": " + reason)});
        }
        for (const auto& edit : stored.change_set.payload.edits) add(editTold(evaluation, edit.path, edit.value));
    }
    return out;
}

}  // namespace fieldclaim::tablet
