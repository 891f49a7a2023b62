#include <QtTest>
#include <thread>

#include <QTcpServer>
#include <QTcpSocket>

#include "sync-server/transfer/adapters/adapters.h"
#include "sync-server/transfer/http_sender/http_sender.h"
#include "tests/support/standin/stand_in_server.h"
#include "tests/sync-server/transfer/fakes.h"

using namespace fieldclaim;
using namespace fieldclaim::server;
using nlohmann::json;
using State = TransferState;

namespace {

/// The stand-in behind real sockets.
struct Place {
    ManualClock clock;
    standin::ProcessingStandIn stand_in{[this] { return clock.now_ms.load(); }};
    std::unique_ptr<standin::StandInServer> server = standin::StandInServer::start(stand_in).value();
    HttpTargetTransport transport;

    TargetConfig target() const {
        auto config = sampleTarget();
        config.url = server->url() + "/push/JSAPS";
        config.request_ms = 400;
        return config;
    }
    auto post(const TransferRecord& record, std::int64_t timeout_ms = 400) {
        auto config = target();
        config.request_ms = timeout_ms;
        return transport.send(makeAdapter(config).value()->sendRequest(record, config));
    }
    auto get(const std::string& path) {
        TransportRequest request;
        request.method = "GET";
        request.url = server->url() + path;
        return transport.send(request);
    }
    auto postJson(const std::string& path, const json& body) {
        TransportRequest request;
        request.method = "POST";
        request.url = server->url() + path;
        request.content_type = "application/json";
        request.body = body.dump();
        return transport.send(request);
    }
};

/// Answers every connection with the bytes that it is given, then goes on sending `drip` until it is closed.
class RawServer {
public:
    explicit RawServer(QByteArray reply, QByteArray drip = {}) {
        m_thread = std::thread([this, reply, drip] {
            QTcpServer server;
            server.listen(QHostAddress::LocalHost);
            m_port = server.serverPort();
            while (!m_stop) {
                if (!server.waitForNewConnection(20)) continue;
                const std::unique_ptr<QTcpSocket> socket(server.nextPendingConnection());
                ++connections;
                socket->waitForReadyRead(1000);
                socket->write(reply);
                socket->waitForBytesWritten(1000);
                while (!drip.isEmpty() && !m_stop && socket->state() == QAbstractSocket::ConnectedState) {
                    socket->write(drip);
                    socket->waitForBytesWritten(20);
                    socket->waitForReadyRead(20);
                }
                socket->disconnectFromHost();
            }
        });
        while (m_port == 0) std::this_thread::yield();
    }
    ~RawServer() {
        m_stop = true;
        m_thread.join();
    }
    std::string url() const { return "http://127.0.0.1:" + std::to_string(m_port.load()) + "/x"; }
    std::atomic<int> connections = 0;

private:
    std::atomic<quint16> m_port = 0;
    std::atomic<bool> m_stop = false;
    std::thread m_thread;
};

TransportRequest requestTo(const std::string& url) {
    TransportRequest request;
    request.method = "POST";
    request.url = url;
    request.content_type = "application/json";
    request.body = "{}";
    request.timeout_ms = 600;
    return request;
}

TransferRecord record() { return sampleTransfer("t1", 1, sampleSubject(), 0); }

}  // namespace

class TestHttpSender : public QObject {
    Q_OBJECT
private slots:
    void aPayloadArrivesByteForByteUnderItsKey() {
        Place place;
        const auto sent = record();
        const auto answered = place.post(sent, 5000);
        QVERIFY(answered);
        QCOMPARE(answered->status, 202);
        QCOMPARE(place.stand_in.effectsOf("JSAPS", sent.payload), 1);
        QCOMPARE(place.stand_in.received()[0]["key"], json(sent.idempotency_key));
        const auto asked = place.get("/push/JSAPS/v1/claims?key=" + sent.idempotency_key);
        QCOMPARE(readQueryAnswer(asked->status, asked->body).kind, TargetAnswer::Kind::Accepted);
        QCOMPARE(place.get("/receipts/r-1")->status, 200);
        QCOMPARE(json::parse(place.get("/standin/received")->body).size(), 1U);
    }

    void eachFaultComesOutAsWhatItIs_data() {
        QTest::addColumn<QString>("fault");
        QTest::addColumn<int>("status");
        QTest::addColumn<bool>("certainly");
        QTest::addColumn<int>("effects");
        const auto row = [](const char* fault, int status, bool certainly, int effects) {
            QTest::newRow(fault) << fault << status << certainly << effects;
        };
        row("refuse", 422, false, 0);
        row("timeout_before", 0, false, 0);
        row("timeout_after", 0, false, 1);
        row("drop_reply", 0, false, 1);
        row("garbage", 200, false, 1);
        row("closed", 0, false, 0);
        row("500", 500, false, 0);
        row("503", 503, false, 0);
        row("accept_then_lose", 202, false, 0);
    }
    void eachFaultComesOutAsWhatItIs() {
        QFETCH(QString, fault);
        QFETCH(int, status);
        QFETCH(bool, certainly);
        QFETCH(int, effects);
        Place place;
        const auto set = place.postJson("/standin/faults", {{"fault", fault.toStdString()}});
        QCOMPARE(set->status, 200);
        const auto sent = record();
        const auto answered = place.post(sent);
        QCOMPARE(answered ? answered->status : 0, status);
        if (!answered) {
            QCOMPARE(answered.error().certainly_not_sent, certainly);
            QCOMPARE(answered.error().error.code, ErrorCode::Network);
        }
        if (status == 503) QCOMPARE(answered->retry_after_ms, std::optional<std::int64_t>(120000));
        QCOMPARE(place.stand_in.effectsOf("JSAPS", sent.payload), effects);
        QCOMPARE(place.stand_in.requestCount(), 1);
    }

