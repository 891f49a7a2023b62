#pragma once

#include <QtQml/qqmlregistration.h>
#include <QObject>
#include <QTimer>
#include <QVariantList>

#include "mobile/storage/vault.h"

namespace fieldclaim::tablet {

/// The locked screen: who, the passphrase, and after wrong tries how long to wait. Works without a network. Borrows the
/// vault. GUI thread; unlock() takes about half a second (scrypt), after its words were drawn.
class UnlockViewModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("opened by TabletSession")
    /// List of { name (id), label }.
    Q_PROPERTY(QVariantList officers READ officers CONSTANT FINAL)
    Q_PROPERTY(QString officer READ officer WRITE setOfficer NOTIFY changed FINAL)
    Q_PROPERTY(QString officerName READ officerName NOTIFY changed FINAL)
    Q_PROPERTY(QString error READ error NOTIFY changed FINAL)
    /// "Wait 30 seconds, then try again"; empty when one may try.
    Q_PROPERTY(QString waitText READ waitText NOTIFY changed FINAL)
    Q_PROPERTY(bool busy READ isBusy NOTIFY changed FINAL)
    /// Why the tablet is locked, when it locked itself: what was being done is kept.
    Q_PROPERTY(QString reason READ reason CONSTANT FINAL)
    Q_PROPERTY(QString pending READ pending CONSTANT FINAL)

public:
    UnlockViewModel(Vault& vault, const QString& reason, QObject* parent);

    QVariantList officers() const;
    QString officer() const { return m_officer; }
    void setOfficer(const QString& officer);
    QString officerName() const;
    QString error() const { return m_error; }
    QString waitText() const;
    bool isBusy() const { return m_busy; }
    QString reason() const { return m_reason; }
    QString pending() const;

    Q_INVOKABLE void unlock(const QString& passphrase);

signals:
    void changed();
    void unlocked();
    /// The passphrase was wrong: the field is emptied and has the focus.
    void refused();

private:
    std::int64_t waitMs() const;

    Vault& m_vault;
    QString m_officer;
    QString m_error;
    QString m_reason;
    bool m_busy = false;
    QTimer m_wait_timer;
};

}  // namespace fieldclaim::tablet
