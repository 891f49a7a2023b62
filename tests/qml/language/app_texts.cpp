#include "tests/qml/language/app_texts.h"

#include <QFile>
#include <QRegularExpression>
#include <QXmlStreamReader>

namespace fieldclaim::testing {

QList<AppText> readTexts(const QString& ts_file) {
    QList<AppText> out;
    QFile file(ts_file);
    if (!file.open(QIODevice::ReadOnly)) return out;
    QXmlStreamReader xml(&file);
    QString context;
    AppText text;
    while (!xml.atEnd()) {
        const auto token = xml.readNext();
        if (token == QXmlStreamReader::EndElement && xml.name() == QLatin1String("message")) out.append(text);
        if (token != QXmlStreamReader::StartElement) continue;
        if (xml.name() == QLatin1String("name")) context = xml.readElementText();
        if (xml.name() == QLatin1String("message")) text = {context, {}, {}, {}, false, false};
        if (xml.name() == QLatin1String("location") && text.file.isEmpty()) {
            text.file = xml.attributes().value(QLatin1String("filename")).toString() + QLatin1Char(':') +
                        xml.attributes().value(QLatin1String("line")).toString();
        }
        if (xml.name() == QLatin1String("source")) text.source = xml.readElementText();
        if (xml.name() == QLatin1String("translation")) {
            const auto type = xml.attributes().value(QLatin1String("type")).toString();
            text.vanished = type == QLatin1String("vanished") || type == QLatin1String("obsolete");
            // Plural forms lie in elements of their own: each is a text that has to be there.
            text.translation = xml.readElementText(QXmlStreamReader::IncludeChildElements);
            text.finished = type.isEmpty() && !text.translation.trimmed().isEmpty();
        }
    }
    return xml.hasError() ? QList<AppText>() : out;
}

QStringList placeholdersOf(const QString& text) {
    static const QRegularExpression placeholder(QStringLiteral("%(L?\\d{1,2}|n)"));
    QStringList out;
    for (auto matches = placeholder.globalMatch(text); matches.hasNext();) out.append(matches.next().captured());
    out.sort();
    out.removeDuplicates();
    return out;
}

}  // namespace fieldclaim::testing
