#include <QDir>
#include <QFile>
#include <QTest>

#include "mobile/storage/vault_sync_store.h"
#include "tests/support/session/session_kit.h"

using namespace fieldclaim;
using namespace fieldclaim::tablet;

namespace {

QString state(SessionKit& kit) { return kit.session().state(); }

void saveOne(SessionKit& kit) {
    kit.session().newClaim();
    kit.session().question()->answer(QStringLiteral("claim_type"), QStringLiteral("new"));
}

QStringList filesIn(const SessionKit& kit) {
    auto out = QDir(QString::fromStdString(kit.folder())).entryList(QDir::Files | QDir::Hidden);
    out.sort();
    return out;
}

}  // namespace

class TestDeviceOrders : public QObject {
    Q_OBJECT

private slots:
    void only_a_locked_tablet_is_watched() {
        SessionKit kit;
        QVERIFY(kit.watch().watching);
        QVERIFY(kit.unlock());
        QVERIFY(!kit.watch().watching);
        kit.session().lockNow();
        QVERIFY(kit.watch().watching);
    }

    void the_watch_trusts_what_the_tablet_has_learned_by_the_time_it_is_locked() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        const TrustedAuthorities trusted{kit.session().vault()->setup().ca_pem, "the next one's"};
        QVERIFY(VaultSyncStore(*kit.session().vault()).authoritiesLearned(trusted).has_value());
        kit.session().lockNow();
        QCOMPARE(kit.watch().trusted, trusted.pem());
    }

    void H54_an_order_to_lock_hides_the_app_and_no_passphrase_opens_it_until_it_ends() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        saveOne(kit);
        emit kit.sync().ordered(QStringLiteral("lock"));
        QTRY_COMPARE(state(kit), QStringLiteral("locked"));
        QVERIFY(kit.session().unlock()->isLocked());
        QVERIFY2(kit.session().vault()->isOpen(), "what was saved goes on being sent");
        QVERIFY(kit.watch().pending.has_value());
        kit.session().unlock()->unlock(QString::fromUtf8(kPassphrase));
        QTRY_VERIFY(!kit.session().unlock()->isBusy());
        QCOMPARE(state(kit), QStringLiteral("locked"));
        kit.kill();
        QVERIFY(kit.session().unlock()->isLocked());
        emit kit.watch().ordered(false, false);
        QVERIFY(!kit.session().unlock()->isLocked());
        QVERIFY(kit.unlock());
    }

    void H54_a_wipe_reaches_a_tablet_whose_vault_is_closed() {
        SessionKit kit;
        QCOMPARE(state(kit), QStringLiteral("locked"));
        emit kit.watch().ordered(false, true);
        QTRY_COMPARE(state(kit), QStringLiteral("setup"));
        QVERIFY(!kit.session().setup()->reason().isEmpty());
        QCOMPARE(filesIn(kit), (QStringList{"vault.lock", "wiped.key", "wiped.state"}));
        QVERIFY(kit.watch().wiped);
        kit.waitForLoop();
        emit kit.watch().wipeTold();
        kit.waitForLoop();
        QCOMPARE(filesIn(kit), QStringList{"vault.lock"});
        kit.kill();
        QCOMPARE(state(kit), QStringLiteral("setup"));
        QVERIFY(kit.session().setup()->reason().isEmpty());
    }

    void a_wipe_of_an_unlocked_tablet_comes_when_the_engine_says_that_all_is_sent() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        saveOne(kit);
        emit kit.sync().ordered(QStringLiteral("wipe"));
        QTRY_COMPARE(state(kit), QStringLiteral("setup"));
        kit.waitForLoop();
        QVERIFY(kit.session().vault() == nullptr);
        QVERIFY(kit.watch().wiped);
        QVERIFY(kit.watch().pending.has_value());
    }

    void a_wipe_of_a_locked_tablet_with_work_waits_for_it_to_be_sent() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        saveOne(kit);
        kit.session().lockNow();
        const int asked = kit.sync().asked;
        emit kit.watch().ordered(false, true);
        kit.waitForLoop();
        QCOMPARE(state(kit), QStringLiteral("locked"));
        QVERIFY(kit.sync().asked > asked);
        emit kit.sync().ordered(QStringLiteral("wipe"));
        QTRY_COMPARE(state(kit), QStringLiteral("setup"));
    }

    void a_wipe_that_was_not_told_is_told_after_the_next_start_and_the_tablet_can_be_set_up_meanwhile() {
        SessionKit kit;
        emit kit.watch().ordered(false, true);
        QTRY_COMPARE(state(kit), QStringLiteral("setup"));
        kit.waitForLoop();
        kit.kill();
        QCOMPARE(state(kit), QStringLiteral("setup"));
        QVERIFY(!kit.session().setup()->reason().isEmpty());
        auto& telling = kit.watch();
        QVERIFY(telling.wiped);
        auto& setup = *kit.session().setup();
        SeededRandom chance(5);
        setup.setServer(QStringLiteral("https://localhost:1"));
        setup.setCode(QString::fromStdString(EnrolmentCode::make(Hash{1}, chance).text()));
        setup.enrol();
        QTRY_COMPARE(setup.step(), QStringLiteral("officer"));
        setup.setOfficer(QString::fromStdString(testOfficer("Bronwen Pugh").info.id.text()));
        setup.confirmOfficer();
        setup.finish(QStringLiteral("AAAA-AAAA-AAAA"), QString::fromUtf8(kPassphrase));
        QTRY_COMPARE_WITH_TIMEOUT(state(kit), QStringLiteral("unlocked"), 20'000);
        QVERIFY(&kit.watch() != &telling);
        emit telling.wipeTold();
        kit.waitForLoop();
        QVERIFY(!filesIn(kit).contains(QStringLiteral("wiped.key")));
        QVERIFY(filesIn(kit).contains(QStringLiteral("device.key")));
        kit.kill();
        QVERIFY(kit.unlock());
    }

    void a_forgotten_passphrase_is_replaced_when_a_supervisor_has_typed_the_code() {
        SessionKit kit;
        auto& unlock = *kit.session().unlock();
        unlock.forgot();
        QCOMPARE(unlock.forgotten(), QStringLiteral("asking"));
        QVERIFY(kit.watch().release.has_value());
        QVERIFY(unlock.releaseCode().isEmpty());
        emit kit.watch().reachedChanged(false);
        QVERIFY(!unlock.forgottenError().isEmpty());
        emit kit.watch().releaseWaiting();
        QCOMPARE(unlock.forgotten(), QStringLiteral("code"));
        QCOMPARE(unlock.releaseCode(),
                 QString::fromStdString(displayReleaseCode(releaseCode(testSetup().device, *kit.watch().release))));
        emit kit.watch().released(kit.releaseAnswer(*kit.watch().release));
        QCOMPARE(unlock.forgotten(), QStringLiteral("passphrase"));
        unlock.choosePassphrase(QStringLiteral("short"));
        QTRY_VERIFY(!unlock.isBusy());
        QVERIFY(!unlock.forgottenError().isEmpty());
        unlock.choosePassphrase(QStringLiteral("nine bean rows"));
        QTRY_COMPARE(state(kit), QStringLiteral("unlocked"));
        kit.kill();
        QVERIFY(kit.unlock("nine bean rows"));
    }

    void a_release_that_is_over_or_given_up_goes_back_to_the_passphrase() {
        SessionKit kit;
        auto& unlock = *kit.session().unlock();
        unlock.forgot();
        emit kit.watch().releaseWaiting();
        emit kit.watch().releaseOver();
        QCOMPARE(unlock.forgotten(), QStringLiteral("none"));
        QVERIFY(!unlock.forgottenError().isEmpty());
        unlock.forgot();
        unlock.stopForgotten();
        QCOMPARE(unlock.forgotten(), QStringLiteral("none"));
        QVERIFY(!kit.watch().release.has_value());
        QVERIFY(kit.unlock());
    }

    void H36_a_damaged_store_is_offered_for_salvage_and_work_goes_on_in_a_new_one() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        saveOne(kit);
        kit.session().lockNow();
        kit.waitForLoop();
        const auto folder = QString::fromStdString(kit.folder());
        kit.session().vault()->lock();
        QFile store(folder + QStringLiteral("/vault.db"));
        QVERIFY(store.open(QIODevice::ReadWrite));
        store.seek(100);
        store.write(QByteArray(200, 'x'));
        store.close();
        kit.kill();
        auto& unlock = *kit.session().unlock();
        unlock.unlock(QString::fromUtf8(kPassphrase));
        QTRY_COMPARE(unlock.salvageStep(), QStringLiteral("offered"));
        unlock.beginSalvage();
        QTRY_COMPARE_WITH_TIMEOUT(unlock.salvageStep(), QStringLiteral("done"), 20'000);
        QVERIFY(!unlock.salvageReport().isEmpty());
        QCOMPARE(state(kit), QStringLiteral("locked"));
        unlock.goOn();
        QCOMPARE(state(kit), QStringLiteral("unlocked"));
        QCOMPARE(kit.session().casework()->claims()->size(), 1U);
    }

    void an_order_to_lock_ends_a_release() {
        SessionKit kit;
        kit.session().unlock()->forgot();
        emit kit.watch().releaseWaiting();
        emit kit.watch().ordered(true, false);
        QCOMPARE(kit.session().unlock()->forgotten(), QStringLiteral("none"));
        QVERIFY(kit.session().unlock()->isLocked());
    }
};

QTEST_MAIN(TestDeviceOrders)
#include "tst_device_orders.moc"
