#include "mobile/viewmodels/settings_view_model.h"

#include <QCoreApplication>
#include <algorithm>

#include "mobile/viewmodels/words.h"

namespace fieldclaim::tablet {

SettingsViewModel::SettingsViewModel(Vault& vault, const QString& pack_version, const QString& language,
                                     QObject* parent)
    : QObject(parent),
      m_vault(vault),
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

QString SettingsViewModel::version() const { return QCoreApplication::applicationVersion(); }

}  // namespace fieldclaim::tablet
