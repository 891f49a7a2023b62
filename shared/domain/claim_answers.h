#pragma once

#include <string>
#include <string_view>

#include "shared/forms/evaluation.h"
#include "shared/merge/claim_state.h"

// Between a claim's registers and a form's answers. An answer's path is "a/" and its key.
namespace fieldclaim {

std::string answerPath(std::string_view key);
/// A given answer is a text; one not known or refused is {"absent": "not_known" | "refused", "note": ...}.
Value encodeAnswer(const Answer& answer);
/// Null gives nullopt; what is neither form is given as its text or an empty answer, and kept verbatim in the register.
std::optional<Answer> decodeAnswer(const Value& value);

/// The answers as forms see them: the value with the lowest edit id where officers differ, with the key among
/// `conflicts` (an instance in question gives the keys of all that stands under it).
AnswerSet answersOf(const ClaimState& state);

}  // namespace fieldclaim
