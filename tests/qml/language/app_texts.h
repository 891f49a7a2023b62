#pragma once

#include <QList>
#include <QString>

namespace fieldclaim::testing {

/// One text of a Qt translation file.
struct AppText {
    QString context;
    QString file;  ///< where it is said, with the line, when the file has locations
    QString source;
    QString translation;
    bool finished = false;
    bool vanished = false;  ///< no source says it any more
};

/// Empty when the file cannot be read.
QList<AppText> readTexts(const QString& ts_file);
/// "%1 of %2" has {"%1", "%2"}, in order.
QStringList placeholdersOf(const QString& text);

}  // namespace fieldclaim::testing
