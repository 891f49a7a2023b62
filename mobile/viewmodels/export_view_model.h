#pragma once

#include <QtQml/qqmlregistration.h>
#include <QObject>
#include <QTimer>
#include <QVariantList>
#include <functional>
#include <memory>
#include <vector>

#include "mobile/storage/vault_export.h"
#include "mobile/viewmodels/words.h"

namespace fieldclaim::tablet {

/// Where a copy can be saved: a stick that is in the tablet.
struct Drive {
    std::string folder;
    QString name;
    std::int64_t free_bytes = 0;
};
using DriveLister = std::function<std::vector<Drive>()>;

/// "Save an encrypted copy": what the server does not have yet, as a file on a USB stick that only the server can read.
/// Writes a little at a time, so that the page lives on. Borrows the vault, open or damaged. GUI thread.
class ExportViewModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("opened by TabletSession and UnlockViewModel")
    /// closed, choose, writing, done
    Q_PROPERTY(QString step READ step NOTIFY changed FINAL)
    /// List of { name (folder), label, hint }.
    Q_PROPERTY(QVariantList drives READ drives NOTIFY changed FINAL)
    Q_PROPERTY(QString drive READ drive WRITE setDrive NOTIFY changed FINAL)
    /// 0 to 1; below 0 while it is not known.
    Q_PROPERTY(double progress READ progress NOTIFY changed FINAL)
    Q_PROPERTY(QString progressText READ progressText NOTIFY changed FINAL)
    /// What was saved, where, and what to do with it.
    Q_PROPERTY(QString report READ report NOTIFY changed FINAL)
    Q_PROPERTY(QString fileName READ fileName NOTIFY changed FINAL)
    Q_PROPERTY(QString error READ error NOTIFY changed FINAL)

public:
    ExportViewModel(Vault& vault, const Clock& clock, DriveLister drives, QObject* parent);
    ~ExportViewModel() override;

    QString step() const { return m_step; }
    QVariantList drives() const;
    QString drive() const { return m_drive; }
    void setDrive(const QString& folder);
    double progress() const;
    QString progressText() const;
    QString report() const { return words::now(m_report); }
    QString fileName() const { return m_file_name; }
    QString error() const { return words::now(m_error); }

    /// The sticks are looked for as long as one is to be chosen.
    Q_INVOKABLE void open();
    Q_INVOKABLE void begin();
    /// From any step: a copy that is not whole goes.
    Q_INVOKABLE void close();
    /// What is said, is said in this language from now on.
    void setLanguage(Language language);

signals:
    void changed();

private:
    void lookForDrives();
    void start();
    void work();
    void finish();
    void refuse(const Error& error);
    const Drive* chosen() const;

    Vault& m_vault;
    const Clock& m_clock;
    DriveLister m_lister;
    QString m_step = QStringLiteral("closed");
    std::vector<Drive> m_drives;
    QString m_drive;
    QString m_file_name;
    words::Said m_report;
    words::Said m_error;
    Language m_language = Language::English;
    std::unique_ptr<VaultExport> m_export;
    QTimer m_look;
    QTimer m_work;
};

}  // namespace fieldclaim::tablet
