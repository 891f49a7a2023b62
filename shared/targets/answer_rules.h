#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "shared/targets/target_map.h"

namespace fieldclaim {

/// Spaces and punctuation taken out, upper case (domain V1).
std::string normaliseNino(std::string_view typed);
/// A National Insurance number in normal form. Without its suffix only if the target takes that (domain V1a).
bool isNino(std::string_view normal, bool suffix_needed);
/// Upper case with one space before the last three characters, and a shape that the post office gives out (domain V2).
bool isPostcode(std::string_view postcode);
/// Letters with or without accents, spaces, hyphens, full stops and both apostrophes (domain V4).
bool isName(std::string_view name);
/// Digits alone, `least` to `most` of them.
bool isDigits(std::string_view text, std::size_t least, std::size_t most);

/// Collects problems in the order in which the rules are run.
class ProblemList {
public:
    explicit ProblemList(const TransferSubject& subject) : m_subject(subject) {}

    /// Present, at most 70 characters, of the letters of a name, and something is left of it in A to Z (hazard H49).
    void name(const std::string& question, const std::string& what);
    /// At most `most` characters if there is an answer; E101 if there must be one and is not.
    void text(const std::string& question, const std::string& what, std::size_t most, bool needed);
    void add(std::string code, std::string question, std::string message);
    std::vector<PreflightProblem> take() { return std::move(m_problems); }

private:
    const TransferSubject& m_subject;  ///< borrowed for the life of the list
    std::vector<PreflightProblem> m_problems;
};

}  // namespace fieldclaim
