#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTest>

#include "mobile/storage/vault_sync_store.h"
#include "tests/support/session/session_kit.h"

// Who opens a tablet and for how long it stays open, and the copy for the day when nothing can be sent.
using namespace fieldclaim;
using namespace fieldclaim::tablet;

namespace {

constexpr std::int64_t kMinute_ms = 60'000;

QString idOf(const char* name) { return words::qt(testOfficer(name).info.id.text()); }

QVariantMap rowOf(const OfficersViewModel& officers, const char* name) {
    for (const auto& row : officers.officers()) {
        if (row.toMap()[QStringLiteral("name")].toString() == QLatin1String(name)) return row.toMap();
    }
    return {};
}

/// As the page does it: Carys joins, with a passphrase of her own.
bool addCarys(SessionKit& kit) {
    kit.session().goOfficers();
    auto& officers = *kit.session().officers();
    officers.beginAdd();
    officers.add(QStringLiteral("AAAA-BBBB-CCCC"), QStringLiteral("nine bean rows"));
    return QTest::qWaitFor([&] { return !officers.isBusy(); }, 20'000) && officers.step() == QStringLiteral("list");
}

bool unlockAs(SessionKit& kit, const char* name, const char* passphrase) {
    kit.session().unlock()->setOfficer(idOf(name));
    return kit.unlock(passphrase);
}

void saveOne(SessionKit& kit) {
    kit.session().newClaim();
    kit.session().question()->answer(QStringLiteral("claim_type"), QStringLiteral("new"));
}

/// The server acknowledges all that was saved.
void acknowledgeAll(SessionKit& kit) {
    VaultSyncStore store(*kit.session().vault());
    const auto authors = store.unregisteredAuthors();
    for (const auto& author : *authors) ENSURE(store.authorRegistered(author.author).has_value());
    const auto outbox = store.outbox(1U << 20U);
    ENSURE(outbox.has_value());
    PushReply reply;
    for (const auto& segment : outbox->segments) {
        const auto last = splitChangeSet(segment.change_sets.back());
        reply.results.push_back(
            {segment.author, 1, PushOutcome::Received, decodeHeader(last->header_bytes)->counter, {}, {}});
    }
    ENSURE(store.pushReceived(*outbox, reply).has_value());
    const auto uploads = store.uploads();
    for (const auto& upload : *uploads) ENSURE(store.uploaded(upload.key()).has_value());
}

}  // namespace

class VaultLifeTest : public QObject {
    Q_OBJECT

private slots:
    void a_second_officer_is_added_in_the_app_and_unlocks_with_their_own_passphrase() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        kit.session().goOfficers();
        auto& officers = *kit.session().officers();
        QCOMPARE(officers.officers().size(), 1);
        QVERIFY(rowOf(officers, "Bronwen Pugh")[QStringLiteral("isYou")].toBool());
        officers.beginAdd();
        QCOMPARE(officers.step(), QStringLiteral("add"));
        QCOMPARE(officers.officer(), idOf("Carys Evans"));  // nobody else is left to choose
        officers.add({}, QStringLiteral("short"));
        QVERIFY(!officers.codeError().isEmpty());
        QVERIFY(!officers.passphraseError().isEmpty());
        officers.add(QStringLiteral("AAAA-BBBB-CCCC"), QStringLiteral("nine bean rows"));
        QTRY_VERIFY_WITH_TIMEOUT(!officers.isBusy(), 20'000);
        QVERIFY(officers.done().contains(QStringLiteral("Carys Evans")));
        const auto row = rowOf(officers, "Carys Evans");
        QVERIFY2(row[QStringLiteral("needsCode")].toBool(), "the server does not know her yet, and the row says so");
        QVERIFY(row[QStringLiteral("detail")].toString().contains(QStringLiteral("network")));
        kit.session().lockNow();
        QVERIFY(unlockAs(kit, "Carys Evans", "nine bean rows"));
        QCOMPARE(kit.session().officerName(), QStringLiteral("Carys Evans"));
    }

