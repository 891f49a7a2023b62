#include "mobile/viewmodels/declaration_view_model.h"
#include "mobile/viewmodels/words.h"
#include "shared/domain/records.h"

// What the customer is told when they leave, and how they got their copy.
namespace fieldclaim::tablet {

QString DeclarationViewModel::receiptTitle() const {
    const auto& review = m_case.claim().review;
    if (review.seal_state == SealState::Partial) return tr("One of two signatures is given");
    if (review.seal && review.seal->method == "paper") return tr("Signed in ink");
    return tr("Signed and saved on this tablet");
}

void DeclarationViewModel::makeReceipt() {
    const auto& review = m_case.claim().review;
    QList<RecordListModel::Record> rows;
    const auto add = [&](const char* key, const QString& label, const QString& value) {
        if (!value.isEmpty()) rows.append({QString::fromLatin1(key), label, value});
    };
    add("crn", tr("Claim number"), words::qt(Crn::display(m_case.crn())));
    if (review.seal) {
        add("signer", tr("Signed by"), words::qt(review.seal->signer));
        add("when", tr("Signed"),
            words::moment(review.seal->device_time, m_case.desk().casework().today(), language()));
        add("digest", tr("Statement"), words::shortDigest(review.seal->digest));
    }
    if (review.statement) {
        int answers = 0;
        for (const auto& line : review.statement->rendering) answers += line.kind == "answer" ? 1 : 0;
        add("answers", tr("Answers signed"), QString::number(answers));
    }
    const auto from = m_case.evaluation().value("claim_from");
    add("date", tr("Date of claim, protected"), words::spokenIso(from, language()));
    int blocking = 0;
    for (const auto& action : review.actions) blocking += action.kind == ActionKind::Proof && action.blocking ? 1 : 0;
    add("next", tr("What happens next"),
        blocking > 0 ? tr("It is sent when the tablet has a network. Proof that is still to be seen: %1").arg(blocking)
                     : tr("It is sent when the tablet has a network. Nothing more is needed from the customer"));
    m_receipt.setRecords(rows);
}

QVariantList DeclarationViewModel::copyChoices() const {
    QVariantList out;
    const auto* state = m_case.evaluation().find("copy_given");
    if (state == nullptr || !state->relevant) return out;
    for (const auto* choice : m_case.evaluation().choices("copy_given")) {
        out.append(QVariantMap{{QStringLiteral("name"), words::qt(choice->name)},
                               {QStringLiteral("label"), words::qt(choice->label.in(language()))}});
    }
    return out;
}

QString DeclarationViewModel::copyQuestion() const {
    const auto* state = m_case.evaluation().find("copy_given");
    return state == nullptr ? QString() : m_case.label(*state, language());
}

QString DeclarationViewModel::copyGiven() const { return words::qt(m_case.evaluation().value("copy_given")); }

void DeclarationViewModel::saveCopyGiven(const QString& name) { saveClosing("copy_given", words::utf8(name)); }

}  // namespace fieldclaim::tablet
