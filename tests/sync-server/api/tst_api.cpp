#include <QTemporaryDir>
#include <QtTest>

#include "shared/wire/compression.h"
#include "sync-server/api/api.h"
#include "tests/support/tablet/fake_tablet.h"
#include "tests/support/tablet/test_server.h"

using namespace fieldclaim;
using namespace fieldclaim::test;
using server::Api;
using server::Method;
using server::Request;
using server::Response;
using server::Router;

#define WELL(expression)                                                                             \
    do {                                                                                             \
        const auto well_result = (expression);                                                       \
        QVERIFY2(well_result.has_value(), well_result ? "" : describe(well_result.error()).c_str()); \
    } while (false)

namespace {

// The API over the services, without sockets: a request goes through the router as the HTTP server would send it.
struct Face {
    explicit Face(const QTemporaryDir& folder, Api::Options limits = {})
        : server(options(folder)),
          tablet(server.clock, server.random),
          api(*server, server.clock, server.metrics, limits) {
        api.addRoutes(router);
        ENSURE(tablet.join(*server).has_value());
    }
    static server::Server::Options options(const QTemporaryDir& folder) {
        server::Server::Options out;
        out.data = folder.path().toStdString();
        out.in_memory = true;
        out.packs = {FIELDCLAIM_SOURCE_DIR "/shared/packs/working-age"};
        return out;
    }

