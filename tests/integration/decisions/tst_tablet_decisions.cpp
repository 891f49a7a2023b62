#include <QTemporaryDir>
#include <QtTest>
#include <algorithm>

#include "shared/domain/records.h"
#include "tests/support/field_tablet/field_tablet.h"

// What a tablet makes of the server's decisions: the vault and the store in memory alike.
using namespace fieldclaim;
using namespace fieldclaim::test;
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

struct Field {
    explicit Field(StoreKind kind) : server(inMemory(folder)) {
        const auto added = server->directory().addOfficer("Mair Parry", "caernarfon", "supervisor");
        ENSURE(added.has_value());
        supervisor = added->id;
        tablet = std::make_unique<FieldTablet>(kind, server);
        colleague = std::make_unique<FieldTablet>(kind, server, "caernarfon", "Dewi Rees");
        ENSURE(server->directory().addSite("bangor", "Bangor").has_value());
    }
    Status move(const std::string& crn, const std::string& site) {
        return server->scopes().move(supervisor, crn, site, "She has moved house.");
    }
    Status assign(const std::string& crn, const std::string& officer) {
        ASSIGN(const auto all,
               server->store().read([](const LedgerSnapshot& now) { return now.directory().officers({}); }));
        const auto found = std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.name == officer; });
        ENSURE(found != all.end());
        return server->scopes().assign(supervisor, crn, found->id, "One visit, one officer.");
    }
    QTemporaryDir folder;
    TestServer server;
    Uuid supervisor;
    std::unique_ptr<FieldTablet> tablet;
    std::unique_ptr<FieldTablet> colleague;
};

}  // namespace

#define WELL(expression)                                                                             \
    do {                                                                                             \
        const auto well_result = (expression);                                                       \
        QVERIFY2(well_result.has_value(), well_result ? "" : describe(well_result.error()).c_str()); \
    } while (false)

#define FETCH_KIND()    \
    QFETCH(int, store); \
    const auto kind = static_cast<StoreKind>(store)

class TabletDecisionsTest : public QObject {
    Q_OBJECT

    static void bothStores() {
        QTest::addColumn<int>("store");
        QTest::newRow("in memory") << static_cast<int>(StoreKind::Memory);
        QTest::newRow("vault") << static_cast<int>(StoreKind::Vault);
    }

private slots:
    void H52_whatIsSetAsideStaysOnTheScreenUntilItIsRefusedAndThenIsListedWithTheReason_data() { bothStores(); }
    void H52_whatIsSetAsideStaysOnTheScreenUntilItIsRefusedAndThenIsListedWithTheReason() {
        FETCH_KIND();
        Field field(kind);
        auto& tablet = *field.tablet;
        const auto crn = tablet.begin();
        tablet.save(crn, "a/rent", "70");
        const auto refused = tablet.saveEdits(
            crn, {tablet.state(crn).edit("a/rent", "7000"), tablet.state(crn).edit("transfer/x", "accepted")});
        const auto after = tablet.save(crn, "a/rent", "75");
        WELL(tablet.sync());
        QVERIFY(tablet.standing(refused).set_aside);
        QVERIFY(!tablet.standing(refused).note.empty());
        QVERIFY(tablet.standing(after).acknowledged && !tablet.standing(after).in_ledger);
        QCOMPARE(*tablet.state(crn).value("a/rent").text(), std::string("75"));
        QVERIFY(tablet.state(crn).find("transfer/x") != nullptr);

        WELL(field.server->decisions().refuse(field.supervisor, refused.hash, "Forged."));
        WELL(tablet.sync());
        QCOMPARE(tablet.standing(refused), (FieldTablet::Standing{true, false, false, true, "Forged."}));
        QVERIFY(tablet.standing(after).in_ledger);
        QVERIFY(tablet.state(crn).find("transfer/x") == nullptr);
        QCOMPARE(*tablet.state(crn).value("a/rent").text(), std::string("75"));
        QVERIFY(tablet.state(crn).conflicts().empty());
        QVERIFY(encodeClaimState(tablet.state(crn)) == foldedState(*field.server, crn));
        WELL(field.colleague->sync());
        QVERIFY(encodeClaimState(field.colleague->state(crn)) == foldedState(*field.server, crn));

        // A second look changes nothing, and neither does a fresh download.
        WELL(tablet.store().beginFreshPull());
        WELL(tablet.sync());
        QCOMPARE(tablet.standing(refused), (FieldTablet::Standing{true, false, false, true, "Forged."}));
        QVERIFY(encodeClaimState(tablet.state(crn)) == foldedState(*field.server, crn));
    }

