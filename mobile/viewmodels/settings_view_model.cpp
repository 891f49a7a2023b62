#include "mobile/viewmodels/settings_view_model.h"

#include <QClipboard>
#include <QCoreApplication>
#include <QDateTime>
#include <QGuiApplication>
#include <QSysInfo>
#include <algorithm>
#include <iterator>

#include "mobile/viewmodels/words.h"

namespace fieldclaim::tablet {

namespace {

constexpr std::uint64_t kLittleRoom = 500'000'000;  ///< some hundred photos

/// "812 kB", "12.4 MB": decimal, as the boxes of storage say it.
QString bytesInWords(std::uint64_t bytes) {
    static constexpr const char* kUnits[] = {"kB", "MB", "GB", "TB"};
    auto value = static_cast<double>(bytes) / 1000;
    std::size_t unit = 0;
    for (; value >= 1000 && unit + 1 < std::size(kUnits); ++unit) value /= 1000;
    return QString::number(value, 'f', unit == 0 || value >= 100 ? 0 : 1) + QStringLiteral(" ") +
           QLatin1String(kUnits[unit]);
}

}  // namespace

SettingsViewModel::SettingsViewModel(Vault& vault, const std::string& folder, const QString& pack_version,
                                     const QString& language, QObject* parent)
    : QObject(parent),
      m_vault(vault),
      m_folder(folder),
      m_facts(storeFacts(folder)),
      m_pack_version(pack_version),
      m_language(read("language", language)),
      m_text_size(std::clamp(read("text_size", QStringLiteral("100")).toInt(), 100, 200)),
      m_theme(read("theme", QStringLiteral("light"))),
      m_idle_minutes(std::clamp(read("idle_minutes", QStringLiteral("10")).toInt(), 1, 60)),
      m_wifi_only(read("wifi_only", QStringLiteral("no")) == QStringLiteral("yes")) {}

QString SettingsViewModel::read(const char* key, const QString& otherwise) const {
    const auto value = m_vault.setting(key);
    return value && !value->empty() ? words::qt(*value) : otherwise;
}

void SettingsViewModel::write(const char* key, const QString& value) {
    const auto status = m_vault.saveSetting(key, words::utf8(value));
    m_error.reset();
    if (!status) m_error = status.error();
    emit changed();
}

void SettingsViewModel::setLanguage(const QString& language) {
    if (m_language == language) return;
    m_language = language;
    write("language", language);
}

void SettingsViewModel::setTextSize(int percent) {
    percent = std::clamp(percent, 100, 200);
    if (m_text_size == percent) return;
    m_text_size = percent;
    write("text_size", QString::number(percent));
}

void SettingsViewModel::setTheme(const QString& theme) {
    if (m_theme == theme) return;
    m_theme = theme;
    write("theme", theme);
}

void SettingsViewModel::setIdleMinutes(int minutes) {
    minutes = std::clamp(minutes, 1, 60);
    if (m_idle_minutes == minutes) return;
    m_idle_minutes = minutes;
    write("idle_minutes", QString::number(minutes));
}

void SettingsViewModel::setWifiOnly(bool on) {
    if (m_wifi_only == on) return;
    m_wifi_only = on;
    write("wifi_only", on ? QStringLiteral("yes") : QStringLiteral("no"));
}

QString SettingsViewModel::error() const {
    return m_error ? words::error(*m_error, words::languageNamed(m_language)) : QString();
}

void SettingsViewModel::refreshFacts() {
    m_facts = storeFacts(m_folder);
    emit factsChanged();
}

QString SettingsViewModel::storeVersion() const {
    return QStringLiteral("%1, SQLite %2").arg(QString::number(m_facts.schema), words::qt(m_facts.sqlite));
}

QString SettingsViewModel::storage() const {
    return tr("%1 used, %2 free").arg(bytesInWords(m_facts.bytes), bytesInWords(m_facts.free));
}

bool SettingsViewModel::isStorageLow() const { return m_facts.free < kLittleRoom; }

QString SettingsViewModel::diagnostics() const {
    // In English, whatever the app speaks: it is read by who looks after the system.
    QStringList lines;
    const auto line = [&](const char* name, const QString& value) {
        lines.append(QLatin1String(name) + QStringLiteral(": ") + value);
    };
    line("time", QDateTime::currentDateTimeUtc().toString(Qt::ISODate));
    line("app", version());
    line("pack", m_pack_version);
    line("store", storeVersion());
    line("qt", QString::fromLatin1(qVersion()));
    line("system", QSysInfo::prettyProductName() + QStringLiteral(", ") + QSysInfo::kernelType() + QStringLiteral(" ") +
                       QSysInfo::kernelVersion() + QStringLiteral(", ") + QSysInfo::currentCpuArchitecture());
    line("tablet", words::qt(m_vault.setup().device.text()));
    line("site", words::qt(m_vault.setup().site));
    line("officers on this tablet", QString::number(m_vault.officers().size()));
    line("storage", QStringLiteral("%1 used, %2 free").arg(bytesInWords(m_facts.bytes), bytesInWords(m_facts.free)));
    if (const auto totals = m_vault.totals()) {
        line("saves", QStringLiteral("%1 here, %2 acknowledged, %3 set aside")
                          .arg(totals->saved_here)
                          .arg(totals->acknowledged)
                          .arg(totals->set_aside));
        line(
            "waiting to be sent",
            QStringLiteral("%1 claims, %2 images or documents").arg(totals->claims_waiting).arg(totals->blobs_waiting));
        line("last contact",
             totals->last_contact_ms == 0
                 ? QStringLiteral("never")
                 : QDateTime::fromMSecsSinceEpoch(totals->last_contact_ms).toUTC().toString(Qt::ISODate));
    } else {
        line("store error", QString::number(static_cast<int>(totals.error().code)));
    }
    line("settings", QStringLiteral("%1, %2 %, %3, lock after %4 min, photos %5")
                         .arg(m_language)
                         .arg(m_text_size)
                         .arg(m_theme)
                         .arg(m_idle_minutes)
                         .arg(m_wifi_only ? QStringLiteral("on Wi-Fi only") : QStringLiteral("on any network")));
    return lines.join(QLatin1Char('\n'));
}

void SettingsViewModel::copyDiagnostics() {
    if (qobject_cast<QGuiApplication*>(QCoreApplication::instance()) != nullptr)
        QGuiApplication::clipboard()->setText(diagnostics());
}

QString SettingsViewModel::version() const { return QCoreApplication::applicationVersion(); }

}  // namespace fieldclaim::tablet
