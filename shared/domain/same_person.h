#pragma once

#include <optional>
#include <string>
#include <vector>

#include "shared/forms/evaluation.h"
#include "shared/merge/claim_state.h"

// Two claims that may be one person's: by what they are found, and what an officer decided about them.
namespace fieldclaim {

/// What two claims have in common that says so, from the strongest on.
enum class Likeness {
    Nino,              ///< the same National Insurance number; its last letter, which people often do not know, aside
    NameAndBirth,      ///< the same surname, folded (foldName), and date of birth
    PostcodeAndBirth,  ///< the same postcode and date of birth
};

/// What a claim is compared by: one text for each likeness that its answers give, equal for equal claims. Personal
/// data, folded: kept where the answers are, and nowhere else.
std::vector<std::string> personMarks(const Evaluation& evaluation);
/// Which likeness a mark is about; nullopt for what is none.
std::optional<Likeness> likenessOf(std::string_view mark);
/// The questions of which marks are made: an answer to one of them can show that somebody is here already.
bool tellsWhoItIs(std::string_view question_id);

/// link/<claim number of the other>: an officer's decision, written into both claims, so that either tells of it
/// wherever it is. It conflicts like anything that officers decide without seeing each other.
struct ClaimLink {
    std::string other;
    bool same = false;   ///< one person's; false: kept apart, and not asked about again
    std::string reason;  ///< why they are kept apart; may be empty where they are linked
    Uuid officer;
    bool operator==(const ClaimLink&) const = default;
};
constexpr std::string_view kLinkPrefix = "link/";
std::string linkPath(std::string_view other);
Value encodeLink(const ClaimLink& link);
/// What stands at linkPath(); nullopt for what is no link, and where it was taken away.
std::optional<ClaimLink> decodeLink(std::string_view other, const Value& value);
/// Those on which officers agree.
std::vector<ClaimLink> linksOf(const ClaimState& state);

/// The reason of a withdrawal because the same person's other claim goes on: "duplicate of 4F7K-9QXT-2M3AB".
std::string duplicateReason(std::string_view other);
/// The number in such a reason, as it is written there; nullopt for any other reason.
std::optional<std::string> duplicateIn(std::string_view reason);

}  // namespace fieldclaim
