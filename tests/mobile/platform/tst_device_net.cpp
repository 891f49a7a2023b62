#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

#include "mobile/platform/enrolment.h"
#include "mobile/platform/qt_device_watch.h"
#include "mobile/platform/qt_sync_driver.h"
#include "mobile/storage/vault_sync_store.h"
#include "shared/domain/records.h"
#include "tests/mobile/platform/relay.h"
#include "tests/mobile/platform/server_kit.h"
#include "tests/support/vault/vault_kit.h"

using namespace fieldclaim;
using namespace fieldclaim::tablet;
using test::Relay;
using test::SyncServer;

#define WELL(expression)                                                                             \
    do {                                                                                             \
        const auto well_result = (expression);                                                       \
        QVERIFY2(well_result.has_value(), well_result ? "" : describe(well_result.error()).c_str()); \
    } while (false)

namespace {

constexpr int kPatienceMs = 20'000;
constexpr const char* kSite = "caernarfon";
const server::Actor kSupervisor{"officer s", "supervisor"};

/// A tablet over real sockets and TLS, whose vault a test opens and closes.
struct Tablet {
    explicit Tablet(SyncServer& server, const std::string& name = "Carys Hughes") {
        relay.leadTo(server.port());
        const auto code = server->enrolment().makeCode(kSite).value();
        setup = enrol(folder(), relay.url(), code, "Tablet", random).value();
        vault = Vault::create(folder(), setup, officer(server, name), clock, random, quickOptions()).value();
    }
    NewOfficer officer(SyncServer& server, const std::string& name) const {
        const auto added = server->directory().addOfficer(name, kSite, "assessor").value();
        return {{added.id, name, "assessor", kSite}, added.code, kPassphrase};
    }
    std::string folder() const { return m_folder.path().toStdString() + "/vault"; }
    std::string claimOf(const std::string& surname) {
        const auto crn = Crn::make(random);
        ClaimKey key{};
        random.fill(key.data(), key.size());
        ENSURE(vault->save({crn, {{Edit{std::string(kSitePath), kSite, {}}}, std::nullopt}, "p/1", key, kSite, {}}));
        ENSURE(vault->save(
            {crn, {{Edit{"a/surname", surname, {}}}, std::nullopt}, "p/1", std::nullopt, {}, {Bytes(90'000, 'i')}}));
        return crn;
    }
    /// Until all is acknowledged; false when that does not come. `end`: another phase in which it comes to rest.
    bool sync(SyncPhase end = SyncPhase::UpToDate) {
        VaultSyncStore store(*vault);
        QtSyncDriver driver(store, clock, random, setup.server_url, setup.ca_pem);
        driver.start();
        return QTest::qWaitFor([&] { return driver.idle() && driver.status().phase == end; }, kPatienceMs);
    }
    void closeAndOpen() {
        vault.reset();
        vault = Vault::open(folder(), clock, random, quickOptions()).value();
    }

    SetClock clock;
    SystemRandom random;
    Relay relay;
    DeviceSetup setup;
    std::unique_ptr<Vault> vault;

private:
    QTemporaryDir m_folder;
};

QByteArray bytesIn(const std::string& folder) {
    QByteArray out;
    for (const auto& info : QDir(QString::fromStdString(folder)).entryInfoList(QDir::Files | QDir::Hidden)) {
        QFile file(info.filePath());
        if (file.open(QIODevice::ReadOnly)) out += file.readAll();
    }
    return out;
}

}  // namespace

class TestDeviceNet : public QObject {
    Q_OBJECT

private slots:
    void a_locked_tablet_takes_orders_from_the_next_authoritys_server_too() {
        QTemporaryDir data;
        SystemRandom random;
        SyncServer server(data.path().toStdString());
        Tablet tablet(server);
        const auto serveAnew = [&] {
            server.restart();
            tablet.relay.leadTo(server.port());
        };
        // Made before the tablet hears of it, and told when it is locked.
        QtDeviceWatch early(tablet.vault->deviceState(), tablet.vault->deviceKey(), tablet.clock, tablet.random);
        QVERIFY(server::makeNextAuthority(data.path().toStdString(), test::machineNowMs(), random).has_value());
        serveAnew();
        QVERIFY(tablet.sync());
        tablet.closeAndOpen();
        QVERIFY(!tablet.vault->isOpen());
        QVERIFY(!tablet.vault->deviceState().next_ca_pem.empty());
        QVERIFY(server::switchAuthority(data.path().toStdString()).has_value());
        serveAnew();
        early.trust(tablet.vault->deviceState().authorities());
        QtDeviceWatch late(tablet.vault->deviceState(), tablet.vault->deviceKey(), tablet.clock, tablet.random);
        for (auto* const watch : {&early, &late}) {
            QSignalSpy ordered(watch, &QtDeviceWatch::ordered);
            watch->step(Started{});
            watch->step(WatchChanged{true});
            QTRY_COMPARE_WITH_TIMEOUT(ordered.size(), 1, kPatienceMs);
        }
    }

    void H54_a_tablet_whose_vault_is_closed_is_locked_unlocked_and_wiped_and_shows_nothing() {
        QTemporaryDir data;
        SyncServer server(data.path().toStdString());
        Tablet tablet(server);
        tablet.claimOf("Llewelyn-ap-Gruffudd");
        QVERIFY(tablet.sync());
        const auto crn = tablet.claimOf("Gwenllian-ferch-Gruffudd");
        tablet.closeAndOpen();
        for (const char* word : {"Llewelyn", "Gwenllian", "caernarfon", "127.0.0.1", "BEGIN CERTIFICATE"})
            QVERIFY2(!bytesIn(tablet.folder()).contains(word), word);
        QVERIFY(!bytesIn(tablet.folder()).contains(QByteArray::fromStdString(crn)));

        auto watch = std::make_unique<QtDeviceWatch>(tablet.vault->deviceState(), tablet.vault->deviceKey(),
                                                     tablet.clock, tablet.random);
        QSignalSpy ordered(watch.get(), &QtDeviceWatch::ordered);
        const auto pending = tablet.vault->deviceState().pending;
        QVERIFY(pending == 2U);
        WELL(server->devices().lock(kSupervisor, tablet.setup.device));
        watch->step(Started{});
        watch->step(PendingKnown{*pending});
        watch->step(WatchChanged{true});
        QTRY_COMPARE_WITH_TIMEOUT(ordered.size(), 1, kPatienceMs);
        QCOMPARE(ordered.at(0).at(0).toBool(), true);
        QCOMPARE(ordered.at(0).at(1).toBool(), false);
        WELL(tablet.vault->setLocked(true));
        QCOMPARE(tablet.vault->unlock(tablet.vault->officers().front().officer, kPassphrase).error().code,
                 ErrorCode::NotAllowed);

        WELL(server->devices().unlock(kSupervisor, tablet.setup.device));
        WELL(server->devices().wipe(kSupervisor, tablet.setup.device));
        watch->step(WatchChanged{false});
        watch->step(WatchChanged{true});
        QTRY_COMPARE_WITH_TIMEOUT(ordered.size(), 2, kPatienceMs);
        QCOMPARE(ordered.at(1).at(0).toBool(), false);
        QCOMPARE(ordered.at(1).at(1).toBool(), true);
        WELL(tablet.vault->destroy());
        tablet.vault.reset();
        QVERIFY(!Vault::exists(tablet.folder()));
        const auto wiped = wipedTablet(tablet.folder());
        QVERIFY(wiped.has_value());

        watch = std::make_unique<QtDeviceWatch>(wiped->state, wiped->key, tablet.clock, tablet.random);
        QSignalSpy told(watch.get(), &QtDeviceWatch::wipeTold);
        watch->step(Started{});
        watch->step(PendingKnown{*wiped->state.pending});
        watch->step(StoreWiped{});
        QTRY_COMPARE_WITH_TIMEOUT(told.size(), 1, kPatienceMs);
        const auto view = server->devices().devices(kSupervisor)->front();
        QCOMPARE(view.state, std::string("wiped"));
        QCOMPARE(view.never_received, 2U);
        QCOMPARE(view.authors.front().received, 2U);
    }

    void H54_a_forgotten_passphrase_is_released_over_the_network_with_the_vault_closed() {
        QTemporaryDir data;
        SyncServer server(data.path().toStdString());
        Tablet tablet(server);
        tablet.claimOf("O'Brien");
        tablet.closeAndOpen();
        const auto officer = tablet.vault->officers().front().officer;
        const auto asked = tablet.vault->forgotten(officer);
        WELL(asked);
        QtDeviceWatch watch(tablet.vault->deviceState(), tablet.vault->deviceKey(), tablet.clock, tablet.random);
        QSignalSpy waiting(&watch, &QtDeviceWatch::releaseWaiting);
        QSignalSpy released(&watch, &QtDeviceWatch::released);
        watch.step(Started{});
        watch.step(ReleaseAsked{asked->request});
        watch.step(WatchChanged{true});
        QTRY_COMPARE_WITH_TIMEOUT(waiting.size(), 1, kPatienceMs);
        WELL(server->devices().release(kSupervisor, asked->code));
        tablet.clock.advance(6'000);
        QTRY_COMPARE_WITH_TIMEOUT(released.size(), 1, kPatienceMs);
        const auto sealed = released.front().front().toByteArray();
        WELL(tablet.vault->release(*asked, Bytes(sealed.begin(), sealed.end()), "nine bean rows"));
        QVERIFY(tablet.sync());
        QCOMPARE(tablet.vault->totals()->acknowledged, 2U);
    }

    void H25_a_revoked_tablets_work_is_set_aside_over_the_network_and_it_reads_nothing_more() {
        QTemporaryDir data;
        SyncServer server(data.path().toStdString());
        Tablet tablet(server);
        Tablet colleague(server, "Siân Pritchard");
        const auto crn = tablet.claimOf("O'Brien");
        QVERIFY(tablet.sync());
        QVERIFY(colleague.sync());
        WELL(server->directory().revokeDevice(tablet.setup.device, "operator"));
        WELL(tablet.vault->save(
            {crn, {{Edit{"note/1", "Written offline", {}}}, std::nullopt}, "p/1", std::nullopt, {}, {}}));
        WELL(colleague.vault->save(
            {crn, {{Edit{"note/2", "Not for them", {}}}, std::nullopt}, "p/1", std::nullopt, {}, {}}));
        QVERIFY(colleague.sync());
        QVERIFY(tablet.sync(SyncPhase::Refused));
        QCOMPARE(tablet.vault->totals()->acknowledged, 3U);
        QCOMPARE(tablet.vault->totals()->set_aside, 1U);
        QVERIFY(tablet.vault->claimState(crn)->find("note/2") == nullptr);
        QCOMPARE(server.ledgerOf(tablet.vault->author()).size(), 2U);
        QVERIFY(colleague.sync());
        QVERIFY(colleague.vault->claimState(crn)->find("note/1") == nullptr);
    }

    void H26_a_colleague_who_signs_in_sends_what_the_first_officer_saved_under_the_first_officers_name() {
        QTemporaryDir data;
        SyncServer server(data.path().toStdString());
        Tablet tablet(server);
        QVERIFY(tablet.sync());
        const auto carys = tablet.vault->author();
        const auto sian = tablet.officer(server, "Siân Pritchard");
        WELL(tablet.vault->addOfficer(sian));
        const auto crn = tablet.claimOf("O'Brien");  // by Carys, without a network
        tablet.closeAndOpen();
        WELL(tablet.vault->unlock(sian.info.id, kPassphrase));
        const auto other = tablet.vault->author();
        QVERIFY(other != carys);
        const auto mine = tablet.vault->save(
            {crn, {{Edit{"note/1", "Seen her payslip", {}}}, std::nullopt}, "p/1", std::nullopt, {}, {}});
        WELL(mine);
        QVERIFY(tablet.sync());
        QCOMPARE(tablet.vault->totals()->acknowledged, tablet.vault->totals()->saved_here);
        QCOMPARE(server.ledgerOf(carys).size(), 2U);
        QVERIFY(server.ledgerOf(other) == std::vector<ChangeSetId>{mine->id()});
        QCOMPARE(tablet.vault->officerName(carys), std::string("Carys Hughes"));
    }
};

QTEST_GUILESS_MAIN(TestDeviceNet)
#include "tst_device_net.moc"
