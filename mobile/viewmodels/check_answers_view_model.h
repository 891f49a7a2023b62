#pragma once

#include <QtQml/qqmlregistration.h>
#include <QObject>

#include "mobile/viewmodels/desk.h"
#include "mobile/viewmodels/record_list_model.h"

namespace fieldclaim::tablet {

/// The whole claim as the customer will sign it, in the language that they read: every answer with its way to change
/// it, and what changed since the last signature. Borrows the open case. GUI thread.
class CheckAnswersViewModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("opened by TabletSession")
    /// key, kind (section, card, answer), label, value, changed, was, absent, formPage, instance.
    Q_PROPERTY(fieldclaim::tablet::RecordListModel* rows READ rows CONSTANT FINAL)
    Q_PROPERTY(QString summary READ summary NOTIFY changed FINAL)
    Q_PROPERTY(int changedCount READ changedCount NOTIFY changed FINAL)
    /// The whole page is in the language that the customer reads, whatever the officer's is.
    Q_PROPERTY(bool inWelsh READ inWelsh WRITE setInWelsh NOTIFY changed FINAL)
    /// What stands in the way of signing; empty when nothing does.
    Q_PROPERTY(QString obstacle READ obstacle NOTIFY changed FINAL)
    /// What became of the signature, while it does not hold: how many answers changed, and since when; else empty.
    Q_PROPERTY(QString voided READ voided NOTIFY changed FINAL)
    /// The page of the first thing still to be answered.
    Q_PROPERTY(QString firstMissingPage READ firstMissingPage NOTIFY changed FINAL)
    /// What can still be asked at the end, and its page: "Is there anything else we should know?"; empty when it was.
    Q_PROPERTY(QString moreText READ moreText NOTIFY changed FINAL)
    Q_PROPERTY(QString morePage READ morePage NOTIFY changed FINAL)
    Q_PROPERTY(QString error READ error NOTIFY changed FINAL)

public:
    CheckAnswersViewModel(OpenCase& open_case, QObject* parent);

    RecordListModel* rows() { return &m_rows; }
    QString summary() const { return m_summary; }
    int changedCount() const { return m_changed_count; }
    bool inWelsh() const { return m_case.desk().language() == Language::Welsh; }
    void setInWelsh(bool welsh);
    QString obstacle() const { return m_obstacle; }
    QString voided() const { return m_voided; }
    QString firstMissingPage() const { return m_first_missing_page; }
    QString moreText() const { return m_more_text; }
    QString morePage() const { return m_more_page; }
    QString error() const { return m_case.saveError(); }

    /// The customer has checked the answers: recorded, and on to the declaration.
    Q_INVOKABLE void confirm();

signals:
    void changed();
    void confirmed();

private:
    void refresh();

    OpenCase& m_case;
    QString m_summary;
    QString m_obstacle;
    QString m_voided;
    QString m_first_missing_page;
    QString m_more_text;
    QString m_more_page;
    int m_changed_count = 0;
    RecordListModel m_rows;
};

}  // namespace fieldclaim::tablet
