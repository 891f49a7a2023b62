#include <filesystem>

#include "tests/sync-server/api/api_face.h"

using namespace fieldclaim;
using namespace fieldclaim::test;

namespace {

constexpr std::int64_t kWeekMs = 7LL * 24 * 3600 * 1000;

server::Server::Options kept(const QTemporaryDir& folder) {
    server::Server::Options out;
    out.data = folder.path().toStdString();
    out.inline_writer = true;
    return out;
}

std::filesystem::path partOf(const QTemporaryDir& folder, const std::string& location) {
    return std::filesystem::path(folder.path().toStdString()) / "blobs" / location.substr(4);  // "/v1/uploads/..."
}

bool isHere(Face& face, const std::string& crn, const Hash& name) {
    return face.server->store()
        .read([&](const server::LedgerSnapshot& now) { return now.blobs().hasBlob(crn, name); })
        .value();
}

}  // namespace

class UploadsTest : public QObject {
    Q_OBJECT

private slots:
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
        WELL(blobs.finish(session, **fresh));
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
                     face.tus({{"Upload-Length", "2147483649"}, {"Upload-Metadata", face.metadata(Hash{}, crn)}}));
        QCOMPARE(large.status, 413);
        const auto old = face.ask(Method::Post, "/v1/uploads",
                                  {{"Upload-Length", "1"}, {"Upload-Metadata", face.metadata(Hash{}, crn)}});
        QCOMPARE(old.status, 412);
        const std::string location(face.create(photograph(), crn).header("Location"));
        QCOMPARE(face.patch(location, 0, Bytes(5'001, 1)).status, 413);
        QCOMPARE(std::string(face.ask(Method::Options, "/v1/uploads").header("Tus-Max-Size")),
                 std::string("2147483648"));
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

    void H42_anUploadWhoseLastBytesCameIsFinishedBeforeItsOffsetIsTold() {
        QTemporaryDir folder;
        Face face(kept(folder));
        const auto crn = face.tablet.beginClaim();
        WELL(face.tablet.push(*face.server));
        const auto bytes = photograph();
        const auto made =
            face.server->blobs().create(face.tablet.session(*face.server), bytes.size(), sha256(bytes), crn);
        {
            // All bytes are on the disk, and the process ends before it has made a blob of them.
            auto writer = face.server->blobs().begin(face.tablet.session(*face.server), made->id, 0);
            WELL((*writer)->write(bytes));
        }
        face.server.restart();
        QVERIFY(!isHere(face, crn, sha256(bytes)));
        WELL(face.tablet.signIn(*face.server));
        const auto told = face.server->blobs().state(face.tablet.session(*face.server), made->id);
        QCOMPARE(told->offset, bytes.size());
        QVERIFY(isHere(face, crn, sha256(bytes)));
    }

    void H42_aWholeThatIsWrongIsNotToldAsFinishedEither() {
        QTemporaryDir folder;
        Face face(folder);
        const auto crn = face.tablet.beginClaim();
        const auto session = face.tablet.session(*face.server);
        const auto made = face.server->blobs().create(session, 5'000, Hash{1}, crn);
        {
            auto writer = face.server->blobs().begin(session, made->id, 0);
            WELL((*writer)->write(photograph()));
        }
        QCOMPARE(face.server->blobs().state(session, made->id).error().code, ErrorCode::Damaged);
        QCOMPARE(face.server->blobs().state(session, made->id).error().code, ErrorCode::NotFound);
    }

    void bytesThatTheScopeHasAreNotSentAgain() {
        QTemporaryDir folder;
        Face face(folder);
        FakeTablet colleague(face.server.clock, face.server.random, "Tablet 2");
        WELL(colleague.join(*face.server));
        const auto crn = face.tablet.beginClaim();
        WELL(face.tablet.push(*face.server));
        const auto bytes = photograph();
        WELL(face.tablet.upload(*face.server, crn, bytes));
        const auto other = colleague.beginClaim();
        WELL(colleague.push(*face.server));
        const server::Fields headers{{"Authorization", "Bearer " + colleague.token()},
                                     {"Upload-Length", "5000"},
                                     {"Upload-Metadata", face.metadata(sha256(bytes), other)}};
        const auto made = face.ask(Method::Post, "/v1/uploads", face.tus(headers));
        QCOMPARE(made.status, 201);
        QCOMPARE(std::string(made.header("Upload-Offset")), std::string("5000"));
        QVERIFY(made.header("Upload-Expires").empty());
        QVERIFY(isHere(face, other, sha256(bytes)));
        // Another size is another thing: nothing is taken on trust.
        auto lied = headers;
        lied[1].second = "4999";
        lied[2].second = face.metadata(sha256(bytes), colleague.beginClaim());
        QCOMPARE(std::string(face.ask(Method::Post, "/v1/uploads", face.tus(lied)).header("Upload-Offset")),
                 std::string("0"));
    }

    void theBytesOfARequestAreCheckedAsItAsks_data() {
        QTest::addColumn<QByteArray>("checksum");
        QTest::addColumn<int>("status");
        const auto first = part(photograph(), 0, 1'000);
        const auto sha1 = [&] {
            Checksum made(Checksum::Kind::Sha1);
            made.update(first);
            return made.finish();
        }();
        const auto line = [](const char* kind, const Bytes& digest) {
            return QByteArray::fromStdString(std::string(kind) + " " + toBase64(digest));
        };
        QTest::newRow("SHA-1") << line("sha1", sha1) << 204;
        QTest::newRow("SHA-256") << line("sha256", toBytes(sha256(first))) << 204;
        QTest::newRow("another SHA-1") << line("sha1", Bytes(20, 1)) << 460;
        QTest::newRow("unknown kind") << line("md5", Bytes(16, 1)) << 400;
        QTest::newRow("wrong size") << line("sha1", Bytes(19, 1)) << 400;
        QTest::newRow("no base64") << QByteArray("sha1 !") << 400;
        QTest::newRow("no digest") << QByteArray("sha1") << 400;
    }
    void theBytesOfARequestAreCheckedAsItAsks() {
        QFETCH(QByteArray, checksum);
        QFETCH(int, status);
        QTemporaryDir folder;
        Face face(folder);
        const auto bytes = photograph();
        const std::string location(face.create(bytes, face.tablet.beginClaim()).header("Location"));
        const auto first = part(bytes, 0, 1'000);
        QCOMPARE(face.patch(location, 0, first, {{"Upload-Checksum", checksum.toStdString()}}).status, status);
        QCOMPARE(face.offset(location), std::string(status == 204 ? "1000" : "0"));
        // Cut, they cannot be checked, and do not stay.
        QCOMPARE(face.patch(location, status == 204 ? 1'000 : 0, part(bytes, 1'000, 1'500),
                            {{"Upload-Checksum", "sha256 " + toBase64(sha256(first))}}, true)
                     .status,
                 499);
        QCOMPARE(face.offset(location), std::string(status == 204 ? "1000" : "0"));
    }

    void theWholeIsStillCheckedWhenBytesWereTakenBack() {
        QTemporaryDir folder;
        Face face(folder);
        const auto crn = face.tablet.beginClaim();
        const auto bytes = photograph();
        const std::string location(face.create(bytes, crn).header("Location"));
        QCOMPARE(face.patch(location, 0, part(bytes, 0, 1'000)).status, 204);
        QCOMPARE(face.patch(location, 1'000, Bytes(1'000, 9), {{"Upload-Checksum", "sha1 " + toBase64(Bytes(20, 1))}})
                     .status,
                 460);
        QCOMPARE(face.patch(location, 1'000, part(bytes, 1'000, 5'000)).status, 204);
        QVERIFY(isHere(face, crn, sha256(bytes)));
    }

    void anUploadThatIsNotFinishedInAWeekIsForgotten() {
        QTemporaryDir folder;
        Face face(folder);
        const auto crn = face.tablet.beginClaim();
        const auto bytes = photograph();
        const auto made = face.create(bytes, crn);
        QCOMPARE(std::string(made.header("Upload-Expires")), std::string("Wed, 10 Jan 2007 12:00:00 GMT"));
        const std::string location(made.header("Location"));
        const auto sent = face.patch(location, 0, part(bytes, 0, 100));
        QCOMPARE(std::string(sent.header("Upload-Expires")), std::string(made.header("Upload-Expires")));
        face.server.clock.advance(kWeekMs - 1);
        WELL(face.tablet.signIn(*face.server));
        QCOMPARE(face.offset(location), std::string("100"));
        face.server.clock.advance(1);
        QCOMPARE(face.ask(Method::Head, location, face.tus()).status, 404);
        QCOMPARE(face.patch(location, 100, part(bytes, 100, 200)).status, 404);
        QVERIFY(std::filesystem::exists(partOf(folder, location)));
        QCOMPARE(face.server->blobs().expire().value(), 1U);
        QVERIFY(!std::filesystem::exists(partOf(folder, location)));
        QVERIFY(std::string(face.create(bytes, crn).header("Location")) != location);
    }

    void bytesThatNobodyOwnsAreSweptUp() {
        QTemporaryDir folder;
        Face face(folder);
        const std::string location(face.create(photograph(), face.tablet.beginClaim()).header("Location"));
        QCOMPARE(face.patch(location, 0, part(photograph(), 0, 10)).status, 204);
        const auto orphan = partOf(folder, "/v1/uploads/0190a000-0000-7000-8000-000000000009");
        std::filesystem::copy_file(partOf(folder, location), orphan);
        QCOMPARE(face.server->blobs().expire().value(), 1U);
        QVERIFY(!std::filesystem::exists(orphan));
        QCOMPARE(face.offset(location), std::string("10"));
    }

    void H11_aFullDiskIsSaidAndTheUploadGoesOnWhenThereIsRoom() {
        QTemporaryDir folder;
        Face face(folder);
        const auto crn = face.tablet.beginClaim();
        const auto bytes = photograph();
        const std::string location(face.create(bytes, crn).header("Location"));
        const auto file = partOf(folder, location);
        std::filesystem::create_symlink("/dev/full", file);
        QCOMPARE(face.patch(location, 0, part(bytes, 0, 2'000)).status, 507);
        QCOMPARE(face.offset(location), std::string("0"));
        std::filesystem::remove(file);
        QCOMPARE(face.patch(location, 0, bytes).status, 204);
        QVERIFY(isHere(face, crn, sha256(bytes)));
    }

    void whatATabletMayHaveUnfinishedIsBounded() {
        QTemporaryDir folder;
        auto options = Face::options(folder);
        options.uploads = {10'000, 3, 12'000};
        Face face(options);
        const auto crn = face.tablet.beginClaim();
        const auto announce = [&](std::size_t size, std::uint8_t name) {
            return face.ask(Method::Post, "/v1/uploads",
                            face.tus({{"Upload-Length", std::to_string(size)},
                                      {"Upload-Metadata", face.metadata(Hash{name}, crn)}}));
        };
        QCOMPARE(announce(10'001, 1).status, 413);
        const auto first = announce(5'000, 1);
        QCOMPARE(first.status, 201);
        QCOMPARE(announce(8'000, 2).status, 429);  // bytes
        QCOMPARE(announce(10, 2).status, 201);
        QCOMPARE(announce(10, 3).status, 201);
        const auto refused = announce(10, 4);
        QCOMPARE(refused.status, 429);
        QVERIFY(!refused.header("Retry-After").empty());
        QCOMPARE(announce(10, 3).status, 201);  // the one that is there
        QCOMPARE(face.ask(Method::Delete, std::string(first.header("Location")), face.tus()).status, 204);
        QCOMPARE(announce(10, 4).status, 201);
    }

    void headersThatAreWrongAreRefused_data() {
        QTest::addColumn<QByteArray>("length");
        QTest::addColumn<QByteArray>("metadata");
        QTest::addColumn<int>("status");
        const auto hash = QByteArray::fromStdString("sha256 " + toBase64(asBytes(toHex(Hash{1}))));
        const auto claim = QByteArray(",claim ") + QByteArray("MDEyMzQ1Njc4OUEwSw==");
        QTest::newRow("well") << QByteArray("10") << hash + claim << 201;
        QTest::newRow("no length") << QByteArray() << hash + claim << 400;
        QTest::newRow("negative") << QByteArray("-1") << hash + claim << 400;
        QTest::newRow("past 63 bits") << QByteArray("9223372036854775808") << hash + claim << 400;
        QTest::newRow("hexadecimal") << QByteArray("0x10") << hash + claim << 400;
        QTest::newRow("no digest") << QByteArray("10") << claim.mid(1) << 400;
        QTest::newRow("short digest") << QByteArray("10") << QByteArray("sha256 YWJj") + claim << 400;
        QTest::newRow("no claim") << QByteArray("10") << hash << 400;
        QTest::newRow("no base64") << QByteArray("10") << hash + ",claim *" << 400;
        QTest::newRow("twice") << QByteArray("10") << hash + claim + claim << 400;
        QTest::newRow("three words") << QByteArray("10") << hash + claim + " x" << 400;
        QTest::newRow("no name") << QByteArray("10") << hash + claim + "," << 400;
        QTest::newRow("more than is asked") << QByteArray("10") << hash + claim + ",filename YQ==,isPhoto" << 201;
    }
    void headersThatAreWrongAreRefused() {
        QFETCH(QByteArray, length);
        QFETCH(QByteArray, metadata);
        QFETCH(int, status);
        QTemporaryDir folder;
        Face face(folder);
        server::Fields headers{{"Upload-Metadata", metadata.toStdString()}};
        if (!length.isNull()) headers.emplace_back("Upload-Length", length.toStdString());
        const auto answer = face.ask(Method::Post, "/v1/uploads", face.tus(headers));
        QCOMPARE(answer.status, status);
        QCOMPARE(std::string(answer.header("Tus-Resumable")), std::string("1.0.0"));
    }

    void whatTheServerCanDoIsSaidToWhoeverAsks() {
        QTemporaryDir folder;
        Face face(folder);
        const auto answer = face.ask(Method::Options, "/v1/uploads", {{"Authorization", "none"}});
        QCOMPARE(answer.status, 204);
        QCOMPARE(std::string(answer.header("Tus-Version")), std::string("1.0.0"));
        QCOMPARE(std::string(answer.header("Tus-Extension")),
                 std::string("creation,creation-with-upload,checksum,termination,expiration"));
        QCOMPARE(std::string(answer.header("Tus-Checksum-Algorithm")), std::string("sha1,sha256"));
    }

    void anEmptyBlobIsWholeAtOnce() {
        QTemporaryDir folder;
        Face face(folder);
        const auto crn = face.tablet.beginClaim();
        const auto made = face.create({}, crn);
        QCOMPARE(made.status, 201);
        QVERIFY(isHere(face, crn, sha256(ByteView())));
    }

    void H13_askingForTheOffsetStopsARequestThatMayBeDead() {
        QTemporaryDir folder;
        Face face(folder);
        const auto bytes = photograph();
        const auto session = face.tablet.session(*face.server);
        auto& blobs = face.server->blobs();
        const auto made = blobs.create(session, bytes.size(), sha256(bytes), face.tablet.beginClaim());
        auto dead = blobs.begin(session, made->id, 0);
        WELL((*dead)->write(part(bytes, 0, 100)));
        QCOMPARE(blobs.state(session, made->id)->offset, 100U);
        QCOMPARE((*dead)->write(part(bytes, 100, 200)).error().code, ErrorCode::Conflict);
        QCOMPARE(blobs.state(session, made->id)->offset, 100U);
        QCOMPARE(blobs.finish(session, **dead).error().code, ErrorCode::Conflict);
    }
};

QTEST_GUILESS_MAIN(UploadsTest)
#include "tst_uploads.moc"
