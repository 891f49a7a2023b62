#pragma once

#include "mobile/viewmodels/desk.h"

namespace fieldclaim::tablet {

/// What a page offers beside a question: help, and what can be done with the answer that stands.
struct AnswerOffers {
    QString help;                    ///< the pack's guidance, filled in; empty for none
    QString undo;                    ///< "Put back: Jones"; empty when there is nothing to undo
    bool history = false;            ///< something was answered, once at least
    bool told = false;               ///< on the telephone, and not confirmed yet
    bool date_is_corrected = false;  ///< it stands, and is changed with a reason alone
};

AnswerOffers offersFor(const OpenCase& open_case, const QuestionState& state);

}  // namespace fieldclaim::tablet
