#pragma once

#include <QtQml/qqmlregistration.h>
#include <QObject>
#include <QPointer>
#include <QTimer>
#include <QVariantList>
#include <memory>
#include <optional>

#include "mobile/storage/vault.h"
#include "mobile/viewmodels/device_watch_control.h"
#include "mobile/viewmodels/export_view_model.h"
#include "mobile/viewmodels/words.h"

namespace fieldclaim::tablet {

/// The locked screen: who, the passphrase, and after wrong tries how long to wait. Works without a network, but for a
/// forgotten passphrase: a code is shown until a supervisor has typed it, then a new passphrase is chosen. Borrows the
/// vault and the watch (null: nobody to ask). GUI thread; unlock() takes about half a second (scrypt), after its words
/// were drawn.
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
    Q_PROPERTY(QString reason READ reason NOTIFY changed FINAL)
    Q_PROPERTY(QString pending READ pending NOTIFY changed FINAL)
    /// Locked by order: no passphrase is asked for.
    Q_PROPERTY(bool locked READ isLocked NOTIFY changed FINAL)
    /// none, asking (the server has not answered), code (shown), passphrase (choose a new one)
    Q_PROPERTY(QString forgotten READ forgotten NOTIFY changed FINAL)
    Q_PROPERTY(QString releaseCode READ releaseCode NOTIFY changed FINAL)
    Q_PROPERTY(QString forgottenError READ forgottenError NOTIFY changed FINAL)
    /// none, offered (the store is damaged, the passphrase was right), working, done (`salvageReport` says what came of
    /// it; goOn() unlocks)
    Q_PROPERTY(QString salvage READ salvageStep NOTIFY changed FINAL)
    Q_PROPERTY(QString salvageReport READ salvageReport NOTIFY changed FINAL)
    /// Of what can be read of a damaged store, before it is mended.
    Q_PROPERTY(fieldclaim::tablet::ExportViewModel* copy READ copy CONSTANT FINAL)

public:
    UnlockViewModel(Vault& vault, DeviceWatchControl* watch, std::unique_ptr<ExportViewModel> copy, words::Said reason,
                    QObject* parent);
    ~UnlockViewModel() override;

    QVariantList officers() const;
    QString officer() const { return m_officer; }
    void setOfficer(const QString& officer);
    QString officerName() const;
    QString error() const { return words::now(m_error); }
    QString waitText() const;
    bool isBusy() const { return m_busy; }
    QString reason() const { return words::now(m_reason); }
    QString pending() const;

    bool isLocked() const { return m_vault.deviceState().locked; }
    QString forgotten() const { return m_forgotten; }
    QString releaseCode() const;
    QString forgottenError() const { return words::now(m_forgotten_error); }

    Q_INVOKABLE void unlock(const QString& passphrase);
    Q_INVOKABLE void forgot();
    Q_INVOKABLE void stopForgotten();
    QString salvageStep() const { return m_salvage; }
    QString salvageReport() const { return words::now(m_salvage_report); }
    ExportViewModel* copy() const { return m_copy.get(); }
    Q_INVOKABLE void beginSalvage();
    Q_INVOKABLE void goOn();
    Q_INVOKABLE void choosePassphrase(const QString& passphrase);
    /// What is said, is said in this language from now on.
    void setLanguage(Language language);
    /// An order came or went.
    void ordersChanged();
    /// Nothing is sent any more until the tablet is unlocked.
    void storeClosed() { emit changed(); }

signals:
    void changed();
    void unlocked();
    /// The passphrase was wrong: the field is emptied and has the focus.
    void refused();

private:
    std::int64_t waitMs() const;
    void setForgotten(const QString& step, words::Said error = {});
    words::Said said(const Error& error) const;

    Vault& m_vault;
    QPointer<DeviceWatchControl> m_watch;
    std::unique_ptr<ExportViewModel> m_copy;
    QString m_forgotten = QStringLiteral("none");
    words::Said m_forgotten_error;
    QString m_salvage = QStringLiteral("none");
    words::Said m_salvage_report;
    std::optional<ForgottenPassphrase> m_asked;
    Bytes m_answer;
    QString m_officer;
    words::Said m_error;
    words::Said m_reason;
    Language m_language = Language::English;
    bool m_busy = false;
    QTimer m_wait_timer;
};

}  // namespace fieldclaim::tablet
