#pragma once

#include <QtQml/qqmlregistration.h>
#include <QObject>

#include "mobile/viewmodels/desk.h"

namespace fieldclaim::tablet {

/// The correction of the date of first contact: benefit is paid from it, so that it is asked of the server, with a
/// reason, and never typed over. Until the server has answered, the old date stands. Borrows the open case. GUI thread.
class CorrectDateViewModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("opened by TabletSession")
    /// "10 January 2007": the date that stands.
    Q_PROPERTY(QString standing READ standing NOTIFY changed FINAL)
    Q_PROPERTY(QString sectionId READ sectionId CONSTANT FINAL)
    /// What became of the last correction, in words; empty when there was none.
    Q_PROPERTY(QString outcome READ outcome NOTIFY changed FINAL)
    Q_PROPERTY(QString outcomeTone READ outcomeTone NOTIFY changed FINAL)
    /// As the officer has it: ISO, or what was typed while it is no date.
    Q_PROPERTY(QString date READ date WRITE setDate NOTIFY changed FINAL)
    Q_PROPERTY(QString reason READ reason WRITE setReason NOTIFY changed FINAL)
    Q_PROPERTY(QString dateError READ dateError NOTIFY changed FINAL)
    Q_PROPERTY(QString reasonError READ reasonError NOTIFY changed FINAL)
    /// List of { key, text }, as ErrorSummary takes them.
    Q_PROPERTY(QVariantList errors READ errors NOTIFY changed FINAL)
    Q_PROPERTY(QString error READ error NOTIFY changed FINAL)

public:
    explicit CorrectDateViewModel(OpenCase& open_case, QObject* parent);

    QString standing() const;
    QString sectionId() const;
    QString outcome() const;
    QString outcomeTone() const;
    QString date() const { return m_date; }
    void setDate(const QString& date);
    QString reason() const { return m_reason; }
    void setReason(const QString& reason);
    QString dateError() const;
    QString reasonError() const;
    QVariantList errors() const;
    QString error() const { return m_case.saveError(); }

    /// Checks, and asks the server. What is wrong is said by its field, and everything is kept.
    Q_INVOKABLE void ask();

signals:
    void changed();
    void refused();
    /// It is saved, and goes to the server with the rest.
    void asked();

private:
    void refresh();

    OpenCase& m_case;
    std::optional<DateCorrection> m_last;
    QString m_date;
    QString m_reason;
    bool m_checked = false;
};

}  // namespace fieldclaim::tablet
