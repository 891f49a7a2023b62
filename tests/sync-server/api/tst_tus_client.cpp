#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest>

#include "tests/support/net/net_server.h"
#include "tests/support/proxy/hostile_proxy.h"
#include "tests/support/tablet/fake_tablet.h"

using namespace fieldclaim;
using namespace fieldclaim::test;

namespace {

constexpr const char* kFolder = FIELDCLAIM_SOURCE_DIR "/tests/sync-server/api/tus";
constexpr int kPatienceMs = 120'000;

QString text(const std::string& given) { return QString::fromStdString(given); }

}  // namespace

/// A standard tus client, as its makers publish it, works with this server over TLS under our own authority.
class TusClientTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        m_node = QStandardPaths::findExecutable("node");
        if (m_node.isEmpty() || !QDir(FIELDCLAIM_SOURCE_DIR "/deploy/npm/node_modules/tus-js-client").exists())
            QFAIL("node or the npm packages are not installed: run deploy/setup");
    }

    void tusJsClientUploadsResumesAndTerminates_data() {
        QTest::addColumn<QString>("how");
        QTest::addColumn<int>("size");
        QTest::addColumn<bool>("kept");
        QTest::newRow("in one request") << "upload" << 3'000'000 << true;
        QTest::newRow("with the creation") << "creation" << 700'000 << true;
        QTest::newRow("with a checksum") << "checksum" << 900'000 << true;
        QTest::newRow("every connection cut") << "cut" << 3'000'000 << true;
        QTest::newRow("stopped and resumed") << "resume" << 3'000'000 << true;
        QTest::newRow("terminated") << "terminate" << 3'000'000 << false;
    }
    void tusJsClientUploadsResumesAndTerminates() {
        QFETCH(QString, how);
        QFETCH(int, size);
        QFETCH(bool, kept);
        const QTemporaryDir folder;
        NetServer server({.folder = folder.filePath("data").toStdString()});
        SeededRandom random(static_cast<std::uint64_t>(size));
        FakeTablet tablet(server.parts().clock, random);
        QVERIFY(tablet.join(*server).has_value());
        const auto crn = tablet.beginClaim();
        QVERIFY(tablet.push(*server).has_value());
        HostileProxy proxy(server.port(), 3);
        proxy.setPlan([](std::size_t, HostileProxy::Dice& dice) {
            ConnectionFate fate;
            fate.cut_after_up = HostileProxy::between(dice, 100'000, 400'000);
            return fate;
        });

        Bytes bytes(static_cast<std::size_t>(size));
        random.fill(bytes.data(), bytes.size());
        const auto path = folder.filePath("photograph.jpg");
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(reinterpret_cast<const char*>(bytes.data()), static_cast<qint64>(bytes.size()));
        file.close();
        const auto name = sha256(bytes);
        const QJsonObject job{{"how", how},
                              {"url", text(server.url(how == "cut" ? proxy.port() : server.port()))},
                              {"file", path},
                              {"sha256", text(toHex(name))},
                              {"claim", text(crn)}};
        const QJsonObject plan{
            {"ca", text(server.caPem())}, {"token", text(tablet.token())}, {"jobs", QJsonArray{job}}};

        QProcess client;
        client.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        client.start(m_node, {QString(kFolder) + "/tus_client.mjs",
                              QString::fromUtf8(QJsonDocument(plan).toJson(QJsonDocument::Compact))});
        QVERIFY(client.waitForFinished(kPatienceMs));
        QCOMPARE(client.exitCode(), 0);
        const auto said = QJsonDocument::fromJson(client.readAllStandardOutput()).object();
        QCOMPARE(said["how"].toString(), how);
        QVERIFY(said["url"].toString().contains("/v1/uploads/"));
        QCOMPARE(server.hasBlob(crn, name), kept);
        QCOMPARE(server.blobIsWhole(name), kept);
        if (how == "cut") QVERIFY(proxy.counts().cut >= 5);
    }

private:
    QString m_node;
};

QTEST_GUILESS_MAIN(TusClientTest)
#include "tst_tus_client.moc"
