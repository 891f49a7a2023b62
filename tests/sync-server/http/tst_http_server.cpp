#include <QtTest>
#include <atomic>

#include "tests/sync-server/http/http_fixture.h"

using namespace fieldclaim;
using namespace fieldclaim::server;
using fieldclaim::test::TestResponse;

namespace {

std::string typeOf(const TestResponse& response) {
    if (response.header("Content-Type") != "application/problem+json") return {};
    return nlohmann::json::parse(response.body).at("type").get<std::string>();
}

}  // namespace

class TestHttpServer final : public QObject {
    Q_OBJECT

private slots:
    void oneConnectionServesManyRequests();
    void twoPipelinedRequestsAreAnsweredInOrder();
    void everyResponseCarriesTheSecurityHeaders();
    void aHandlerMayReplaceCacheControl();
    void headGivesTheHeadersAndLengthOfGetWithoutItsBody();
    void optionsTellsWhatAPathAllows();
    void anUnknownPathIsAProblemDocument();
    void anUnknownMethodNamesThoseAllowed();
    void methodOverrideReachesOnlyRoutesThatAllowIt();
    void aRequestWithWhatIsRefused_data();
    void aRequestWithWhatIsRefused();
    void aBodyOverTheLimitIs413AndTheConnectionEnds();
    void aChunkedBodyOverTheLimitIs413();
    void aSmallUnwantedBodyIsReadSoThatTheConnectionStays();
    void aChunkedBodyArrivesWhole();
    void expectContinueIsAnsweredBeforeTheBody();
    void httpTenIsAnsweredAndClosed();
    void aClientThatDripsItsHeaderIsCut();
    void aClientThatSaysNothingIsCut();
    void aClientThatDripsItsBodyFasterThanTheIdleTimeIsCutAllTheSame();
    void anIdleConnectionIsClosed();
    void aClientThatDoesNotReadItsResponseIsCut();
    void threeHundredConnectionsAreServedWhileHandlersBlock();
    void H39_requestsPastTheQueueGet503AtOnce();
    void H50_aCallerWhoSendsManySlowRequestsLeavesRoomForOthers();
    void connectionsPastTheLimitAreClosed();
    void connectionsPastThePeersLimitAreClosed();
    void stopLetsARunningRequestFinish();
    void stopCutsWhatOutlivesTheGrace();
    void stopClosesIdleConnectionsAtOnce();
    void aHandlerThatThrowsIsA500ThatTellsNothing();
    void aHandlerCannotSplitTheResponse();
    void theLogHasRoutesAndNeverPathsQueriesOrBodies();
    void metricsCountByRouteAndStatus();
    void aTrustedProxySpeaksForItsClient();
    void aPortInUseIsSaid();
    void twoServersShareARouter();
};

void TestHttpServer::oneConnectionServesManyRequests() {
    HttpFixture fixture;
    fixture.start();
    auto client = fixture.client();
    QVERIFY(client.connect());
    for (int i = 0; i < 50; ++i) {
        const auto response = client.request("POST", "/echo", std::to_string(i));
        QVERIFY(response);
        QCOMPARE(response->body, std::to_string(i));
        QVERIFY(client.connected());
    }
    QCOMPARE(fixture.metrics.gauge("http_connections", "", {{"server", "http"}}).value(), 1);
}

void TestHttpServer::twoPipelinedRequestsAreAnsweredInOrder() {
    HttpFixture fixture;
    fixture.start();
    auto client = fixture.client();
    QVERIFY(client.connect());
    QVERIFY(
        client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nonePOST /echo HTTP/1.1\r\nHost: x\r\n"
                    "Content-Length: 3\r\n\r\ntwo"));
    QCOMPARE(client.readResponse().value().body, std::string("one"));
    QCOMPARE(client.readResponse().value().body, std::string("two"));
}

void TestHttpServer::everyResponseCarriesTheSecurityHeaders() {
    HttpFixture fixture;
    fixture.start();
    auto client = fixture.client();
    for (const auto* path : {"/hello", "/nothing"}) {
        const auto response = client.get(path).value();
        QCOMPARE(response.header("X-Content-Type-Options"), std::string_view("nosniff"));
        QCOMPARE(response.header("Referrer-Policy"), std::string_view("no-referrer"));
        QCOMPARE(response.header("Cache-Control"), std::string_view("no-store"));
        QCOMPARE(response.header("Date"), std::string_view("Mon, 15 Jan 2007 09:12:03 GMT"));
        QCOMPARE(response.header("X-Request-Id").size(), std::size_t(36));
        QVERIFY(response.header("Strict-Transport-Security").empty());
    }
}

