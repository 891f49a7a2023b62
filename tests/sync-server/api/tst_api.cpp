#include "shared/wire/compression.h"
#include "shared/wire/snapshot.h"
#include "tests/sync-server/api/api_face.h"

using namespace fieldclaim;
using namespace fieldclaim::test;

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
                                     encode(PullRequest{face.server->identity().epoch, {}, true, true}));
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
        QCOMPARE(fromBase64(std::string(answer.header("Fieldclaim-Signature"))).value(), hello->packs[0].signature);
        QCOMPARE(fromBase64(std::string(answer.header("Fieldclaim-Signature-Key"))).value(),
                 toBytes(hello->packs_key->key));
        QCOMPARE(face.ask(Method::Get, "/v1/packs/working-age", {{"If-None-Match", std::string(answer.header("ETag"))}})
                     .status,
                 304);
    }

    void aSnapshotComesInRangesOfOneFile() {
        QTemporaryDir folder;
        Face face(folder);
        const auto crn = face.tablet.beginClaim();
        face.tablet.save(crn, "a/note", Value(std::string(300, 'x')));
        WELL(face.tablet.push(*face.server));
        const std::string path = "/v1/snapshots/site/caernarfon";
        auto whole = face.ask(Method::Get, path);
        QCOMPARE(whole.status, 200);
        QCOMPARE(std::string(whole.header("Content-Type")), std::string(kSnapshotType));
        QCOMPARE(std::string(whole.header("Accept-Ranges")), std::string("bytes"));
        const auto size = whole.source->size();
        const std::string etag(whole.header("ETag"));
        Bytes first(50);
        auto part = face.ask(Method::Get, path, {{"Range", "bytes=0-49"}});
        QCOMPARE(part.status, 206);
        QCOMPARE(std::string(part.header("Content-Range")), "bytes 0-49/" + std::to_string(size));
        QCOMPARE(part.source->size(), 50U);
        part = face.ask(Method::Get, path, {{"Range", "bytes=50-1000000"}, {"If-Match", etag}});
        QCOMPARE(part.status, 206);
        QCOMPARE(part.source->size(), size - 50);
        QCOMPARE(std::string(part.header("ETag")), etag);
        const auto another = face.ask(Method::Get, path, {{"Range", "bytes=50-"}, {"If-Match", "\"another\""}});
        QCOMPARE(another.status, 412);
        QVERIFY(another.header("Content-Type").starts_with("application/problem+json"));
        QCOMPARE(face.ask(Method::Get, path, {{"Range", "bytes=1000000-"}, {"If-Match", etag}}).status, 416);
    }

    void H17_aSnapshotOfAnotherSiteIsRefusedAsOneThatIsNotThere() {
        QTemporaryDir folder;
        Face face(folder);
        WELL(face.server->directory().addSite("bangor", "Bangor"));
        const auto others = face.ask(Method::Get, "/v1/snapshots/site/bangor");
        const auto nobodys = face.ask(Method::Get, "/v1/snapshots/site/nowhere");
        QCOMPARE(others.status, 404);
        QCOMPARE(others.status, nobodys.status);
        QVERIFY(others.body == nobodys.body);
        QVERIFY(others.headers == nobodys.headers);
    }

    void H28_whoIsTooFarBehindIsAnsweredWithAProblem() {
        QTemporaryDir folder;
        auto options = Face::options(folder);
        options.most_behind = 1;
        Face face(options);
        const auto crn = face.tablet.beginClaim();
        face.tablet.save(crn, "a/surname", "Jones");
        WELL(face.tablet.push(*face.server));
        FakeTablet other(face.server.clock, face.server.random, "Tablet 2");
        WELL(other.join(*face.server, "caernarfon", "Dewi Rees"));
        PullRequest request;
        request.epoch = face.server->identity().epoch;
        const auto answer = face.ask(
            Method::Post, "/v1/sync/pull",
            {{"Content-Type", "application/cbor"}, {"Authorization", "Bearer " + other.token()}}, encode(request));
        QCOMPARE(answer.status, 410);
        QVERIFY(answer.header("Content-Type").starts_with("application/problem+json"));
        QVERIFY(asText(answer.body).find("snapshot-needed") != std::string_view::npos);
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