    // `cut` drops the connection after the body's bytes.
    Response ask(Method method, const std::string& path, server::Fields headers = {}, Bytes body = {},
                 bool cut = false) {
        Request request;
        request.method = method;
        request.path = path;
        request.headers = std::move(headers);
        request.peer = "127.0.0.1";
        request.id = "0190a000-0000-7000-8000-000000000000";
        if (!request.hasHeader("Authorization"))
            request.headers.emplace_back("Authorization", "Bearer " + tablet.token());
        auto match = router.find(method, path);
        ENSURE(match.has_value() && match->route != nullptr);
        const auto& route = *match->route;
        if (route.handler) {
            request.body = std::move(body);
            return route.handler({request, route.pattern, match->params});
        }
        auto answer = route.stream_handler({request, route.pattern, match->params});
        if (auto* at_once = std::get_if<Response>(&answer)) return std::move(*at_once);
        auto& sink = *std::get<std::unique_ptr<server::BodySink>>(answer);
        for (std::size_t at = 0; at < body.size(); at += 1'000) {
            const auto part = ByteView(body).subspan(at, std::min<std::size_t>(1'000, body.size() - at));
            if (const auto written = sink.write(part); !written) {
                sink.aborted();
                return Response::problem(written.error(), request.id);
            }
        }
        if (cut) {
            sink.aborted();
            return Response::empty(499);
        }
        return sink.finish();
    }
    server::Fields tus(server::Fields more = {}) const {
        more.emplace_back("Tus-Resumable", "1.0.0");
        return more;
    }
    std::string metadata(const Hash& sha256, const std::string& crn) const {
        return "sha256 " + toBase64(asBytes(toHex(sha256))) + ",claim " + toBase64(asBytes(crn));
    }
    Response create(const Bytes& bytes, const std::string& crn) {
        return ask(
            Method::Post, "/v1/uploads",
            tus({{"Upload-Length", std::to_string(bytes.size())}, {"Upload-Metadata", metadata(sha256(bytes), crn)}}));
    }
    Response patch(const std::string& location, std::size_t offset, Bytes part, server::Fields more = {},
                   bool cut = false) {
        more.emplace_back("Upload-Offset", std::to_string(offset));
        more.emplace_back("Content-Type", "application/offset+octet-stream");
        return ask(Method::Patch, location, tus(std::move(more)), std::move(part), cut);
    }
    std::string offset(const std::string& location) {
        return std::string(ask(Method::Head, location, tus()).header("Upload-Offset"));
    }

    TestServer server;
    FakeTablet tablet;
    Api api;
    Router router;
};

Bytes photograph() {
    Bytes out(5'000);
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = static_cast<std::uint8_t>(i * 7);
    return out;
}

Bytes part(const Bytes& whole, std::size_t from, std::size_t to) {
    return {whole.begin() + static_cast<std::ptrdiff_t>(from), whole.begin() + static_cast<std::ptrdiff_t>(to)};
}

}  // namespace

class ApiTest : public QObject {
    Q_OBJECT

private slots:
    void messagesTravelDeflatedBothWays() {
        QTemporaryDir folder;
        Face face(folder);
        const auto crn = face.tablet.beginClaim();
        face.tablet.save(crn, "a/note", Value(std::string(3'000, 'x')));
        const auto pushed = face.ask(Method::Post, "/v1/sync/push",
                                     {{"Content-Type", "application/cbor"}, {"Content-Encoding", "deflate"}},
                                     deflateBytes(encode(face.tablet.pushRequest(1))));
        QCOMPARE(pushed.status, 200);
        QCOMPARE(decode<PushReply>(pushed.body)->results[0].through, 2U);
        const auto pulled = face.ask(Method::Post, "/v1/sync/pull",
                                     {{"Content-Type", "application/cbor"}, {"Accept-Encoding", "deflate"}},
                                     encode(PullRequest{face.server->identity().epoch, {}, true}));
        QCOMPARE(std::string(pulled.header("Content-Encoding")), std::string("deflate"));
        QVERIFY(pulled.body.size() < 2'000);
        QCOMPARE(decode<PullReply>(*inflateBytes(pulled.body, kMaxInflatedBytes))->rows.size(), 1U);
    }

    void whatIsWrongIsSaidAsAProblem_data() {
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("coding");
        QTest::addColumn<QByteArray>("token");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("status");
        QTest::newRow("no session") << QByteArray("application/cbor") << QByteArray() << QByteArray("Bearer nobody")
                                    << QByteArray("x") << 401;
        QTest::newRow("JSON") << QByteArray("application/json") << QByteArray() << QByteArray() << QByteArray("{}")
                              << 415;
        QTest::newRow("gzip") << QByteArray("application/cbor") << QByteArray("gzip") << QByteArray() << QByteArray("x")
                              << 415;
        QTest::newRow("rubbish") << QByteArray("application/cbor") << QByteArray() << QByteArray()
                                 << QByteArray("\xff\xff") << 400;
        QTest::newRow("bomb") << QByteArray("application/cbor") << QByteArray("deflate") << QByteArray()
                              << QByteArray("bomb") << 413;
    }
    void whatIsWrongIsSaidAsAProblem() {
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, coding);
        QFETCH(QByteArray, token);
        QFETCH(QByteArray, body);
        QFETCH(int, status);
        QTemporaryDir folder;
        Face face(folder);
        server::Fields headers{{"Content-Type", type.toStdString()}};
        if (!coding.isEmpty()) headers.emplace_back("Content-Encoding", coding.toStdString());
        if (!token.isEmpty()) headers.emplace_back("Authorization", token.toStdString());
        Bytes bytes(body.begin(), body.end());
        if (body == "bomb") bytes = deflateBytes(Bytes(kMaxInflatedBytes + 1, 0));
        const auto answer = face.ask(Method::Post, "/v1/sync/pull", headers, bytes);
        QCOMPARE(answer.status, status);
        QVERIFY(answer.header("Content-Type").starts_with("application/problem+json"));
    }

    void H12_anUploadThatWasCutGoesOnFromTheServersOffset() {
        QTemporaryDir folder;
        Face face(folder);
        const auto crn = face.tablet.beginClaim();
        WELL(face.tablet.push(*face.server));
        const auto bytes = photograph();
        const auto made = face.create(bytes, crn);
        QCOMPARE(made.status, 201);
        const std::string location(made.header("Location"));
        QCOMPARE(face.patch(location, 0, part(bytes, 0, 1'700), {}, true).status, 499);
        QCOMPARE(face.offset(location), std::string("1700"));
        QCOMPARE(std::string(face.create(bytes, crn).header("Location")), location);  // its reply was lost
        const auto done = face.patch(location, 1'700, part(bytes, 1'700, bytes.size()));
        QCOMPARE(done.status, 204);
        QCOMPARE(std::string(done.header("Upload-Offset")), std::string("5000"));
        QCOMPARE(face.ask(Method::Get, "/v1/blobs/" + toHex(sha256(bytes))).status, 200);
        // H16: finishing again is no effect and the same answer.
        QCOMPARE(face.patch(location, 5'000, {}).status, 204);
        QCOMPARE(std::string(face.create(bytes, crn).header("Upload-Offset")), std::string("5000"));
    }

    void H14_anotherOffsetIsAConflictAndChangesNothing() {
        QTemporaryDir folder;
        Face face(folder);
        const auto crn = face.tablet.beginClaim();
        const auto bytes = photograph();
        const std::string location(face.create(bytes, crn).header("Location"));
        QCOMPARE(face.patch(location, 10, part(bytes, 10, 20)).status, 409);
        QCOMPARE(face.offset(location), std::string("0"));
    }

    void H13_aNewerRequestTakesTheUploadOver() {
        QTemporaryDir folder;
        Face face(folder);
        const auto crn = face.tablet.beginClaim();
        const auto bytes = photograph();
        const auto session = face.tablet.session(*face.server);
        auto& blobs = face.server->blobs();
        const auto made = blobs.create(session, bytes.size(), sha256(bytes), crn);
        auto dead = blobs.begin(session, made->id, 0);
        WELL((*dead)->write(part(bytes, 0, 100)));
        auto fresh = blobs.begin(session, made->id, 100);
        WELL((*fresh)->write(part(bytes, 100, bytes.size())));
        QCOMPARE((*dead)->write(part(bytes, 100, 200)).error().code, ErrorCode::Conflict);
        WELL(blobs.finish(session, **fresh, std::nullopt));
    }

    void aWrongChecksumTakesTheBytesBackAndAWrongWholeDropsTheUpload() {
        QTemporaryDir folder;
        Face face(folder);
        const auto crn = face.tablet.beginClaim();
        const auto bytes = photograph();
        const std::string location(face.create(bytes, crn).header("Location"));
        const auto first = part(bytes, 0, 1'000);
        QCOMPARE(face.patch(location, 0, first, {{"Upload-Checksum", "sha256 " + toBase64(sha256(bytes))}}).status,
                 460);
        QCOMPARE(face.offset(location), std::string("0"));
        QCOMPARE(face.patch(location, 0, first, {{"Upload-Checksum", "sha256 " + toBase64(sha256(first))}}).status,
                 204);
        QCOMPARE(face.patch(location, 1'000, Bytes(4'000, 9)).status, 460);
        QCOMPARE(face.ask(Method::Head, location, face.tus()).status, 404);
        QCOMPARE(face.ask(Method::Get, "/v1/blobs/" + toHex(sha256(bytes))).status, 404);
    }

    void limitsAndVersionsOfTusAreKept() {
        QTemporaryDir folder;
        Face face(folder);
        const auto crn = face.tablet.beginClaim();
        const auto large =
            face.ask(Method::Post, "/v1/uploads",
                     face.tus({{"Upload-Length", "33554433"}, {"Upload-Metadata", face.metadata(Hash{}, crn)}}));
        QCOMPARE(large.status, 413);
        const auto old = face.ask(Method::Post, "/v1/uploads",
                                  {{"Upload-Length", "1"}, {"Upload-Metadata", face.metadata(Hash{}, crn)}});
        QCOMPARE(old.status, 412);
        const std::string location(face.create(photograph(), crn).header("Location"));
        QCOMPARE(face.patch(location, 0, Bytes(5'001, 1)).status, 413);
        QCOMPARE(std::string(face.ask(Method::Options, "/v1/uploads").header("Tus-Max-Size")), std::string("33554432"));
    }

    void H17_aBlobOfAnotherScopeIsAsIfItWereNot() {
        QTemporaryDir folder;
        Face face(folder);
        WELL(face.server->directory().addSite("bangor", "Bangor"));
        FakeTablet stranger(face.server.clock, face.server.random, "Tablet 2");
        WELL(stranger.join(*face.server, "bangor"));
        const auto crn = face.tablet.beginClaim();
        WELL(face.tablet.push(*face.server));
        const auto bytes = photograph();
        WELL(face.tablet.upload(*face.server, crn, bytes));
        const auto path = "/v1/blobs/" + toHex(sha256(bytes));
        const server::Fields other{{"Authorization", "Bearer " + stranger.token()}};
        const auto seen = face.ask(Method::Get, path, other);
        const auto never = face.ask(Method::Get, "/v1/blobs/" + toHex(Hash{1}), other);
        QCOMPARE(seen.status, 404);
        QVERIFY(seen.body == never.body);
        // Announcing its hash for a claim of one's own still needs all the bytes.
        const auto own = stranger.beginClaim("bangor");
        const auto made = face.ask(Method::Post, "/v1/uploads",
                                   face.tus({{"Authorization", "Bearer " + stranger.token()},
                                             {"Upload-Length", std::to_string(bytes.size())},
                                             {"Upload-Metadata", face.metadata(sha256(bytes), own)}}));
        QCOMPARE(std::string(made.header("Upload-Offset")), std::string("0"));
        // Nor may it be hung on a claim of the other site.
        const auto hung = face.ask(Method::Post, "/v1/uploads",
                                   face.tus({{"Authorization", "Bearer " + stranger.token()},
                                             {"Upload-Length", "10"},
                                             {"Upload-Metadata", face.metadata(Hash{5}, crn)}}));
        QCOMPARE(hung.status, 404);
    }

    void H50_aHeavyTabletIsToldToWaitAndAnotherIsNot() {
        QTemporaryDir folder;
        Face face(folder, {{1, 3}, {20, 400}});
        FakeTablet other(face.server.clock, face.server.random, "Tablet 2");
        WELL(other.join(*face.server));
        Response last;
        for (int i = 0; i < 4; ++i) last = face.ask(Method::Get, "/v1/packs/working-age");
        QCOMPARE(last.status, 429);
        QCOMPARE(std::string(last.header("Retry-After")), std::string("1"));
        QCOMPARE(face.ask(Method::Get, "/v1/packs/working-age", {{"Authorization", "Bearer " + other.token()}}).status,
                 200);
        face.server.clock.advance(1'000);
        QCOMPARE(face.ask(Method::Get, "/v1/packs/working-age").status, 200);
    }

    void aPackComesSignedAndAsHelloAnnouncedIt() {
        QTemporaryDir folder;
        Face face(folder);
        const auto answer = face.ask(Method::Get, "/v1/packs/working-age");
        QCOMPARE(answer.status, 200);
        const auto hello = face.tablet.hello(*face.server);
        QCOMPARE(hello->packs.size(), 1U);
        QVERIFY(sha256(answer.body) == hello->packs[0].digest);
        QVERIFY(decodeArchive(answer.body)->contains("survey.csv"));
        QCOMPARE(face.ask(Method::Get, "/v1/packs/working-age", {{"If-None-Match", std::string(answer.header("ETag"))}})
                     .status,
                 304);
    }

    void aReceiptForWhatWasNeverSentIsNotFound() {
        QTemporaryDir folder;
        Face face(folder);
        const std::string body = R"({"key": "00", "status": "ACCEPTED", "receipt": "R1", "ref": "X"})";
        const auto answer =
            face.ask(Method::Post, "/v1/receipts", {{"Content-Type", "application/json"}}, toBytes(asBytes(body)));
        QVERIFY(answer.status == 404 || answer.status == 400);
    }
};

QTEST_GUILESS_MAIN(ApiTest)
#include "tst_api.moc"