void TestHttpServer::aHandlerMayReplaceCacheControl() {
    HttpFixture fixture;
    fixture.router.add(Method::Get, "/style.css", [](const RequestContext&) {
        return Response::text("a{}", "text/css").set("Cache-Control", "max-age=60");
    });
    fixture.start();
    QCOMPARE(fixture.client().get("/style.css").value().header("cache-control"), std::string_view("max-age=60"));
}

void TestHttpServer::headGivesTheHeadersAndLengthOfGetWithoutItsBody() {
    HttpFixture fixture;
    fixture.start();
    auto client = fixture.client();
    const auto head = client.request("HEAD", "/hello").value();
    QCOMPARE(head.status, 200);
    QCOMPARE(head.header("Content-Length"), std::string_view("5"));
    // The next response would be misread if a body had followed.
    QCOMPARE(client.get("/hello").value().body, std::string("hello"));
}

void TestHttpServer::optionsTellsWhatAPathAllows() {
    HttpFixture fixture;
    fixture.start();
    const auto response = fixture.client().request("OPTIONS", "/hello").value();
    QCOMPARE(response.status, 204);
    QCOMPARE(response.header("Allow"), std::string_view("GET, HEAD, OPTIONS"));
}

void TestHttpServer::anUnknownPathIsAProblemDocument() {
    HttpFixture fixture;
    fixture.start();
    const auto response = fixture.client().get("/no/such").value();
    QCOMPARE(response.status, 404);
    const auto problem = nlohmann::json::parse(response.body);
    QCOMPARE(problem["type"].get<std::string>(), std::string("https://fieldclaim.example/problems/not-found"));
    QCOMPARE(problem["status"].get<int>(), 404);
    QCOMPARE(problem["instance"].get<std::string>(), "urn:uuid:" + std::string(response.header("X-Request-Id")));
    QVERIFY(!problem["title"].get<std::string>().empty());
}

void TestHttpServer::anUnknownMethodNamesThoseAllowed() {
    HttpFixture fixture;
    fixture.start();
    auto client = fixture.client();
    for (const auto* method : {"DELETE", "BREW"}) {
        const auto response = client.request(method, "/echo").value();
        QCOMPARE(response.status, 405);
        QCOMPARE(response.header("Allow"), std::string_view("POST, OPTIONS"));
        QVERIFY(client.connected());
    }
}

void TestHttpServer::methodOverrideReachesOnlyRoutesThatAllowIt() {
    HttpFixture fixture;
    const auto handler = [](const RequestContext& context) {
        return Response::text(std::string(name(context.request.method)) + ' ' + context.param("id"));
    };
    fixture.router.add(Method::Patch, "/uploads/{id}", handler, {.method_override = true});
    fixture.router.add(Method::Delete, "/uploads/{id}", handler);
    fixture.start();
    auto client = fixture.client();
    QCOMPARE(client.request("POST", "/uploads/7", "", {{"X-HTTP-Method-Override", "PATCH"}}).value().body,
             std::string("PATCH 7"));
    QCOMPARE(client.request("POST", "/uploads/7", "", {{"X-HTTP-Method-Override", "DELETE"}}).value().status, 405);
}