    void whatIsAppliedByAPersonBecomesOrdinary_data() { bothStores(); }
    void whatIsAppliedByAPersonBecomesOrdinary() {
        FETCH_KIND();
        Field field(kind);
        auto& tablet = *field.tablet;
        const auto crn = tablet.begin();
        EditId lost;
        lost.change_set.fill(9);
        const auto waits = tablet.saveEdits(crn, {Edit{"a/rent", Value("75"), {lost}}});
        WELL(tablet.sync());
        QCOMPARE(*tablet.state(crn).value("a/rent").text(), std::string("75"));
        QVERIFY(!tablet.standing(waits).in_ledger);
        field.server.clock.advance(server::kParkedForGoodMs);
        WELL(field.server->decisions().applyParked(field.supervisor, waits.hash, "Seen"));
        WELL(tablet.sync());
        QVERIFY(tablet.standing(waits).in_ledger);
        QCOMPARE(tablet.standing(waits).note, std::string());
        QVERIFY(encodeClaimState(tablet.state(crn)) == foldedState(*field.server, crn));
        WELL(field.colleague->sync());
        QVERIFY(encodeClaimState(field.colleague->state(crn)) == foldedState(*field.server, crn));
    }

    void H23_H24_aClaimMovesItsUnsentWorkGoesUpFirstAndItComesBackWhole_data() { bothStores(); }
    void H23_H24_aClaimMovesItsUnsentWorkGoesUpFirstAndItComesBackWhole() {
        FETCH_KIND();
        Field field(kind);
        auto& tablet = *field.tablet;
        FieldTablet there(kind, field.server, "bangor", "Gwen Hughes");
        const auto crn = tablet.begin();
        const auto stays = tablet.begin();
        tablet.save(crn, "a/surname", "Jones");
        WELL(tablet.sync());
        WELL(field.colleague->sync());
        WELL(there.sync());
        QVERIFY(!there.holds(crn) && field.colleague->holds(crn));
        tablet.save(crn, "a/rent", "70");  // offline
        WELL(field.move(crn, "bangor"));
        WELL(field.colleague->sync());
        QVERIFY(!field.colleague->holds(crn) && field.colleague->holds(stays));

        // It reads before it has sent: what is not sent keeps the claim here.
        WELL(field.server->scopes().leaveNow(field.supervisor, crn, "It goes to the depot."));
        WELL(tablet.hello());
        WELL(tablet.pull());
        QVERIFY(tablet.holds(crn));
        QCOMPARE(*tablet.state(crn).value("a/rent").text(), std::string("70"));
        WELL(tablet.sync());
        QVERIFY(!tablet.holds(crn) && tablet.holds(stays));
        WELL(there.sync());
        QVERIFY(encodeClaimState(there.state(crn)) == foldedState(*field.server, crn));
        QCOMPARE(*there.state(crn).value("a/rent").text(), std::string("70"));
        there.save(crn, "a/surname", "Evans");
        WELL(there.sync());

        WELL(field.move(crn, "caernarfon"));
        for (auto* const each : {&tablet, field.colleague.get()}) {
            WELL(each->sync());
            QVERIFY(each->holds(crn));
            QVERIFY(encodeClaimState(each->state(crn)) == foldedState(*field.server, crn));
        }
        const auto more = tablet.save(crn, "a/surname", "Rees");
        WELL(tablet.sync());
        QVERIFY(tablet.standing(more).in_ledger);
        WELL(tablet.store().beginFreshPull());
        WELL(tablet.sync());
        QVERIFY(encodeClaimState(tablet.state(crn)) == foldedState(*field.server, crn));
        QCOMPARE(tablet.freshPulls() + there.freshPulls() + field.colleague->freshPulls(), 0);
    }

