#include <QTemporaryDir>
#include <QtTest>

#include <fstream>

#include "shared/wire/snapshot.h"
#include "tests/support/tablet/fake_tablet.h"
#include "tests/support/tablet/test_server.h"

using namespace fieldclaim;
using namespace fieldclaim::test;
using server::Snapshot;

namespace {

constexpr const char* kScope = "site/caernarfon";

server::Server::Options inMemory(const QTemporaryDir& folder, std::uint64_t most_behind) {
    server::Server::Options options;
    options.data = folder.path().toStdString();
    options.in_memory = true;
    options.most_behind = most_behind;
    return options;
}

struct Office {
    explicit Office(std::uint64_t most_behind = 10)
        : server(inMemory(folder, most_behind)),
          tablet(server.clock, server.random),
          reader(server.clock, server.random, "Tablet 2") {
        ENSURE(server->directory().addSite("bangor", "Bangor").has_value());
        ENSURE(tablet.join(*server).has_value());
        ENSURE(reader.join(*server, "caernarfon", "Dewi Rees").has_value());
        supervisor = server->directory().addOfficer("Mair Parry", "caernarfon", "supervisor").value().id;
    }
    std::string claim(int answers) {
        const auto crn = tablet.beginClaim();
        for (int i = 0; i < answers; ++i) tablet.save(crn, "a/q" + std::to_string(i), Value("x"));
        ENSURE(tablet.push(*server).has_value());
        return crn;
    }
    Result<PullReply> pull(std::uint64_t cursor, bool full = false) { return pullOf(reader, cursor, full); }
    Result<PullReply> pullOf(const FakeTablet& who, std::uint64_t cursor, bool full = false) {
        PullRequest request;
        request.epoch = server->identity().epoch;
        request.cursors = {{kScope, cursor}};
        request.full = full;
        return server->sync().pull(who.session(*server), request);
    }
    Result<Snapshot> snapshot(const std::string& etag = {}) {
        return server->snapshots().open(tablet.session(*server), kScope, etag);
    }
    std::uint64_t headSeq() {
        return server->store()
            .read([](const server::LedgerSnapshot& now) { return now.claims().scopeHead(kScope); })
            ->seq;
    }

    QTemporaryDir folder;
    TestServer server;
    FakeTablet tablet;
    FakeTablet reader;
    Uuid supervisor;
};

Bytes read(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// Its pages; what does not decode ends the test.
std::vector<PullReply> pagesOf(const Snapshot& snapshot) {
    const auto bytes = read(snapshot.path);
    ByteView rest = bytes;
    std::vector<PullReply> out;
    while (!rest.empty()) {
        auto page = takeFrame(rest);
        ENSURE(page.has_value() && page->has_value());
        out.push_back(std::move(**page));
    }
    return out;
}

}  // namespace

#define WELL(expression)                                                                             \
    do {                                                                                             \
        const auto well_result = (expression);                                                       \
        QVERIFY2(well_result.has_value(), well_result ? "" : describe(well_result.error()).c_str()); \
    } while (false)

class SnapshotsTest : public QObject {
    Q_OBJECT

private slots:
    void H28_aTabletThatIsTooFarBehindIsToldToTakeASnapshot_data() {
        QTest::addColumn<int>("quiet");   // of claims that the tablet has read
        QTest::addColumn<int>("unread");  // of a claim that it has not
        QTest::addColumn<bool>("told");
        QTest::newRow("nothing new") << 30 << 0 << false;
        QTest::newRow("as far as is allowed") << 0 << 10 << false;
        QTest::newRow("one too many") << 0 << 11 << true;
        QTest::newRow("far behind, and little beside what a snapshot would be") << 30 << 20 << false;
        QTest::newRow("far behind, and more than half of what a snapshot would be") << 30 << 40 << true;
    }
    void H28_aTabletThatIsTooFarBehindIsToldToTakeASnapshot() {
        QFETCH(int, quiet);
        QFETCH(int, unread);
        QFETCH(bool, told);
        Office office(10);
        if (quiet > 0) office.claim(quiet - 1);
        const auto cursor = office.headSeq();
        // A row for each, as an officer who is online leaves them.
        const auto crn = unread > 0 ? office.claim(0) : std::string();
        for (int i = 1; i < unread; ++i) {
            office.tablet.save(crn, "a/q" + std::to_string(i), Value("x"));
            WELL(office.tablet.push(*office.server));
        }
        const auto reply = office.pull(cursor);
        QCOMPARE(reply.has_value(), !told);
        if (told) QCOMPARE(reply.error().code, ErrorCode::SnapshotNeeded);
    }

    void whatATabletPushedItselfDoesNotPutItBehind() {
        Office office(10);
        office.claim(30);
        WELL(office.pullOf(office.tablet, 0));
        QCOMPARE(office.pullOf(office.tablet, 0, true).error().code, ErrorCode::SnapshotNeeded);
        QCOMPARE(office.pull(0).error().code, ErrorCode::SnapshotNeeded);
    }