    void H26_a_colleague_begins_at_today_and_what_was_written_stays() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        QVERIFY(addCarys(kit));
        kit.session().newClaim();
        kit.session().openPage(QStringLiteral("name"));
        kit.session().question()->answer(QStringLiteral("surname"), QStringLiteral("O'Brien"));
        const auto crn = words::qt(kit.session().openCase()->crn());
        kit.session().lockNow();
        QCOMPARE(kit.session().unlock()->officer(), idOf("Bronwen Pugh"));  // who locked it is named first
        QVERIFY(unlockAs(kit, "Carys Evans", "nine bean rows"));
        QCOMPARE(kit.session().page(), QStringLiteral("today"));
        kit.session().openClaim(crn);
        kit.session().openPage(QStringLiteral("name"));
        QCOMPARE(kit.session().openCase()->answer("surname")->text, std::string("O'Brien"));
        kit.session().lockNow();
        QVERIFY(unlockAs(kit, "Carys Evans", "nine bean rows"));
        QCOMPARE(kit.session().page(), QStringLiteral("question"));
        kit.kill();
        QVERIFY(unlockAs(kit, "Bronwen Pugh", kPassphrase));
        QCOMPARE(kit.session().page(), QStringLiteral("today"));
    }

    void an_officer_is_removed_once_the_server_has_their_work() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        QVERIFY(addCarys(kit));
        kit.session().lockNow();
        QVERIFY(unlockAs(kit, "Carys Evans", "nine bean rows"));
        saveOne(kit);
        kit.session().lockNow();
        QVERIFY(unlockAs(kit, "Bronwen Pugh", kPassphrase));
        kit.session().goOfficers();
        auto& officers = *kit.session().officers();
        const int asked = kit.sync().asked;
        QVERIFY(!officers.mayRemove(idOf("Carys Evans")));
        QVERIFY(officers.error().contains(QStringLiteral("Carys Evans")));
        QVERIFY2(kit.sync().asked > asked, "it is tried at once");
        officers.remove(idOf("Carys Evans"));
        QCOMPARE(officers.officers().size(), 2);
        acknowledgeAll(kit);
        QVERIFY(officers.mayRemove(idOf("Carys Evans")));
        QVERIFY(officers.error().isEmpty());
        officers.remove(idOf("Carys Evans"));
        QTRY_VERIFY_WITH_TIMEOUT(!officers.isBusy(), 20'000);
        QVERIFY2(officers.error().isEmpty(), qPrintable(officers.error()));
        QVERIFY(officers.done().contains(QStringLiteral("Carys Evans")));
        QCOMPARE(officers.officers().size(), 1);
        kit.kill();
        QCOMPARE(kit.session().unlock()->officers().size(), 1);
        QVERIFY(kit.unlock());
        QCOMPARE(kit.session().casework()->claims()->size(), 1U);
    }