    void aClaimIsAssignedToAnOfficerWithItsUnsentWorkAndGivenBackToTheSite_data() { bothStores(); }
    void aClaimIsAssignedToAnOfficerWithItsUnsentWorkAndGivenBackToTheSite() {
        FETCH_KIND();
        Field field(kind);
        auto& tablet = *field.tablet;
        FieldTablet there(kind, field.server, "bangor", "Gwen Hughes");
        const auto crn = tablet.begin();
        const auto stays = tablet.begin();
        tablet.save(crn, "a/surname", "Jones");
        WELL(tablet.sync());
        WELL(field.colleague->sync());
        WELL(there.sync());
        // Kept by the officer who has it: nothing changes there, and a colleague at the same site loses it.
        const auto offline = tablet.save(crn, "a/rent", "70");
        WELL(field.assign(crn, "Carys Hughes"));
        WELL(tablet.sync());
        WELL(tablet.sync());
        QVERIFY(tablet.holds(crn) && tablet.standing(offline).in_ledger);
        QVERIFY(encodeClaimState(tablet.state(crn)) == foldedState(*field.server, crn));
        WELL(field.colleague->sync());
        QVERIFY(!field.colleague->holds(crn) && field.colleague->holds(stays));
        // To an officer elsewhere: what was not sent goes up first.
        const auto late = tablet.save(crn, "a/rent", "75");
        WELL(field.assign(crn, "Gwen Hughes"));
        WELL(tablet.sync());
        QVERIFY(tablet.standing(late).acknowledged);
        WELL(field.server->scopes().leaveNow(field.supervisor, crn, "She has it now."));
        WELL(tablet.sync());
        QVERIFY(!tablet.holds(crn) && tablet.holds(stays));
        WELL(there.sync());
        QCOMPARE(*there.state(crn).value("a/rent").text(), std::string("75"));
        const auto hers = there.save(crn, "a/surname", "Evans");
        WELL(there.sync());
        QVERIFY(there.standing(hers).in_ledger);
        QVERIFY(encodeClaimState(there.state(crn)) == foldedState(*field.server, crn));
        // A whole new download of both scopes.
        WELL(there.store().beginFreshPull());
        WELL(there.sync());
        QVERIFY(encodeClaimState(there.state(crn)) == foldedState(*field.server, crn));
        WELL(field.move(crn, "caernarfon"));
        for (auto* const each : {&tablet, field.colleague.get()}) {
            WELL(each->sync());
            QVERIFY(encodeClaimState(each->state(crn)) == foldedState(*field.server, crn));
        }
        WELL(field.server->scopes().leaveNow(field.supervisor, crn, "It is back."));
        WELL(there.sync());
        QVERIFY(!there.holds(crn));
    }

    void H38_anErasedClaimIsGoneFromEveryTabletUnsentWorkTooAndTheChainGoesOn_data() { bothStores(); }
    void H38_anErasedClaimIsGoneFromEveryTabletUnsentWorkTooAndTheChainGoesOn() {
        FETCH_KIND();
        Field field(kind);
        auto& tablet = *field.tablet;
        const auto crn = tablet.begin();
        const auto stays = tablet.begin();
        tablet.save(crn, "a/surname", "Jones");
        WELL(tablet.sync());
        WELL(field.colleague->sync());
        WELL(field.server->erasures().erase(field.supervisor, crn, "Asked for by the customer."));
        tablet.save(crn, "a/rent", "70");  // it has not heard of it
        WELL(tablet.hello());
        WELL(tablet.pull());
        QVERIFY(!tablet.holds(crn) && tablet.holds(stays));
        QVERIFY(tablet.state(crn).registers().empty());
        const auto next = tablet.save(stays, "a/surname", "Evans");
        WELL(tablet.sync());  // the header of the erased one goes up before the next
        QVERIFY(tablet.standing(next).in_ledger);
        QCOMPARE(tablet.store().counts()->sendable, 0U);
        WELL(field.colleague->sync());
        WELL(field.colleague->sync());
        WELL(tablet.sync());
        const auto told = field.server->erasures().tablets();
        QCOMPARE(told->size(), 2U);
        for (const auto& one : *told) QVERIFY(one.confirmed_ms != 0);
        // A whole new download brings nothing back.
        WELL(tablet.store().beginFreshPull());
        WELL(tablet.sync());
        QVERIFY(!tablet.holds(crn));
        QVERIFY(encodeClaimState(tablet.state(stays)) == foldedState(*field.server, stays));
    }
};

QTEST_GUILESS_MAIN(TabletDecisionsTest)
#include "tst_tablet_decisions.moc"
