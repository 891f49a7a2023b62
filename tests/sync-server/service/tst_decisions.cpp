#include <QTemporaryDir>
#include <QtTest>

#include <rapidcheck.h>
#include <algorithm>

#include "shared/domain/records.h"
#include "shared/wire/cbor.h"
#include "sync-server/service/ledger_rebuild.h"
#include "tests/support/tablet/fake_tablet.h"
#include "tests/support/tablet/test_server.h"

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

ClaimState stateOf(server::Server& server, const std::string& crn) {
    const auto claim = server.store().read([&](const LedgerSnapshot& now) { return now.claims().claim(crn); });
    ENSURE(claim.has_value() && claim->has_value());
    return *decodeClaimState((*claim)->state);
}

std::vector<server::SetAsideCase> waiting(server::Server& server) {
    auto out = server.decisions().waiting();
    ENSURE(out.has_value());
    return *out;
}

std::optional<Disposition> dispositionOf(server::Server& server, const ChangeSet& change_set) {
    const auto& header = change_set.header;
    const auto row = server.store().read([&](const LedgerSnapshot& now) {
        return now.chains().changeSet(header.author, header.incarnation, header.counter);
    });
    ENSURE(row.has_value());
    return *row ? std::optional((*row)->disposition) : std::nullopt;
}

// The ids of a claim's change sets in the order of the ledger.
std::vector<ChangeSetId> ledgerOf(server::Server& server, const std::string& crn) {
    const auto rows = server.store().read([&](const LedgerSnapshot& now) { return now.claims().rowsOfClaim(crn); });
    ENSURE(rows.has_value());
    std::vector<ChangeSetId> out;
    for (const auto& row : *rows) out.insert(out.end(), row.ids.begin(), row.ids.end());
    return out;
}

std::size_t placeOf(const std::vector<ChangeSetId>& ids, const ChangeSet& change_set) {
    return static_cast<std::size_t>(std::find(ids.begin(), ids.end(), change_set.id()) - ids.begin());
}

