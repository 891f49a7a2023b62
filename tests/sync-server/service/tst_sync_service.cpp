#include <QTemporaryDir>
#include <QtTest>

#include <rapidcheck.h>
#include <algorithm>

#include "shared/domain/records.h"
#include "shared/wire/cbor.h"
#include "sync-server/service/claim_fold.h"
#include "sync-server/service/claim_intake.h"
#include "sync-server/service/ledger_names.h"
#include "sync-server/service/ledger_rebuild.h"
#include "sync-server/service/one_time_code.h"
#include "tests/support/tablet/fake_tablet.h"
#include "tests/support/tablet/test_server.h"
#include "tests/support/wire/known_names.h"

using namespace fieldclaim;
using namespace fieldclaim::test;
using server::Disposition;
using server::LedgerSnapshot;

namespace {

server::Server::Options inMemory(const QTemporaryDir& folder) {
    server::Server::Options options;
    options.data = folder.path().toStdString();
    options.in_memory = true;
    return options;
}

Bytes foldedState(server::Server& server, const std::string& crn) {
    const auto claim = server.store().read([&](const LedgerSnapshot& now) { return now.claims().claim(crn); });
    ENSURE(claim.has_value() && claim->has_value());
    return (*claim)->state;
}

// What the folded tables hold, as bytes to compare.
struct Folded {
    std::vector<server::ClaimRow> claims;
    std::vector<server::ClaimViewRow> views;
    std::map<std::string, std::pair<std::uint64_t, std::uint64_t>> heads;
    bool operator==(const Folded&) const = default;
};
Folded folded(server::Server& server) {
    const auto out = server.store().read([](const LedgerSnapshot& now) -> Result<Folded> {
        Folded all;
        ASSIGN(all.claims, now.claims().claims());
        ASSIGN(all.views, now.claims().claimViews({}, 100'000));
        ASSIGN(const auto heads, now.claims().scopeHeads());
        for (const auto& [scope, head] : heads) all.heads[scope] = {head.seq, head.checksum};
        return all;
    });
    ENSURE(out.has_value());
    return *out;
}

const SegmentResult& only(const Result<PushReply>& reply) {
    ENSURE(reply.has_value() && reply->results.size() == 1);
    return reply->results.front();
}

}  // namespace

#define WELL(expression)                                                                             \
    do {                                                                                             \
        const auto well_result = (expression);                                                       \
        QVERIFY2(well_result.has_value(), well_result ? "" : describe(well_result.error()).c_str()); \
    } while (false)

class SyncServiceTest : public QObject {
    Q_OBJECT

private slots:
    void whatIsPushedIsPulledByAnotherTablet() {
        QTemporaryDir folder;
        TestServer server(inMemory(folder));
        FakeTablet one(server.clock, server.random);
        FakeTablet two(server.clock, server.random, "Tablet 2");
        WELL(one.join(*server));
        WELL(two.join(*server, "caernarfon", "Dewi Rees"));
        const auto crn = one.beginClaim();
        one.save(crn, "a/surname", "O'Brien");
        const auto reply = one.push(*server);
        QCOMPARE(only(reply).outcome, PushOutcome::Received);
        QCOMPARE(only(reply).through, 2U);
        QVERIFY(only(reply).notes.empty());
        WELL(two.pull(*server));
        QVERIFY(two.state(crn) == one.state(crn));
        WELL(one.pull(*server));
        QCOMPARE(one.pulled().size(), 2U);
    }

    void anOfficersAnswerToAnotherTabletsWorkComesBack() {
        QTemporaryDir folder;
        TestServer server(inMemory(folder));
        FakeTablet one(server.clock, server.random);
        FakeTablet two(server.clock, server.random, "Tablet 2");
        WELL(one.join(*server));
        WELL(two.join(*server));
        const auto crn = one.beginClaim();
        one.save(crn, "a/surname", "Brien");
        WELL(one.push(*server));
        WELL(two.pull(*server));
        two.save(crn, "a/surname", "O'Brien");
        one.save(crn, "a/surname", "Bryan");
        WELL(two.push(*server));
        WELL(one.push(*server));
        WELL(one.pull(*server));
        WELL(two.pull(*server));
        QVERIFY(one.state(crn) == two.state(crn));
        QCOMPARE(one.state(crn).conflicts(), std::vector<std::string>{"a/surname"});
        QVERIFY(encodeClaimState(one.state(crn)) == foldedState(*server, crn));
    }

    void H01_aRetryAfterALostReplyGetsTheSameAnswerAndHasOneEffect() {
        QTemporaryDir folder;
        TestServer server(inMemory(folder));
        FakeTablet tablet(server.clock, server.random);
        WELL(tablet.join(*server));
        const auto crn = tablet.beginClaim();
        tablet.save(crn, "a/surname", "Jones");
        // One that waits for what is not here, so that its answer is not plain.
        auto waiting =
            tablet.append(crn, Payload{{Edit{"a/nino", Value("QQ123456C"), {{ChangeSetId{1}, 0}}}}, std::nullopt});
        const auto request = tablet.pushRequest(1);
        const auto first = tablet.pushRaw(*server, request);
        const auto before = folded(*server);
        const auto again = tablet.pushRaw(*server, request);
        QCOMPARE(only(again).outcome, only(first).outcome);
        QCOMPARE(only(again).through, only(first).through);
        QCOMPARE(only(first).notes.size(), 1U);
        QCOMPARE(only(again).notes.size(), 3U);
        QCOMPARE(only(again).notes[0].kind, NoteKind::Duplicate);
        QVERIFY(only(again).notes[2] == only(first).notes[0]);
        QCOMPARE(only(first).notes[0].counter, waiting.header.counter);
        QVERIFY(folded(*server) == before);
    }

    void H02_duplicatedReorderedAndReplayedPushesHaveOneEffect() {
        QTemporaryDir folder;
        TestServer server(inMemory(folder));
        FakeTablet tablet(server.clock, server.random);
        WELL(tablet.join(*server));
        const auto crn = tablet.beginClaim();
        std::vector<PushRequest> requests;
        for (int i = 0; i < 6; ++i) {
            tablet.save(crn, "a/note", Value(std::to_string(i)));
            requests.push_back(tablet.pushRequest(static_cast<std::uint64_t>(1 + i)));
        }
        // The last first: a gap is answered with where to go on from.
        const auto gap = tablet.pushRaw(*server, requests.back());
        QCOMPARE(only(gap).outcome, PushOutcome::Gap);
        QCOMPARE(only(gap).through, 0U);
        for (int round = 0; round < 3; ++round) {
            for (const auto& request : requests) WELL(tablet.pushRaw(*server, request));
        }
        QVERIFY(foldedState(*server, crn) == encodeClaimState(tablet.state(crn)));
        const auto last = server->store().read([](const LedgerSnapshot& now) {
            return now.claims().forEachRow([](const auto&) { return Status(); }).map([&] {
                return now.claims().claims().value().front().change_sets;
            });
        });
        QCOMPARE(last.value(), 7U);
    }

    void H05_helloSaysHowFarTheServerHasReceived() {
        QTemporaryDir folder;
        TestServer server(inMemory(folder));
        FakeTablet tablet(server.clock, server.random);
        WELL(tablet.join(*server));
        const auto crn = tablet.beginClaim();
        WELL(tablet.push(*server));
        tablet.save(crn, "a/surname", "Jones");
        const auto reply = tablet.hello(*server);
        QVERIFY(reply.has_value());
        QCOMPARE(reply->received.size(), 1U);
        QCOMPARE(reply->received[0].counter, 1U);
        QVERIFY(reply->received[0].hash == tablet.chain()[0].hash);
        QCOMPARE(server->directory().devices()->front().pending, 1U);
    }

    void H07_theSameCounterWithAnotherHashIsAForkAndBothAreKept() {
        QTemporaryDir folder;
        TestServer server(inMemory(folder));
        FakeTablet tablet(server.clock, server.random);
        WELL(tablet.join(*server));
        const auto crn = tablet.beginClaim();
        tablet.save(crn, "a/surname", "Jones");
        WELL(tablet.push(*server));
        const auto before = folded(*server);
        tablet.forgetAfter(1);
        const auto other = tablet.save(crn, "a/surname", "Evans");
        const auto reply = tablet.pushRaw(*server, tablet.pushRequest(2));
        QCOMPARE(only(reply).outcome, PushOutcome::Fork);
        QCOMPARE(only(reply).through, 2U);
        QVERIFY(folded(*server) == before);
        const auto kept =
            server->store().read([&](const LedgerSnapshot& now) { return now.chains().forks(tablet.author()); });
        QCOMPARE(kept->size(), 1U);
        QVERIFY(kept->front().bytes == encodeChangeSet(other));
    }

    void H07_aBranchOfSeveralSegmentsIsKeptToItsEnd() {
        QTemporaryDir folder;
        TestServer server(inMemory(folder));
        FakeTablet tablet(server.clock, server.random);
        WELL(tablet.join(*server));
        const auto crn = tablet.beginClaim();
        tablet.save(crn, "a/surname", "Jones");
        WELL(tablet.push(*server));
        tablet.forgetAfter(1);
        for (int i = 0; i < 6; ++i) tablet.save(crn, "a/surname", Value("Evans " + std::to_string(i)));
        const auto upTo = [&](std::uint64_t from, std::size_t most) {
            auto request = tablet.pushRequest(from);
            auto& segment = request.segments.front();
            segment.change_sets.resize(most);
            const auto& last = tablet.chain()[from + most - 2];
            segment.signature = signEd25519(tablet.authorKey().secret,
                                            segmentMessage(tablet.author(), 1, last.header.counter, last.hash));
            return request;
        };
        for (const std::uint64_t from : {2U, 4U, 6U}) {
            QCOMPARE(only(tablet.pushRaw(*server, upTo(from, 2))).outcome, PushOutcome::Fork);
        }
        // Offered again, also from its middle, nothing is added.
        QCOMPARE(only(tablet.pushRaw(*server, upTo(4, 2))).outcome, PushOutcome::Fork);
        const auto kept =
            server->store().read([&](const LedgerSnapshot& now) { return now.chains().forks(tablet.author()); });
        QCOMPARE(kept->size(), 6U);
        // What follows nothing that is here is a gap as before.
        tablet.save(crn, "a/surname", "Parry");
        tablet.save(crn, "a/surname", "Pugh");
        QCOMPARE(only(tablet.pushRaw(*server, tablet.pushRequest(9))).outcome, PushOutcome::Gap);
    }

    void H08_aSecondServerOnOneStoreIsRefused() {
        QTemporaryDir folder;
        server::Server::Options options;
        options.data = folder.path().toStdString();
        TestServer first(options);
        const auto open = [&] { return server::Server::open(options, first.clock, first.random, first.metrics); };
        const auto second = open();
        QVERIFY(!second.has_value());
        QCOMPARE(second.error().code, ErrorCode::InUse);
        first.server.reset();
        WELL(open());
    }

    void H18_poisonIsQuarantinedAndAcknowledgedAndTheRestGoesOn_data() {
        QTest::addColumn<int>("poison");
        QTest::newRow("undecodable payload") << 0;
        QTest::newRow("payload that was not signed") << 1;
        QTest::newRow("path of the server") << 2;
        QTest::newRow("claim of another site") << 3;
        QTest::newRow("over a limit") << 4;
    }
    void H18_poisonIsQuarantinedAndAcknowledgedAndTheRestGoesOn() {
        QFETCH(int, poison);
        QTemporaryDir folder;
        TestServer server(inMemory(folder));
        WELL(server->directory().addSite("bangor", "Bangor"));
        FakeTablet tablet(server.clock, server.random);
        FakeTablet colleague(server.clock, server.random, "Tablet 2");
        WELL(tablet.join(*server));
        WELL(colleague.join(*server));
        const auto crn = tablet.beginClaim();
        const auto good = tablet.beginClaim();
        if (poison == 2) {
            tablet.append(crn, Payload{{Edit{"transfer/x", Value("accepted"), {}}}, std::nullopt});
        } else if (poison == 3) {
            tablet.beginClaim("bangor");
        } else {
            tablet.append(crn, Payload{{Edit{"a/x", Value("1"), {}}}, std::nullopt});
        }
        tablet.save(good, "a/surname", "Jones");
        auto request = tablet.pushRequest(1);
        if (poison == 0 || poison == 1 || poison == 4) {
            // A header that names the hash of a payload which the server cannot take.
            auto& chain = tablet.chain();
            Bytes payload = encodeCbor(Value::List{7, "rubbish"});
            if (poison == 4) payload = Bytes(kMaxPayloadBytes + 1, 0x40);
            if (poison == 1) {
                // Well formed and allowed, but not what was signed.
                const Payload other{{Edit{"a/x", Value("2"), {}}}, std::nullopt};
                payload = makeChangeSet(chain[2].header, other, tablet.claimKey(crn)).payload_bytes;
            }
            request.segments[0].change_sets[2] = encodeCbor(Value::List{chain[2].header_bytes, payload});
        }
        const auto reply = tablet.pushRaw(*server, request);
        QCOMPARE(only(reply).outcome, PushOutcome::Received);
        QCOMPARE(only(reply).through, 4U);
        QCOMPARE(only(reply).notes.size(), 1U);
        QCOMPARE(only(reply).notes[0].counter, 3U);
        QCOMPARE(only(reply).notes[0].kind, NoteKind::Quarantined);
        QVERIFY(!only(reply).notes[0].reason.empty());
        WELL(colleague.pull(*server));
        QVERIFY(colleague.state(good) == tablet.state(good));
        const auto kept = server->store().read([](const LedgerSnapshot& now) { return now.chains().quarantined(); });
        QCOMPARE(kept->size(), 1U);
        QVERIFY(kept->front().bytes == request.segments[0].change_sets[2]);
        // Later work of the same tablet goes on too.
        tablet.save(good, "a/surname", "Evans");
        QCOMPARE(only(tablet.pushRaw(*server, tablet.pushRequest(5))).through, 5U);
    }

    // As deep as a change set may be: what was taken once is read for ever.
    void H18_aValueThatIsNestedDeeplyBreaksNoClaim() {
        QTemporaryDir folder;
        TestServer server(inMemory(folder));
        FakeTablet tablet(server.clock, server.random);
        FakeTablet colleague(server.clock, server.random, "Tablet 2");
        WELL(tablet.join(*server));
        WELL(colleague.join(*server));
        const auto crn = tablet.beginClaim();
        Value deep("x");
        std::size_t depth = 0;
        for (Payload next{{Edit{"a/x", deep, {}}}, std::nullopt}; decodePayload(encodePayload(next)); ++depth) {
            deep = next.edits.front().value;
            next.edits.front().value = Value(Value::List{deep});
        }
        QVERIFY(depth > 7);
        tablet.append(crn, Payload{{Edit{"a/x", deep, {}}}, std::nullopt});
        QCOMPARE(only(tablet.push(*server)).notes.size(), 0U);
        tablet.save(crn, "a/surname", "Jones");
        QCOMPARE(only(tablet.push(*server)).through, 3U);
        WELL(colleague.pull(*server));
        QCOMPARE(*colleague.state(crn).value("a/surname").text(), std::string("Jones"));
        QVERIFY(decodeClaimState(foldedState(*server, crn)).has_value());
    }

    void H18_aClaimThatIsFilledUpTakesNoMoreAndOthersGoOn() {
        QTemporaryDir folder;
        TestServer server(inMemory(folder));
        FakeTablet tablet(server.clock, server.random);
        FakeTablet colleague(server.clock, server.random, "Tablet 2");
        WELL(tablet.join(*server));
        WELL(colleague.join(*server));
        const auto crn = tablet.beginClaim();
        const auto good = tablet.beginClaim();
        WELL(tablet.push(*server));
        const Value value(std::string(100, 'x'));
        std::size_t quarantined = 0;
        int saves = 0;
        while (quarantined == 0 && saves < 200) {
            std::vector<Edit> edits;
            for (int i = 0; i < 1'000; ++i) {
                edits.push_back({"a/x" + std::to_string(saves) + "/" + std::to_string(i), value, {}});
            }
            tablet.append(crn, Payload{std::move(edits), std::nullopt});
            ++saves;
            const auto reply = tablet.push(*server);
            QCOMPARE(only(reply).outcome, PushOutcome::Received);
            quarantined = only(reply).notes.size();
            if (quarantined > 0) QCOMPARE(only(reply).notes.front().kind, NoteKind::Quarantined);
        }
        QVERIFY(quarantined == 1);
        const auto bytes = foldedState(*server, crn).size();
        QVERIFY2(bytes <= server::kMaxClaimBytes && bytes > server::kMaxClaimBytes / 2, std::to_string(bytes).c_str());
        tablet.save(good, "a/surname", "Jones");
        QCOMPARE(only(tablet.push(*server)).notes.size(), 0U);
        WELL(colleague.pull(*server));
        QCOMPARE(*colleague.state(good).value("a/surname").text(), std::string("Jones"));
        QVERIFY(colleague.state(crn).registers().size() > 10'000);
    }

    void H52_onlySoMuchOfAClaimWaits() {
        QTemporaryDir folder;
        TestServer server(inMemory(folder));
        FakeTablet tablet(server.clock, server.random);
        WELL(tablet.join(*server));
        const auto crn = tablet.beginClaim();
        constexpr std::size_t kMore = 3;
        for (std::size_t i = 0; i < server::kMaxParked + kMore; ++i) {
            tablet.append(crn, Payload{{Edit{"a/x", Value("1"), {{ChangeSetId{9}, 0}}}}, std::nullopt});
            if (i % 500 == 0) WELL(tablet.push(*server));
        }
        WELL(tablet.push(*server));
        const auto counted = [&](Disposition kind) {
            return server->store().read(
                [&](const LedgerSnapshot& now) { return now.chains().countSetAside(crn, kind); });
        };
        QCOMPARE(*counted(Disposition::Parked), server::kMaxParked);
        QCOMPARE(*counted(Disposition::Quarantined), kMore);
        // Looked at again by the next that is applied, they stay what they are.
        tablet.save(crn, "a/surname", "Jones");
        QCOMPARE(only(tablet.push(*server)).notes.size(), 0U);
        QCOMPARE(*counted(Disposition::Parked), server::kMaxParked);
    }

    void H19_aChangeSetIsSeenWholeOrNotAtAll() {
        QTemporaryDir folder;
        TestServer server(inMemory(folder));
        FakeTablet one(server.clock, server.random);
        FakeTablet two(server.clock, server.random, "Tablet 2");
        WELL(one.join(*server));
        WELL(two.join(*server));
        const auto crn = one.beginClaim();
        // The second edit waits for what is not here: so does the first, which is of the same save.
        one.append(crn,
                   Payload{{Edit{"a/surname", Value("Jones"), {}}, Edit{"a/nino", Value("QQ"), {{ChangeSetId{9}, 0}}}},
                           std::nullopt});
        const auto reply = one.push(*server);
        QCOMPARE(only(reply).notes.size(), 1U);
        QCOMPARE(only(reply).notes[0].kind, NoteKind::Parked);
        WELL(two.pull(*server));
        QVERIFY(two.state(crn).find("a/surname") == nullptr);
    }

    void whatWaitsIsAppliedAsSoonAsWhatItNamesIsHere() {
        QTemporaryDir folder;
        TestServer server(inMemory(folder));
        FakeTablet one(server.clock, server.random);
        FakeTablet two(server.clock, server.random, "Tablet 2");
        FakeTablet three(server.clock, server.random, "Tablet 3");
        WELL(one.join(*server));
        WELL(two.join(*server));
        WELL(three.join(*server));
        const auto crn = one.beginClaim();
        const auto named = one.save(crn, "a/surname", "Brien");
        // Two edits on one tablet's unsent work, by another that had it by some other way.
        two.setClaimKey(crn, one.claimKey(crn));
        two.append(crn, Payload{{Edit{"a/surname", Value("O'Brien"), {named.editId(0)}}}, std::nullopt});
        const auto second = two.chain().back();
        two.append(crn, Payload{{Edit{"a/surname", Value("Ó Briain"), {second.editId(0)}}}, std::nullopt});
        const auto early = two.push(*server);
        QCOMPARE(only(early).through, 2U);
        QCOMPARE(only(early).notes.size(), 2U);
        WELL(one.push(*server));
        WELL(three.pull(*server));
        QCOMPARE(*three.state(crn).value("a/surname").text(), std::string("Ó Briain"));
        const auto parked = server->store().read([&](const LedgerSnapshot& now) { return now.chains().parked(crn); });
        QVERIFY(parked->empty());
        // Asked again, it says what has become of them since.
        const auto again = two.pushRaw(*server, two.pushRequest(1));
        QCOMPARE(only(again).notes[0].kind, NoteKind::Duplicate);
    }

    void H25_aRevokedTabletsWorkGoesToQuarantineAndItReadsNothing() {
        QTemporaryDir folder;
        TestServer server(inMemory(folder));
        FakeTablet tablet(server.clock, server.random);
        WELL(tablet.join(*server));
        const auto crn = tablet.beginClaim();
        WELL(tablet.push(*server));
        tablet.save(crn, "a/surname", "Jones");
        WELL(server->directory().revokeDevice(tablet.device(), "operator"));
        const auto reply = tablet.push(*server);
        QCOMPARE(only(reply).outcome, PushOutcome::Received);
        QCOMPARE(only(reply).notes.size(), 1U);
        QCOMPARE(only(reply).notes[0].kind, NoteKind::Quarantined);
        const auto pulled = tablet.pull(*server);
        QVERIFY(!pulled.has_value());
        QCOMPARE(pulled.error().code, ErrorCode::NotAllowed);
        const auto hello = tablet.hello(*server);
        QCOMPARE(hello->orders, std::vector<std::string>{"wipe"});
        QVERIFY(hello->scopes.empty() && hello->officers.empty());
    }

    // There is one store and no copy of it that could lag: whoever reads after an acknowledgement, on whatever
    // connection, reads what was acknowledged. The pull does, and so does what decides whether a claim may leave.
    void H35_aPullRightAfterAnAcknowledgedPushSeesItOnEveryConnection() {
        QTemporaryDir folder;
        server::Server::Options options;
        options.data = folder.path().toStdString();
        TestServer server(options);
        FakeTablet writer(server.clock, server.random);
        WELL(writer.join(*server));
        std::vector<std::unique_ptr<FakeTablet>> readers;
        for (int i = 0; i < 3; ++i) {
            readers.push_back(std::make_unique<FakeTablet>(server.clock, server.random, "R" + std::to_string(i)));
            WELL(readers.back()->join(*server, "caernarfon", "Reader " + std::to_string(i)));
        }
        const auto crn = writer.beginClaim();
        for (int i = 0; i < 20; ++i) {
            writer.save(crn, "a/q" + std::to_string(i % 5), Value(std::to_string(i)));
            WELL(writer.push(*server));
            const auto seq = server->store().read([](const LedgerSnapshot& now) { return now.claims().lastSeq(); });
            // One read is under way on another connection while the next one asks for the newest.
            const auto both = server->store().read([&](const LedgerSnapshot& before) -> Result<bool> {
                ASSIGN(const auto known, before.claims().lastSeq());
                writer.save(crn, "a/late", Value(std::to_string(i)));
                ENSURE(writer.push(*server).has_value());
                for (const auto& reader : readers) TRY(reader->pull(*server));
                return known == *seq;
            });
            QVERIFY(both.value());
            for (const auto& reader : readers) QVERIFY(reader->state(crn) == writer.state(crn));
            QVERIFY(foldedState(*server, crn) == encodeClaimState(writer.state(crn)));
        }
    }

    // What is set aside may be released, and then the images that it names must be here.
    void H07_imagesOfTheOtherBranchAreTakenToo() {
        QTemporaryDir folder;
        TestServer server(inMemory(folder));
        FakeTablet tablet(server.clock, server.random);
        FakeTablet colleague(server.clock, server.random, "Tablet 2");
        WELL(tablet.join(*server));
        WELL(colleague.join(*server));
        tablet.beginClaim();
        WELL(tablet.push(*server));
        const auto crn = colleague.beginClaim();
        WELL(colleague.push(*server));
        WELL(tablet.pull(*server));
        tablet.forgetAfter(0);
        tablet.save(crn, "a/rent", Value("70"));
        WELL(server->directory().revokeDevice(tablet.device(), "operator"));
        const auto session = tablet.session(*server);
        const Bytes image(500, 7);
        const auto early = server->blobs().create(session, image.size(), sha256(image), crn);
        QCOMPARE(early.error().code, ErrorCode::NotAllowed);
        const auto pushed = tablet.pushRaw(*server, tablet.pushRequest(1));
        WELL(pushed);
        QCOMPARE(pushed->results.front().outcome, PushOutcome::Fork);
        WELL(server->blobs().create(session, image.size(), sha256(image), crn));
    }

    void H25_imagesOfWhatARevokedTabletWroteAreTakenAndNoOthers() {
        QTemporaryDir folder;
        TestServer server(inMemory(folder));
        FakeTablet tablet(server.clock, server.random);
        FakeTablet colleague(server.clock, server.random, "Tablet 2");
        WELL(tablet.join(*server));
        WELL(colleague.join(*server));
        const auto begun = tablet.beginClaim();
        WELL(tablet.push(*server));
        const auto crn = tablet.beginClaim();
        const auto theirs = colleague.beginClaim();
        WELL(colleague.push(*server));
        WELL(server->directory().revokeDevice(tablet.device(), "operator"));
        const Bytes image(500, 7);
        const auto session = tablet.session(*server);
        const auto early = server->blobs().create(session, image.size(), sha256(image), crn);
        QCOMPARE(early.error().code, ErrorCode::NotAllowed);
        WELL(tablet.push(*server));
        const auto upload = server->blobs().create(session, image.size(), sha256(image), crn);
        WELL(upload);
        QCOMPARE(upload->offset, 0U);
        const auto writer = server->blobs().begin(session, upload->id, 0, std::nullopt);
        QVERIFY(writer.has_value());
        WELL((*writer)->write(image));
        WELL(server->blobs().finish(session, **writer));
        const auto here =
            server->store().read([&](const LedgerSnapshot& now) { return now.blobs().hasBlob(crn, sha256(image)); });
        QVERIFY(*here);
        // It learns nothing of what others have.
        QCOMPARE(server->blobs().create(session, image.size(), sha256(image), theirs).error().code,
                 ErrorCode::NotAllowed);
        QVERIFY(!server->blobs().open(session, sha256(image)).has_value());
        // Nothing is brought back into a claim that was erased.
        const auto supervisor = server->directory().addOfficer("Mair Parry", "caernarfon", "supervisor")->id;
        WELL(server->erasures().erase(supervisor, begun, "The law says so."));
        QCOMPARE(server->blobs().create(session, image.size(), sha256(image), begun).error().code,
                 ErrorCode::NotAllowed);
    }

    void H26_aColleaguesSessionCarriesAnAuthorsWorkButCannotWriteIt() {
        QTemporaryDir folder;
        TestServer server(inMemory(folder));
        FakeTablet author(server.clock, server.random);
        FakeTablet carrier(server.clock, server.random, "Tablet 2");
        WELL(author.join(*server));
        WELL(carrier.join(*server));
        const auto crn = author.beginClaim();
        auto request = author.pushRequest(1);
        auto forged = request;
        forged.segments[0].signature =
            signEd25519(carrier.authorKey().secret, segmentMessage(author.author(), 1, 1, author.chain().back().hash));
        const auto refused = carrier.pushRaw(*server, forged);
        QCOMPARE(only(refused).outcome, PushOutcome::Refused);
        QCOMPARE(only(refused).through, 0U);
        QCOMPARE(only(carrier.pushRaw(*server, request)).outcome, PushOutcome::Received);
        const auto rows =
            server->store().read([&](const LedgerSnapshot& now) { return now.claims().rowsOfClaim(crn); });
        QVERIFY(rows->front().author == author.author());
    }

    void H37_aTamperedSegmentIsRefusedAndNothingOfItIsReceived_data() {
        QTest::addColumn<int>("what");
        QTest::newRow("counter") << 0;
        QTest::newRow("another incarnation") << 1;
        QTest::newRow("a header's byte") << 2;
        QTest::newRow("the last one cut off") << 3;
    }
    void H37_aTamperedSegmentIsRefusedAndNothingOfItIsReceived() {
        QFETCH(int, what);
        QTemporaryDir folder;
        TestServer server(inMemory(folder));
        FakeTablet tablet(server.clock, server.random);
        WELL(tablet.join(*server));
        const auto crn = tablet.beginClaim();
        tablet.save(crn, "a/surname", "Jones");
        auto request = tablet.pushRequest(1);
        auto& segment = request.segments[0];
        if (what == 0 || what == 2) {
            auto header = tablet.chain()[1].header;
            if (what == 0) header.counter = 3;
            if (what == 2) header.device_time += 1;
            const auto made = makeChangeSet(header, tablet.chain()[1].payload, tablet.claimKey(crn));
            segment.change_sets[1] = encodeChangeSet(made);
        }
        if (what == 1) segment.incarnation = 2;
        if (what == 3) segment.change_sets.pop_back();
        const auto reply = tablet.pushRaw(*server, request);
        QCOMPARE(only(reply).outcome, PushOutcome::Refused);
        QCOMPARE(only(reply).through, 0U);
        QVERIFY(!only(reply).reason.empty());
        QVERIFY(folded(*server).claims.empty());
    }

    void H37_aNonceOpensOneSessionOfItsDeviceWithinTwoMinutes() {
        QTemporaryDir folder;
        TestServer server(inMemory(folder));
        FakeTablet tablet(server.clock, server.random);
        WELL(tablet.join(*server));
        const auto key = KeyPair::make(server.random);
        EnrolRequest enrol{
            EnrolmentCode::parse(*server->enrolment().makeCode("caernarfon"))->secret, key.public_key, "T", {}};
        enrol.proof = signEd25519(key.secret, enrolMessage(enrol.secret, enrol.device_key));
        const auto device = server->enrolment().enrol(enrol)->device;
        const auto ca = server->sessions().caKeyHash();
        const auto nonce = server->sessions().open({device, {}, {}, {}})->nonce;
        SessionRequest request{device, nonce, signEd25519(key.secret, sessionMessage(device, nonce, ca)), {}};
        auto other_server = request;
        other_server.signature = signEd25519(key.secret, sessionMessage(device, nonce, Hash{}));
        QCOMPARE(server->sessions().open(other_server).error().code, ErrorCode::BadSignature);
        QVERIFY(!server->sessions().open(request)->token.empty());
        QCOMPARE(server->sessions().open(request).error().code, ErrorCode::NotSignedIn);
        const auto late = server->sessions().open({device, {}, {}, {}})->nonce;
        server.clock.advance(server::kNonceMs + 1);
        SessionRequest expired{device, late, signEd25519(key.secret, sessionMessage(device, late, ca)), {}};
        QCOMPARE(server->sessions().open(expired).error().code, ErrorCode::NotSignedIn);
        const auto others = server->sessions().open({tablet.device(), {}, {}, {}})->nonce;
        SessionRequest stolen{device, others, signEd25519(key.secret, sessionMessage(device, others, ca)), {}};
        QCOMPARE(server->sessions().open(stolen).error().code, ErrorCode::NotSignedIn);
    }

    void aSessionEndsAfterFifteenMinutes() {
        QTemporaryDir folder;
        TestServer server(inMemory(folder));
        FakeTablet tablet(server.clock, server.random);
        WELL(tablet.join(*server));
        server.clock.advance(kSessionMs - 1);
        WELL(server->sessions().check(tablet.token()));
        server.clock.advance(1);
        QCOMPARE(server->sessions().check(tablet.token()).error().code, ErrorCode::NotSignedIn);
    }

    void anEnrolmentCodeServesOnceLivesADayAndDiesAfterFiveWrongTries() {
        QTemporaryDir folder;
        TestServer server(inMemory(folder));
        const auto code = *server->enrolment().makeCode("caernarfon");
        FakeTablet one(server.clock, server.random);
        FakeTablet two(server.clock, server.random);
        WELL(one.enrol(*server, code));
        const auto device = one.device();
        WELL(one.enrol(*server, code));  // its reply was lost
        QVERIFY(one.device() == device);
        QCOMPARE(two.enrol(*server, code).error().code, ErrorCode::BadCode);

        const auto late = *server->enrolment().makeCode("caernarfon");
        server.clock.advance(server::kEnrolmentCodeMs);
        QCOMPARE(two.enrol(*server, late).error().code, ErrorCode::BadCode);

        const auto guessed = EnrolmentCode::parse(*server->enrolment().makeCode("caernarfon")).value();
        auto wrong = guessed;
        for (int i = 0; i < 5; ++i) {
            wrong.secret[7] = static_cast<std::uint8_t>(guessed.secret[7] + 1 + i);
            QCOMPARE(two.enrol(*server, wrong.text()).error().code, ErrorCode::BadCode);
        }
        QCOMPARE(two.enrol(*server, guessed.text()).error().code, ErrorCode::BadCode);
    }

    void anOfficersCodeServesOnceAndDiesAfterFiveWrongTries() {
        QTemporaryDir folder;
        TestServer server(inMemory(folder));
        FakeTablet tablet(server.clock, server.random);
        WELL(tablet.enrol(*server, *server->enrolment().makeCode("caernarfon")));
        const auto officer = *server->directory().addOfficer("Carys Hughes", "caernarfon", "assessor");
        for (int i = 0; i < 4; ++i) QVERIFY(!tablet.signIn(*server, officer.id, "0000-0000-0000")->empty());
        QVERIFY(tablet.signIn(*server, officer.id, officer.code)->empty());
        QVERIFY(tablet.signIn(*server, officer.id, officer.code)->empty());  // the reply was lost
        FakeTablet other(server.clock, server.random);
        WELL(other.enrol(*server, *server->enrolment().makeCode("caernarfon")));
        QVERIFY(!other.signIn(*server, officer.id, officer.code)->empty());
        const auto fresh = *server->directory().renewOfficerCode(officer.id);
        for (int i = 0; i < 5; ++i) QVERIFY(!other.signIn(*server, officer.id, "0000-0000-0000")->empty());
        QVERIFY(!other.signIn(*server, officer.id, fresh)->empty());
    }

    void H18_whatIsWrittenUnderATakenClaimNumberIsSetAsideAndHoldsUpNothing() {
        QTemporaryDir folder;
        TestServer server(inMemory(folder));
        FakeTablet one(server.clock, server.random);
        FakeTablet two(server.clock, server.random, "Tablet 2");
        WELL(one.join(*server));
        WELL(two.join(*server));
        const auto crn = one.beginClaim();
        WELL(one.push(*server));
        two.setClaimKey(crn, ClaimKey{7});
        two.save(crn, "site", "caernarfon");
        const auto other = two.beginClaim();
        const auto before = foldedState(*server, crn);
        const auto reply = two.push(*server);
        QCOMPARE(only(reply).outcome, PushOutcome::Received);
        QCOMPARE(only(reply).through, 2U);
        QCOMPARE(only(reply).notes.size(), 1U);
        QCOMPARE(only(reply).notes[0].counter, 1U);
        QVERIFY(only(reply).notes[0].kind == NoteKind::Quarantined);
        QVERIFY(only(reply).notes[0].reason.find("another claim's") != std::string::npos);
        QCOMPARE(foldedState(*server, crn), before);
        QVERIFY(!foldedState(*server, other).empty());
    }

    void aPackedPushIsReceivedAsIfItHadComeWhole() {
        QTemporaryDir folder;
        TestServer server(inMemory(folder));
        FakeTablet tablet(server.clock, server.random);
        FakeTablet colleague(server.clock, server.random, "Tablet 2");
        WELL(tablet.join(*server));
        WELL(colleague.join(*server));
        const auto crn = tablet.beginClaim();
        tablet.save(crn, "a/surname", "Jones");
        WELL(tablet.push(*server));
        WELL(colleague.pull(*server));
        colleague.save(crn, "a/nino", "QQ123456C");
        WELL(colleague.push(*server));
        WELL(tablet.pull(*server));
        tablet.save(crn, "a/surname", "Evans");   // replaces its own, received before
        tablet.save(crn, "a/nino", "QQ123456D");  // replaces a colleague's, in the ledger
        tablet.save(crn, "a/surname", "Rees");    // replaces one of this push

        auto request = tablet.pushRequest(3);
        const auto whole = request.segments[0].change_sets;
        const Status packed = server->store().read([&](const LedgerSnapshot& now) -> Status {
            server::LedgerNames names(now, {});
            names.readerHas("site/caernarfon", 1'000);
            for (const auto& made : tablet.chain()) names.addOwn(made.id(), encodeChangeSet(made));
            return packSegment(request.segments[0], names);
        });
        WELL(packed);
        QVERIFY(!request.segments[0].packed.isNull());
        // No edit is named by 16 bytes: those of the second change set are there once, in `previous`.
        const auto bytes = encodeCbor(request.segments[0].packed);
        const auto second = tablet.chain()[1].id();
        const auto once = std::search(bytes.begin(), bytes.end(), second.begin(), second.end());
        QVERIFY(once != bytes.end());
        QVERIFY(std::search(once + 1, bytes.end(), second.begin(), second.end()) == bytes.end());
        const auto theirs = colleague.chain().back().id();
        QVERIFY(std::search(bytes.begin(), bytes.end(), theirs.begin(), theirs.end()) == bytes.end());
        const auto reply = tablet.pushRaw(*server, request);
        QCOMPARE(only(reply).outcome, PushOutcome::Received);
        QCOMPARE(only(reply).through, 5U);
        QVERIFY(only(reply).notes.empty());
        WELL(colleague.pull(*server));
        QVERIFY(colleague.state(crn) == tablet.state(crn));
        const auto rows =
            server->store().read([&](const LedgerSnapshot& now) { return now.claims().rowsOfClaim(crn); });
        QVERIFY(rows->back().change_sets == whole);
    }

    void aPackedPushThatCannotBeReadHereIsAskedForWhole_data() {
        QTest::addColumn<int>("what");
        QTest::newRow("a claim whose key is not here") << 0;
        QTest::newRow("an edit that is not here") << 1;
        QTest::newRow("another change set at that place of the chain") << 2;
        QTest::newRow("a malformed run") << 3;
    }
    void aPackedPushThatCannotBeReadHereIsAskedForWhole() {
        QFETCH(int, what);
        QTemporaryDir folder;
        TestServer server(inMemory(folder));
        FakeTablet tablet(server.clock, server.random);
        WELL(tablet.join(*server));
        const auto crn = tablet.beginClaim();
        tablet.save(crn, "a/surname", "Jones");
        WELL(tablet.push(*server));
        tablet.save(crn, "a/surname", "Evans");
        auto request = tablet.pushRequest(3);
        KnownNames names;
        names.keys[crn] = tablet.claimKey(crn);
        const auto replaced = tablet.chain()[1];
        const auto& header = replaced.header;
        const std::uint64_t counter = what == 2 ? 1 : header.counter;
        if (what == 1) {
            names.ledger[{crn, {999, 0}}] = replaced.id();
        } else {
            names.chain[{header.author, header.incarnation, counter}] = replaced.id();
        }
        WELL(packSegment(request.segments[0], names));
        QVERIFY(!request.segments[0].packed.isNull());
        if (what == 0) {
            // A claim that this server never heard of.
            auto& claims = *(*request.segments[0].packed.list())[2].list();
            claims.front() = Crn::make(server.random);
        }
        if (what == 3) request.segments[0].packed = Value::List{1};
        const auto reply = tablet.pushRaw(*server, request);
        QCOMPARE(only(reply).outcome, PushOutcome::SendWhole);
        QCOMPARE(only(reply).through, 2U);
        const auto head = server->store().read(
            [&](const LedgerSnapshot& now) { return now.chains().head(header.author, header.incarnation); });
        QCOMPARE(head->counter, 2U);
        request.segments[0].packed = {};
        QCOMPARE(only(tablet.pushRaw(*server, request)).outcome, PushOutcome::Received);
    }

    void aPackedPageUnpacksToTheRowsThatAWholeOneHas() {
        QTemporaryDir folder;
        TestServer server(inMemory(folder));
        FakeTablet one(server.clock, server.random);
        FakeTablet two(server.clock, server.random, "Tablet 2");
        WELL(one.join(*server));
        WELL(two.join(*server));
        const auto crn = one.beginClaim();
        one.save(crn, "a/surname", "Jones");
        WELL(one.push(*server));
        WELL(two.pull(*server));
        two.save(crn, "a/surname", "Evans");
        WELL(two.push(*server));
        const auto session = two.session(*server);
        const auto epoch = server->identity().epoch;
        for (const bool full : {false, true}) {
            for (const std::uint64_t cursor : {0U, 1U}) {
                const PullRequest asked{epoch, {{"site/caernarfon", cursor}}, full};
                auto wants_whole = asked;
                wants_whole.whole = true;
                const auto packed = server->sync().pull(session, asked);
                const auto whole = server->sync().pull(session, wants_whole);
                QVERIFY(packed && whole);
                QVERIFY(!packed->packed.isNull() && packed->rows.empty());
                QVERIFY(whole->packed.isNull() && !whole->rows.empty());
                const auto same = server->store().read([&](const LedgerSnapshot& now) -> Result<bool> {
                    server::LedgerNames names(now, packed->keys);
                    ASSIGN(const auto rows, unpackRows(*packed, names));
                    return rows == whole->rows;
                });
                QVERIFY(same && *same);
            }
        }
    }

    void anotherEpochOrACursorAboveTheLedgerIsToldSo() {
        QTemporaryDir folder;
        TestServer server(inMemory(folder));
        FakeTablet tablet(server.clock, server.random);
        WELL(tablet.join(*server));
        tablet.beginClaim();
        const auto session = tablet.session(*server);
        auto push = tablet.pushRequest(1);
        push.epoch = Uuid{};
        QCOMPARE(tablet.pushRaw(*server, push).error().code, ErrorCode::EpochChanged);
        QCOMPARE(server->sync().pull(session, {Uuid{}, {}, false}).error().code, ErrorCode::EpochChanged);
        const auto above = server->sync().pull(session, {server->identity().epoch, {{"site/caernarfon", 5}}, false});
        QCOMPARE(above.error().code, ErrorCode::EpochChanged);
    }

    void aLongPullComesInPagesThatFitTogether() {
        QTemporaryDir folder;
        TestServer server(inMemory(folder));
        FakeTablet one(server.clock, server.random);
        FakeTablet two(server.clock, server.random, "Tablet 2");
        WELL(one.join(*server));
        WELL(two.join(*server));
        const auto crn = one.beginClaim();
        for (int i = 0; i < 12; ++i) {
            one.save(crn, "a/note" + std::to_string(i), Value(std::string(100'000, 'x')));
            WELL(one.push(*server));
        }
        const auto page = server->sync().pull(two.session(*server), {server->identity().epoch, {}, false});
        QVERIFY(page->more && page->checksums.empty());
        QVERIFY(page->rows.size() < 12);
        WELL(two.pull(*server));  // checks the checksum over all pages
        QVERIFY(two.state(crn) == one.state(crn));
    }

    void aPageIsAsLargeAsTheTabletAsksForAndHasOneRowAtLeast() {
        QTemporaryDir folder;
        TestServer server(inMemory(folder));
        FakeTablet one(server.clock, server.random);
        FakeTablet two(server.clock, server.random, "Tablet 2");
        WELL(one.join(*server));
        WELL(two.join(*server));
        const auto crn = one.beginClaim();
        for (int i = 0; i < 12; ++i) {
            one.save(crn, "a/note" + std::to_string(i), Value(std::string(3'000, 'x')));
            WELL(one.push(*server));
        }
        const auto rowsFor = [&](std::uint64_t most_bytes) {
            PullRequest request{server->identity().epoch, {}, false, true};
            request.most_bytes = most_bytes;
            const auto page = server->sync().pull(two.session(*server), request);
            ENSURE(page.has_value());
            return page->rows.size();
        };
        QCOMPARE(rowsFor(0), 2U);  // 4 KiB is the least
        QCOMPARE(rowsFor(9'000), 3U);
        QCOMPARE(rowsFor(UINT64_C(1) << 40U), 12U);
    }

    void whoOpenedAClaimOnATabletIsInTheAuditOnce() {
        QTemporaryDir folder;
        TestServer server(inMemory(folder));
        FakeTablet tablet(server.clock, server.random);
        WELL(tablet.join(*server));
        const auto crn = tablet.beginClaim();
        const Uuid stranger{{9, 9, 9}};
        HelloRequest hello;
        hello.views = {{tablet.officer(), crn, 1'168'862'400'250},
                       {tablet.officer(), crn, 1'168'862'400'251},
                       {stranger, crn, 1'168'862'400'250},
                       {tablet.officer(), crn, INT64_MAX},
                       {tablet.officer(), "not a claim", 1}};
        for (int told = 0; told < 2; ++told) {
            const auto reply = server->sync().hello(tablet.session(*server), hello);
            WELL(reply);
            QCOMPARE(reply->views_noted, 5U);
        }
        std::vector<server::AuditRow> seen;
        const auto rows = server->store().read([&](const LedgerSnapshot& now) { return now.audit().rows(crn, 100); });
        for (const auto& row : *rows) {
            if (row.what == server::kViewedOnTablet) seen.insert(seen.begin(), row);
        }
        QCOMPARE(seen.size(), 4U);
        QCOMPARE(seen[0].who, "officer " + tablet.officer().text());
        QCOMPARE(seen[0].detail, "on " + tablet.device().text() + ", its clock 2007-01-15T12:00:00.250Z");
        QCOMPARE(seen[2].who, "device " + tablet.device().text());
        QVERIFY(seen[3].detail.ends_with("9999-12-31T23:59:59.999Z"));
        hello.views.assign(kMostViews + 1, {tablet.officer(), crn, 1});
        QCOMPARE(server->sync().hello(tablet.session(*server), hello).error().code, ErrorCode::TooLarge);
    }

    void theAuthorityVouchesForThePacksOfHelloAndForNoneToARevokedTablet() {
        QTemporaryDir folder;
        auto options = inMemory(folder);
        options.packs = {FIELDCLAIM_SOURCE_DIR "/shared/packs/working-age"};
        TestServer server(options);
        FakeTablet tablet(server.clock, server.random);
        WELL(tablet.join(*server));
        const auto hello = tablet.hello(*server);
        QCOMPARE(hello->packs.size(), 1U);
        QVERIFY(hello->packs_key.has_value());
        const auto& [key, signature] = *hello->packs_key;
        const auto authority = server->keys().ca.certificatePem();
        QVERIFY(verifyByAuthority(authority, packsKeyMessage(key), signature));
        const auto& pack = hello->packs.front();
        QVERIFY(verifyEd25519(key, packMessage(pack), pack.signature));
        WELL(server->directory().revokeDevice(tablet.device(), "operator"));
        const auto revoked = tablet.hello(*server);
        QVERIFY(revoked->packs.empty() && !revoked->packs_key);
    }

    void aTabletOfAnotherProtocolIsToldWhichSideToUpdate() {
        QTemporaryDir folder;
        TestServer server(inMemory(folder));
        FakeTablet tablet(server.clock, server.random);
        WELL(tablet.join(*server));
        HelloRequest hello;
        hello.protocol = 2;
        const auto later = server->sync().hello(tablet.session(*server), hello);
        QCOMPARE(later.error().code, ErrorCode::Unsupported);
        QVERIFY(later.error().detail.ends_with("this server speaks 1 to 1; update the server"));
        hello.protocol = 0;
        QVERIFY(server->sync().hello(tablet.session(*server), hello).error().detail.ends_with("update the app"));
        hello.protocol = 1;
        const auto spoken = server->sync().hello(tablet.session(*server), hello);
        QCOMPARE(spoken->protocol, 1);
        QCOMPARE(spoken->least_protocol, 1);
        QCOMPARE(spoken->most_protocol, 1);
    }

    void H11_aFullDiskFailsTheWholePushAndNothingOfItIsKept() {
        QTemporaryDir folder;
        server::Server::Options options;
        options.data = folder.path().toStdString();
        options.inline_writer = true;
        TestServer server(options);
        FakeTablet tablet(server.clock, server.random);
        WELL(tablet.join(*server));
        const auto crn = tablet.beginClaim();
        WELL(tablet.push(*server));
        const auto before = folded(*server);
        server.options.max_pages = 90;
        server.restart();
        WELL(tablet.signIn(*server));
        Error last;
        for (int i = 0; i < 40; ++i) {
            tablet.save(crn, "a/big" + std::to_string(i), Value(std::string(60'000, 'y')));
            const auto received = tablet.received();
            const auto reply = tablet.push(*server);
            if (reply) continue;
            last = reply.error();
            QCOMPARE(tablet.received(), received);
            break;
        }
        QCOMPARE(last.code, ErrorCode::DiskFull);
        WELL(server->store().check());
        server.options.max_pages = 0;
        server.restart();
        WELL(tablet.signIn(*server));
        // All that was acknowledged is here, nothing else is; with room again the rest comes.
        const auto head =
            server->store().read([&](const LedgerSnapshot& now) { return now.chains().head(tablet.author(), 1); });
        QCOMPARE(head->counter, tablet.received());
        WELL(tablet.push(*server));
        QVERIFY(foldedState(*server, crn) == encodeClaimState(tablet.state(crn)));
        QVERIFY(!(folded(*server) == before));
    }

    void theFoldedTablesAreMadeAgainFromTheLedgerByteForByte() {
        QTemporaryDir folder;
        TestServer server(inMemory(folder));
        FakeTablet one(server.clock, server.random);
        FakeTablet two(server.clock, server.random, "Tablet 2");
        WELL(one.join(*server));
        WELL(two.join(*server));
        for (int i = 0; i < 5; ++i) {
            const auto crn = one.beginClaim();
            one.save(crn, "a/surname", Value("Jones " + std::to_string(i)));
            WELL(one.push(*server));
            server.clock.advance(1'000);
            WELL(two.pull(*server));
            two.save(crn, "a/surname", "Evans");
            one.save(crn, "a/surname", "Rees");
            two.saveIntent(crn, Value::Map{{"intent", "withdraw"}, {"reason", "moved away"}});
            WELL(two.push(*server));
            WELL(one.push(*server));
        }
        const auto before = folded(*server);
        QCOMPARE(before.claims.size(), 5U);
        WELL(server->store().write([](server::LedgerTransaction& tx) { return tx.claims().clearFolded(); }));
        QVERIFY(folded(*server).claims.empty());
        QCOMPARE(server::rebuildFolded(server->store()).value(), 5U);
        QVERIFY(folded(*server) == before);
    }

    // I3, I4: whatever the order and however often, all who see the same ledger hold the same bytes.
    void anyCausalOrderOfPushesFromSeveralTabletsGivesOneState() {
        const bool holds = rc::check("states converge", [] {
            QTemporaryDir folder;
            TestServer server(inMemory(folder), *rc::gen::inRange<std::uint64_t>(1, 1'000'000));
            std::vector<std::unique_ptr<FakeTablet>> tablets;
            for (int i = 0; i < 3; ++i) {
                tablets.push_back(std::make_unique<FakeTablet>(server.clock, server.random));
                RC_ASSERT(tablets.back()->join(*server).has_value());
            }
            const auto crn = tablets[0]->beginClaim();
            RC_ASSERT(tablets[0]->push(*server).has_value());
            for (auto& tablet : tablets) RC_ASSERT(tablet->pull(*server).has_value());
            const auto steps = *rc::gen::container<std::vector<std::pair<int, int>>>(
                rc::gen::pair(rc::gen::inRange(0, 3), rc::gen::inRange(0, 8)));
            for (const auto& [who, what] : steps) {
                auto& tablet = *tablets[static_cast<std::size_t>(who)];
                if (what < 4)
                    tablet.save(crn, "a/q" + std::to_string(what), Value(std::to_string(server.random.below(5))));
                if (what == 4) RC_ASSERT(tablet.push(*server).has_value());
                if (what == 5 && tablet.counter() > 0) {  // again from anywhere: duplicates, and what is new
                    const auto from = 1 + server.random.below(std::min(tablet.counter(), tablet.received() + 1));
                    RC_ASSERT(tablet.pushRaw(*server, tablet.pushRequest(from)).has_value());
                }
                if (what == 6) RC_ASSERT(tablet.pull(*server).has_value());
                if (what == 7) server.clock.advance(-3'600'000);  // clocks decide nothing
            }
            for (auto& tablet : tablets) RC_ASSERT(tablet->push(*server).has_value());
            for (auto& tablet : tablets) RC_ASSERT(tablet->pull(*server).has_value());
            const auto state = foldedState(*server, crn);
            for (auto& tablet : tablets) RC_ASSERT(encodeClaimState(tablet->state(crn)) == state);
            const auto before = folded(*server);
            RC_ASSERT(server::rebuildFolded(server->store()).has_value());
            RC_ASSERT(folded(*server) == before);
        });
        QVERIFY(holds);
    }
};

QTEST_GUILESS_MAIN(SyncServiceTest)
#include "tst_sync_service.moc"
