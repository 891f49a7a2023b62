#include "shared/domain/claim_review.h"

#include <algorithm>

#include "shared/base/ids.h"
#include "shared/domain/claim_answers.h"
#include "shared/domain/same_person.h"
#include "shared/domain/transfer_standing.h"

namespace fieldclaim {
namespace {

std::string labelOf(const Evaluation& evaluation, const QuestionState& state, Language language) {
    const auto prefix = state.instance.empty() ? std::string() : state.question->repeat + "/" + state.instance + "/";
    return evaluation.fill(state.question->label.in(language), prefix, language);
}

LocalText sentence(std::string_view english, std::string_view welsh, const std::string& en_about,
                   const std::string& cy_about) {
    return {std::string(english) + ": " + en_about, std::string(welsh) + ": " + cy_about};
}

LocalText conflictInWords(const Evaluation& evaluation, const std::string& path) {
    const auto differ = [](const std::string& en, const std::string& cy) {
        return sentence("Two answers differ", "Mae dau ateb yn wahanol", en, cy);
    };
    if (path.starts_with(kLinkPrefix)) {
        const auto other = Crn::display(path.substr(kLinkPrefix.size()));
        return sentence("Officers disagree whether this is the same person as in claim",
                        "Nid yw swyddogion yn cytuno ai hwn yw'r un person ag yn hawliad", other, other);
    }
    const auto key = path.starts_with("a/") ? path.substr(2) : path;
    if (const auto* question = evaluation.find(key))
        return differ(labelOf(evaluation, *question, Language::English),
                      labelOf(evaluation, *question, Language::Welsh));
    for (const auto& repeat : evaluation.pack().repeats()) {
        if (key.starts_with(repeat.id + "/"))
            return sentence("One officer removed this, another changed it",
                            "Tynnodd un swyddog hyn, newidiodd un arall ef", repeat.label.in(Language::English),
                            repeat.label.in(Language::Welsh));
    }
    for (const auto& rule : evaluation.pack().proofRules()) {
        if (path == proofPath(rule.code) || path.starts_with(proofPath(rule.code) + "/"))
            return differ(rule.label.in(Language::English), rule.label.in(Language::Welsh));
    }
    return differ(key, key);
}

// The statement's as_of fixes today() for what was signed; without a standing statement it is the day of the device.
struct Standing {
    std::optional<Evaluation> evaluation;  ///< of the pack and the day that were signed, where the seal holds
    CarriedAnswers carried;
    SealState state = SealState::None;
    std::optional<Seal> seal;
    std::shared_ptr<const Statement> statement;
    std::vector<std::string> changed;
};

std::vector<std::string> differences(const std::map<std::string, Answer>& signed_facts,
                                     const std::map<std::string, Answer>& now) {
    std::vector<std::string> out;
    for (const auto& [key, answer] : signed_facts) {
        const auto found = now.find(key);
        if (found == now.end() || found->second != answer) out.push_back(key);
    }
    for (const auto& [key, answer] : now) {
        if (!signed_facts.contains(key)) out.push_back(key);
    }
    return out;
}

/// With the pack that was signed not here: what was signed against what stands. What was answered besides is for those
/// to judge who have the pack.
std::vector<std::string> editedSince(const std::map<std::string, Answer>& signed_facts, const AnswerSet& answers) {
    std::vector<std::string> out;
    for (const auto& [key, answer] : signed_facts) {
        const auto found = answers.answers.find(key);
        if (found == answers.answers.end() || found->second != answer) out.push_back(key);
    }
    return out;
}

/// What the server has raised. Its words are made here, in both languages; what it names is in the register.
void addRaised(const ClaimState& state, std::vector<Action>& actions) {
    const auto raise = [&](std::string_view path, bool blocking, LocalText text, std::vector<std::string> benefits) {
        actions.push_back({ActionKind::WithOffice, blocking, std::string(path), std::move(text), std::move(benefits)});
    };
    if (const auto& unknown = state.value(kActionUnknownPack); !unknown.isNull()) {
        const auto name = unknown.textAt("pack");
        raise(kActionUnknownPack, true,
              {"The office does not have the form that was signed (" + name +
                   "). It has to be loaded there; then the claim is sent by itself.",
               "Nid yw'r ffurflen a lofnodwyd gan y swyddfa (" + name +
                   "). Rhaid ei llwytho yno; yna anfonir yr hawliad ohono'i hun."},
              {});
    }
    if (!state.value(kActionClerical).isNull()) {
        raise(kActionClerical, false,
              {"The office sends the Incapacity Benefit claim on paper.",
               "Mae'r swyddfa yn anfon yr hawliad am Fudd-dal Analluogrwydd ar bapur."},
              {"IB"});
    }
    if (const auto* texts = state.value(kActionNoTarget).at("texts").list()) {
        for (const auto& text : *texts) {
            if (text.text() == nullptr) continue;
            raise(kActionNoTarget, false, {"The office: " + *text.text(), "Y swyddfa: " + *text.text()}, {});
        }
    }
}

}  // namespace

ClaimReview ClaimReview::of(const std::shared_ptr<const FormPack>& pack, const ClaimState& state, Date today,
                            const StatementSource& statements, const PackSource& packs) {
    const auto raw = answersOf(state);
    const auto seals = sealsOf(state);

    // Seals of one statement belong together; the last statement signed (by the makers' order, which is only a choice
    // of which to show) is tried first, and one that still holds wins over one that does not.
    Standing standing;
    std::vector<Hash> digests;
    for (auto seal = seals.rbegin(); seal != seals.rend(); ++seal) {
        if (std::find(digests.begin(), digests.end(), seal->digest) == digests.end()) digests.push_back(seal->digest);
    }
    auto conflicts = state.conflicts();
    auto carried = carryOver(*pack, raw);
    auto evaluation = Evaluation::of(pack, carried.answers, today);
    for (const auto& digest : digests) {
        Standing one;
        one.statement = statements(digest);
        bool claimant = false;
        bool partner = false;
        for (const auto& seal : seals) {
            if (seal.digest != digest) continue;
            if (seal.part == "partner") {
                partner = true;
            } else {
                claimant = true;
                one.seal = seal;
            }
            if (!one.seal) one.seal = seal;
        }
        if (!one.statement) {
            one.state = SealState::Unknown;
        } else {
            const auto& name = one.statement->pack;
            const auto with = !packs || name == pack->name() ? pack : packs(name);
            if (with) {
                one.carried = carryOver(*with, raw);
                const auto as_of = Date::parse(one.statement->as_of);
                one.evaluation = Evaluation::of(with, one.carried.answers, as_of.value_or(today));
                one.changed = differences(one.statement->facts, one.evaluation->declaredFacts());
            } else {
                one.changed = editedSince(one.statement->facts, raw);
            }
            for (const auto& key : raw.conflicts) {
                if (one.statement->facts.contains(key)) one.changed.push_back(key);
            }
            if (!one.changed.empty()) {
                one.state = SealState::Void;
            } else {
                const bool joint = (one.evaluation ? *one.evaluation : evaluation).value("c_joint") == "yes";
                one.state = claimant && (partner || !joint) ? SealState::Valid : SealState::Partial;
            }
        }
        const bool better =
            standing.state == SealState::None || (one.state == SealState::Valid && standing.state != SealState::Valid);
        if (better) standing = std::move(one);
        if (standing.state == SealState::Valid) break;
    }
    if (standing.evaluation && standing.state != SealState::Void) {
        evaluation = std::move(*standing.evaluation);
        carried = std::move(standing.carried);
    }

    ClaimReview out{std::move(evaluation),
                    std::move(carried.answers),
                    std::move(carried.aside),
                    {},
                    standing.state,
                    standing.seal,
                    standing.statement,
                    standing.changed,
                    std::move(conflicts),
                    transfersOf(state),
                    std::nullopt,
                    std::nullopt,
                    false};
    const auto& answers = out.answers;

    for (const auto& answer : intentAnswersOf(state)) {
        if (answer.kind == kIntentWithdraw && answer.accepted) out.withdrawn = true;
        if (answer.kind != kIntentSubmit || !out.seal || answer.digest != toBytes(out.seal->digest)) continue;
        (answer.accepted ? out.submitted : out.submit_refused) = answer;
    }
    // Who sends in what a colleague has sent in already is refused too, and has nothing to do.
    if (out.submitted || out.withdrawn || out.seal_state != SealState::Valid) out.submit_refused.reset();
    if (out.submit_refused) {
        out.actions.push_back({ActionKind::SubmitRefused,
                               false,
                               out.submit_refused->id,
                               {"The server refused this claim: " + out.submit_refused->reason,
                                "Gwrthododd y gweinydd yr hawliad hwn: " + out.submit_refused->reason},
                               {}});
    }

    for (const auto& path : out.conflicts) {
        std::string about = path.starts_with("a/") ? path.substr(2) : path;
        const auto* question = out.evaluation.find(about);
        out.actions.push_back({ActionKind::Conflict, true, std::move(about), conflictInWords(out.evaluation, path),
                               question != nullptr ? question->question->benefits : std::vector<std::string>()});
    }
    for (const auto& question : out.evaluation.questions()) {
        if (!question.relevant) continue;
        const auto en = labelOf(out.evaluation, question, Language::English);
        const auto cy = labelOf(out.evaluation, question, Language::Welsh);
        const auto& benefits = question.question->benefits;
        if (question.invalid) {
            out.actions.push_back({ActionKind::Invalid, question.question->declared, question.key,
                                   sentence("Look at this answer again", "Edrychwch ar yr ateb hwn eto", en, cy),
                                   benefits});
        } else if (question.missing && question.question->declared) {
            out.actions.push_back(
                {ActionKind::Missing, true, question.key, sentence("Not answered", "Heb ei ateb", en, cy), benefits});
        } else if (const auto found = answers.answers.find(question.key); found != answers.answers.end()) {
            if (found->second.kind == Answer::Kind::NotKnown) {
                out.actions.push_back({ActionKind::NotKnown, false, question.key,
                                       sentence("Not known yet", "Ddim yn hysbys eto", en, cy), benefits});
            } else if (found->second.kind == Answer::Kind::Refused) {
                out.actions.push_back({ActionKind::Refused, false, question.key,
                                       sentence("Would rather not say", "Gwell peidio â dweud", en, cy), benefits});
            }
        }
    }
    for (const auto& aside : out.aside) {
        const auto* question = out.evaluation.find(aside.key);
        const auto en = question != nullptr ? labelOf(out.evaluation, *question, Language::English) : aside.key;
        const auto cy = question != nullptr ? labelOf(out.evaluation, *question, Language::Welsh) : aside.key;
        out.actions.push_back({ActionKind::LookAgain,
                               false,
                               aside.key,
                               sentence("An earlier answer is kept aside", "Cedwir ateb cynharach o'r neilltu", en, cy),
                               {}});
    }
    for (const auto& warning : out.evaluation.warnings()) {
        if (!warning.action) continue;
        const auto about = warning.about.empty() ? std::string() : warning.about.front();
        const auto* question = out.evaluation.find(about);
        out.actions.push_back({ActionKind::Warning, false, about, warning.text,
                               question != nullptr ? question->question->benefits : std::vector<std::string>()});
    }
    for (const auto& need : out.evaluation.proofs()) {
        const auto proof = proofOf(state, need.key());
        if (proof && levelRank(proof->level) >= levelRank(need.rule->min_level)) continue;
        const bool is_unavailable = proof && !proof->unavailable.empty();
        out.actions.push_back({ActionKind::Proof,
                               need.rule->blocks,
                               need.key(),
                               sentence(is_unavailable ? "Proof not available yet" : "Proof needed",
                                        is_unavailable ? "Nid yw'r prawf ar gael eto" : "Angen prawf",
                                        need.rule->label.in(Language::English), need.rule->label.in(Language::Welsh)),
                               {}});
    }
    if (out.evaluation.isDeclared()) {
        if (out.seal_state == SealState::None || out.seal_state == SealState::Partial) {
            out.actions.push_back({ActionKind::Sign,
                                   true,
                                   "",
                                   {"The claim is not signed yet", "Nid yw'r hawliad wedi'i lofnodi eto"},
                                   {}});
        } else if (out.seal_state == SealState::Void) {
            out.actions.push_back({ActionKind::SignAgain,
                                   true,
                                   out.seal ? out.seal->id : std::string(),
                                   {"Sign again: an answer changed after the signature",
                                    "Llofnodwch eto: newidiodd ateb ar ôl y llofnod"},
                                   {}});
        }
    }
    for (const auto& transfer : out.transfers) {
        if (isWithOffice(transfer)) {
            const auto name = targetInWords(transfer.target);
            out.actions.push_back({ActionKind::WithOffice,
                                   false,
                                   transfer.id,
                                   {name.english + ": the office is looking at it. " + transfer.reason,
                                    name.welsh + ": mae'r swyddfa yn edrych arno. " + transfer.reason},
                                   {}});
        }
        if (!awaitsCorrection(transfer, out.seal)) continue;
        static constexpr const char* kRefusedEn = " refused: ";
        static constexpr const char* kRefusedCy = ": gwrthodwyd: ";
        const auto target = targetInWords(transfer.target);
        bool names_question = false;
        for (const auto& error : transfer.errors) {
            const auto* question = out.evaluation.find(error.question);
            if (question == nullptr || !question->relevant) continue;
            names_question = true;
            const auto words = [&](const char* refused, Language language) {
                const auto label = labelOf(out.evaluation, *question, language);
                const auto* const end = label.ends_with('?') ? " " : ". ";
                return target.in(language) + refused + label + end + error.message;
            };
            out.actions.push_back({ActionKind::TransferRefused,
                                   false,
                                   question->key,
                                   {words(kRefusedEn, Language::English), words(kRefusedCy, Language::Welsh)},
                                   question->question->benefits});
        }
        if (names_question) continue;
        out.actions.push_back(
            {ActionKind::TransferRefused,
             false,
             transfer.id,
             {target.english + kRefusedEn + transfer.reason, target.welsh + kRefusedCy + transfer.reason},
             {}});
    }
    addRaised(state, out.actions);
    std::stable_sort(out.actions.begin(), out.actions.end(),
                     [](const Action& a, const Action& b) { return a.blocking > b.blocking; });
    return out;
}

bool ClaimReview::hasConflictOnDeclared() const {
    return std::any_of(conflicts.begin(), conflicts.end(),
                       [](const std::string& path) { return path.starts_with("a/"); });
}

std::vector<Action> ClaimReview::blockers(const std::vector<std::string>& benefits) const {
    std::vector<Action> out;
    for (const auto& action : actions) {
        if (!action.blocking) continue;
        const bool concerns = action.benefits.empty() ||
                              std::any_of(action.benefits.begin(), action.benefits.end(), [&](const auto& benefit) {
                                  return std::find(benefits.begin(), benefits.end(), benefit) != benefits.end();
                              });
        if (concerns) out.push_back(action);
    }
    return out;
}

std::string ClaimReview::crnNameLine() const {
    auto name = evaluation.value("first_names");
    const auto surname = evaluation.value("surname");
    if (!name.empty() && !surname.empty()) name += ' ';
    return name + surname;
}

}  // namespace fieldclaim
