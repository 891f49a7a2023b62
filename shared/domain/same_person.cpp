#include "shared/domain/same_person.h"

#include <algorithm>
#include <array>

#include "shared/base/ids.h"
#include "shared/base/text.h"

namespace fieldclaim {
namespace {

constexpr std::string_view kNino = "nino";
constexpr std::string_view kSurname = "surname";
constexpr std::string_view kBirth = "dob";
constexpr std::string_view kPostcode = "postcode";
constexpr std::string_view kDuplicateOf = "duplicate of ";

/// Folded, and without what people write between letters and figures.
std::string plain(const std::string& text) {
    auto out = foldName(text);
    std::erase_if(out, [](char c) { return c == ' ' || c == '-'; });
    return out;
}

bool isLetter(char c) { return c >= 'A' && c <= 'Z'; }
bool isDigit(char c) { return c >= '0' && c <= '9'; }

/// Two letters and six figures; empty for what is no such number yet.
std::string ninoWithoutSuffix(const std::string& typed) {
    constexpr std::size_t kLetters = 2;
    constexpr std::size_t kLength = 8;
    const auto number = plain(typed);
    if (number.size() < kLength) return {};
    const auto digits = std::string_view(number).substr(kLetters, kLength - kLetters);
    if (!isLetter(number[0]) || !isLetter(number[1]) || !std::all_of(digits.begin(), digits.end(), isDigit)) return {};
    return number.substr(0, kLength);
}

}  // namespace

std::vector<std::string> personMarks(const Evaluation& evaluation) {
    std::vector<std::string> out;
    if (const auto nino = ninoWithoutSuffix(evaluation.value(kNino)); !nino.empty()) out.push_back("n/" + nino);
    const auto birth = evaluation.value(kBirth);
    if (!Date::parse(birth)) return out;
    if (const auto surname = plain(evaluation.value(kSurname)); !surname.empty())
        out.push_back("s/" + birth + "/" + surname);
    if (const auto postcode = plain(evaluation.value(kPostcode)); !postcode.empty())
        out.push_back("p/" + birth + "/" + postcode);
    return out;
}

std::optional<Likeness> likenessOf(std::string_view mark) {
    if (mark.starts_with("n/")) return Likeness::Nino;
    if (mark.starts_with("s/")) return Likeness::NameAndBirth;
    if (mark.starts_with("p/")) return Likeness::PostcodeAndBirth;
    return std::nullopt;
}

bool tellsWhoItIs(std::string_view question_id) {
    constexpr std::array kQuestions = {kNino, kSurname, kBirth, kPostcode};
    return std::find(kQuestions.begin(), kQuestions.end(), question_id) != kQuestions.end();
}

std::string linkPath(std::string_view other) { return std::string(kLinkPrefix) + std::string(other); }

Value encodeLink(const ClaimLink& link) {
    return Value::Map{
        {"verdict", link.same ? "same" : "apart"}, {"reason", link.reason}, {"officer", link.officer.bytes}};
}

std::optional<ClaimLink> decodeLink(std::string_view other, const Value& value) {
    const auto verdict = value.textAt("verdict");
    if (verdict != "same" && verdict != "apart") return std::nullopt;
    ClaimLink out{std::string(other), verdict == "same", value.textAt("reason"), {}};
    if (const auto* officer = value.at("officer").bytes()) {
        if (const auto id = Uuid::fromBytes(*officer)) out.officer = *id;
    }
    return out;
}

std::vector<ClaimLink> linksOf(const ClaimState& state) {
    std::vector<ClaimLink> out;
    const auto& registers = state.registers();
    for (auto at = registers.lower_bound(kLinkPrefix); at != registers.end() && at->first.starts_with(kLinkPrefix);
         ++at) {
        if (at->second.inConflict()) continue;
        if (auto link = decodeLink(at->first.substr(kLinkPrefix.size()), at->second.value()))
            out.push_back(std::move(*link));
    }
    return out;
}

std::string duplicateReason(std::string_view other) { return std::string(kDuplicateOf) + Crn::display(other); }

std::optional<std::string> duplicateIn(std::string_view reason) {
    if (!reason.starts_with(kDuplicateOf)) return std::nullopt;
    return std::string(reason.substr(kDuplicateOf.size()));
}

}  // namespace fieldclaim
