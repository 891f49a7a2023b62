#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QtTest>

#include "shared/document/statement_renderer.h"
#include "shared/domain/claim_answers.h"
#include "shared/packfiles/packfiles.h"
#include "sync-server/service/blob_service.h"
#include "tests/support/tablet/fake_tablet.h"
#include "tests/support/tablet/test_server.h"

using namespace fieldclaim;
using namespace fieldclaim::test;
using server::LedgerSnapshot;

#define WELL(expression)                                                                             \
    do {                                                                                             \
        const auto well_result = (expression);                                                       \
        QVERIFY2(well_result.has_value(), well_result ? "" : describe(well_result.error()).c_str()); \
    } while (false)

namespace {

const char* const kPackFolder = FIELDCLAIM_SOURCE_DIR "/shared/packs/working-age";
constexpr std::int64_t kHourMs = 3'600'000;

server::Server::Options options(const QTemporaryDir& folder) {
    server::Server::Options out;
    out.data = folder.path().toStdString();
    out.in_memory = true;
    out.packs = {kPackFolder};
    return out;
}

std::shared_ptr<const FormPack> thePack() {
    static const auto pack = *FormPack::load(*readPackFolder(kPackFolder));
    return pack;
}

// A tablet with the claim of Gwen O'Brien, one proof that was seen and one that she has not.
struct Site {
    explicit Site(const QTemporaryDir& folder) : server(options(folder)), tablet(server.clock, server.random) {
        server.clock.wall = (static_cast<std::int64_t>(Date::parse("2007-01-15")->days) * 24 + 10) * kHourMs;
        ENSURE(tablet.join(*server).has_value());
        crn = tablet.beginClaim();
        QFile file(FIELDCLAIM_SOURCE_DIR "/tests/support/customers/gwen_obrien.json");
        ENSURE(file.open(QIODevice::ReadOnly));
        const auto answers = QJsonDocument::fromJson(file.readAll()).object();
        for (auto at = answers.begin(); at != answers.end(); ++at) {
            const auto key = at.key().toStdString();
            if (at.value().toString().isEmpty()) continue;
            const auto* question = thePack()->find(key.substr(key.find('/') + 1));
            answer(key.starts_with("capital/") ? "capital/0190/" + key.substr(8) : key,
                   normaliseAnswer(*question, at.value().toString().toStdString()));
        }
        prove({"identity", "original", "UK passport", "2007-01-15", tablet.officer(), {}});
        prove({"tenancy_agreement", {}, {}, {}, tablet.officer(), "with the landlord"});
    }

    void answer(const std::string& key, const std::string& text) {
        tablet.save(crn, answerPath(key), encodeAnswer({Answer::Kind::Given, text}));
    }
    void prove(const ProofRecord& proof) { tablet.save(crn, proofPath(proof.key), encodeProof(proof)); }
    StatementBlob statement(Language language = Language::English) const {
        const auto review = ClaimReview::of(thePack(), tablet.state(crn), Date::fromWallMs(server.clock.wall),
                                            [](const Hash&) { return nullptr; });
        return encodeStatement(draftStatement(review, crn, proofsOf(tablet.state(crn)), thePack()->name(), language));
    }
    Result<server::UploadState> announce(const StatementBlob& blob) {
        return server->blobs().create(tablet.session(*server), blob.bytes.size(), blob.digest, crn);
    }
    bool isKept(const StatementBlob& blob) {
        return *server->store().read([&](const LedgerSnapshot& now) { return now.blobs().hasBlob(crn, blob.digest); });
    }

    TestServer server;
    FakeTablet tablet;
    std::string crn;
};

}  // namespace

class TestStatementMaker : public QObject {
    Q_OBJECT

private slots:
    void aSignedStatementThatTheClaimTellsIsNotSent_data() {
        QTest::addColumn<int>("language");
        QTest::newRow("in English") << static_cast<int>(Language::English);
        QTest::newRow("in Welsh") << static_cast<int>(Language::Welsh);
    }
    void aSignedStatementThatTheClaimTellsIsNotSent() {
        QFETCH(const int, language);
        const QTemporaryDir folder;
        Site site(folder);
        const auto blob = site.statement(static_cast<Language>(language));
        site.tablet.sign(site.crn, blob);
        WELL(site.tablet.push(*site.server));
        const auto upload = site.announce(blob);
        WELL(upload);
        QCOMPARE(upload->offset, blob.bytes.size());
        QVERIFY(site.isKept(blob));
        const auto path = site.server->blobs().open(site.tablet.session(*site.server), blob.digest);
        WELL(path);
        QFile kept(QString::fromStdString(path->string()));
        QVERIFY(kept.open(QIODevice::ReadOnly));
        const auto bytes = kept.readAll();
        QVERIFY(Bytes(bytes.begin(), bytes.end()) == blob.bytes);
        // The tablet that asks again gets the finished one.
        QCOMPARE(site.announce(blob)->offset, blob.bytes.size());
    }

    void aStatementThatTheClaimDoesNotTellIsSent_data() {
        QTest::addColumn<QString>("what");
        for (const char* what : {"nobody signed it", "an answer was changed since", "a proof was seen since",
                                 "it was made on the day before", "it says something else"})
            QTest::newRow(what) << what;
    }
    void aStatementThatTheClaimDoesNotTellIsSent() {
        QFETCH(const QString, what);
        const QTemporaryDir folder;
        Site site(folder);
        auto blob = site.statement();
        if (what.contains("something else")) {
            auto said = *decodeStatement(blob.bytes);
            said.rendering.back().value += " or not";
            blob = encodeStatement(said);
        }
        if (what.contains("day before")) site.server.clock.wall += 24 * kHourMs;
        if (!what.contains("nobody")) site.tablet.sign(site.crn, blob);
        if (what.contains("an answer")) site.answer("surname", "Parry");
        if (what.contains("a proof"))
            site.prove({"identity", "copy", "UK passport", "2007-01-15", site.tablet.officer(), {}});
        WELL(site.tablet.push(*site.server));
        const auto upload = site.announce(blob);
        WELL(upload);
        QCOMPARE(upload->offset, std::uint64_t{0});
        QVERIFY(!site.isKept(blob));
        WELL(site.tablet.upload(*site.server, site.crn, blob.bytes));
        QVERIFY(site.isKept(blob));
    }

    void aStatementOfAnotherLengthIsSent() {
        const QTemporaryDir folder;
        Site site(folder);
        const auto blob = site.statement();
        site.tablet.sign(site.crn, blob);
        WELL(site.tablet.push(*site.server));
        const auto upload = site.server->blobs().create(site.tablet.session(*site.server), blob.bytes.size() + 1,
                                                        blob.digest, site.crn);
        WELL(upload);
        QCOMPARE(upload->offset, std::uint64_t{0});
        QVERIFY(!site.isKept(blob));
    }
};

QTEST_GUILESS_MAIN(TestStatementMaker)
#include "tst_statement_maker.moc"