using Rebuilt = std::pair<std::vector<server::ClaimRow>, std::vector<server::ClaimViewRow>>;
Rebuilt folded(server::Server& server) {
    const auto out = server.store().read([](const LedgerSnapshot& now) -> Result<Rebuilt> {
        Rebuilt all;
        ASSIGN(all.first, now.claims().claims());
        ASSIGN(all.second, now.claims().claimViews({}, 100'000));
        return all;
    });
    ENSURE(out.has_value());
    return *out;
}

// A server with a supervisor and two tablets, the first of which is about to lose its rights.
struct Office {
    explicit Office(std::uint64_t seed = 1)
        : server(inMemory(folder), seed),
          tablet(server.clock, server.random),
          colleague(server.clock, server.random, "Tablet 2") {
        ENSURE(tablet.join(*server).has_value());
        ENSURE(colleague.join(*server, "caernarfon", "Dewi Rees").has_value());
        const auto added = server->directory().addOfficer("Mair Parry", "caernarfon", "supervisor");
        ENSURE(added.has_value());
        supervisor = added->id;
    }
    void revoke() { ENSURE(server->directory().revokeDevice(tablet.device(), "operator").has_value()); }

    QTemporaryDir folder;
    TestServer server;
    FakeTablet tablet;
    FakeTablet colleague;
    Uuid supervisor;
};

// Sends all that the tablet has, with the payload of one change set changed on the way.
Result<PushReply> pushWithPayload(Office& office, const ChangeSet& broken, const Bytes& payload) {
    auto request = office.tablet.pushRequest(1);
    request.segments[0].change_sets[broken.header.counter - 1] = encodeCbor(Value::List{broken.header_bytes, payload});
    return office.tablet.pushRaw(*office.server, request);
}

}  // namespace

#define WELL(expression)                                                                             \
    do {                                                                                             \
        const auto well_result = (expression);                                                       \
        QVERIFY2(well_result.has_value(), well_result ? "" : describe(well_result.error()).c_str()); \
    } while (false)

class DecisionsTest : public QObject {
    Q_OBJECT

private slots:
    void H52_whatIsReleasedIsAppliedAndThenWhatWaitedForItInTheOrderOfTheChain() {
        Office office;
        auto& server = office.server;
        const auto crn = office.tablet.beginClaim();
        WELL(office.tablet.push(*server));
        const auto first = office.tablet.save(crn, "a/surname", "Jones");
        const auto second = office.tablet.save(crn, "a/surname", "Evans");
        office.revoke();
        WELL(office.tablet.push(*server));
        QCOMPARE(waiting(*server).size(), 2U);
        QCOMPARE(ledgerOf(*server, crn).size(), 1U);

        // The later one first: it is free to go, and waits for what it builds on.
        WELL(server->decisions().release(office.supervisor, second.hash, "She knows her own name."));
        QCOMPARE(*dispositionOf(*server, second), Disposition::Parked);
        QVERIFY(stateOf(*server, crn).find("a/surname") == nullptr);
        WELL(server->decisions().release(office.supervisor, first.hash, "She knows her own name."));
        QCOMPARE(*dispositionOf(*server, first), Disposition::Applied);
        QCOMPARE(*dispositionOf(*server, second), Disposition::Applied);
        const auto ids = ledgerOf(*server, crn);
        QVERIFY(placeOf(ids, first) < placeOf(ids, second));
        QCOMPARE(*stateOf(*server, crn).value("a/surname").text(), std::string("Evans"));
        QVERIFY(stateOf(*server, crn).conflicts().empty());
        QVERIFY(waiting(*server).empty());

        WELL(office.colleague.pull(*server));
        QVERIFY(office.colleague.state(crn) == stateOf(*server, crn));
        const auto decision = decodeDecision(office.colleague.state(crn).value(decisionPath(first.id())));
        QVERIFY(decision && decision->kind == Decision::Kind::Release && decision->by == office.supervisor);
        QCOMPARE(decision->reason, std::string("She knows her own name."));
    }

    void H52_whatIsRefusedCountsForNothingAndNothingRisesFromTheDead() {
        Office office;
        auto& server = office.server;
        const auto crn = office.tablet.beginClaim();
        office.tablet.save(crn, "a/rent", "70");
        const auto refused = office.tablet.save(crn, "a/rent", "7000");
        const auto after = office.tablet.save(crn, "a/rent", "75");
        const auto reply = pushWithPayload(office, refused, Bytes(kMaxPayloadBytes + 1, 0x40));
        WELL(reply);
        // What builds on it waits with it, and says so.
        QCOMPARE(reply->results[0].notes.size(), 2U);
        QCOMPARE(reply->results[0].notes[1].kind, NoteKind::Parked);
        QCOMPARE(reply->results[0].notes[1].reason,
                 std::string("It builds on work that is set aside, and waits with it."));
        QCOMPARE(*stateOf(*server, crn).value("a/rent").text(), std::string("70"));

        WELL(server->decisions().refuse(office.supervisor, refused.hash, "It cannot be read."));
        QCOMPARE(*dispositionOf(*server, refused), Disposition::Refused);
        QCOMPARE(*dispositionOf(*server, after), Disposition::Applied);
        QVERIFY(waiting(*server).empty());
        const auto again = office.tablet.pushRaw(*server, office.tablet.pushRequest(refused.header.counter));
        QCOMPARE(again->results[0].notes[0].reason, std::string("It cannot be read."));
        WELL(office.colleague.pull(*server));
        QVERIFY(office.colleague.state(crn) == stateOf(*server, crn));
        QVERIFY(stateOf(*server, crn).isRefused(refused.id()));
    }

    // The refused edit named another: whoever built on it has replaced that one, and there is no conflict.
    void H52_aRefusedEditIsTransparentToWhoeverBuiltOnIt() {
        Office office;
        auto& server = office.server;
        const auto crn = office.tablet.beginClaim();
        office.tablet.save(crn, "a/rent", "70");
        WELL(office.tablet.push(*server));
        const auto refused = office.tablet.save(crn, "a/rent", "7000");
        const auto after = office.tablet.save(crn, "a/rent", "75");
        office.revoke();
        WELL(office.tablet.push(*server));
        WELL(server->decisions().refuse(office.supervisor, refused.hash, "Not her rent."));
        WELL(server->decisions().release(office.supervisor, after.hash, "Her rent book says so."));
        QCOMPARE(*stateOf(*server, crn).value("a/rent").text(), std::string("75"));
        QVERIFY(stateOf(*server, crn).conflicts().empty());
    }

    void onlyASupervisorDecidesAndOnlyWithAReason() {
        Office office;
        auto& server = office.server;
        const auto crn = office.tablet.beginClaim();
        WELL(office.tablet.push(*server));
        const auto aside = office.tablet.save(crn, "a/surname", "Jones");
        office.revoke();
        WELL(office.tablet.push(*server));
        auto& decisions = server->decisions();
        const auto clerk = server->directory().addOfficer("Ann Clerk", "caernarfon", "backoffice")->id;
        QCOMPARE(decisions.release(clerk, aside.hash, "why not").error().code, ErrorCode::NotAllowed);
        QCOMPARE(decisions.release(Uuid{}, aside.hash, "why not").error().code, ErrorCode::NotAllowed);
        QCOMPARE(decisions.release(office.supervisor, aside.hash, "  ").error().code, ErrorCode::BadInput);
        QCOMPARE(decisions.refuse(office.supervisor, aside.hash, std::string(501, 'x')).error().code,
                 ErrorCode::BadInput);
        QCOMPARE(decisions.release(office.supervisor, Hash{}, "why not").error().code, ErrorCode::NotFound);
        QCOMPARE(decisions.applyParked(office.supervisor, aside.hash, "why not").error().code, ErrorCode::Conflict);
        QCOMPARE(waiting(*server).size(), 1U);
        WELL(decisions.release(office.supervisor, aside.hash, "Seen"));
        QCOMPARE(decisions.release(office.supervisor, aside.hash, "Seen").error().code, ErrorCode::NotFound);
        QCOMPARE(decisions.refuse(office.supervisor, aside.hash, "Seen").error().code, ErrorCode::NotFound);
        const auto audited = server->store().read([&](const LedgerSnapshot& now) { return now.audit().rows(crn, 10); });
        QCOMPARE(audited->front().what, std::string("set-aside-released"));
        QCOMPARE(audited->front().who, "officer " + office.supervisor.text());
    }

    void whatOnlyTheServerMayWriteCanOnlyBeRefused() {
        Office office;
        auto& server = office.server;
        const auto crn = office.tablet.beginClaim();
        const auto forged = office.tablet.append(
            crn, Payload{{Edit{"decision/00", Value::Map{{"decision", "release"}}, {}}}, std::nullopt});
        WELL(office.tablet.push(*server));
        const auto cases = waiting(*server);
        QCOMPARE(cases.size(), 1U);
        QVERIFY(!cases[0].only_refusable.empty());
        QCOMPARE(server->decisions().release(office.supervisor, forged.hash, "Seen").error().code, ErrorCode::Conflict);
        WELL(server->decisions().refuse(office.supervisor, forged.hash, "Forged."));
        QVERIFY(stateOf(*server, crn).find("decision/00") == nullptr);
    }

    void aClaimThatNeverBeganIsReleasedFromItsBeginning() {
        Office office;
        auto& server = office.server;
        office.revoke();
        const auto crn = office.tablet.beginClaim();
        const auto beginning = office.tablet.chain().back();
        const auto name = office.tablet.save(crn, "a/surname", "Jones");
        const auto intent =
            office.tablet.saveIntent(crn, Value::Map{{"intent", "withdraw"}, {"reason", "She moved away."}});
        WELL(office.tablet.push(*server));
        QCOMPARE(waiting(*server).size(), 3U);
        WELL(server->decisions().release(office.supervisor, name.hash, "Seen"));
        QVERIFY(folded(*server).second.empty());  // nothing of it is listed yet
        WELL(server->decisions().release(office.supervisor, intent.hash, "Seen"));
        WELL(server->decisions().release(office.supervisor, beginning.hash, "Seen"));
        const auto state = stateOf(*server, crn);
        QCOMPARE(*state.value("a/surname").text(), std::string("Jones"));
        QVERIFY(intentAnswersOf(state).front().accepted);  // the intent is answered when it is applied
        WELL(office.colleague.pull(*server));
        QVERIFY(office.colleague.state(crn) == state);
        const auto before = folded(*server);
        QCOMPARE(before.second.size(), 1U);
        WELL(server::rebuildFolded(server->store()));
        QVERIFY(folded(*server) == before);
    }

    void bothBranchesOfAForkAreKeptAndAPersonReleasesOrRefusesTheOther() {
        Office office;
        auto& server = office.server;
        const auto crn = office.tablet.beginClaim();
        office.tablet.save(crn, "a/surname", "Jones");
        WELL(office.tablet.push(*server));
        office.tablet.forgetAfter(1);
        const auto released = office.tablet.save(crn, "a/forename", "Mair");
        const auto refused = office.tablet.save(crn, "a/surname", "Evans");
        const auto builds = office.tablet.save(crn, "a/surname", "Rees");
        WELL(office.tablet.pushRaw(*server, office.tablet.pushRequest(2)));
        QCOMPARE(waiting(*server).size(), 3U);
        QVERIFY(waiting(*server)[0].row.fork && waiting(*server)[0].row.claim == crn);

        WELL(server->decisions().release(office.supervisor, builds.hash, "Her own hand"));
        QVERIFY(stateOf(*server, crn).conflicts().empty());  // it waits for what it names
        WELL(server->decisions().release(office.supervisor, released.hash, "Her own hand"));
        WELL(server->decisions().refuse(office.supervisor, refused.hash, "Typed wrong"));
        const auto state = stateOf(*server, crn);
        QCOMPARE(*state.value("a/forename").text(), std::string("Mair"));
        // Two histories wrote the name without seeing each other: that is for a person.
        QCOMPARE(state.conflicts(), std::vector<std::string>{"a/surname"});
        QVERIFY(waiting(*server).empty());
        // Offered again, it is the same fork, and decided.
        WELL(office.tablet.pushRaw(*server, office.tablet.pushRequest(2)));
        QVERIFY(waiting(*server).empty());
        WELL(office.colleague.pull(*server));
        QVERIFY(office.colleague.state(crn) == state);
    }

    void H07_aClaimThatBeganOnTheOtherBranchIsReleasedOrRefusedAndItsOfficerReadsIt_data() {
        QTest::addColumn<bool>("release");
        QTest::newRow("released") << true;
        QTest::newRow("refused") << false;
    }
    void H07_aClaimThatBeganOnTheOtherBranchIsReleasedOrRefusedAndItsOfficerReadsIt() {
        QFETCH(bool, release);
        Office office;
        auto& server = office.server;
        const auto crn = office.tablet.beginClaim();
        office.tablet.save(crn, "a/surname", "Jones");
        WELL(office.tablet.push(*server));
        office.tablet.forgetAfter(1);
        const auto other = office.tablet.beginClaim();
        const auto begins = office.tablet.chain().back();
        WELL(office.tablet.pushRaw(*server, office.tablet.pushRequest(2)));
        QCOMPARE(waiting(*server).size(), 1U);
        if (release) {
            WELL(server->decisions().release(office.supervisor, begins.hash, "Her own hand"));
            QVERIFY(!stateOf(*server, other).value("site").isNull());
        } else {
            WELL(server->decisions().refuse(office.supervisor, begins.hash, "Begun twice"));
            QVERIFY(stateOf(*server, other).isRefused(begins.id()));
        }
        QVERIFY(waiting(*server).empty());
        WELL(office.colleague.pull(*server));
        QVERIFY(office.colleague.state(other) == stateOf(*server, other));
    }

    void whatWaitsForSevenDaysMayBeAppliedByAPerson() {
        Office office;
        auto& server = office.server;
        const auto crn = office.tablet.beginClaim();
        EditId lost;
        lost.change_set.fill(9);
        const auto waits = office.tablet.append(crn, Payload{{Edit{"a/rent", Value("75"), {lost}}}, std::nullopt});
        WELL(office.tablet.push(*server));
        QVERIFY(waiting(*server).empty());
        QCOMPARE(server->decisions().applyParked(office.supervisor, waits.hash, "Seen").error().code,
                 ErrorCode::Conflict);
        server.clock.advance(server::kParkedForGoodMs + 1);
        QCOMPARE(waiting(*server).size(), 1U);
        QCOMPARE(server->decisions().release(office.supervisor, waits.hash, "Seen").error().code, ErrorCode::Conflict);
        WELL(server->decisions().applyParked(office.supervisor, waits.hash, "Seen"));
        QCOMPARE(*stateOf(*server, crn).value("a/rent").text(), std::string("75"));
        WELL(office.colleague.signIn(*server));
        WELL(office.colleague.pull(*server));  // applies in the order of the ledger
        QVERIFY(office.colleague.state(crn) == stateOf(*server, crn));
        const auto before = folded(*server);
        WELL(server::rebuildFolded(server->store()));
        QVERIFY(folded(*server) == before);
    }

    // H18, H52, I3, I4: whatever is set aside, and in whatever order a person decides, all who read the ledger agree.
    void anyOrderOfReleasesAndRefusalsGivesOneState() {
        const bool holds = rc::check("decisions converge", [] {
            Office office(*rc::gen::inRange<std::uint64_t>(1, 1'000'000));
            auto& server = office.server;
            const auto crn = office.tablet.beginClaim();
            RC_ASSERT(office.tablet.push(*server).has_value());
            RC_ASSERT(office.colleague.pull(*server).has_value());
            const auto write = [&](FakeTablet& by) {
                by.save(crn, "a/q" + std::to_string(server.random.below(3)),
                        Value(std::to_string(server.random.below(100))));
            };
            for (int i = *rc::gen::inRange(0, 4); i > 0; --i) write(office.tablet);
            RC_ASSERT(office.tablet.push(*server).has_value());
            RC_ASSERT(office.colleague.pull(*server).has_value());
            for (int i = *rc::gen::inRange(1, 8); i > 0; --i) write(office.tablet);
            for (int i = *rc::gen::inRange(0, 4); i > 0; --i) write(office.colleague);
            office.revoke();
            RC_ASSERT(office.tablet.push(*server).has_value());
            RC_ASSERT(office.colleague.push(*server).has_value());
            std::set<Hash> refused;
            for (auto left = waiting(*server); !left.empty(); left = waiting(*server)) {
                const auto& row = left[server.random.below(left.size())].row;
                const bool refuse = *rc::gen::inRange(0, 2) == 0;
                auto& decisions = server->decisions();
                if (refuse) refused.insert(row.hash);
                RC_ASSERT((refuse ? decisions.refuse(office.supervisor, row.hash, "No")
                                  : decisions.release(office.supervisor, row.hash, "Yes"))
                              .has_value());
                if (*rc::gen::inRange(0, 3) == 0) RC_ASSERT(office.colleague.pull(*server).has_value());
            }
            RC_ASSERT(office.colleague.pull(*server).has_value());
            const auto state = stateOf(*server, crn);
            RC_ASSERT(encodeClaimState(office.colleague.state(crn)) == encodeClaimState(state));
            for (const auto& one : office.tablet.chain()) {
                RC_ASSERT(state.knows(one.id()) != refused.contains(one.hash));
            }
            const auto before = folded(*server);
            RC_ASSERT(server::rebuildFolded(server->store()).has_value());
            RC_ASSERT(folded(*server) == before);
        });
        QVERIFY(holds);
    }
};

QTEST_GUILESS_MAIN(DecisionsTest)
#include "tst_decisions.moc"
