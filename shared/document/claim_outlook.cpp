#include "shared/document/claim_outlook.h"

#include <algorithm>
#include <charconv>

#include "shared/forms/date_text.h"

namespace fieldclaim {
namespace {

/// The same day of a later month, or its last day where it has no such.
Date monthsAfter(Date date, int months) {
    const int month0 = static_cast<int>(date.month()) - 1 + months;
    const int year = date.year() + month0 / 12;
    const auto month = static_cast<unsigned>(month0 % 12) + 1;
    for (unsigned day = date.day(); day > 28; --day) {
        if (const auto found = Date::of(year, month, day)) return *found;
    }
    return Date::of(year, month, std::min(date.day(), 28U)).value_or(date);
}

std::string deadline(const Evaluation& evaluation, Language language) {
    const auto from = Date::parse(evaluation.value("first_contact"));
    if (!from) return {};
    const auto months = evaluation.pack().parameter("evidence_deadline_is", *from);
    int count = 0;
    if (!months || std::from_chars(months->data(), months->data() + months->size(), count).ec != std::errc() ||
        count < 1 || count > 24)
        return {};
    return spokenDate(monthsAfter(*from, count), language);
}

}  // namespace

std::string benefitLabel(const FormPack& pack, const std::string& name, Language language) {
    for (const auto& question : pack.questions()) {
        if (question.type != QuestionType::SelectMultiple) continue;
        for (const auto& choice : question.choices) {
            if (choice.name == name) return choice.label.in(language);
        }
    }
    return name;
}

ClaimOutlook outlookOf(const ClaimReview& review, Language language, const std::string& office,
                       const std::string& officer) {
    const auto& evaluation = review.evaluation;
    ClaimOutlook out;
    for (const auto& name : evaluation.benefitsClaimed())
        out.benefits.push_back(benefitLabel(evaluation.pack(), name, language));
    if (const auto from = Date::parse(evaluation.value("claim_from"))) out.date_of_claim = spokenDate(*from, language);
    for (const auto& action : review.actions) {
        if (action.kind != ActionKind::Proof) continue;
        for (const auto& need : evaluation.proofs()) {
            if (need.key() != action.about) continue;
            ClaimOutlook::Proof proof;
            proof.label = need.rule->label.in(language);
            for (const auto& accepted : need.rule->accepts) proof.accepted.push_back(accepted.in(language));
            proof.original = need.rule->min_level == "original";
            out.to_bring.push_back(std::move(proof));
        }
    }
    out.bring_by = deadline(evaluation, language);
    out.office = office;
    out.officer = officer;
    out.telephone = evaluation.pack().parameter("office_telephone", evaluation.today()).value_or(std::string());
    return out;
}

}  // namespace fieldclaim