void TestHttpServer::aRequestWithWhatIsRefused_data() {
    QTest::addColumn<QByteArray>("sent");
    QTest::addColumn<int>("status");
    QByteArray many;
    for (int i = 0; i < 101; ++i) many += "A" + QByteArray::number(i) + ": b\r\n";
    QTest::newRow("garbage") << QByteArray("\x16\x03\x01garbage\r\n\r\n") << 400;
    QTest::newRow("a header of 20 KiB") << "GET /hello HTTP/1.1\r\nHost: x\r\nA: " + QByteArray(20000, 'a') + "\r\n\r\n"
                                        << 431;
    QTest::newRow("a target of 20 KiB") << "GET /" + QByteArray(20000, 'a') + " HTTP/1.1\r\nHost: x\r\n\r\n" << 431;
    QTest::newRow("102 headers") << "GET /hello HTTP/1.1\r\nHost: x\r\n" + many + "\r\n" << 431;
    QTest::newRow("no host") << QByteArray("GET /hello HTTP/1.1\r\n\r\n") << 400;
    QTest::newRow("two hosts") << QByteArray("GET /hello HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n") << 400;
    QTest::newRow("a target that is no path") << QByteArray("GET hello HTTP/1.1\r\nHost: x\r\n\r\n") << 400;
    QTest::newRow("a wrong escape in the path") << QByteArray("GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n") << 400;
    QTest::newRow("a wrong escape in the query") << QByteArray("GET /hello?a=%2 HTTP/1.1\r\nHost: x\r\n\r\n") << 400;
    QTest::newRow("a zero byte in the path") << QByteArray("GET /%00 HTTP/1.1\r\nHost: x\r\n\r\n") << 400;
    QTest::newRow("an unknown coding")
        << QByteArray("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n") << 501;
    QTest::newRow("a coding that hides the length")
        << QByteArray("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: identity\r\n\r\n") << 501;
    QTest::newRow("a length and a coding")
        << QByteArray(
               "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")
        << 400;
    QTest::newRow("two lengths")
        << QByteArray("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab") << 400;
    QTest::newRow("a negative length") << QByteArray("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n")
                                       << 400;
    QTest::newRow("an unknown expectation")
        << QByteArray("POST /echo HTTP/1.1\r\nHost: x\r\nExpect: tea\r\nContent-Length: 1\r\n\r\na") << 417;
}

void TestHttpServer::aRequestWithWhatIsRefused() {
    QFETCH(QByteArray, sent);
    QFETCH(int, status);
    HttpFixture fixture;
    fixture.start();
    auto client = fixture.client();
    QVERIFY(client.connect());
    QVERIFY(client.send(sent.toStdString()));
    const auto response = client.readResponse();
    QVERIFY(response);
    QCOMPARE(response->status, status);
    QCOMPARE(response->header("Content-Type"), std::string_view("application/problem+json"));
    QCOMPARE(nlohmann::json::parse(response->body)["status"].get<int>(), status);
    // The server lives on.
    QCOMPARE(fixture.client().get("/hello").value().status, 200);
}

