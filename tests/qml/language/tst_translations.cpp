#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include "shared/base/result.h"
#include "tests/qml/language/app_texts.h"

using namespace fieldclaim::testing;

namespace {

const QString kRoot = QStringLiteral(FIELDCLAIM_SOURCE_DIR);
const QString kWelsh = kRoot + QStringLiteral("/qml/App/fieldclaim_cy.ts");

/// The Welsh as deploy/texts would make it from these sources, in a copy: with the place of every text.
QList<AppText> asSaidIn(const QStringList& folders) {
    const QTemporaryDir folder;
    const auto copy = folder.filePath(QStringLiteral("fieldclaim_cy.ts"));
    ENSURE(QFile::copy(kWelsh, copy));
    QProcess lupdate;
    lupdate.start(QStringLiteral(FIELDCLAIM_LUPDATE),
                  QStringList{QStringLiteral("-silent"), QStringLiteral("-locations"), QStringLiteral("absolute"),
                              QStringLiteral("-source-language"), QStringLiteral("en"),
                              QStringLiteral("-target-language"), QStringLiteral("cy")} +
                      folders + QStringList{QStringLiteral("-I"), kRoot, QStringLiteral("-ts"), copy});
    ENSURE(lupdate.waitForFinished(60'000) && lupdate.exitCode() == 0);
    auto texts = readTexts(copy);
    for (auto& text : texts) {
        if (text.file.isEmpty()) continue;
        // As lupdate writes it, a file is seen from the copy's folder.
        text.file = QDir(kRoot).relativeFilePath(QDir::cleanPath(folder.filePath(text.file)));
    }
    return texts;
}

const QList<AppText>& ofTheApp() {
    static const auto texts = asSaidIn({kRoot + QStringLiteral("/qml"), kRoot + QStringLiteral("/mobile")});
    return texts;
}

QString place(const AppText& text) {
    return QStringLiteral("%1 (%2): \"%3\"").arg(text.file.isEmpty() ? kWelsh : text.file, text.context, text.source);
}

QStringList withoutWelsh(const QList<AppText>& texts) {
    QStringList out;
    for (const auto& text : texts) {
        if (!text.vanished && !text.finished) out.append(place(text) + QStringLiteral(" has no Welsh"));
    }
    return out;
}

QStringList withOtherPlaceholders(const QList<AppText>& texts) {
    QStringList out;
    for (const auto& text : texts) {
        if (text.finished && placeholdersOf(text.source) != placeholdersOf(text.translation))
            out.append(place(text) +
                       QStringLiteral(" has other places to fill in Welsh: \"%1\"").arg(text.translation));
    }
    return out;
}

/// What a page says in a literal of its own, which no translation reaches.
QStringList literalTexts(const QString& qml_folder) {
    static const QRegularExpression said(QStringLiteral(
        R"re(\b(text|title|subtitle|eyebrow|label|hint|note|detail|placeholder|caption|tag|due|Accessible\.name)\s*:[^\n]*?(?<!qsTr\()"([^"\n]*[A-Za-z]{2}[^"\n]*)")re"));
    static const QRegularExpression translated(QStringLiteral(R"(qsTr\("[^"\n]*"\))"));
    static const QStringList own{QStringLiteral("English"), QStringLiteral("Cymraeg")};  // each in its own language
    QStringList out;
    for (QDirIterator files(qml_folder, {QStringLiteral("*.qml")}, QDir::Files, QDirIterator::Subdirectories);
         files.hasNext();) {
        QFile file(files.next());
        ENSURE(file.open(QIODevice::ReadOnly));
        int number = 0;
        for (auto line : QString::fromUtf8(file.readAll()).split(QLatin1Char('\n'))) {
            ++number;
            if (line.trimmed().startsWith(QLatin1String("//"))) continue;
            line.replace(translated, QStringLiteral("T"));
            const auto match = said.match(line);
            // A word without a capital is a name of the program's: a tone, a role, a kind.
            if (!match.hasMatch() || own.contains(match.captured(2)) || !match.captured(2)[0].isUpper()) continue;
            out.append(QStringLiteral("%1:%2 says \"%3\" without qsTr")
                           .arg(file.fileName())
                           .arg(number)
                           .arg(match.captured(2)));
        }
    }
    return out;
}

void write(const QTemporaryDir& folder, const QString& name, const QByteArray& text) {
    QFile file(folder.filePath(name));
    ENSURE(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
}

}  // namespace

class TranslationsTest : public QObject {
    Q_OBJECT

private slots:
    void everyTextOfTheAppIsThereInWelsh() {
        QVERIFY2(ofTheApp().size() > 400, "lupdate found next to nothing");
        const auto missing = withoutWelsh(ofTheApp());
        QVERIFY2(missing.isEmpty(), qPrintable(missing.join(QLatin1Char('\n'))));
    }

    void everyPlaceToFillIsInTheWelshToo() {
        const auto different = withOtherPlaceholders(ofTheApp());
        QVERIFY2(different.isEmpty(), qPrintable(different.join(QLatin1Char('\n'))));
    }

    void theWelshHasNoTextThatTheAppDoesNotSay() {
        QStringList left;
        for (const auto& text : ofTheApp()) {
            if (text.vanished) left.append(place(text) + QStringLiteral(" is said nowhere: run deploy/texts"));
        }
        QVERIFY2(left.isEmpty(), qPrintable(left.join(QLatin1Char('\n'))));
    }

    void theWelshIsWrittenAsTheEnglishIs() {
        QStringList wrong;
        for (const auto& text : ofTheApp()) {
            if (!text.finished) continue;
            const auto end = [](const QString& words) {
                return QStringLiteral(".?").contains(words.back()) ? words.back() : QChar();
            };
            const auto& welsh = text.translation;
            if (end(text.source) != end(welsh) && !welsh.endsWith(QStringLiteral("mun.")))
                wrong.append(place(text) + QStringLiteral(" ends otherwise: \"%1\"").arg(welsh));
            if (text.source.front().isUpper() && welsh.front().isLower())
                wrong.append(place(text) + QStringLiteral(" begins with a small letter: \"%1\"").arg(welsh));
            // The apostrophe that the rest of the app has, and nothing that looks like it.
            if (welsh.contains(QChar(0x2018)) || welsh.contains(QChar(0x2019)))
                wrong.append(place(text) + QStringLiteral(" has another apostrophe: \"%1\"").arg(welsh));
        }
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QLatin1Char('\n'))));
    }

    void noPageSaysAnythingPastTheTranslation() {
        const auto found = literalTexts(kRoot + QStringLiteral("/qml"));
        QVERIFY2(found.isEmpty(), qPrintable(found.join(QLatin1Char('\n'))));
    }

    // -- the checks themselves
    void aNewTextWithoutWelshIsNamedWithItsFile() {
        const QTemporaryDir folder;
        write(folder, QStringLiteral("NewPage.qml"),
              "import QtQuick\nItem {\n    property string a: qsTr(\"A text of tomorrow\")\n}\n");
        write(
            folder, QStringLiteral("new_view_model.cpp"),
            "namespace fieldclaim::tablet {\nQString NewViewModel::title() const { return tr(\"Another one\"); }\n}\n");
        const auto missing = withoutWelsh(asSaidIn({folder.path()}));
        QCOMPARE(missing.size(), 2);
        QVERIFY2(missing[0].contains(QStringLiteral("NewPage.qml:3 (NewPage): \"A text of tomorrow\"")),
                 qPrintable(missing[0]));
        QVERIFY2(missing[1].contains(QStringLiteral("new_view_model.cpp:2")), qPrintable(missing[1]));
    }

    void aLostPlaceToFillIsNamed() {
        const QTemporaryDir folder;
        write(folder, QStringLiteral("lost.ts"),
              "<?xml version=\"1.0\"?><TS version=\"2.1\" language=\"cy\"><context><name>Page</name>"
              "<message><source>%1 of %2</source><translation>%1 o</translation></message>"
              "<message><source>%1</source><translation type=\"unfinished\"></translation></message>"
              "</context></TS>");
        const auto texts = readTexts(folder.filePath(QStringLiteral("lost.ts")));
        QCOMPARE(withOtherPlaceholders(texts).size(), 1);
        QVERIFY(withOtherPlaceholders(texts)[0].contains(QStringLiteral("\"%1 of %2\"")));
        QCOMPARE(withoutWelsh(texts).size(), 1);
    }

    void aTextInALiteralIsNamed() {
        const QTemporaryDir folder;
        write(folder, QStringLiteral("Bare.qml"),
              "Item {\n    text: \"Said in English\"\n    title: ok ? qsTr(\"Fine\") : \"Not fine\"\n"
              "    label: \"English\"\n    note: tone === \"green\" ? qsTr(\"Fine\") : \"\"\n}\n");
        const auto found = literalTexts(folder.path());
        QCOMPARE(found.size(), 2);
        QVERIFY2(found[0].contains(QStringLiteral("Bare.qml:2 says \"Said in English\"")), qPrintable(found[0]));
    }
};

QTEST_GUILESS_MAIN(TranslationsTest)
#include "tst_translations.moc"
