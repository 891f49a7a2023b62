#include "shared/document/statement_renderer.h"

#include <algorithm>

#include "shared/base/ids.h"
#include "shared/base/text.h"
#include "shared/forms/date_text.h"

namespace fieldclaim {
namespace {

const LocalText kTitle{"Statement of your claim", "Datganiad o'ch hawliad"};
const LocalText kClaimNumber{"Claim number", "Rhif hawliad"};
const LocalText kName{"Name", "Enw"};
const LocalText kAsOf{"As of", "Ar"};
const LocalText kProofs{"Proof seen so far", "Prawf a welwyd hyd yma"};
const LocalText kDeclaration{"Declaration", "Datganiad"};
const LocalText kNotKnown{"Not known yet", "Ddim yn hysbys eto"};
const LocalText kRefused{"Would rather not say", "Gwell peidio â dweud"};
// Welsh answers a question in its own verb; what is confirmed here is a sentence of any form.
const LocalText kYes{"Yes", "Cadarnhawyd"};
const LocalText kPicture{"Picture", "Llun"};
const LocalText kFile{"File", "Ffeil"};
const LocalText kUnavailable{"Not available: ", "Ddim ar gael: "};

LocalText levelText(std::string_view level) {
    if (level == "original") return {"original seen", "gwelwyd y gwreiddiol"};
    if (level == "copy") return {"copy seen", "gwelwyd copi"};
    return {"told", "dywedwyd"};
}

std::string prefixOf(const QuestionState& state) {
    return state.instance.empty() ? std::string() : state.question->repeat + "/" + state.instance;
}

std::string choicesInWords(const Evaluation& evaluation, const Question& question, std::string_view prefix,
                           const std::string& names, Language language) {
    std::string out;
    for (const auto& name : split(names, ' ')) {
        if (name.empty()) continue;
        const auto choice = std::find_if(question.choices.begin(), question.choices.end(),
                                         [&](const Choice& each) { return each.name == name; });
        // A choice of another pack is shown as it was kept (hazard H27).
        const auto words =
            choice == question.choices.end() ? name : evaluation.fill(choice->label.in(language), prefix, language);
        out += (out.empty() ? "" : ", ") + words;
    }
    return out;
}

/// The beginning of the digest tells one from another; the whole is among the facts that are signed.
std::string bytesInWords(const LocalText& what, std::string_view digest, Language language) {
    constexpr std::size_t kGroup = 4;
    std::string out = what.in(language);
    for (std::size_t i = 0; i < std::min(digest.size(), 2 * kGroup); ++i) {
        if (i % kGroup == 0) out += ' ';
        const char c = digest[i];
        out += c >= 'a' && c <= 'f' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    return out;
}

}  // namespace

std::string answerInWords(const Evaluation& evaluation, const Question& question, std::string_view instance_prefix,
                          const Answer& answer, Language language) {
    if (answer.kind != Answer::Kind::Given) {
        auto words = (answer.kind == Answer::Kind::NotKnown ? kNotKnown : kRefused).in(language);
        if (!answer.text.empty()) words += ": " + answer.text;
        return words;
    }
    switch (question.type) {
        case QuestionType::SelectOne:
        case QuestionType::SelectMultiple:
            return choicesInWords(evaluation, question, instance_prefix, answer.text, language);
        case QuestionType::Date: {
            const auto date = Date::parse(answer.text);
            return date ? spokenDate(*date, language) : answer.text;
        }
        case QuestionType::Acknowledge:
            return answer.text == "yes" ? kYes.in(language) : answer.text;
        case QuestionType::Image:
            return bytesInWords(kPicture, answer.text, language);
        case QuestionType::File:
            return bytesInWords(kFile, answer.text, language);
        case QuestionType::Decimal: {
            // The pack knows which numbers are money, and writes what stands now.
            const auto key = instance_prefix.empty() ? question.id : std::string(instance_prefix) + "/" + question.id;
            if (evaluation.value(key) == answer.text)
                return evaluation.fill("${" + question.id + "}", instance_prefix, language);
            return answer.text;
        }
        default:
            return answer.text;
    }
}

Statement draftStatement(const ClaimReview& review, const std::string& crn, const std::vector<ProofRecord>& proofs,
                         const std::string& pack, Language language) {
    const bool stands = review.seal_state == SealState::Valid || review.seal_state == SealState::Partial;
    if (stands && review.statement && review.statement->language == language) return *review.statement;

    const auto& evaluation = review.evaluation;
    Statement out;
    out.claim = crn;
    out.pack = pack;
    out.language = language;
    out.as_of = evaluation.today().iso();
    out.facts = evaluation.declaredFacts();

    const auto add = [&](std::string kind, std::string label, std::string value) {
        out.rendering.push_back({std::move(kind), std::move(label), std::move(value)});
    };
    add("title", kTitle.in(language), "");
    add("title", kClaimNumber.in(language), Crn::display(crn));
    if (const auto name = review.crnNameLine(); !name.empty()) add("title", kName.in(language), name);
    add("title", kAsOf.in(language), spokenDate(evaluation.today(), language));

    std::string section;
    std::string prefix;
    int number = 0;
    for (const auto& state : evaluation.questions()) {
        const auto fact = out.facts.find(state.key);
        if (fact == out.facts.end()) continue;
        const auto& question = *state.question;
        const auto here = prefixOf(state);
        if (question.section != section || here != prefix) {
            number = question.section == section && !here.empty() ? number + 1 : 1;
            const auto& sections = evaluation.pack().sections();
            const auto found = std::find_if(sections.begin(), sections.end(),
                                            [&](const Section& each) { return each.id == question.section; });
            add("section", found == sections.end() ? question.section : found->title.in(language),
                here.empty() ? std::string() : std::to_string(number));
            section = question.section;
            prefix = here;
        }
        add("answer", evaluation.fill(question.label.in(language), here, language),
            answerInWords(evaluation, question, here, fact->second, language));
    }

    bool any_proof = false;
    for (const auto& proof : proofs) {
        const auto code = proof.key.substr(0, proof.key.find('/'));
        const auto& rules = evaluation.pack().proofRules();
        const auto rule =
            std::find_if(rules.begin(), rules.end(), [&](const ProofRule& each) { return each.code == code; });
        if (!std::exchange(any_proof, true)) add("section", kProofs.in(language), "");
        add("proof", rule == rules.end() ? code : rule->label.in(language),
            proof.unavailable.empty() ? proof.what + " (" + levelText(proof.level).in(language) + ")"
                                      : kUnavailable.in(language) + proof.unavailable);
    }
    const auto lines = evaluation.declaration();
    if (!lines.empty()) add("section", kDeclaration.in(language), "");
    for (const auto& line : lines) add("declaration", line.id, evaluation.fill(line.text.in(language), "", language));
    return out;
}

}  // namespace fieldclaim
