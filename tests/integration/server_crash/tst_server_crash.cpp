#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

#include <atomic>
#include <set>
#include <thread>

#include "sync-server/backup/backup_taker.h"
#include "sync-server/backup/restore.h"
#include "sync-server/service/ledger_rebuild.h"
#include "tests/integration/server_crash/server_program.h"
#include "tests/support/http_client/test_http_client.h"
#include "tests/support/tablet/fake_tablet.h"
#include "tests/support/tablet/test_server.h"

using namespace fieldclaim;
using namespace fieldclaim::test;
using server::LedgerSnapshot;

namespace {

constexpr int kRounds = 8;
constexpr int kTablets = 4;

server::Server::Options onDisk(const QTemporaryDir& folder) {
    server::Server::Options options;
    options.data = folder.filePath("data").toStdString();
    options.inline_writer = true;
    return options;
}

constexpr int kTooMany = 429;
constexpr int kNotAvailable = 503;

std::string_view textOf(const Bytes& bytes) { return asText(bytes); }

// A tablet that saves and pushes over HTTP until the server is gone, and keeps what was acknowledged.
class Pusher {
public:
    Pusher(const Clock& clock, std::uint64_t seed) : random(seed), tablet(clock, random) {}

    void run(std::uint16_t port, const Hash& ca) {
        TestHttpClient::Options where;
        where.port = port;
        TestHttpClient client(where);
        const TestHttpClient::Headers cbor{{"Content-Type", "application/cbor"}};
        const auto ask = [&](const char* path, const Bytes& body,
                             const TestHttpClient::Headers& headers) -> std::optional<Bytes> {
            while (true) {
                const auto answer = client.request("POST", path, textOf(body), headers);
                if (!answer) return std::nullopt;
                if (answer->status == 200) return toBytes(asBytes(answer->body));
                // Faster than one tablet may be: asked again, as a tablet does.
                if (answer->status != kTooMany && answer->status != kNotAvailable) return std::nullopt;
            }
        };
        const auto first = ask("/v1/sessions", encode(SessionRequest{tablet.device(), {}, {}, {}}), cbor);
        if (!first) return;
        const auto second =
            ask("/v1/sessions", encode(tablet.answerNonce(decode<SessionReply>(*first)->nonce, ca)), cbor);
        if (!second) return;
        auto headers = cbor;
        headers.emplace_back("Authorization", "Bearer " + decode<SessionReply>(*second)->token);
        while (true) {
            if (crn.empty()) crn = tablet.beginClaim();
            for (int i = 0; i < 3; ++i)
                tablet.save(crn, "a/q" + std::to_string(random.below(20)), Value(std::to_string(random.below(1'000))));
            const auto reply = ask("/v1/sync/push", encode(tablet.pushRequest(acknowledged + 1)), headers);
            if (!reply) return;
            const auto result = decode<PushReply>(*reply)->results.at(0);
            ENSURE(result.outcome == PushOutcome::Received);
            acknowledged = result.through;
            ++pushes;
        }
    }

    SeededRandom random;
    FakeTablet tablet;
    std::string crn;
    std::uint64_t acknowledged = 0;
    std::atomic<int> pushes = 0;
};

}  // namespace

class ServerCrashTest : public QObject {
    Q_OBJECT

private slots:
    void H10_killedAtAnyMomentTheServerHasAllThatItAcknowledgedAndNothingTwice() {
        QTemporaryDir folder;
        ManualClock clock;
        Hash ca{};
        std::vector<std::unique_ptr<Pusher>> pushers;
        {
            TestServer server(onDisk(folder));
            ca = server->sessions().caKeyHash();
            for (int i = 0; i < kTablets; ++i) {
                pushers.push_back(std::make_unique<Pusher>(clock, static_cast<std::uint64_t>(i + 1)));
                const auto joined = pushers.back()->tablet.join(*server);
                QVERIFY2(joined.has_value(), joined ? "" : describe(joined.error()).c_str());
            }
        }
        SeededRandom chance(7);
        for (int round = 0; round < kRounds; ++round) {
            ServerProgram program(folder);
            QVERIFY(program.listening());
            std::vector<std::thread> threads;
            for (auto& pusher : pushers) {
                pusher->pushes = 0;
                threads.emplace_back([&pusher, &ca, port = program.port()] { pusher->run(port, ca); });
            }
            // The moment is a count of pushes, not a time: it comes on a slow machine too.
            const auto wanted = static_cast<int>(5 + chance.below(40));
            const bool busy = QTest::qWaitFor([&] { return pushers[0]->pushes >= wanted; }, 60'000);
            program.kill();
            for (auto& thread : threads) thread.join();
            QVERIFY(busy);
        }
        TestServer server(onDisk(folder));
        QVERIFY(server->store().check().has_value());
        std::set<ChangeSetId> applied;
        std::size_t rows = 0;
        std::uint64_t last = 0;
        const auto read = server->store().read([&](const LedgerSnapshot& now) {
            return now.claims().forEachRow([&](const server::LedgerRow& row) -> Status {
                ENSURE(row.seq == ++last);
                for (const auto& id : row.ids) {
                    applied.insert(id);
                    ++rows;
                }
                return {};
            });
        });
        QVERIFY(read.has_value());
        QCOMPARE(applied.size(), rows);  // I2: nothing twice
        for (const auto& pusher : pushers) {
            QVERIFY(pusher->acknowledged > 0);
            for (std::uint64_t i = 0; i < pusher->acknowledged; ++i) {
                QVERIFY(applied.contains(pusher->tablet.chain()[i].id()));  // I1: nothing lost
            }
        }
        const auto claims = [&] {
            return server->store().read([](const LedgerSnapshot& now) { return now.claims().claims(); }).value();
        };
        const auto before = claims();
        QVERIFY(server::rebuildFolded(server->store()).has_value());
        QVERIFY(claims() == before);
    }

    // A tablet enrols, and the server dies on one side or the other of the commit: the journal and the ledger tell the
    // same story when it is up again, and so does a server that is restored from the journal.
    void H51_killedBetweenJournalAndCommitNothingIsHalfDone_data() {
        QTest::addColumn<QString>("moment");
        QTest::addColumn<bool>("kept");
        QTest::newRow("the journal has it, the ledger does not") << "journal-written" << false;
        QTest::newRow("both have it, and nobody was told") << "committed" << true;
    }
    void H51_killedBetweenJournalAndCommitNothingIsHalfDone() {
        QFETCH(QString, moment);
        QFETCH(bool, kept);
        QTemporaryDir folder;
        ManualClock clock;
        SeededRandom random(5);
        FakeTablet tablet(clock, random);
        EnrolRequest request;
        auto options = onDisk(folder);
        options.journal = folder.filePath("journal").toStdString();
        {
            TestServer server(options);
            const auto set = server::takeBackup(server->store(), options.data, folder.filePath("backup").toStdString(),
                                                server.clock);
            QVERIFY(set.has_value());
            server.clock.wall = QDateTime::currentMSecsSinceEpoch();  // the program goes by it
            const auto code = EnrolmentCode::parse(server->enrolment().makeCode("caernarfon").value());
            const auto key = KeyPair::make(random);
            request = {code->secret, key.public_key, "Tablet", {}};
            request.proof = signEd25519(key.secret, enrolMessage(request.secret, request.device_key));
        }
        {
            ServerProgram program(folder, {"--journal", folder.filePath("journal"), "--fail-at", moment});
            QVERIFY(program.listening());
            TestHttpClient::Options where;
            where.port = program.port();
            TestHttpClient client(where);
            const auto body = encode(request);
            const auto answer =
                client.request("POST", "/v1/devices", textOf(body), {{"Content-Type", "application/cbor"}});
            QVERIFY2(!answer, answer ? answer->body.c_str() : "");
            QVERIFY(program.isGone());
        }
        const auto devices = [](TestServer& server) { return server->directory().devices().value(); };
        {
            TestServer server(options);
            QVERIFY(server->store().journal().problem.empty());
            QCOMPARE(devices(server).size(), kept ? 1U : 0U);
            // The tablet asks again, as after any lost reply.
            QVERIFY(server->enrolment().enrol(request).has_value());
            QCOMPARE(devices(server).size(), 1U);
        }
        const auto restored =
            server::restoreBackup({folder.filePath("backup").toStdString(), folder.filePath("new").toStdString(),
                                   folder.filePath("journal").toStdString()},
                                  clock, random);
        QVERIFY2(restored.has_value(), restored ? "" : describe(restored.error()).c_str());
        auto fresh = onDisk(folder);
        fresh.data = folder.filePath("new").toStdString();
        TestServer server(fresh);
        QCOMPARE(devices(server).size(), 1U);
        QVERIFY(devices(server)[0].key == request.device_key);
    }

    // By the operator's own commands, beside a server that is taking work and is killed with more than any backup has.
    void H06_aServerThatIsKilledAndRestoredGetsBackFromItsTabletsWhatTheBackupHasNot() {
        QTemporaryDir folder;
        ManualClock clock;
        Hash ca{};
        Uuid epoch;
        Pusher pusher(clock, 1);
        {
            TestServer server(onDisk(folder));
            epoch = server->identity().epoch;
            ca = server->sessions().caKeyHash();
            QVERIFY(pusher.tablet.join(*server).has_value());
        }
        const auto run = [&](const QStringList& arguments) {
            QProcess process;
            process.start(FIELDCLAIM_SERVER_PROGRAM, arguments);
            if (!process.waitForFinished(60'000)) return -1;
            if (process.exitCode() != 0)
                qWarning() << process.readAllStandardOutput() << process.readAllStandardError();
            return process.exitCode();
        };
        const auto data = folder.filePath("data");
        const auto backup = folder.filePath("backup");
        const auto journal = folder.filePath("journal");
        {
            ServerProgram program(folder, {"--journal", journal});
            QVERIFY(program.listening());
            std::thread thread([&] { pusher.run(program.port(), ca); });
            for (int i = 0; i < 3; ++i) {
                const auto wanted = pusher.pushes + 5;
                QVERIFY(QTest::qWaitFor([&] { return pusher.pushes >= wanted; }, 60'000));
                QCOMPARE(run({"backup", "--data", data, "--to", backup}), 0);
                QCOMPARE(run({"verify", "--from", backup, "--data", data}), 0);
            }
            QCOMPARE(run({"site", "add", "llanrwst", "Llanrwst", "--data", data}), 0);
            const auto wanted = pusher.pushes + 5;
            QVERIFY(QTest::qWaitFor([&] { return pusher.pushes >= wanted; }, 60'000));
            program.kill();
            thread.join();
        }
        const auto restored = folder.filePath("new");
        QCOMPARE(run({"restore", "--from", backup, "--data", restored, "--journal", journal}), 0);
        QVERIFY(run({"restore", "--from", backup, "--data", restored}) != 0);
        auto options = onDisk(folder);
        options.data = restored.toStdString();
        TestServer server(options);
        QCOMPARE(server->directory().sites()->size(), 2U);
        const auto head = server->store().read(
            [&](const LedgerSnapshot& now) { return now.chains().head(pusher.tablet.author(), 1); });
        QVERIFY(head->counter > 0 && head->counter <= pusher.tablet.counter());
        const auto durable = server->store().read(
            [&](const LedgerSnapshot& now) { return now.durability().durableThrough(pusher.tablet.author(), 1); });
        QCOMPARE(durable.value(), head->counter);
        QVERIFY(head->counter < pusher.acknowledged);

        // The server that lost it has another epoch, so the tablet offers again what was acknowledged long ago.
        auto& tablet = pusher.tablet;
        QVERIFY(server->identity().epoch != epoch);
        QVERIFY(tablet.signIn(*server).has_value());
        QVERIFY(tablet.hello(*server).has_value());
        QVERIFY(tablet.push(*server).has_value());
        std::vector<ChangeSetId> applied;
        const auto read = server->store().read([&](const LedgerSnapshot& now) {
            return now.claims().forEachRow([&](const server::LedgerRow& row) -> Status {
                if (row.author == tablet.author()) applied.insert(applied.end(), row.ids.begin(), row.ids.end());
                return {};
            });
        });
        QVERIFY(read.has_value());
        QCOMPARE(applied.size(), tablet.chain().size());
        for (std::size_t i = 0; i < applied.size(); ++i) QVERIFY(applied[i] == tablet.chain()[i].id());
    }

    void H08_aSecondServersProgramIsRefusedAndTheFirstStopsCleanly() {
        QTemporaryDir folder;
        { TestServer server(onDisk(folder)); }
        ServerProgram first(folder);
        QVERIFY(first.listening());
        QProcess second;
        second.start(FIELDCLAIM_SERVER_PROGRAM,
                     {"serve", "--data", folder.filePath("data"), "--listen", "127.0.0.1:0"});
        QVERIFY(second.waitForFinished(30'000));
        QVERIFY(second.exitCode() != 0);
        QVERIFY(second.readAllStandardError().contains("in-use"));
        QProcess admin;
        admin.start(FIELDCLAIM_SERVER_PROGRAM,
                    {"enrolment-code", "--data", folder.filePath("data"), "--site", "caernarfon"});
        QVERIFY(admin.waitForFinished(30'000));
        QCOMPARE(admin.exitCode(), 0);
        QVERIFY(EnrolmentCode::parse(admin.readAllStandardOutput().trimmed().toStdString()).has_value());
        QCOMPARE(first.stop(), 0);
    }
};

QTEST_GUILESS_MAIN(ServerCrashTest)
#include "tst_server_crash.moc"
