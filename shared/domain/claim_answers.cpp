#include "shared/domain/claim_answers.h"

namespace fieldclaim {
namespace {

constexpr std::string_view kPrefix = "a/";

}  // namespace

std::string answerPath(std::string_view key) { return std::string(kPrefix) + std::string(key); }

Value encodeAnswer(const Answer& answer) {
    if (answer.kind == Answer::Kind::Given) return Value(answer.text);
    return Value::Map{{"absent", answer.kind == Answer::Kind::NotKnown ? "not_known" : "refused"},
                      {"note", answer.text}};
}

std::optional<Answer> decodeAnswer(const Value& value) {
    if (value.isNull()) return std::nullopt;
    if (const auto* text = value.text()) return Answer{Answer::Kind::Given, *text};
    const auto absent = value.textAt("absent");
    if (absent == "not_known") return Answer{Answer::Kind::NotKnown, value.textAt("note")};
    if (absent == "refused") return Answer{Answer::Kind::Refused, value.textAt("note")};
    return Answer{};
}

AnswerSet answersOf(const ClaimState& state) {
    AnswerSet out;
    const auto key = [](const std::string& path) { return path.substr(kPrefix.size()); };
    for (auto at = state.registers().lower_bound(kPrefix);
         at != state.registers().end() && at->first.starts_with(kPrefix); ++at) {
        if (auto answer = decodeAnswer(at->second.value())) out.answers.emplace(key(at->first), std::move(*answer));
    }
    for (const auto& path : state.conflicts()) {
        if (!path.starts_with(kPrefix)) continue;
        for (const auto& under : state.pathsUnder(path)) out.conflicts.push_back(key(under));
    }
    return out;
}

}  // namespace fieldclaim