    void aSlowAnswerIsWaitedForWithinItsTime() {
        Place place;
        QVERIFY(place.stand_in.addFault({{"fault", "slow"}, {"ms", 50}}));
        QVERIFY(place.post(record(), 10000));
        QVERIFY(place.stand_in.addFault({{"fault", "slow"}, {"ms", 60000}}));
        QVERIFY(!place.post(record(), 200));
    }

    void nobodyThereIsCertainlyNotSent() {
        std::string url;
        {
            Place place;
            url = place.server->url();
        }
        const auto refused = HttpTargetTransport().send(requestTo(url + "/x"));
        QVERIFY(!refused);
        QVERIFY(refused.error().certainly_not_sent);
        QCOMPARE(refused.error().error.code, ErrorCode::Network);
    }

    void aUrlThatIsNoneOrACaFileThatIsMissingIsAnErrorAndNoException() {
        HttpTargetTransport transport;
        QVERIFY(!transport.send(requestTo("http://")));
        QVERIFY(!transport.send(requestTo("rubbish")));
        Place place;
        auto request = requestTo("https://127.0.0.1:" + std::to_string(place.server->port()) + "/x");
        request.ca_file = "missing.pem";
        QVERIFY(!transport.send(request));
    }

    void aPlainServerIsNotTrustedForHttps() {
        RawServer server("this is not TLS\r\n");
        auto url = server.url();
        url.replace(0, 4, "https");
        const auto answered = HttpTargetTransport().send(requestTo(url));
        QVERIFY(!answered);
        QVERIFY(answered.error().certainly_not_sent);
        QCOMPARE(answered.error().error.code, ErrorCode::Untrusted);
    }

