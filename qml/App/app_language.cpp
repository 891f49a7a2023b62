#include "qml/App/app_language.h"

#include <QCoreApplication>
#include <QFile>
#include <QLocale>

#include "shared/base/result.h"

namespace fieldclaim::tablet {

AppLanguage::AppLanguage(QString file) : m_file(std::move(file)) {
    ENSURE(m_welsh.load(QStringLiteral(":/i18n/fieldclaim_cy.qm")));
}

AppLanguage::~AppLanguage() { QCoreApplication::removeTranslator(&m_welsh); }

Language AppLanguage::first() const {
    QFile file(m_file);
    if (!m_file.isEmpty() && file.open(QIODevice::ReadOnly))
        return file.readAll().trimmed() == "cy" ? Language::Welsh : Language::English;
    return QLocale::system().language() == QLocale::Welsh ? Language::Welsh : Language::English;
}

void AppLanguage::speak(Language language) {
    QCoreApplication::removeTranslator(&m_welsh);
    if (language == Language::Welsh) QCoreApplication::installTranslator(&m_welsh);
    if (m_engine != nullptr) m_engine->retranslate();
    // A convenience: without it the tablet greets in the machine's language.
    if (QFile file(m_file); !m_file.isEmpty() && file.open(QIODevice::WriteOnly))
        file.write(language == Language::Welsh ? "cy\n" : "en\n");
}

}  // namespace fieldclaim::tablet
