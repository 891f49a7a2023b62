#include <algorithm>
#include <array>
#include <charconv>

#include "shared/base/text.h"
#include "shared/forms/date_text.h"
#include "shared/forms/evaluation.h"
#include "shared/forms/pack_impl.h"

namespace fieldclaim {
namespace {

/// "8000" -> "8,000"; "45.7" -> "45.70".
std::string moneyText(const std::string& plain) {
    double amount = 0;
    if (std::from_chars(plain.data(), plain.data() + plain.size(), amount).ec != std::errc()) return plain;
    std::array<char, 64> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), amount, std::chars_format::fixed, 2);
    if (end.ec != std::errc()) return plain;
    std::string out(buffer.data(), end.ptr);
    if (out.ends_with(".00")) out.resize(out.size() - 3);
    const std::size_t first = out.starts_with('-') ? 1 : 0;
    constexpr std::size_t kGroup = 3;
    for (auto at = std::min(out.find('.'), out.size()); at > first + kGroup;) out.insert(at -= kGroup, ",");
    return out;
}

std::string choiceText(const Question& question, const std::string& names, Language language) {
    std::string out;
    for (const auto& name : split(names, ' ')) {
        const auto choice = std::find_if(question.choices.begin(), question.choices.end(),
                                         [&](const auto& each) { return each.name == name; });
        if (choice != question.choices.end()) out += (out.empty() ? "" : ", ") + choice->label.in(language);
    }
    return out;
}

/// A label may hold ${name} whose value is shown by a label that holds ${name}; no pack needs more.
constexpr int kMaxDepth = 2;

std::string fillTo(int depth, const Evaluation& evaluation, const std::string& text, std::string_view instance_prefix,
                   Language language);

std::string shown(int depth, const Evaluation& evaluation, const SurveyRow& row, const std::string& value,
                  std::string_view instance_prefix, Language language) {
    const auto& pack = evaluation.pack().impl();
    if (row.type == ValueType::Date) {
        const auto date = Date::parse(value);
        return date ? spokenDate(*date, language) : value;
    }
    if (row.money) return moneyText(value);
    if (row.question && !pack.questions[*row.question].choices.empty()) {
        const auto label = choiceText(pack.questions[*row.question], value, language);
        return depth < kMaxDepth ? fillTo(depth + 1, evaluation, label, instance_prefix, language) : label;
    }
    return value;
}

std::string fillTo(int depth, const Evaluation& evaluation, const std::string& text, std::string_view instance_prefix,
                   Language language) {
    const auto& pack = evaluation.pack().impl();
    std::string out;
    std::size_t at = 0;
    while (true) {
        const auto begin = text.find("${", at);
        const auto end = begin == std::string::npos ? begin : text.find('}', begin);
        if (end == std::string::npos) return out + text.substr(at);
        out += text.substr(at, begin - at);
        const auto name = text.substr(begin + 2, end - begin - 2);
        const auto slot = pack.slots.find(name);
        if (slot != pack.slots.end()) {
            const auto& row = pack.rows[slot->second];
            const auto key = row.group ? std::string(instance_prefix) + "/" + name : name;
            out += shown(depth, evaluation, row, evaluation.value(key), instance_prefix, language);
        }
        at = end + 1;
    }
}

}  // namespace

std::string Evaluation::fill(const std::string& text, std::string_view instance_prefix, Language language) const {
    if (instance_prefix.ends_with('/')) instance_prefix.remove_suffix(1);
    return fillTo(0, *this, text, instance_prefix, language);
}

}  // namespace fieldclaim
