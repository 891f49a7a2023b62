#include "mobile/viewmodels/answer_offers.h"

#include <QCoreApplication>

#include "mobile/viewmodels/words.h"
#include "shared/domain/claim_answers.h"
#include "shared/domain/protected_date.h"

namespace fieldclaim::tablet {
namespace {

constexpr qsizetype kMostUndoWords = 60;

class AnswerOffersWords {
    Q_DECLARE_TR_FUNCTIONS(fieldclaim::tablet::AnswerOffers)

public:
    static QString undo(const OpenCase& open_case, const QuestionState& state) {
        const auto change = open_case.desk().casework().lastChange(open_case.crn(), state.key);
        if (!change || !*change) return {};
        const auto before = decodeAnswer((*change)->before);
        if (!before) {
            // What is typed or ticked is taken away in its field; one of several choices can only be taken back here.
            const bool is_choice = state.question->type == QuestionType::SelectOne;
            return (*change)->was_first && !is_choice ? QString() : tr("Take this answer away");
        }
        auto words = open_case.answerWords(*state.question, *before, open_case.desk().language()).simplified();
        if (words.size() > kMostUndoWords) words = words.left(kMostUndoWords) + QStringLiteral("…");
        return tr("Put back: %1").arg(words);
    }
};

}  // namespace

AnswerOffers offersFor(const OpenCase& open_case, const QuestionState& state) {
    AnswerOffers out;
    out.help = open_case.guidance(state, open_case.desk().language());
    const auto* standing = open_case.claim().state.find(answerPath(state.key));
    out.history = standing != nullptr && !standing->empty();
    if (!out.history) return out;
    out.undo = AnswerOffersWords::undo(open_case, state);
    out.told = open_case.claim().told.contains(state.key);
    const Edit anew{answerPath(state.key), Value(), standing->ids()};
    out.date_is_corrected = changesProtectedDate(open_case.claim().state, {anew}, open_case.desk().casework().today());
    return out;
}

}  // namespace fieldclaim::tablet
