#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/forms/evaluation.h"

// How answers that were given to one pack are read by another (hazard H27). Nothing here changes what is kept: a claim
// goes from one pack to the next and back, and every answer is where it was.
namespace fieldclaim {

/// An answer that the pack at hand has no place for. It stays in the claim, is shown to the officer, and is neither a
/// fact that is signed nor sent.
struct KeptAside {
    enum class Why {
        QuestionGone,    ///< the pack does not ask it any more
        AskedElsewhere,  ///< it is asked within a repeat now, or no longer within one, or within another
        ChoiceGone,      ///< a name that is no choice of the question any more
        OtherType,       ///< not an answer to a question of this type
    };
    std::string key;
    Answer answer;
    Why why = Why::QuestionGone;
    bool operator==(const KeptAside&) const = default;
};

struct CarriedAnswers {
    AnswerSet answers;
    std::vector<KeptAside> aside;  ///< in the order of their keys
};

/// By name. What says the same in the question's type as it is now is given in that form: "16.0" is the integer 16,
/// "27 3 1971" a date, one choice is a list of one, a text is the choice that it names. What does not: if one types
/// into the question's field, the answer stays and is refused by its type, so that it is corrected there; else it is
/// kept aside.
CarriedAnswers carryOver(const FormPack& pack, AnswerSet answers);

/// The same answer in the form of the question's type; nothing when that cannot be done without loss.
std::optional<std::string> fitAnswer(const Question& question, std::string_view text);

}  // namespace fieldclaim