    void aFreshDownloadIsToldSoAtItsBeginningAlone() {
        Office office(10);
        office.claim(30);
        QCOMPARE(office.pull(0, true).error().code, ErrorCode::SnapshotNeeded);
        const auto cursor = office.headSeq();
        const auto crn = office.claim(0);
        for (int i = 0; i < 60; ++i) {
            office.tablet.save(crn, "a/q" + std::to_string(i), Value("x"));
            WELL(office.tablet.push(*office.server));
        }
        QCOMPARE(office.pull(cursor).error().code, ErrorCode::SnapshotNeeded);
        WELL(office.pull(cursor, true));
    }

    void H22_aSnapshotIsTheWholeScopeAtOneSeq() {
        Office office;
        std::set<std::string> claims;
        for (int i = 0; i < 5; ++i) claims.insert(office.claim(7));
        const auto seq = office.headSeq();
        const auto snapshot = office.snapshot();
        WELL(snapshot);
        QCOMPARE(snapshot->seq, seq);
        const auto bytes = read(snapshot->path);
        QCOMPARE(toHex(sha256(bytes)), snapshot->etag);
        const auto pages = pagesOf(*snapshot);
        QVERIFY(!pages.back().more);
        QCOMPARE(pages.back().cursors.at(kScope), seq);
        std::set<std::string> keys;
        for (const auto& page : pages) {
            QVERIFY(page.epoch == office.server->identity().epoch);
            QVERIFY(!page.packed.isNull());
            for (const auto& [crn, key] : page.keys) keys.insert(crn);
        }
        QVERIFY(keys == claims);
    }

    void oneThatIsMadeServesAllUntilItIsTooFarBehindItself() {
        Office office(10);
        office.claim(20);
        const auto first = office.snapshot();
        WELL(first);
        office.claim(8);
        QCOMPARE(office.snapshot()->etag, first->etag);
        office.claim(8);
        const auto second = office.snapshot();
        WELL(second);
        QVERIFY(second->etag != first->etag && second->seq == office.headSeq());
        // Who reads the first reads it to its end.
        QCOMPARE(office.snapshot(first->etag)->path, first->path);
        QVERIFY(std::filesystem::exists(first->path));
        QCOMPARE(office.snapshot("another").error().code, ErrorCode::Conflict);
        office.claim(20);
        WELL(office.snapshot());
        QCOMPARE(office.snapshot(first->etag).error().code, ErrorCode::Conflict);
        QVERIFY(!std::filesystem::exists(first->path));
    }

    void theSameMomentGivesTheSameBytes() {
        Office office;
        office.claim(20);
        const auto first = office.snapshot();
        WELL(first);
        const auto bytes = read(first->path);
        office.server.clock.advance(std::int64_t{25} * 60 * 60 * 1000);
        WELL(office.server->maintain());
        QVERIFY(!std::filesystem::exists(first->path));
        WELL(office.tablet.signIn(*office.server));
        const auto second = office.snapshot();
        WELL(second);
        QCOMPARE(second->etag, first->etag);
        QVERIFY(read(second->path) == bytes);
    }

    void H22_oneThatHoldsAClaimWhichHasLeftIsServedNoMore() {
        Office office;
        const auto crn = office.claim(20);
        office.claim(3);
        const auto first = office.snapshot();
        WELL(first);
        WELL(office.server->scopes().move(office.supervisor, crn, "bangor", "She has moved house."));
        QCOMPARE(office.snapshot(first->etag).error().code, ErrorCode::Conflict);
        QVERIFY(!std::filesystem::exists(first->path));
        const auto second = office.snapshot();
        WELL(second);
        for (const auto& page : pagesOf(*second)) QVERIFY(!page.keys.contains(crn));
    }

    void H38_anErasedClaimIsInNoSnapshotThatIsLeftOnTheDisk() {
        Office office;
        const auto crn = office.claim(20);
        const auto first = office.snapshot();
        WELL(first);
        WELL(office.server->erasures().erase(office.supervisor, crn, "She asked for it."));
        QVERIFY(!std::filesystem::exists(first->path));
    }

    void H17_aScopeOfOthersAndOneThatIsNobodysAreTheSame() {
        Office office;
        FakeTablet there(office.server.clock, office.server.random, "Tablet 2");
        WELL(there.join(*office.server, "bangor", "Dewi Rees"));
        const auto session = there.session(*office.server);
        const auto others = office.server->snapshots().open(session, kScope);
        const auto nobodys = office.server->snapshots().open(session, "site/nowhere");
        QCOMPARE(others.error().code, ErrorCode::NotFound);
        QCOMPARE(describe(others.error()), describe(nobodys.error()));
        WELL(office.server->directory().revokeDevice(there.device(), "operator"));
        QCOMPARE(office.server->snapshots().open(there.session(*office.server), "site/bangor").error().code,
                 ErrorCode::NotAllowed);
    }

    void whoWasGivenASnapshotCountsAsHavingSeenIt() {
        Office office;
        office.claim(20);
        const auto snapshot = office.snapshot();
        WELL(snapshot);
        const auto served = office.server->store().read(
            [&](const server::LedgerSnapshot& now) { return now.tablets().served(office.tablet.device(), kScope); });
        QCOMPARE(*served, snapshot->seq);
    }
};

QTEST_GUILESS_MAIN(SnapshotsTest)
#include "tst_snapshots.moc"
