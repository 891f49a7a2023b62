#include "shared/targets/answer_rules.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "shared/base/text.h"

namespace fieldclaim {
namespace {

constexpr std::size_t kLongestName = 70;

bool isUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isOneOf(char c, std::string_view set) { return set.find(c) != std::string_view::npos; }

/// A: any letter but Q V X. B: any but I J Z. C, D: letters that may stand third or fourth. 9: a digit.
bool hasShape(std::string_view outward, std::string_view shape) {
    if (outward.size() != shape.size()) return false;
    for (std::size_t i = 0; i < shape.size(); ++i) {
        const char c = outward[i];
        const bool fits = shape[i] == 'A'   ? isUpper(c) && !isOneOf(c, "QVX")
                          : shape[i] == 'B' ? isUpper(c) && !isOneOf(c, "IJZ")
                          : shape[i] == 'C' ? isOneOf(c, "ABCDEFGHJKPSTUW")
                          : shape[i] == 'D' ? isOneOf(c, "ABEHMNPRVWXY")
                                            : isDigit(c);
        if (!fits) return false;
    }
    return true;
}

/// The code points of well-formed UTF-8.
std::vector<std::uint32_t> decode(std::string_view text) {
    std::vector<std::uint32_t> out;
    for (const char raw : text) {
        const auto byte = static_cast<unsigned char>(raw);
        if ((byte & 0xC0U) == 0x80U && !out.empty()) {
            out.back() = (out.back() << 6U) | (byte & 0x3FU);
        } else {
            const std::uint32_t bits = byte < 0x80U   ? byte
                                       : byte < 0xE0U ? byte & 0x1FU
                                       : byte < 0xF0U ? byte & 0x0FU
                                                      : byte & 0x07U;
            out.push_back(bits);
        }
    }
    return out;
}

}  // namespace

std::string normaliseNino(std::string_view typed) {
    std::string out;
    for (const char c : typed) {
        if (c >= 'a' && c <= 'z') {
            out += static_cast<char>(c - 'a' + 'A');
        } else if (isUpper(c) || isDigit(c)) {
            out += c;
        }
    }
    return out;
}

bool isNino(std::string_view normal, bool suffix_needed) {
    constexpr std::array<std::string_view, 7> kNeverGiven = {"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"};
    if (normal.size() != 9 && (suffix_needed || normal.size() != 8)) return false;
    if (!isUpper(normal[0]) || isOneOf(normal[0], "DFIQUV")) return false;
    if (!isUpper(normal[1]) || isOneOf(normal[1], "DFIOQUV")) return false;
    if (std::find(kNeverGiven.begin(), kNeverGiven.end(), normal.substr(0, 2)) != kNeverGiven.end()) return false;
    if (!isDigits(normal.substr(2, 6), 6, 6)) return false;
    return normal.size() == 8 || isOneOf(normal[8], "ABCD");
}

bool isPostcode(std::string_view postcode) {
    if (postcode == "GIR 0AA") return true;
    if (postcode.starts_with("BFPO ")) return isDigits(postcode.substr(5), 1, 4);
    if (postcode.size() < 6) return false;
    const auto inward = postcode.substr(postcode.size() - 4);
    if (inward[0] != ' ' || !isDigit(inward[1])) return false;
    for (const char c : inward.substr(2)) {
        if (!isUpper(c) || isOneOf(c, "CIKMOV")) return false;
    }
    const auto outward = postcode.substr(0, postcode.size() - 4);
    for (const std::string_view shape : {"A9", "A99", "AB9", "AB99", "A9C", "AB9D"}) {
        if (hasShape(outward, shape)) return true;
    }
    return false;
}

bool isName(std::string_view name) {
    const auto composed = toNfc(name);
    if (!composed) return false;
    const auto points = decode(*composed);
    return !points.empty() && std::all_of(points.begin(), points.end(), [](std::uint32_t c) {
        if (c < 0x80) {
            const char ascii = static_cast<char>(c);
            return isUpper(ascii) || (ascii >= 'a' && ascii <= 'z') || isOneOf(ascii, " '.-");
        }
        return (c >= 0xC0 && c <= 0x17E && c != 0xD7 && c != 0xF7) || c == 0x2019 || c == 0x1E80 || c == 0x1E81 ||
               c == 0x1EF2 || c == 0x1EF3 || (c >= 0x1E82 && c <= 0x1E85);
    });
}

bool isDigits(std::string_view text, std::size_t least, std::size_t most) {
    return text.size() >= least && text.size() <= most && std::all_of(text.begin(), text.end(), isDigit);
}

void ProblemList::add(std::string code, std::string question, std::string message) {
    m_problems.push_back({std::move(code), std::move(question), std::move(message)});
}

void ProblemList::text(const std::string& question, const std::string& what, std::size_t most, bool needed) {
    const auto value = m_subject.fact(question);
    if (trim(value).empty()) {
        if (needed) add("E101", question, "Enter " + what + ".");
    } else if (codePoints(value) > most) {
        add("E102", question, "Shorten " + what + " to " + std::to_string(most) + " characters or fewer.");
    }
}

void ProblemList::name(const std::string& question, const std::string& what) {
    const auto before = m_problems.size();
    text(question, what, kLongestName, true);
    if (m_problems.size() != before) return;
    const auto value = m_subject.fact(question);
    if (!isName(value)) {
        add("E103", question,
            "Take out of " + what + " anything but letters, spaces, hyphens, full stops and apostrophes.");
    } else if (trim(foldName(value)).empty()) {
        // The target's own index holds A to Z alone; with nothing left of the name it could match any record or none.
        add("E202", question, "Enter " + what + " with at least one letter that can be written in A to Z.");
    }
}

}  // namespace fieldclaim
