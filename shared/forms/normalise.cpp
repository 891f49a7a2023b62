#include <algorithm>

#include "shared/base/text.h"
#include "shared/forms/answer_forms.h"
#include "shared/forms/date_text.h"
#include "shared/forms/form_pack.h"

namespace fieldclaim {
namespace {

std::string upper(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
    return out;
}

std::string without(std::string_view text, std::string_view characters) {
    std::string out;
    std::copy_if(text.begin(), text.end(), std::back_inserter(out),
                 [&](char c) { return characters.find(c) == std::string_view::npos; });
    return out;
}

void erase(std::string& text, std::string_view part) {
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part)) text.erase(at, part.size());
}

/// No-break spaces come with numbers copied from elsewhere.
std::string withPlainSpaces(std::string_view text) {
    constexpr std::string_view kNoBreak = "\xC2\xA0";
    std::string out(text);
    for (auto at = out.find(kNoBreak); at != std::string::npos; at = out.find(kNoBreak, at)) {
        out.replace(at, kNoBreak.size(), " ");
    }
    return out;
}

/// Sort codes and account numbers: spaces, hyphens and full stops go; a letter stays, for the rule to refuse.
std::string digits(std::string_view text) { return without(text, " -.\t"); }

std::string postcode(std::string_view text) {
    constexpr std::size_t kInward = 3;
    constexpr std::size_t kShortest = 5;
    auto out = without(upper(text), " -.\t");
    if (out.starts_with("BFPO")) return "BFPO " + out.substr(4);
    if (out.size() >= kShortest) out.insert(out.size() - kInward, " ");
    return out;
}

std::string upperStrip(std::string_view text) { return without(upper(text), " -.,/_\t"); }

std::string money(std::string_view text) {
    constexpr std::string_view kPound = "\xC2\xA3";
    auto out = without(text, ", \t");
    erase(out, kPound);
    return out;
}

std::string inChoiceOrder(const Question& question, std::string_view typed) {
    std::vector<std::string> names;
    for (auto& name : split(typed, ' ')) {
        if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end())
            names.push_back(std::move(name));
    }
    const auto place = [&](const std::string& name) {
        return std::find_if(question.choices.begin(), question.choices.end(),
                            [&](const auto& choice) { return choice.name == name; });
    };
    std::stable_sort(names.begin(), names.end(), [&](const auto& a, const auto& b) { return place(a) < place(b); });
    std::string out;
    for (const auto& name : names) out += (out.empty() ? "" : " ") + name;
    return out;
}

}  // namespace

std::string normaliseAnswer(const Question& question, std::string_view typed) {
    const auto plain = withPlainSpaces(typed);
    if (question.type == QuestionType::Date) {
        const auto date = parseTypedDate(plain);
        return date ? date->iso() : std::string(trim(plain));
    }
    const auto orTrimmed = [&](std::optional<std::string> read) {
        return read ? std::move(*read) : std::string(trim(plain));
    };
    if (question.type == QuestionType::Time) return orTrimmed(parseTypedTime(plain));
    if (question.type == QuestionType::DateTime) return orTrimmed(parseTypedDateTime(plain));
    if (question.type == QuestionType::Geopoint) return orTrimmed(parseTypedPoint(plain));
    if (question.type == QuestionType::SelectMultiple) return inChoiceOrder(question, typed);
    if (question.normalise == "trim") return std::string(trim(typed));
    if (question.normalise == "digits") return digits(plain);
    if (question.normalise == "phone") return without(plain, " ()-\t");
    if (question.normalise == "postcode") return postcode(plain);
    if (question.normalise == "upper_strip") return upperStrip(plain);
    if (question.normalise == "money") return money(plain);
    if (question.type == QuestionType::Integer || question.type == QuestionType::Decimal ||
        question.type == QuestionType::Range || question.type == QuestionType::Barcode)
        return std::string(trim(plain));
    return std::string(typed);
}

}  // namespace fieldclaim
