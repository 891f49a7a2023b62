#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <stdexcept>

#include "tests/shared/layering/layering_check.h"

namespace {

constexpr auto kLayers =
    "shared/base: \n"
    "shared/merge: shared/base\n"
    "sync-server/http: shared/base\n"
    "sync-server/transfer: shared/base\n"
    "sync-server/transfer/push: shared/base sync-server/transfer\n"
    "mobile/sync: shared/base shared/merge\n"
    "mobile/viewmodels: mobile/sync\n"
    "qml/Theme: \n"
    "qml/Controls: qml/Theme\n"
    "qml/Pages: qml/Controls mobile/viewmodels\n";

void write(const QString& path, const QByteArray& text) {
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size()) qFatal("cannot write a fixture");
}

QStringList wrongArrows(const QString& file, const QByteArray& text, const QByteArray& layers = kLayers) {
    const QTemporaryDir root;
    write(root.filePath("layers.txt"), layers);
    if (!file.isEmpty()) write(root.filePath(file), text);
    QStringList messages;
    for (const auto& message :
         fieldclaim::layering::findWrongArrows(root.path().toStdString(), root.filePath("layers.txt").toStdString())) {
        messages << QString::fromStdString(message);
    }
    return messages;
}

}  // namespace

class tst_Layering : public QObject {
    Q_OBJECT

private slots:
    void an_arrow_that_may_be_is_passed_over_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QByteArray>("line");
        const auto row = [](const char* file, const char* line) { QTest::newRow(line) << file << QByteArray(line); };
        row("shared/merge/a.cpp", "#include \"shared/base/result.h\"");
        row("shared/merge/a.cpp", "#include \"shared/merge/deep/b.h\"");
        row("shared/merge/a.cpp", "#include <vector>");
        row("shared/base/a.cpp", "#include <fstream>");
        row("shared/base/a.cpp", "auto now = std::chrono::system_clock::now();");
        row("sync-server/http/a.cpp", "#include <boost/beast/core.hpp>");
        row("sync-server/transfer/push/a.cpp", "#include <cpprest/http_client.h>");
        row("sync-server/transfer/push/a.cpp", "#include <boost/asio/ssl/context.hpp>");
        row("sync-server/transfer/push/a.cpp", "#include \"sync-server/transfer/target.h\"");
        row("mobile/viewmodels/a.cpp", "#include <QObject>");
        row("mobile/viewmodels/a.cpp", "#include \"a.moc\"");
        row("qml/Controls/A.qml", "import Fieldclaim.Theme");
        row("qml/Controls/A.qml", "import QtQuick");
        row("qml/Pages/A.qml", "import Fieldclaim.ViewModels");
    }
    void an_arrow_that_may_be_is_passed_over() {
        QFETCH(QString, file);
        QFETCH(QByteArray, line);
        QCOMPARE(wrongArrows(file, line), QStringList());
    }

    void a_wrong_arrow_is_named_with_its_file_and_line_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QString>("message");
        const auto row = [](const char* file, const char* line, const char* message) {
            QTest::newRow(line) << file << QByteArray(line) << message;
        };
        row("shared/merge/a.cpp", "#include \"sync-server/http/server.h\"",
            "shared/merge may not include sync-server/http/server.h");
        row("shared/base/a.h", "  #  include \"shared/merge/register.h\"",
            "shared/base may not include shared/merge/register.h");
        row("sync-server/transfer/a.cpp", "#include \"sync-server/transfer/push/push.h\"",
            "sync-server/transfer may not include sync-server/transfer/push/push.h");
        row("sync-server/http/a.cpp", "#include \"sync-server/gone/b.h\"",
            "sync-server/http may not include sync-server/gone/b.h");
        row("mobile/sync/a.cpp", "#include \"tests/support/fake.h\"",
            "mobile/sync may not include tests/support/fake.h");
        row("shared/merge/a.cpp", "#include \"register.h\"",
            "shared/merge includes \"register.h\": project headers are named from the root, others in <>");
        row("shared/base/a.cpp", "#include <QString>", "shared/base may not include <QString>: no Qt here");
        row("sync-server/http/a.cpp", "#include <QtCore/qglobal.h>",
            "sync-server/http may not include <QtCore/qglobal.h>: no Qt here");
        row("mobile/sync/a.cpp", "#include <boost/asio/ip/tcp.hpp>",
            "mobile/sync may not include <boost/asio/ip/tcp.hpp>: sync-server/http alone knows Beast and Asio");
        row("sync-server/transfer/a.cpp", "#include <boost/asio/io_context.hpp>",
            "sync-server/transfer may not include <boost/asio/io_context.hpp>: sync-server/http alone knows Beast and "
            "Asio");
        row("sync-server/http/a.cpp", "#include <cpprest/json.h>",
            "sync-server/http may not include <cpprest/json.h>: sync-server/transfer alone knows cpprest");
        row("shared/merge/a.cpp", "#include <filesystem>",
            "shared/merge may not include <filesystem>: no input or output here");
        row("shared/merge/a.cpp", "auto now = std::chrono::steady_clock::now();",
            "shared/merge may not read steady_clock: time comes from outside");
        row("qml/Theme/A.qml", "import Fieldclaim.Controls", "qml/Theme may not import Fieldclaim.Controls");
        row("qml/Controls/A.qml", "import Fieldclaim.ViewModels 1.0",
            "qml/Controls may not import Fieldclaim.ViewModels");
    }
    void a_wrong_arrow_is_named_with_its_file_and_line() {
        QFETCH(QString, file);
        QFETCH(QByteArray, line);
        QFETCH(QString, message);
        QCOMPARE(wrongArrows(file, "// first\n" + line + "\n"), QStringList(file + ":2: " + message));
    }

    void a_file_in_a_folder_that_nobody_declares_is_named() {
        QCOMPARE(wrongArrows("shared/stray/a.cpp", ""),
                 QStringList("shared/stray/a.cpp:1: no CMakeLists.txt declares the folder of this file"));
    }

    void a_build_without_the_tablet_does_not_look_at_it() {
        QCOMPARE(wrongArrows("mobile/sync/a.cpp", "#include \"nowhere.h\"", "shared/base: \n"), QStringList());
    }

    void a_declaration_that_may_never_be_is_named_data() {
        QTest::addColumn<QByteArray>("layers");
        QTest::addColumn<QString>("message");
        QTest::newRow("shared knows nobody")
            << QByteArray("shared/base: sync-server/http\n")
            << "shared/base/CMakeLists.txt: shared/base may not depend on sync-server/http";
        QTest::newRow("server and tablet")
            << QByteArray("sync-server/http: mobile/sync\n")
            << "sync-server/http/CMakeLists.txt: sync-server/http may not depend on mobile/sync";
        QTest::newRow("tablet and server")
            << QByteArray("mobile/sync: sync-server/http\n")
            << "mobile/sync/CMakeLists.txt: mobile/sync may not depend on sync-server/http";
        QTest::newRow("below the pages") << QByteArray("mobile/sync: qml/Pages\n")
                                         << "mobile/sync/CMakeLists.txt: mobile/sync may not depend on qml/Pages";
    }
    void a_declaration_that_may_never_be_is_named() {
        QFETCH(QByteArray, layers);
        QFETCH(QString, message);
        QCOMPARE(wrongArrows({}, {}, layers), QStringList(message));
    }

    void a_circle_is_named_at_each_of_its_folders() {
        QCOMPARE(wrongArrows({}, {}, "shared/a: shared/b\nshared/b: shared/c\nshared/c: shared/b\n"),
                 (QStringList{"shared/b/CMakeLists.txt: shared/b depends on itself, in a circle",
                              "shared/c/CMakeLists.txt: shared/c depends on itself, in a circle"}));
    }

    void a_build_that_declares_nothing_is_an_error() {
        QVERIFY_EXCEPTION_THROWN(wrongArrows({}, {}, ""), std::runtime_error);
    }
};

QTEST_GUILESS_MAIN(tst_Layering)
#include "tst_layering.moc"
