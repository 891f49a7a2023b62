#include "mobile/viewmodels/question_fields.h"

#include "mobile/viewmodels/words.h"

namespace fieldclaim::tablet {

QString questionTypeName(QuestionType type) {
    switch (type) {
        case QuestionType::Text:
        case QuestionType::Geopoint:
            return QStringLiteral("text");
        case QuestionType::Barcode:
            return QStringLiteral("barcode");
        case QuestionType::Image:
            return QStringLiteral("image");
        case QuestionType::File:
            return QStringLiteral("file");
        case QuestionType::Integer:
            return QStringLiteral("integer");
        case QuestionType::Decimal:
            return QStringLiteral("decimal");
        case QuestionType::Range:
            return QStringLiteral("range");
        case QuestionType::Date:
            return QStringLiteral("date");
        case QuestionType::Time:
            return QStringLiteral("time");
        case QuestionType::DateTime:
            return QStringLiteral("dateTime");
        case QuestionType::SelectOne:
            return QStringLiteral("select_one");
        case QuestionType::SelectMultiple:
            return QStringLiteral("select_multiple");
        case QuestionType::Acknowledge:
            return QStringLiteral("acknowledge");
        case QuestionType::Note:
            return QStringLiteral("note");
        case QuestionType::Calculate:
            return QStringLiteral("calculate");
    }
    return QStringLiteral("text");
}

QVariantMap questionRange(const Question& question) {
    if (!question.range) return {};
    return {{QStringLiteral("start"), words::qt(question.range->start)},
            {QStringLiteral("end"), words::qt(question.range->end)},
            {QStringLiteral("step"), words::qt(question.range->step)}};
}

QVariantList questionChoices(const Evaluation& evaluation, const std::string& key, Language language) {
    QVariantList out;
    for (const auto* choice : evaluation.choices(key)) {
        QVariantMap one{
            {QStringLiteral("name"), words::qt(choice->name)},
            {QStringLiteral("label"), words::qt(evaluation.fill(choice->label.in(language), {}, language))}};
        if (choice->name == "none") one.insert(QStringLiteral("alone"), true);
        out.append(one);
    }
    return out;
}

}  // namespace fieldclaim::tablet