    void anAnswerOverTheLimitIsRefused_data() {
        QTest::addColumn<QByteArray>("head");
        QTest::addColumn<QByteArray>("drip");
        QTest::newRow("declared") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n") << QByteArray();
        QTest::newRow("without an end") << QByteArray("HTTP/1.1 200 OK\r\n\r\n") << QByteArray(65536, 'x');
        QTest::newRow("in chunks") << QByteArray("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
                                   << QByteArray("400\r\n" + QByteArray(1024, 'x') + "\r\n");
    }
    void anAnswerOverTheLimitIsRefused() {
        QFETCH(QByteArray, head);
        QFETCH(QByteArray, drip);
        RawServer server(head, drip);
        auto request = requestTo(server.url());
        request.max_answer_bytes = 10000;
        request.timeout_ms = 20000;
        const auto answered = HttpTargetTransport().send(request);
        QVERIFY(!answered);
        QCOMPARE(answered.error().error.code, ErrorCode::TooLarge);
        QVERIFY(!answered.error().certainly_not_sent);
    }

    void aTargetThatDripsIsCutAtTheDeadline() {
        // A byte every now and then keeps the client's own time-out, which is one of silence, from ever coming.
        RawServer server("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "1\r\nx\r\n");
        auto request = requestTo(server.url());
        request.timeout_ms = 700;
        QElapsedTimer timer;
        timer.start();
        const auto answered = HttpTargetTransport().send(request);
        QVERIFY(!answered);
        QVERIFY2(timer.elapsed() < 10000, qPrintable(QString::number(timer.elapsed())));
    }

    void aRedirectionIsNotFollowed() {
        RawServer other("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        RawServer server("HTTP/1.1 303 See Other\r\nLocation: " + QByteArray::fromStdString(other.url()) +
                         "\r\nContent-Length: 0\r\n\r\n");
        const auto answered = HttpTargetTransport().send(requestTo(server.url()));
        QVERIFY(answered);
        QCOMPARE(answered->status, 303);
        QCOMPARE(other.connections.load(), 0);
    }

    void aConnectionCutWithoutAWordIsNotSentASecondTime() {
        RawServer server("");
        HttpTargetTransport transport;
        for (int i = 0; i < 3; ++i) QVERIFY(!transport.send(requestTo(server.url())));
        QCOMPARE(server.connections.load(), 3);
    }

    void manyThreadsSendAtOnce() {
        Place place;
        std::vector<std::thread> threads;
        std::atomic<int> good = 0;
        for (int i = 0; i < 16; ++i) {
            threads.emplace_back([&, i] {
                auto subject = sampleSubject();
                subject.crn = "CRN" + std::to_string(i);
                const auto answered = place.post(sampleTransfer("t", 1, subject, 0), 20000);
                if (answered && answered->status == 202) ++good;
            });
        }
        for (auto& thread : threads) thread.join();
        QCOMPARE(good.load(), 16);
        QCOMPARE(place.stand_in.received().size(), 16U);
    }

    void theStandInCallsBackWithTheDecision() {
        Place place;
        QTcpServer listener;
        QVERIFY(listener.listen(QHostAddress::LocalHost));
        const auto url = "http://127.0.0.1:" + std::to_string(listener.serverPort()) + "/v1/receipts";
        QCOMPARE(place.postJson("/standin/settings", {{"callbackUrl", url}})->status, 200);
        const auto sent = record();
        QVERIFY(place.post(sent, 5000));
        QVERIFY(listener.waitForNewConnection(5000));
        const std::unique_ptr<QTcpSocket> socket(listener.nextPendingConnection());
        QByteArray got;
        while (!got.contains("\r\n\r\n") || !got.endsWith('}')) {
            QVERIFY(socket->waitForReadyRead(5000));
            got += socket->readAll();
        }
        socket->write("HTTP/1.1 204 No Content\r\n\r\n");
        socket->waitForBytesWritten(1000);
        QVERIFY(got.startsWith("POST /v1/receipts "));
        const auto callback = readCallback(got.mid(got.indexOf("\r\n\r\n") + 4).toStdString());
        QVERIFY(callback);
        QCOMPARE(callback->idempotency_key, sent.idempotency_key);
        QCOMPARE(callback->answer.kind, TargetAnswer::Kind::Accepted);
        QCOMPARE(callback->answer.content_hash, std::optional(sent.content_hash));
    }

    void H48_theWholeWorkerOverRealSocketsEndsEachFaultWithinBounds_data() {
        QTest::addColumn<QString>("fault");
        QTest::addColumn<QString>("state");
        for (const char* fault : {"timeout_before", "timeout_after", "drop_reply", "garbage", "closed", "500", "503"}) {
            QTest::newRow(fault) << fault << "accepted";
        }
        QTest::newRow("refuse") << "refuse"
                                << "rejected";
        QTest::newRow("accept_then_lose") << "accept_then_lose"
                                          << "repair";
        QTest::newRow("wrong_hash") << "wrong_hash"
                                    << "repair";
    }
    void H48_theWholeWorkerOverRealSocketsEndsEachFaultWithinBounds() {
        QFETCH(QString, fault);
        QFETCH(QString, state);
        Place place;
        SeededRandom random;
        MemoryTransferStore store;
        const auto sent = sampleTransfer("t1", 1, sampleSubject(), place.clock.now_ms);
        store.add(sent);
        QVERIFY(place.stand_in.addFault({{"fault", fault.toStdString()}}));
        std::vector<TransferRunner::Target> targets;
        targets.push_back({place.target(), makeAdapter(place.target()).value()});
        TransferRunner runner(store, place.transport, std::move(targets), place.clock, random);
        for (int minute = 0; minute < 120 && isRunning(store.get("t1").state); ++minute) {
            QVERIFY(runner.runAllDue(place.clock.now_ms));
            place.clock.now_ms += 60000;
        }
        QCOMPARE(QString::fromUtf8(stateName(store.get("t1").state).data()), state);
        QVERIFY(place.stand_in.effectsOf("JSAPS", sent.payload) <= 1);
    }

    void aBadFaultIsRefusedByTheStandIn() {
        Place place;
        QCOMPARE(place.postJson("/standin/faults", {{"fault", "earthquake"}})->status, 400);
        QCOMPARE(place.postJson("/standin/faults", {{"fault", "500"}, {"count", 0}})->status, 400);
        QCOMPARE(place.postJson("/standin/faults", {{"fault", 5}})->status, 400);
        QCOMPARE(place.postJson("/standin/faults", {{"fault", "500"}, {"count", "all"}})->status, 200);
    }

    void theStandInRefusesWhatItsHashDoesNotCover() {
        Place place;
        auto sent = record();
        const auto at = sent.payload.find("Caernarfon");
        QVERIFY(at != std::string::npos);
        sent.payload.replace(at, 1, "K");
        const auto answered = place.post(sent, 5000);
        QCOMPARE(answered->status, 422);
        QVERIFY(answered->body.find("E102") != std::string::npos);
    }

    void theStandInKeepsOneClaimAKeyAndRefusesOtherBytesUnderIt() {
        Place place;
        const auto sent = record();
        QCOMPARE(place.post(sent, 5000)->status, 202);
        QCOMPARE(place.post(sent, 5000)->status, 202);
        QCOMPARE(place.stand_in.received().size(), 1U);
        auto subject = sampleSubject();
        subject.urgent = true;
        auto other = sampleTransfer("t2", 2, subject, 0);
        other.idempotency_key = sent.idempotency_key;
        QCOMPARE(place.post(other, 5000)->status, 409);
    }
};

QTEST_GUILESS_MAIN(TestHttpSender)
#include "tst_http_sender.moc"
