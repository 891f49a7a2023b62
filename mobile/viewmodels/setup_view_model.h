#pragma once

#include <QtQml/qqmlregistration.h>
#include <QObject>
#include <QVariantList>
#include <functional>

#include "mobile/viewmodels/enrolment_control.h"
#include "mobile/viewmodels/words.h"

namespace fieldclaim::tablet {

/// Set-up, in three steps that each ask one thing: the server and the enrolment code; who you are; a passphrase. GUI
/// thread. The passphrase is held only for the length of the call.
class SetupViewModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("opened by TabletSession")
    /// code, officer, passphrase
    Q_PROPERTY(QString step READ step NOTIFY changed FINAL)
    Q_PROPERTY(bool busy READ isBusy NOTIFY changed FINAL)
    Q_PROPERTY(QString busyText READ busyText NOTIFY changed FINAL)
    Q_PROPERTY(QString error READ error NOTIFY changed FINAL)
    /// Why this tablet is to be set up (again), when there is more to say.
    Q_PROPERTY(QString reason READ reason NOTIFY changed FINAL)
    Q_PROPERTY(QString server READ server WRITE setServer NOTIFY changed FINAL)
    Q_PROPERTY(QString serverError READ serverError NOTIFY changed FINAL)
    Q_PROPERTY(QString code READ code WRITE setCode NOTIFY changed FINAL)
    /// What is typed so far, in words; `codeTone` green when the whole code is right.
    Q_PROPERTY(QString codeNote READ codeNote NOTIFY changed FINAL)
    Q_PROPERTY(QString codeTone READ codeTone NOTIFY changed FINAL)
    Q_PROPERTY(bool codeComplete READ isCodeComplete NOTIFY changed FINAL)
    Q_PROPERTY(QString siteName READ siteName NOTIFY changed FINAL)
    /// List of { name (id), label, hint }.
    Q_PROPERTY(QVariantList officers READ officers NOTIFY changed FINAL)
    Q_PROPERTY(QString officer READ officer WRITE setOfficer NOTIFY changed FINAL)
    Q_PROPERTY(QString officerName READ officerName NOTIFY changed FINAL)
    Q_PROPERTY(QString oneTimeCodeError READ oneTimeCodeError NOTIFY changed FINAL)
    Q_PROPERTY(QString passphraseError READ passphraseError NOTIFY changed FINAL)

public:
    using Finish = std::function<Status(const DeviceSetup&, const NewOfficer&)>;
    /// `finish` makes the vault and signs the officer in.
    SetupViewModel(EnrolmentControl& enrolment, const QString& server, words::Said reason, Finish finish,
                   QObject* parent);

    QString step() const { return m_step; }
    bool isBusy() const { return m_busy; }
    QString busyText() const { return words::now(m_busy_text); }
    QString error() const { return words::now(m_error); }
    QString reason() const { return words::now(m_reason); }
    QString server() const { return m_server; }
    void setServer(const QString& server);
    QString serverError() const { return words::now(m_server_error); }
    QString code() const { return m_code; }
    void setCode(const QString& code);
    QString codeNote() const;
    QString codeTone() const;
    bool isCodeComplete() const;
    QString siteName() const;
    QVariantList officers() const;
    QString officer() const { return m_officer; }
    void setOfficer(const QString& officer);
    QString officerName() const;
    QString oneTimeCodeError() const { return words::now(m_one_time_code_error); }
    QString passphraseError() const { return words::now(m_passphrase_error); }
    /// What is said, is said in this language from now on.
    void setLanguage(Language language);

    Q_INVOKABLE void enrol();
    Q_INVOKABLE void confirmOfficer();
    Q_INVOKABLE void finish(const QString& one_time_code, const QString& passphrase);
    Q_INVOKABLE void goBack();

signals:
    void changed();

private:
    void setBusy(words::Said text);
    void setFailed(const Error& error);

    EnrolmentControl& m_enrolment;
    Finish m_finish;
    QString m_step = QStringLiteral("code");
    bool m_busy = false;
    words::Said m_busy_text;
    words::Said m_error;
    words::Said m_reason;
    Language m_language = Language::English;
    QString m_server;
    words::Said m_server_error;
    QString m_code;
    QString m_officer;
    words::Said m_one_time_code_error;
    words::Said m_passphrase_error;
    DeviceSetup m_setup;
};

}  // namespace fieldclaim::tablet
