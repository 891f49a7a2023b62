#include "shared/forms/carry_over.h"

#include <algorithm>

#include "shared/base/text.h"
#include "shared/forms/answer_forms.h"
#include "shared/forms/date_text.h"

namespace fieldclaim {
namespace {

/// What is typed into the question's field is corrected there, so it is left as it is when it does not fit.
bool isTyped(QuestionType type) {
    switch (type) {
        case QuestionType::Text:
        case QuestionType::Integer:
        case QuestionType::Decimal:
        case QuestionType::Range:
        case QuestionType::Date:
        case QuestionType::Time:
        case QuestionType::DateTime:
        case QuestionType::Barcode:
        case QuestionType::Geopoint:
            return true;
        default:
            return false;
    }
}

bool isName(const Question& question, std::string_view name) {
    return std::any_of(question.choices.begin(), question.choices.end(),
                       [&](const Choice& choice) { return choice.name == name; });
}

/// The one choice that a text means: by its name, or by its label in either language.
std::optional<std::string> choiceMeant(const Question& question, std::string_view text) {
    if (isName(question, text)) return std::string(text);
    const auto folded = foldName(trim(text));
    if (folded.empty()) return std::nullopt;
    std::optional<std::string> meant;
    for (const auto& choice : question.choices) {
        const bool same = foldName(choice.name) == folded || foldName(choice.label.english) == folded ||
                          (!choice.label.welsh.empty() && foldName(choice.label.welsh) == folded);
        if (!same) continue;
        if (meant) return std::nullopt;
        meant = choice.name;
    }
    return meant;
}

/// "16.00" -> "16".
std::optional<std::string> wholeNumber(std::string_view text) {
    auto out = std::string(trim(text));
    if (!isDecimal(out, 9, 6)) return std::nullopt;
    if (const auto point = out.find('.'); point != std::string::npos) {
        if (out.find_first_not_of('0', point + 1) != std::string::npos) return std::nullopt;
        out.resize(point);
    }
    return out;
}

std::optional<std::string> fitSeveral(const Question& question, std::string_view text) {
    const auto names = split(text, ' ');
    const bool all = std::all_of(names.begin(), names.end(),
                                 [&](const auto& name) { return name.empty() || isName(question, name); });
    return all ? std::string(text) : choiceMeant(question, text);
}

bool looksLikeNames(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
               c == ' ';
    });
}

}  // namespace

std::optional<std::string> fitAnswer(const Question& question, std::string_view text) {
    const auto asIf = [&](bool fits) { return fits ? std::optional(std::string(text)) : std::nullopt; };
    switch (question.type) {
        case QuestionType::Text:
        case QuestionType::Barcode:
            return std::string(text);
        case QuestionType::Integer:
            return wholeNumber(text);
        case QuestionType::Decimal:
        case QuestionType::Range: {
            const auto plain = trim(text);
            return isDecimal(plain, 12, 6) ? std::optional(std::string(plain)) : std::nullopt;
        }
        case QuestionType::Date: {
            const auto date = parseTypedDate(text);
            return date ? std::optional(date->iso()) : std::nullopt;
        }
        case QuestionType::Time:
            return parseTypedTime(text);
        case QuestionType::DateTime:
            return parseTypedDateTime(text);
        case QuestionType::Geopoint:
            return parseTypedPoint(text);
        case QuestionType::SelectOne:
            return choiceMeant(question, text);
        case QuestionType::SelectMultiple:
            return fitSeveral(question, text);
        case QuestionType::Acknowledge: {
            const auto folded = foldName(text);
            const bool done = folded == "YES" || folded == "TRUE" || folded == "OK";
            return done ? std::optional<std::string>("yes") : std::nullopt;
        }
        case QuestionType::Image:
        case QuestionType::File:
            // The hex of a SHA-256, which names the bytes.
            return asIf(text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos);
        case QuestionType::Note:
        case QuestionType::Calculate:
            break;
    }
    return std::nullopt;
}

CarriedAnswers carryOver(const FormPack& pack, AnswerSet answers) {
    CarriedAnswers out;
    for (auto& [key, answer] : answers.answers) {
        const auto slashes = std::count(key.begin(), key.end(), '/');
        const bool nothing = answer == Answer{};
        // An instance by itself ("job/<id>") says that it was kept; it is no answer.
        if (nothing || slashes == 1) {
            out.answers.answers.emplace(key, std::move(answer));
            continue;
        }
        const auto last = key.rfind('/');
        const auto* question = pack.find(last == std::string::npos ? key : key.substr(last + 1));
        const auto aside = [&, &name = key, &given = answer](KeptAside::Why why) {
            // An instance whose answers are all aside is still one.
            if (slashes == 2) out.answers.answers.emplace(name, Answer{});
            out.aside.push_back({name, std::move(given), why});
        };
        if (question == nullptr) {
            aside(KeptAside::Why::QuestionGone);
            continue;
        }
        if (question->repeat.empty() ? slashes != 0 : slashes != 2 || !key.starts_with(question->repeat + "/")) {
            aside(KeptAside::Why::AskedElsewhere);
            continue;
        }
        const bool is_given = answer.kind == Answer::Kind::Given;
        auto fitting = is_given ? fitAnswer(*question, answer.text) : std::nullopt;
        if (fitting) {
            out.answers.answers.emplace(key, Answer{Answer::Kind::Given, std::move(*fitting)});
        } else if (!is_given || isTyped(question->type)) {
            out.answers.answers.emplace(key, std::move(answer));
        } else {
            aside(!question->choices.empty() && looksLikeNames(answer.text) ? KeptAside::Why::ChoiceGone
                                                                            : KeptAside::Why::OtherType);
        }
    }
    out.answers.conflicts = std::move(answers.conflicts);
    return out;
}

}  // namespace fieldclaim
