#pragma once

#include <QtQml/qqmlregistration.h>
#include <QObject>
#include <QStringList>
#include <QVariantList>

#include "mobile/viewmodels/desk.h"
#include "mobile/viewmodels/record_list_model.h"

namespace fieldclaim::tablet {

/// Where first contact ends: what the pre-screen suggests for each benefit and why, what would change it, and what the
/// customer claims. It suggests and never refuses: anything can be ticked, and a choice that differs asks why. Ticks
/// are saved at once. Borrows the open case. GUI thread.
class FirstContactViewModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("opened by TabletSession")
    Q_PROPERTY(QString caption READ caption NOTIFY changed FINAL)
    Q_PROPERTY(QString title READ title NOTIFY changed FINAL)
    Q_PROPERTY(QString sectionId READ sectionId CONSTANT FINAL)
    /// Of the answer that holds the benefits claimed.
    Q_PROPERTY(QString answerKey READ answerKey CONSTANT FINAL)
    Q_PROPERTY(bool hasHistory READ hasHistory NOTIFY changed FINAL)
    Q_PROPERTY(QString dateOfClaim READ dateOfClaim NOTIFY changed FINAL)
    Q_PROPERTY(QString firstContact READ firstContact NOTIFY changed FINAL)
    /// benefit, benefitLabel, verdict (words), tone, reason, change, ticked, suggested; likely ones first.
    Q_PROPERTY(fieldclaim::tablet::RecordListModel* suggestions READ suggestions CONSTANT FINAL)
    Q_PROPERTY(QStringList warnings READ warnings NOTIFY changed FINAL)
    Q_PROPERTY(bool differs READ differs NOTIFY changed FINAL)
    Q_PROPERTY(QString whyLabel READ whyLabel NOTIFY changed FINAL)
    Q_PROPERTY(QString why READ why NOTIFY changed FINAL)
    Q_PROPERTY(QString error READ error NOTIFY changed FINAL)
    Q_PROPERTY(QString whyError READ whyError NOTIFY changed FINAL)
    /// Both of them, as ErrorSummary takes them: list of { key, text }.
    Q_PROPERTY(QVariantList errors READ errors NOTIFY changed FINAL)
    Q_PROPERTY(QString note READ note NOTIFY changed FINAL)
    Q_PROPERTY(QString noteTone READ noteTone NOTIFY changed FINAL)

public:
    FirstContactViewModel(OpenCase& open_case, QObject* parent);

    QString caption() const;
    QString title() const;
    QString sectionId() const;
    QString answerKey() const;
    bool hasHistory() const;
    QString dateOfClaim() const { return m_date_of_claim; }
    QString firstContact() const { return m_first_contact; }
    RecordListModel* suggestions() { return &m_suggestions; }
    QStringList warnings() const { return m_warnings; }
    bool differs() const { return m_why_question != nullptr; }
    QString whyLabel() const;
    QString why() const { return m_why; }
    QString error() const { return m_error; }
    QString whyError() const { return m_why_error; }
    QVariantList errors() const;
    QString note() const;
    QString noteTone() const { return m_case.saveError().isEmpty() ? QStringLiteral("green") : QStringLiteral("red"); }

    Q_INVOKABLE void tick(const QString& benefit, bool on);
    /// Ticks what is suggested, and nothing else.
    Q_INVOKABLE void takeSuggestion();
    Q_INVOKABLE void saveWhy(const QString& text);
    Q_INVOKABLE void goOn();
    Q_INVOKABLE void skip();
    Q_INVOKABLE void goBack();

signals:
    void changed();
    void refused();
    void goTo(const QString& page, const QString& instance);

private:
    void refresh();
    void saveBenefits(const QStringList& names);
    QStringList claimed() const;

    OpenCase& m_case;
    const Question* m_question;
    const Question* m_why_question = nullptr;  ///< asked when the choice differs
    QString m_date_of_claim;
    QString m_first_contact;
    QString m_why;
    QString m_error;
    QString m_why_error;
    bool m_checked = false;
    QStringList m_warnings;
    RecordListModel m_suggestions;
};

}  // namespace fieldclaim::tablet
