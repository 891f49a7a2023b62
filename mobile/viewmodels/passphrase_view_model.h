#pragma once

#include <QtQml/qqmlregistration.h>
#include <QObject>
#include <QTimer>

#include "mobile/storage/vault.h"
#include "mobile/viewmodels/words.h"

namespace fieldclaim::tablet {

/// The officer who is signed in chooses another passphrase. A wrong old one counts as a wrong try at the locked screen
/// does, with the same waits. Borrows the vault. GUI thread; change() takes about a second (scrypt, twice), after its
/// words were drawn.
class PassphraseViewModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("opened by TabletSession")
    Q_PROPERTY(QString oldError READ oldError NOTIFY changed FINAL)
    Q_PROPERTY(QString newError READ newError NOTIFY changed FINAL)
    Q_PROPERTY(QString error READ error NOTIFY changed FINAL)
    /// "Wait 30 seconds, then try again"; empty when one may try.
    Q_PROPERTY(QString waitText READ waitText NOTIFY changed FINAL)
    Q_PROPERTY(bool busy READ isBusy NOTIFY changed FINAL)
    Q_PROPERTY(bool done READ isDone NOTIFY changed FINAL)

public:
    PassphraseViewModel(Vault& vault, Language language, QObject* parent);

    QString oldError() const { return words::now(m_old_error); }
    QString newError() const { return words::now(m_new_error); }
    QString error() const { return words::now(m_error); }
    QString waitText() const;
    bool isBusy() const { return m_busy; }
    bool isDone() const { return m_done; }
    void setLanguage(Language language);

    Q_INVOKABLE void change(const QString& old_passphrase, const QString& new_passphrase);

signals:
    void changed();
    /// The old passphrase was wrong: the field is emptied and has the focus.
    void refused();

private:
    std::int64_t waitMs() const { return m_vault.waitMs(m_vault.officer().id); }
    void finished(const Status& status);

    Vault& m_vault;
    Language m_language;
    words::Said m_old_error;
    words::Said m_new_error;
    words::Said m_error;
    bool m_busy = false;
    bool m_done = false;
    QTimer m_wait_timer;
};

}  // namespace fieldclaim::tablet
