#pragma once

#include <QtQml/qqmlregistration.h>
#include <QObject>

#include "mobile/viewmodels/desk.h"
#include "mobile/viewmodels/record_list_model.h"

namespace fieldclaim::tablet {

namespace words {
/// "The same National Insurance number · …": why two claims may be one person's.
QString likeness(const std::set<Likeness>& why);
}  // namespace words

/// Possible duplicate: this claim and another of this tablet side by side, what agrees and what differs. An officer
/// links the two, keeps them apart with a reason, or withdraws one; nothing is deleted. Borrows the open case. GUI
/// thread.
class DuplicateViewModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("opened by TabletSession")
    Q_PROPERTY(QString why READ why NOTIFY changed FINAL)
    /// Each side's claim number and what is to be said of it in a line.
    Q_PROPERTY(QString number READ number NOTIFY changed FINAL)
    Q_PROPERTY(QString otherNumber READ otherNumber NOTIFY changed FINAL)
    Q_PROPERTY(QString name READ name NOTIFY changed FINAL)
    Q_PROPERTY(QString otherName READ otherName NOTIFY changed FINAL)
    Q_PROPERTY(QString other READ other CONSTANT FINAL)
    /// factKey, label, here, there, same, mark: what the two say to one question. `mark` in words.
    Q_PROPERTY(fieldclaim::tablet::RecordListModel* facts READ facts CONSTANT FINAL)
    /// other, label, detail: every claim that this one may be a duplicate of.
    Q_PROPERTY(fieldclaim::tablet::RecordListModel* candidates READ candidates CONSTANT FINAL)
    /// What was decided already, by whom and why; empty while nobody has.
    Q_PROPERTY(QString decided READ decided NOTIFY changed FINAL)
    /// list of { name, label, hint } for the choice of the one to withdraw; those that can be.
    Q_PROPERTY(QVariantList withdrawable READ withdrawable NOTIFY changed FINAL)
    Q_PROPERTY(QString error READ error NOTIFY changed FINAL)

public:
    DuplicateViewModel(OpenCase& open_case, const std::string& other, QObject* parent);

    QString why() const { return m_why; }
    QString number() const;
    QString otherNumber() const;
    QString name() const { return m_name; }
    QString otherName() const { return m_other_name; }
    QString other() const;
    RecordListModel* facts() { return &m_facts; }
    RecordListModel* candidates() { return &m_candidates; }
    QString decided() const { return m_decided; }
    QVariantList withdrawable() const { return m_withdrawable; }
    QString error() const { return m_error; }
    bool isLoaded() const { return m_other_claim.has_value(); }

    Q_INVOKABLE void link();
    /// False without a reason; error() says so.
    Q_INVOKABLE bool keepApart(const QString& reason);
    /// `crn` is one of the two: the one that ends.
    Q_INVOKABLE void withdraw(const QString& crn);

signals:
    void changed();
    /// It was decided and saved.
    void settled();

private:
    void refresh();
    void refreshFacts();
    void refreshDecision();
    void refreshWithdrawable();
    QString valueOf(const OpenClaim& claim, const Question& question) const;
    bool done(const Status& status);

    OpenCase& m_case;
    std::string m_other;
    std::optional<OpenClaim> m_other_claim;
    QString m_why;
    QString m_name;
    QString m_other_name;
    QString m_decided;
    QString m_error;
    QVariantList m_withdrawable;
    RecordListModel m_facts;
    RecordListModel m_candidates;
};

}  // namespace fieldclaim::tablet
