#include <openssl/ssl.h>

#include <QtTest>

#include "shared/crypto/certificates.h"
#include "tests/sync-server/http/http_fixture.h"

using namespace fieldclaim;
using namespace fieldclaim::server;

namespace {

std::int64_t now() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

struct TlsFixture : HttpFixture {
    CertificateAuthority authority = CertificateAuthority::create(now(), random).value();
    TlsFixture() { options.tls = authority.issueServer({"localhost", "127.0.0.1"}, now(), random).value(); }
    TestHttpClient::Options trusting() const { return {.port = port, .ca_pem = authority.certificatePem()}; }
};

}  // namespace

class TestHttpTls final : public QObject {
    Q_OBJECT

private slots:
    void aClientThatPinsOurAuthorityIsServedOverTls13() {
        TlsFixture fixture;
        fixture.start();
        TestHttpClient client(fixture.trusting());
        const auto response = client.get("/hello");
        QVERIFY(response);
        QCOMPARE(response->body, std::string("hello"));
        QCOMPARE(response->header("Strict-Transport-Security"), std::string_view("max-age=31536000"));
        QCOMPARE(client.tlsVersion(), std::string("TLSv1.3"));
        QCOMPARE(client.alpnChosen(), std::string("http/1.1"));
        const std::string large(1U << 20U, 'x');
        QCOMPARE(client.request("POST", "/echo", large).value().body, large);
    }
    void aClientThatPinsAnotherAuthorityRefuses() {
        TlsFixture fixture;
        fixture.start();
        auto options = fixture.trusting();
        options.ca_pem = CertificateAuthority::create(now(), fixture.random).value().certificatePem();
        TestHttpClient client(options);
        const auto connected = client.connect();
        QVERIFY(!connected);
        QVERIFY(connected.error().code == ErrorCode::Untrusted);
    }
    void anotherHostNameIsRefused() {
        TlsFixture fixture;
        fixture.start();
        auto options = fixture.trusting();
        options.host = "elsewhere.example";
        QVERIFY(TestHttpClient(options).connect().error().code == ErrorCode::Untrusted);
    }
    void tls12IsServedAndTls11IsNot() {
        TlsFixture fixture;
        fixture.start();
        auto options = fixture.trusting();
        options.max_tls_version = TLS1_2_VERSION;
        TestHttpClient client(options);
        QCOMPARE(client.get("/hello").value().status, 200);
        QCOMPARE(client.tlsVersion(), std::string("TLSv1.2"));
        options.max_tls_version = TLS1_1_VERSION;
        QVERIFY(!TestHttpClient(options).connect());
    }
    void aClientThatSpeaksHttp2AloneIsRefused() {
        TlsFixture fixture;
        fixture.start();
        auto options = fixture.trusting();
        options.alpn = {"h2"};
        QVERIFY(!TestHttpClient(options).connect());
        options.alpn = {"h2", "http/1.1"};
        TestHttpClient both(options);
        QVERIFY(both.connect());
        QCOMPARE(both.alpnChosen(), std::string("http/1.1"));
    }
    void aReloadedCertificateServesNewConnectionsAndOldOnesGoOn() {
        TlsFixture fixture;
        fixture.start();
        TestHttpClient before(fixture.trusting());
        QCOMPARE(before.get("/hello").value().status, 200);
        const auto first = before.peerCertificatePem();

        QVERIFY(fixture.server->reloadTls(fixture.authority.issueServer({"localhost"}, now(), fixture.random).value()));
        TestHttpClient after(fixture.trusting());
        QCOMPARE(after.get("/hello").value().status, 200);
        QVERIFY(after.peerCertificatePem() != first);
        QCOMPARE(before.get("/hello").value().status, 200);

        const auto second = after.peerCertificatePem();
        QVERIFY(fixture.server->reloadTls({"no PEM", "no PEM"}).error().code == ErrorCode::BadInput);
        auto mixed = fixture.authority.issueServer({"localhost"}, now(), fixture.random).value();
        mixed.key_pem = fixture.options.tls->key_pem;
        QVERIFY(fixture.server->reloadTls(mixed).error().code == ErrorCode::BadInput);
        TestHttpClient still(fixture.trusting());
        QCOMPARE(still.get("/hello").value().status, 200);
        QCOMPARE(still.peerCertificatePem(), second);
    }
    void garbageAndPlainHttpOnATlsPortAreCut() {
        TlsFixture fixture;
        fixture.start();
        for (const auto* sent : {"GET /hello HTTP/1.1\r\nHost: x\r\n\r\n", "\x16\x03\x01\xff\xff garbage"}) {
            auto client = fixture.client();
            QVERIFY(client.connect());
            QVERIFY(client.send(sent));
            client.send(std::string(20000, 'x'));
            QVERIFY(client.endedByServer());
        }
        TestHttpClient client(fixture.trusting());
        QCOMPARE(client.get("/hello").value().status, 200);
    }
    void aHandshakeThatNeverEndsIsCut() {
        TlsFixture fixture;
        fixture.options.limits.handshake_timeout = 150ms;
        fixture.start();
        auto client = fixture.client(5s);
        QVERIFY(client.connect());
        QVERIFY(client.endedByServer());
    }
};

QTEST_GUILESS_MAIN(TestHttpTls)
#include "tst_http_tls.moc"
