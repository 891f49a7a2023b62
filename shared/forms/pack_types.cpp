// What kind of answer a question takes, how it is drawn, and what it proposes.
#include <algorithm>
#include <charconv>

#include "shared/base/text.h"
#include "shared/forms/answer_forms.h"
#include "shared/forms/carry_over.h"
#include "shared/forms/pack_loader.h"

namespace fieldclaim {
namespace {

double valueOf(const std::string& decimal) {
    double value = 0;
    std::from_chars(decimal.data(), decimal.data() + decimal.size(), value);
    return value;
}

}  // namespace

void PackLoader::readType(const Place& place, const std::string& type, Question& question) {
    static const std::map<std::string, QuestionType, std::less<>> plain = {
        {"text", QuestionType::Text},         {"integer", QuestionType::Integer},
        {"decimal", QuestionType::Decimal},   {"range", QuestionType::Range},
        {"date", QuestionType::Date},         {"time", QuestionType::Time},
        {"dateTime", QuestionType::DateTime}, {"acknowledge", QuestionType::Acknowledge},
        {"barcode", QuestionType::Barcode},   {"geopoint", QuestionType::Geopoint},
        {"image", QuestionType::Image},       {"file", QuestionType::File},
        {"note", QuestionType::Note},         {"calculate", QuestionType::Calculate}};
    const auto parts = words(type);
    if (!parts.empty() && (parts[0] == "select_one" || parts[0] == "select_multiple")) {
        readSelect(place, parts, question);
    } else if (const auto found = plain.find(type); found != plain.end()) {
        question.type = found->second;
    } else {
        static const std::map<std::string, std::string, std::less<>> elsewhere = {
            {"audio", "sound is not recorded"},
            {"video", "film is not recorded"},
            {"geotrace", "only one place is asked for: geopoint"},
            {"geoshape", "only one place is asked for: geopoint"},
            {"rank", "choices are not put in order: ask with select_one"}};
        const auto why = elsewhere.find(parts.empty() ? std::string() : parts[0]);
        complain(place, "type", "there is no type '" + type + "'" + (why == elsewhere.end() ? "" : ": " + why->second));
        return;
    }
    if (question.type == QuestionType::Range) readRange(place, question);
    readAppearance(place, question);
}

void PackLoader::readSelect(const Place& place, const std::vector<std::string>& parts, Question& question) {
    question.type = parts[0] == "select_one" ? QuestionType::SelectOne : QuestionType::SelectMultiple;
    if (parts.size() < 2 || parts.size() > 3 || (parts.size() == 3 && parts[2] != "or_other")) {
        complain(place, "type", "is written " + parts[0] + " LIST or " + parts[0] + " LIST or_other");
        return;
    }
    const auto list = m_lists.find(parts[1]);
    if (list == m_lists.end()) {
        complain(place, "type", "there is no list of choices '" + parts[1] + "'");
        return;
    }
    for (const auto& [choice, where] : list->second) question.choices.push_back(choice);
}

/// parameters: "start=0 end=10 step=1".
void PackLoader::readRange(const Place& place, Question& question) {
    RangeLimits limits{"1", "10", "1"};
    std::string cell(place.cell("parameters"));
    std::replace_if(
        cell.begin(), cell.end(), [](char c) { return c == ',' || c == ';'; }, ' ');
    for (const auto& part : words(cell)) {
        const auto equals = std::min(part.find('='), part.size());
        const auto name = part.substr(0, equals);
        auto* const limit = name == "start"  ? &limits.start
                            : name == "end"  ? &limits.end
                            : name == "step" ? &limits.step
                                             : nullptr;
        const auto value = equals < part.size() ? part.substr(equals + 1) : std::string();
        if (limit == nullptr || !isDecimal(value, 9, 6)) {
            complain(place, "parameters", "'" + part + "' is not start=, end= or step= and a number");
            return;
        }
        *limit = value;
    }
    if (valueOf(limits.end) <= valueOf(limits.start) || valueOf(limits.step) <= 0) {
        complain(place, "parameters", "the end comes after the start, and the step is more than 0");
    } else if (!isInRange(limits.end, limits)) {
        complain(place, "parameters", "the steps do not reach the end");
    } else {
        question.range = limits;
    }
}

void PackLoader::readAppearance(const Place& place, Question& question) {
    const bool select = question.type == QuestionType::SelectOne || question.type == QuestionType::SelectMultiple;
    for (const auto& appearance : words(place.cell("appearance"))) {
        if (appearance == "multiline" && question.type == QuestionType::Text) {
            question.multiline = true;
        } else if (select && (appearance == "search" || appearance == "autocomplete" || appearance == "minimal")) {
            question.search = true;
        } else {
            note(place, "appearance", "'" + appearance + "' changes nothing here: the question is drawn as usual");
        }
    }
}

void PackLoader::readDefault(const Place& place, SurveyRow& row, const Question& question) {
    const std::string cell(place.cell("default"));
    if (cell.empty()) return;
    if (!question.isAsked() || namesBytes(question.type)) {
        complain(place, "default", "is proposed where something is answered");
        return;
    }
    const auto bracket = cell.find('(');
    const bool calls = bracket != std::string::npos && bracket > 0 && cell.back() == ')' &&
                       std::all_of(cell.begin(), cell.begin() + static_cast<std::ptrdiff_t>(bracket),
                                   [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; });
    if (calls || cell.find("${") != std::string::npos) {
        const auto slot = m_pack->slots.find(row.id)->second;
        if (const auto made = expression(place, "default", scope(slot))) {
            row.proposes = made->id;
        }
        return;
    }
    const auto fitting = fitAnswer(question, normaliseAnswer(question, cell));
    if (!fitting || (question.range && !isInRange(*fitting, *question.range))) {
        complain(place, "default", "'" + cell + "' is no answer to this question");
    } else {
        row.proposed = *fitting;
    }
}

}  // namespace fieldclaim
