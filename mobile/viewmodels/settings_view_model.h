#pragma once

#include <QtQml/qqmlregistration.h>
#include <QObject>

#include "mobile/storage/store_facts.h"
#include "mobile/storage/vault.h"

namespace fieldclaim::tablet {

/// How the officer wants the tablet: kept in the vault, so it is the same at the next unlock. Borrows the vault.
class SettingsViewModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("opened by TabletSession")
    /// en or cy: the language of the app, and of questions, choices and declarations where the pack has them.
    Q_PROPERTY(QString language READ language WRITE setLanguage NOTIFY changed FINAL)
    /// 100 to 200, in percent.
    Q_PROPERTY(int textSize READ textSize WRITE setTextSize NOTIFY changed FINAL)
    /// light, dark, highContrast
    Q_PROPERTY(QString theme READ theme WRITE setTheme NOTIFY changed FINAL)
    Q_PROPERTY(int idleMinutes READ idleMinutes WRITE setIdleMinutes NOTIFY changed FINAL)
    /// Images wait for a network that costs nothing; statements, which are small, do not.
    Q_PROPERTY(bool wifiOnly READ isWifiOnly WRITE setWifiOnly NOTIFY changed FINAL)
    Q_PROPERTY(QString error READ error NOTIFY changed FINAL)
    Q_PROPERTY(QString version READ version CONSTANT FINAL)
    Q_PROPERTY(QString packVersion READ packVersion NOTIFY changed FINAL)
    /// "6, SQLite 3.51.3".
    Q_PROPERTY(QString storeVersion READ storeVersion CONSTANT FINAL)
    /// "12.4 MB; 21 GB are free".
    Q_PROPERTY(QString storage READ storage NOTIFY factsChanged FINAL)
    /// Little room is left: said before it runs out.
    Q_PROPERTY(bool storageLow READ isStorageLow NOTIFY factsChanged FINAL)
    /// What helps who looks for a fault: versions, sizes and counts; nothing of any claim, and no name.
    Q_PROPERTY(QString diagnostics READ diagnostics NOTIFY factsChanged FINAL)

public:
    /// `language` (en or cy) holds until the officer chooses one. `folder`: the vault's.
    SettingsViewModel(Vault& vault, const std::string& folder, const QString& pack_version, const QString& language,
                      QObject* parent);

    QString language() const { return m_language; }
    void setLanguage(const QString& language);
    int textSize() const { return m_text_size; }
    void setTextSize(int percent);
    QString theme() const { return m_theme; }
    void setTheme(const QString& theme);
    int idleMinutes() const { return m_idle_minutes; }
    void setIdleMinutes(int minutes);
    bool isWifiOnly() const { return m_wifi_only; }
    void setWifiOnly(bool on);
    QString error() const;
    QString version() const;
    QString packVersion() const { return m_pack_version; }
    void setPackVersion(const QString& version) {
        m_pack_version = version;
        emit changed();
    }
    QString storeVersion() const;
    QString storage() const;
    bool isStorageLow() const;
    QString diagnostics() const;
    /// Looks again at what the store takes.
    Q_INVOKABLE void refreshFacts();
    /// The diagnostics, to be pasted into a message.
    Q_INVOKABLE void copyDiagnostics();

signals:
    void changed();
    void factsChanged();

private:
    QString read(const char* key, const QString& otherwise) const;
    void write(const char* key, const QString& value);

    Vault& m_vault;
    std::string m_folder;
    StoreFacts m_facts;
    QString m_pack_version;
    QString m_language;
    int m_text_size;
    QString m_theme;
    int m_idle_minutes;
    bool m_wifi_only;
    std::optional<Error> m_error;
};

}  // namespace fieldclaim::tablet