    void another_one_time_code_is_kept_for_the_next_sync() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        VaultSyncStore store(*kit.session().vault());
        const auto author = store.unregisteredAuthors()->front().author;
        QVERIFY(store.authorRefused(author, "The one-time code is used or out of time.").has_value());
        kit.session().goOfficers();
        auto& officers = *kit.session().officers();
        QVERIFY(rowOf(officers, "Bronwen Pugh")[QStringLiteral("detail")].toString().contains(
            QStringLiteral("out of time")));
        officers.beginCode(idOf("Bronwen Pugh"));
        officers.giveCode({});
        QVERIFY(!officers.codeError().isEmpty());
        officers.giveCode(QStringLiteral(" DDDD-EEEE-FFFF "));
        QCOMPARE(officers.step(), QStringLiteral("list"));
        QCOMPARE(store.unregisteredAuthors()->front().code, std::string("DDDD-EEEE-FFFF"));
        QVERIFY(kit.sync().asked > 0);
    }

    void the_passphrase_is_changed_with_the_old_one() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        kit.session().goPassphrase();
        auto& page = *kit.session().passphrase();
        page.change({}, QStringLiteral("short"));
        QVERIFY(!page.oldError().isEmpty());
        QVERIFY(!page.newError().isEmpty());
        page.change(QString::fromUtf8(kPassphrase), QString::fromUtf8(kPassphrase));
        QVERIFY(!page.newError().isEmpty());
        QSignalSpy refused(&page, &PassphraseViewModel::refused);
        for (int i = 0; i < 3; ++i) {
            page.change(QStringLiteral("not the old one"), QStringLiteral("nine bean rows"));
            QTRY_VERIFY_WITH_TIMEOUT(!page.isBusy(), 20'000);
        }
        QCOMPARE(refused.count(), 3);
        QVERIFY2(page.waitText().contains(QStringLiteral("5 seconds")), qPrintable(page.waitText()));
        page.change(QString::fromUtf8(kPassphrase), QStringLiteral("nine bean rows"));
        QVERIFY(!page.isBusy());
        kit.clock.advance(5'000);
        page.change(QString::fromUtf8(kPassphrase), QStringLiteral("nine bean rows"));
        QTRY_VERIFY_WITH_TIMEOUT(page.isDone(), 20'000);
        kit.kill();
        QVERIFY(kit.unlock("nine bean rows"));
    }

    void wrong_tries_make_one_wait_in_words_and_a_restart_does_not_shorten_it() {
        SessionKit kit;
        auto& unlock = *kit.session().unlock();
        for (int i = 0; i < 3; ++i) {
            unlock.unlock(QStringLiteral("not the passphrase"));
            QTRY_VERIFY_WITH_TIMEOUT(!unlock.isBusy(), 20'000);
        }
        QCOMPARE(unlock.waitText(), QStringLiteral("Wait 5 seconds, then try again"));
        kit.clock.uptime += 3'000;
        QCOMPARE(unlock.waitText(), QStringLiteral("Wait 2 seconds, then try again"));
        kit.clock.wall += 3'600'000;
        QCOMPARE(unlock.waitText(), QStringLiteral("Wait 2 seconds, then try again"));
        kit.clock.uptime = 0;
        kit.kill();
        QCOMPARE(kit.session().unlock()->waitText(), QStringLiteral("Wait 5 seconds, then try again"));
        kit.clock.uptime += 5'000;
        QVERIFY(kit.unlock());
    }

    void a_tablet_that_nobody_uses_locks_itself_by_the_uptime() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        kit.session().settings()->setIdleMinutes(10);
        kit.clock.advance(9 * kMinute_ms);
        kit.session().noteActivity();
        kit.clock.wall += 60 * kMinute_ms;  // somebody set the clock
        kit.session().lookAtClock();
        kit.waitForLoop();
        QCOMPARE(kit.session().state(), QStringLiteral("unlocked"));
        kit.clock.advance(9 * kMinute_ms);
        kit.session().lookAtClock();
        kit.waitForLoop();
        QCOMPARE(kit.session().state(), QStringLiteral("unlocked"));
        // It slept for an hour: the touch that wakes it does not keep it open.
        kit.clock.advance(60 * kMinute_ms);
        kit.session().noteActivity();
        kit.waitForLoop();
        QCOMPARE(kit.session().state(), QStringLiteral("locked"));
        QVERIFY(!kit.session().unlock()->reason().isEmpty());
    }

    void H44_an_idle_lock_keeps_the_page_and_what_was_typed_right_or_wrong() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        kit.session().newClaim();
        kit.session().openPage(QStringLiteral("name"));
        kit.session().question()->answer(QStringLiteral("surname"), QStringLiteral("O'Brien"));
        kit.session().openPage(QStringLiteral("date-of-birth"));
        const auto key = kit.session().question()->questions()->value(0, "key").toString();
        kit.session().question()->answer(key, QStringLiteral("31|2|"));
        kit.clock.advance(11 * kMinute_ms);
        kit.session().lookAtClock();
        kit.waitForLoop();
        QCOMPARE(kit.session().state(), QStringLiteral("locked"));
        QVERIFY(kit.unlock());
        QCOMPARE(kit.session().page(), QStringLiteral("question"));
        QCOMPARE(kit.session().question()->questions()->value(0, "value").toString(), QStringLiteral("31|2|"));
    }

    void the_vaults_key_is_forgotten_half_an_hour_after_a_lock_at_the_latest() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        saveOne(kit);
        kit.session().lockNow();
        QVERIFY(kit.session().vault()->isOpen());
        QVERIFY(!kit.session().unlock()->pending().isEmpty());
        kit.clock.advance(29 * kMinute_ms);
        kit.session().lookAtClock();
        QVERIFY(kit.session().vault()->isOpen());
        kit.clock.advance(kMinute_ms);
        kit.session().lookAtClock();
        QVERIFY(!kit.session().vault()->isOpen());
        QVERIFY(!kit.sync().store_open);
        QVERIFY(kit.session().unlock()->pending().isEmpty());
        QVERIFY(kit.unlock());
        QCOMPARE(kit.session().casework()->claims()->size(), 1U);
    }

    void the_vaults_key_is_forgotten_as_soon_as_the_server_has_everything() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        saveOne(kit);
        kit.session().lockNow();
        kit.sync().tell({SyncPhase::Offline});
        kit.waitForLoop();
        QVERIFY(kit.session().vault()->isOpen());
        acknowledgeAll(kit);
        kit.sync().tell({SyncPhase::Offline});
        kit.waitForLoop();
        QVERIFY(!kit.session().vault()->isOpen());
        QVERIFY(!kit.sync().store_open);
    }

    void nothing_to_send_closes_the_vault_with_the_lock() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        kit.session().lockNow();
        QVERIFY(!kit.session().vault()->isOpen());
    }

    void an_encrypted_copy_is_saved_to_the_stick_that_is_there() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        saveOne(kit);
        kit.session().goSending();
        auto& copy = *kit.session().sending()->copy();
        copy.open();
        QCOMPARE(copy.step(), QStringLiteral("choose"));
        copy.begin();
        QVERIFY2(!copy.error().isEmpty(), "there is no stick");
        QTemporaryDir stick;
        kit.drives = {{stick.path().toStdString(), QStringLiteral("KINGSTON"), 7'800'000'000}};
        QTRY_COMPARE(copy.drives().size(), 1);
        QCOMPARE(copy.drive(), stick.path());
        copy.begin();
        QTRY_COMPARE_WITH_TIMEOUT(copy.step(), QStringLiteral("done"), 20'000);
        QVERIFY(copy.report().contains(QStringLiteral("KINGSTON")));
        const auto files = QDir(stick.path()).entryList(QDir::Files);
        QCOMPARE(files, QStringList{copy.fileName()});
        copy.close();
        acknowledgeAll(kit);
        copy.open();
        copy.begin();
        QTRY_COMPARE(copy.step(), QStringLiteral("choose"));
        QVERIFY2(copy.error().contains(QStringLiteral("nothing to copy")), qPrintable(copy.error()));
    }

    void a_copy_that_cannot_be_written_says_why_and_a_lock_ends_it() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        saveOne(kit);
        QTemporaryDir stick;
        kit.drives = {{stick.path().toStdString() + "/gone", QStringLiteral("KINGSTON"), 1}};
        auto* copy = kit.session().sending()->copy();
        copy->open();
        copy->begin();
        QTRY_VERIFY(!copy->error().isEmpty());
        QCOMPARE(copy->step(), QStringLiteral("choose"));
        kit.drives = {{stick.path().toStdString(), QStringLiteral("KINGSTON"), 1}};
        copy->open();
        copy->begin();
        QCOMPARE(copy->step(), QStringLiteral("writing"));
        kit.session().lockNow();
        kit.waitForLoop();
        QVERIFY(QDir(stick.path()).entryList(QDir::Files).filter(QStringLiteral(".part")).isEmpty());
    }

    void H36_a_damaged_store_is_copied_first_and_the_officer_is_told_what_was_saved() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        saveOne(kit);
        const auto saves = kit.session().vault()->totals()->saved_here;
        kit.session().lockNow();
        kit.waitForLoop();
        kit.session().vault()->lock();
        QFile store(QString::fromStdString(kit.folder()) + QStringLiteral("/vault.db"));
        QVERIFY(store.open(QIODevice::ReadWrite) && store.seek(100));
        QCOMPARE(store.write(QByteArray(200, 'x')), 200);
        store.close();
        kit.kill();
        QTemporaryDir stick;
        kit.drives = {{stick.path().toStdString(), QStringLiteral("KINGSTON"), 1}};
        auto& unlock = *kit.session().unlock();
        unlock.unlock(QString::fromUtf8(kPassphrase));
        QTRY_COMPARE_WITH_TIMEOUT(unlock.salvageStep(), QStringLiteral("offered"), 20'000);
        unlock.copy()->open();
        unlock.copy()->begin();
        QTRY_COMPARE_WITH_TIMEOUT(unlock.copy()->step(), QStringLiteral("done"), 20'000);
        QVERIFY2(unlock.copy()->report().contains(QString::number(saves)), qPrintable(unlock.copy()->report()));
        QCOMPARE(QDir(stick.path()).entryList(QDir::Files).size(), 1);
        unlock.beginSalvage();
        QTRY_COMPARE_WITH_TIMEOUT(unlock.salvageStep(), QStringLiteral("done"), 20'000);
        QVERIFY2(unlock.salvageReport().contains(QString::number(saves)), qPrintable(unlock.salvageReport()));
        unlock.goOn();
        QCOMPARE(kit.session().casework()->claims()->size(), 1U);
    }
};

QTEST_MAIN(VaultLifeTest)
#include "tst_vault_life.moc"
