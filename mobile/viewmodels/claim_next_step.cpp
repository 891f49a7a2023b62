#include "mobile/casework/next_step.h"
#include "mobile/viewmodels/claim_view_model.h"
#include "mobile/viewmodels/words.h"

// The claim's next step in words, and what its first button does.
namespace fieldclaim::tablet {

void ClaimViewModel::refreshNextStep() {
    const auto step = nextStepOf(m_case.claim(), m_questions_to_go > 0, m_proofs_to_see > 0);
    const auto is = [&](const QString& text, const QString& button, const char* kind, const QString& about = {}) {
        m_next_step = text;
        m_next_button = button;
        m_next_kind = QString::fromLatin1(kind);
        m_next_about = about;
    };
    m_next_row = -1;
    switch (step.what) {
        case NextStep::Withdrawn:
            is(tr("This claim was withdrawn."), tr("Check the answers"), "check");
            break;
        case NextStep::Choose:
            is(tr("Two officers gave different answers. Choose which one holds."), tr("Choose between the answers"),
               "conflict");
            break;
        case NextStep::Answer:
            is(m_questions_to_go == 1 ? tr("1 question is still to be answered.")
                                      : tr("%1 questions are still to be answered.").arg(m_questions_to_go),
               tr("Go on with the questions"), "section", m_next_section);
            break;
        case NextStep::Collect:
            is(tr("Every question is answered. The customer asks for forms alone, so nothing is signed here. Some "
                  "proof is still to be seen."),
               tr("Go to the evidence"), "evidence");
            break;
        case NextStep::Finished:
            is(tr("Every question is answered. The customer asks for forms alone, so nothing is signed here."),
               tr("Check the answers"), "check");
            break;
        case NextStep::Correct:
            // The question is one of the review's: it was found there.
            is(tr("It was refused: “%1” Correct the answer, then sign again.")
                   .arg(m_case.label(*m_case.evaluation().find(step.about), m_case.desk().language())),
               tr("Correct the answer"), "question", words::qt(step.about));
            break;
        case NextStep::CorrectUnnamed:
            is(tr("It was refused. Read below what was refused, correct the answers, then sign again."),
               tr("See what was refused"), "refused", words::qt(step.about));
            for (int row = 0; row < m_actions.count(); ++row) {
                if (m_actions.value(row, "kind") == QStringLiteral("refused") &&
                    m_actions.value(row, "about") == m_next_about)
                    m_next_row = row;
            }
            break;
        case NextStep::Resign:
            is(tr("The server refused what was signed: %1 Check the answers, then sign again.")
                   .arg(words::sentence(step.about)),
               tr("Check and sign again"), "check");
            break;
        case NextStep::SignAgain:
            is(tr("An answer changed after the signature. Check the answers and sign again."),
               tr("Check and sign again"), "check");
            break;
        case NextStep::Sign:
            is(tr("Every question is answered. Check the answers together, then sign."), tr("Check the answers"),
               "check");
            break;
        case NextStep::SeeProof:
            is(tr("Signed. Some proof is still to be seen."), tr("Go to the evidence"), "evidence");
            break;
        case NextStep::Nothing:
            is(tr("Signed. There is nothing more to do here."), tr("Show the receipt"), "receipt");
            break;
    }
}

}  // namespace fieldclaim::tablet
