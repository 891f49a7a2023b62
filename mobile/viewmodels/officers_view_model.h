#pragma once

#include <QtQml/qqmlregistration.h>
#include <QObject>
#include <QVariantList>
#include <functional>
#include <optional>

#include "mobile/storage/vault.h"
#include "mobile/viewmodels/words.h"

namespace fieldclaim::tablet {

/// Who can open this tablet: the officers on it, with how they stand with the server; adding one, who chooses their own
/// passphrase here; removing one. By the officer who is signed in. Borrows the vault. GUI thread; adding takes about a
/// second (scrypt), after its words were drawn.
class OfficersViewModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("opened by TabletSession")
    /// list, add, code (another one-time code for an officer whom the server does not know yet)
    Q_PROPERTY(QString step READ step NOTIFY changed FINAL)
    /// List of { officer (id), name, detail, tone, isYou, needsCode }.
    Q_PROPERTY(QVariantList officers READ officers NOTIFY changed FINAL)
    /// Who can be added, of those that the server named: list of { name (id), label }.
    Q_PROPERTY(QVariantList candidates READ candidates NOTIFY changed FINAL)
    /// Who is being added, given a code, or removed.
    Q_PROPERTY(QString officer READ officer WRITE setOfficer NOTIFY changed FINAL)
    Q_PROPERTY(QString officerName READ officerName NOTIFY changed FINAL)
    Q_PROPERTY(QString officerError READ officerError NOTIFY changed FINAL)
    Q_PROPERTY(QString codeError READ codeError NOTIFY changed FINAL)
    Q_PROPERTY(QString passphraseError READ passphraseError NOTIFY changed FINAL)
    Q_PROPERTY(QString error READ error NOTIFY changed FINAL)
    Q_PROPERTY(QString done READ done NOTIFY changed FINAL)
    Q_PROPERTY(bool busy READ isBusy NOTIFY changed FINAL)

public:
    /// `send` asks the sync engine to try now, with who is signed in.
    OfficersViewModel(Vault& vault, std::function<void()> send, Language language, QObject* parent);

    QString step() const { return m_step; }
    QVariantList officers() const;
    QVariantList candidates() const;
    QString officer() const { return m_officer; }
    void setOfficer(const QString& officer);
    QString officerName() const;
    QString officerError() const { return words::now(m_officer_error); }
    QString codeError() const { return words::now(m_code_error); }
    QString passphraseError() const { return words::now(m_passphrase_error); }
    QString error() const { return words::now(m_error); }
    QString done() const { return words::now(m_done); }
    bool isBusy() const { return m_busy; }
    void setLanguage(Language language);

    Q_INVOKABLE void beginAdd();
    Q_INVOKABLE void add(const QString& one_time_code, const QString& passphrase);
    Q_INVOKABLE void beginCode(const QString& officer);
    Q_INVOKABLE void giveCode(const QString& one_time_code);
    Q_INVOKABLE void cancel();
    /// Whether it can be asked at all; `error` says why not.
    Q_INVOKABLE bool mayRemove(const QString& officer);
    Q_INVOKABLE void remove(const QString& officer);
    /// Something was sent or received.
    void refresh() { emit changed(); }

signals:
    void changed();

private:
    void clearMessages();
    void goTo(const QString& step);
    QString nameOf(const QString& officer) const;

    Vault& m_vault;
    std::function<void()> m_send;
    Language m_language;
    QString m_step = QStringLiteral("list");
    QString m_officer;
    words::Said m_officer_error;
    words::Said m_code_error;
    words::Said m_passphrase_error;
    words::Said m_error;
    words::Said m_done;
    bool m_busy = false;
};

}  // namespace fieldclaim::tablet
