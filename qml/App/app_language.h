#pragma once

#include <QQmlEngine>
#include <QString>
#include <QTranslator>

#include "shared/forms/form_pack.h"

namespace fieldclaim::tablet {

/// The app's own texts in English or Welsh: installs the translation that is built in and takes it away, and has the
/// pages say everything anew. What the view-models show is theirs to tell again (TabletParts::speak). The last language
/// is kept in a file beside the vault, since a locked tablet cannot read the vault; it says nothing about anyone. GUI
/// thread; one at a time, as the application has one set of translators.
class AppLanguage {
public:
    /// `file` keeps the language; with an empty name nothing is kept.
    explicit AppLanguage(QString file = {});
    ~AppLanguage();
    AppLanguage(const AppLanguage&) = delete;
    AppLanguage& operator=(const AppLanguage&) = delete;

    /// As kept, else the machine's.
    Language first() const;
    void speak(Language language);
    /// Whose pages follow; borrowed until the next call. Null for none.
    void follow(QQmlEngine* engine) { m_engine = engine; }

private:
    QString m_file;
    QTranslator m_welsh;
    QQmlEngine* m_engine = nullptr;
};

}  // namespace fieldclaim::tablet