void TestHttpServer::aBodyOverTheLimitIs413AndTheConnectionEnds() {
    HttpFixture fixture;
    fixture.start();
    auto client = fixture.client();
    QVERIFY(client.connect());
    QVERIFY(
        client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1048577\r\n\r\n" + std::string(300'000, 'a')));
    const auto response = client.readResponse();
    QVERIFY(response);
    QCOMPARE(response->status, 413);
    QCOMPARE(typeOf(*response), std::string("https://fieldclaim.example/problems/too-large"));
    QVERIFY(!client.connected());
    QCOMPARE(fixture.client().request("POST", "/echo", std::string(1U << 20U, 'b')).value().body.size(),
             std::size_t(1U << 20U));
}

void TestHttpServer::aChunkedBodyOverTheLimitIs413() {
    HttpFixture fixture;
    fixture.router.add(Method::Post, "/ten", [](const RequestContext&) { return Response::text("in"); },
                       {.max_body = 10});
    fixture.start();
    auto client = fixture.client();
    QVERIFY(client.connect());
    QVERIFY(client.send(
        "POST /ten HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nabcdef\r\n5\r\nghijk\r\n"));
    QCOMPARE(client.readResponse().value().status, 413);
    auto other = fixture.client();
    QVERIFY(other.connect());
    QVERIFY(other.send(
        "POST /ten HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nabcdef\r\n4\r\nghij\r\n0\r\n\r\n"));
    QCOMPARE(other.readResponse().value().status, 200);
}

void TestHttpServer::aSmallUnwantedBodyIsReadSoThatTheConnectionStays() {
    HttpFixture fixture;
    fixture.start();
    auto client = fixture.client();
    QCOMPARE(client.request("POST", "/nothing", std::string(5000, 'a')).value().status, 404);
    QVERIFY(client.connected());
    QCOMPARE(client.get("/hello").value().body, std::string("hello"));
}

void TestHttpServer::aChunkedBodyArrivesWhole() {
    HttpFixture fixture;
    fixture.start();
    auto client = fixture.client();
    QVERIFY(client.connect());
    QVERIFY(client.send("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"));
    std::string expected;
    for (int i = 1; i <= 40; ++i) {
        const std::string part(static_cast<std::size_t>(i * 100), static_cast<char>('a' + i % 26));
        expected += part;
        QVERIFY(client.send(QByteArray::number(i * 100, 16).toStdString() + ";ext=1\r\n" + part + "\r\n"));
    }
    QVERIFY(client.send("0\r\nTrailer: x\r\n\r\n"));
    QCOMPARE(client.readResponse().value().body, expected);
    QCOMPARE(client.get("/hello").value().body, std::string("hello"));
}

void TestHttpServer::expectContinueIsAnsweredBeforeTheBody() {
    HttpFixture fixture;
    fixture.start();
    auto client = fixture.client();
    QVERIFY(client.connect());
    QVERIFY(client.send("POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n"));
    QCOMPARE(client.readResponse().value().status, 100);
    QVERIFY(client.send("ok"));
    QCOMPARE(client.readResponse().value().body, std::string("ok"));
    // What will not be wanted is refused before it is sent.
    QVERIFY(client.send("POST /nothing HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n"));
    QCOMPARE(client.readResponse().value().status, 404);
}

void TestHttpServer::httpTenIsAnsweredAndClosed() {
    HttpFixture fixture;
    fixture.start();
    auto client = fixture.client();
    QVERIFY(client.connect());
    QVERIFY(client.send("GET /hello HTTP/1.0\r\n\r\n"));
    QCOMPARE(client.readResponse().value().body, std::string("hello"));
    QVERIFY(client.endedByServer());
}

void TestHttpServer::aClientThatDripsItsHeaderIsCut() {
    HttpFixture fixture;
    fixture.options.limits.header_timeout = 200ms;
    fixture.start();
    auto client = fixture.client(20ms);
    QVERIFY(client.connect());
    QVERIFY(client.send("GET /hello HTTP/1.1\r\nA: "));
    // A byte every 20 ms, which is how long endedByServer() listens: each would reset a naive time-out.
    int sent = 0;
    while (sent < 400 && client.send("A") && !client.endedByServer()) ++sent;
    QVERIFY(sent < 400);
    const auto& cut =
        fixture.metrics.counter("http_refused_total", "", {{"server", "http"}, {"reason", "slow-header"}});
    QTRY_COMPARE(cut.value(), 1U);
}

void TestHttpServer::aClientThatSaysNothingIsCut() {
    HttpFixture fixture;
    fixture.options.limits.header_timeout = 100ms;
    fixture.start();
    auto client = fixture.client(5s);
    QVERIFY(client.connect());
    QVERIFY(client.endedByServer());
}

void TestHttpServer::aClientThatDripsItsBodyFasterThanTheIdleTimeIsCutAllTheSame() {
    HttpFixture fixture;
    fixture.options.limits.body_timeout = 200ms;
    fixture.options.limits.least_bytes_per_s = 1000;
    fixture.start();
    auto client = fixture.client(30ms);
    QVERIFY(client.connect());
    QVERIFY(client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n"));
    const auto began = std::chrono::steady_clock::now();
    int sent = 0;
    while (sent < 1000 && client.send("a")) {
        ++sent;
        if (client.endedByServer()) break;  // waits 30 ms, far below the idle time-out
    }
    QVERIFY(sent < 1000);
    QVERIFY(std::chrono::steady_clock::now() - began < 10s);
    QTRY_VERIFY(fixture.sink.text().find("\"status\":499") != std::string::npos);
}

void TestHttpServer::anIdleConnectionIsClosed() {
    HttpFixture fixture;
    fixture.options.limits.idle_timeout = 100ms;
    fixture.start();
    auto client = fixture.client(5s);
    QCOMPARE(client.get("/hello").value().status, 200);
    QVERIFY(client.connected());
    QVERIFY(client.endedByServer());
}

void TestHttpServer::aClientThatDoesNotReadItsResponseIsCut() {
    HttpFixture fixture;
    fixture.options.limits.body_timeout = 200ms;
    fixture.router.add(Method::Get, "/large", [](const RequestContext&) { return Response::cbor(Bytes(64U << 20U)); });
    fixture.start();
    TestHttpClient client({.port = fixture.port, .ca_pem = {}, .timeout = 20s, .receive_buffer = 4096});
    QVERIFY(client.connect());
    QVERIFY(client.send("GET /large HTTP/1.1\r\nHost: x\r\n\r\n"));
    // Nothing is read until the server has given up: then what is missing shows that it did.
    QTRY_VERIFY(fixture.sink.text().find("\"status\":499") != std::string::npos);
    QVERIFY(!client.readResponse());
}

void TestHttpServer::threeHundredConnectionsAreServedWhileHandlersBlock() {
    HttpFixture fixture;
    Gate gate;
    fixture.router.add(Method::Get, "/block", [&](const RequestContext&) {
        gate.pass();
        return Response::text("late");
    });
    fixture.start();
    // Three of four workers stand still.
    std::vector<TestHttpClient> blocked;
    for (int i = 0; i < 3; ++i) {
        blocked.push_back(fixture.client());
        QVERIFY(blocked.back().connect());
        QVERIFY(blocked.back().send("GET /block HTTP/1.1\r\nHost: x\r\n\r\n"));
    }
    QVERIFY(gate.waitFor(3));
    std::vector<TestHttpClient> others;
    for (int i = 0; i < 300; ++i) {
        others.push_back(fixture.client());
        QVERIFY(others.back().connect());
    }
    for (int round = 0; round < 2; ++round) {
        for (auto& client : others) QVERIFY(client.send("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n"));
        int answered = 0;
        int busy = 0;
        for (auto& client : others) {
            const auto response = client.readResponse();
            QVERIFY(response);
            response->status == 200 ? ++answered : ++busy;
        }
        // All come from one caller here, so those past its share of the queue may be told to come back; none hangs.
        QCOMPARE(answered + busy, 300);
        QVERIFY(answered >= 64);
    }
    gate.open();
    for (auto& client : blocked) QCOMPARE(client.readResponse().value().body, std::string("late"));
}

void TestHttpServer::H39_requestsPastTheQueueGet503AtOnce() {
    HttpFixture fixture;
    Gate gate;
    fixture.options.limits.worker_threads = 1;
    fixture.options.limits.waiting = 2;
    fixture.options.retry_after_s = [] { return 17; };
    std::atomic<int> ran{0};
    fixture.router.add(Method::Post, "/block", [&](const RequestContext&) {
        gate.pass();
        ++ran;
        return Response::text("done");
    });
    fixture.start();
    const std::string request = "POST /block HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\na";
    auto running = fixture.client();
    QVERIFY(running.connect());
    QVERIFY(running.send(request));
    QVERIFY(gate.waitFor(1));
    // One runs. Of five more, in whatever order they come, two wait and three are sent away while the worker still
    // stands.
    std::atomic<int> done{0};
    std::atomic<int> busy{0};
    std::atomic<int> other{0};
    std::vector<std::thread> callers;
    for (int i = 0; i < 5; ++i) {
        callers.emplace_back([&] {
            auto client = fixture.client();
            const auto response = client.request("POST", "/block", "a");
            if (response && response->status == 200) {
                ++done;
            } else if (response && response->status == 503 && response->header("Retry-After") == "17" &&
                       typeOf(*response) == "https://fieldclaim.example/problems/busy") {
                ++busy;
            } else {
                ++other;
            }
        });
    }
    const bool sent_away = QTest::qWaitFor([&] { return busy == 3; }, 5'000);
    const int done_before = done;
    gate.open();
    for (auto& caller : callers) caller.join();
    QVERIFY(sent_away);
    QCOMPARE(done_before, 0);
    QCOMPARE(busy.load(), 3);
    QCOMPARE(done.load(), 2);
    QCOMPARE(other.load(), 0);
    QCOMPARE(running.readResponse().value().status, 200);
    QCOMPARE(ran.load(), 3);
}

void TestHttpServer::H50_aCallerWhoSendsManySlowRequestsLeavesRoomForOthers() {
    HttpFixture fixture;
    Gate gate;
    fixture.options.limits.running_per_caller = 2;
    fixture.router.add(Method::Get, "/block", [&](const RequestContext&) {
        gate.pass();
        return Response::text("late");
    });
    fixture.start();
    std::vector<TestHttpClient> heavy;
    for (int i = 0; i < 20; ++i) {
        heavy.push_back(fixture.client());
        QVERIFY(heavy.back().connect());
        QVERIFY(heavy.back().send("GET /block HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer heavy\r\n\r\n"));
    }
    QVERIFY(gate.waitFor(2));
    auto light = fixture.client(10s);
    QCOMPARE(light.get("/hello", {{"Authorization", "Bearer light"}}).value().status, 200);
    gate.open();
    for (auto& client : heavy) QCOMPARE(client.readResponse().value().body, std::string("late"));
}

void TestHttpServer::connectionsPastTheLimitAreClosed() {
    HttpFixture fixture;
    fixture.options.limits.connections = 3;
    fixture.start();
    std::vector<TestHttpClient> held;
    for (int i = 0; i < 3; ++i) {
        held.push_back(fixture.client());
        QCOMPARE(held.back().get("/hello").value().status, 200);
    }
    QVERIFY(!fixture.client().get("/hello"));
    held.pop_back();
    auto next = fixture.client();
    QTRY_VERIFY(next.get("/hello").has_value());
}

void TestHttpServer::connectionsPastThePeersLimitAreClosed() {
    HttpFixture fixture;
    fixture.options.limits.connections_per_peer = 2;
    fixture.start();
    auto one = fixture.client();
    auto two = fixture.client();
    QCOMPARE(one.get("/hello").value().status, 200);
    QCOMPARE(two.get("/hello").value().status, 200);
    QVERIFY(!fixture.client().get("/hello"));
}

void TestHttpServer::stopLetsARunningRequestFinish() {
    HttpFixture fixture;
    Gate gate;
    fixture.router.add(Method::Get, "/block", [&](const RequestContext&) {
        gate.pass();
        return Response::text("finished");
    });
    fixture.start();
    auto client = fixture.client();
    QVERIFY(client.connect());
    QVERIFY(client.send("GET /block HTTP/1.1\r\nHost: x\r\n\r\n"));
    QVERIFY(gate.waitFor(1));
    std::thread stopper([&] { fixture.server->stop(); });
    // No new connection is served once stop() has closed the listener.
    auto newcomer = fixture.client(300ms);
    QTRY_VERIFY(!newcomer.connect());
    gate.open();
    const auto response = client.readResponse();
    stopper.join();
    QVERIFY(response);
    QCOMPARE(response->body, std::string("finished"));
    QCOMPARE(response->header("Connection"), std::string_view("close"));
}

void TestHttpServer::stopCutsWhatOutlivesTheGrace() {
    HttpFixture fixture;
    fixture.options.limits.stop_grace = 100ms;
    fixture.start();
    auto client = fixture.client();
    QVERIFY(client.connect());
    QVERIFY(client.send("POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 10\r\n\r\n"));
    QCOMPARE(client.readResponse().value().status, 100);  // so the request is running
    const auto began = std::chrono::steady_clock::now();
    fixture.server->stop();
    QVERIFY(std::chrono::steady_clock::now() - began < 3s);
    QVERIFY(client.endedByServer());
}

void TestHttpServer::stopClosesIdleConnectionsAtOnce() {
    HttpFixture fixture;
    fixture.options.limits.stop_grace = 20s;
    fixture.start();
    auto client = fixture.client();
    QCOMPARE(client.get("/hello").value().status, 200);
    const auto began = std::chrono::steady_clock::now();
    fixture.server->stop();
    QVERIFY(std::chrono::steady_clock::now() - began < 5s);
    QVERIFY(client.endedByServer());
}

void TestHttpServer::aHandlerThatThrowsIsA500ThatTellsNothing() {
    HttpFixture fixture;
    fixture.router.add(Method::Get, "/throw",
                       [](const RequestContext&) -> Response { throw std::runtime_error("secret QQ123456C"); });
    fixture.start();
    auto client = fixture.client();
    const auto response = client.get("/throw").value();
    QCOMPARE(response.status, 500);
    QVERIFY(response.body.find("QQ123456C") == std::string::npos);
    QVERIFY(client.connected());
    fixture.server->stop();
    QVERIFY(fixture.sink.text().find("http-handler-threw") != std::string::npos);
    QVERIFY(fixture.sink.text().find("QQ123456C") == std::string::npos);
}

void TestHttpServer::aHandlerCannotSplitTheResponse() {
    HttpFixture fixture;
    fixture.router.add(Method::Get, "/go", [](const RequestContext& context) {
        return Response::redirect(*context.request.queryValue("to"));
    });
    fixture.start();
    auto client = fixture.client();
    QCOMPARE(client.get("/go?to=/there").value().header("Location"), std::string_view("/there"));
    const auto split = client.get("/go?to=/there%0d%0aSet-Cookie:%20a=b").value();
    QCOMPARE(split.status, 500);
    QVERIFY(split.header("Set-Cookie").empty());
}

void TestHttpServer::theLogHasRoutesAndNeverPathsQueriesOrBodies() {
    HttpFixture fixture;
    fixture.router.add(Method::Post, "/claims/{crn}", [](const RequestContext&) { return Response::text("four"); });
    fixture.start();
    const auto response = fixture.client().request("POST", "/claims/SECRETCRN?name=SECRETNAME", "SECRETBODY").value();
    QVERIFY(!fixture.client().get("/SECRETPATH").value().body.empty());
    fixture.server->stop();
    QVERIFY(fixture.sink.text().find("SECRET") == std::string::npos);
    const auto lines = fixture.sink.lines();
    QCOMPARE(lines.size(), std::size_t(2));
    const auto& line = lines[0];
    QCOMPARE(line["time"].get<std::string>(), std::string("2007-01-15T09:12:03.250Z"));
    QCOMPARE(line["level"].get<std::string>(), std::string("info"));
    QCOMPARE(line["event"].get<std::string>(), std::string("http-request"));
    QCOMPARE(line["request"].get<std::string>(), std::string(response.header("X-Request-Id")));
    QCOMPARE(line["route"].get<std::string>(), std::string("/claims/{crn}"));
    QCOMPARE(line["method"].get<std::string>(), std::string("POST"));
    QCOMPARE(line["status"].get<int>(), 200);
    QCOMPARE(line["bytes_in"].get<int>(), 10);
    QVERIFY(line["bytes_out"].get<int>() > 4);
    QVERIFY(line["ms"].get<int>() >= 0);
    QCOMPARE(lines[1]["route"].get<std::string>(), std::string("-"));
}

void TestHttpServer::metricsCountByRouteAndStatus() {
    HttpFixture fixture;
    fixture.start();
    auto client = fixture.client();
    for (int i = 0; i < 3; ++i) QVERIFY(client.get("/hello"));
    QVERIFY(client.get("/nothing"));
    fixture.server->stop();
    const auto text = fixture.metrics.render();
    QVERIFY(text.find("http_requests_total{server=\"http\",method=\"GET\",route=\"/hello\",status=\"200\"} 3\n") !=
            std::string::npos);
    QVERIFY(text.find("http_requests_total{server=\"http\",method=\"GET\",route=\"-\",status=\"404\"} 1\n") !=
            std::string::npos);
    QVERIFY(text.find("http_request_seconds_count{server=\"http\",route=\"/hello\"} 3\n") != std::string::npos);
}

void TestHttpServer::aTrustedProxySpeaksForItsClient() {
    const auto peerSeen = [](bool trusted) {
        HttpFixture fixture;
        if (trusted) fixture.options.trusted_proxies = {"127.0.0.1"};
        fixture.options.limits.connections_per_peer = trusted ? 0 : 10;
        fixture.router.add(Method::Get, "/peer", [](const RequestContext& context) {
            return Response::text(context.request.peer + (context.request.tls ? " tls" : ""));
        });
        fixture.start();
        return fixture.client()
            .get("/peer", {{"X-Forwarded-For", "6.6.6.6, 10.0.0.7"}, {"X-Forwarded-Proto", "https"}})
            .value()
            .body;
    };
    QCOMPARE(peerSeen(true), std::string("10.0.0.7 tls"));
    QCOMPARE(peerSeen(false), std::string("127.0.0.1"));
}

void TestHttpServer::aPortInUseIsSaid() {
    HttpFixture fixture;
    fixture.start();
    auto options = fixture.options;
    options.port = fixture.port;
    HttpServer second(options, fixture.router, fixture.clock, fixture.random, fixture.logger, fixture.metrics);
    const auto started = second.start();
    QVERIFY(!started);
    QVERIFY(started.error().code == ErrorCode::InUse);
    options.address = "nowhere";
    HttpServer third(options, fixture.router, fixture.clock, fixture.random, fixture.logger, fixture.metrics);
    QVERIFY(third.start().error().code == ErrorCode::BadInput);
}

void TestHttpServer::twoServersShareARouter() {
    HttpFixture fixture;
    fixture.start();
    auto options = fixture.options;
    options.name = "console";
    HttpServer second(options, fixture.router, fixture.clock, fixture.random, fixture.logger, fixture.metrics);
    TestHttpClient client({.port = second.start().value(), .ca_pem = {}});
    QCOMPARE(client.get("/hello").value().body, std::string("hello"));
    QCOMPARE(fixture.client().get("/hello").value().body, std::string("hello"));
}

QTEST_GUILESS_MAIN(TestHttpServer)
#include "tst_http_server.moc"
