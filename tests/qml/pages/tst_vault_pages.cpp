#include <QDir>
#include <QFile>
#include <QGuiApplication>
#include <QQmlApplicationEngine>
#include <QQuickItem>
#include <QQuickWindow>
#include <QSignalSpy>
#include <QTest>

#include "qml/App/app_language.h"
#include "tests/support/hand/app_hand.h"
#include "tests/support/session/session_kit.h"

// Officers, passphrases, waits, the encrypted copy and a wipe, by hand in the real window. With FIELDCLAIM_SHOTS=DIR
// each page is also saved as a picture, in English and in Welsh.
using namespace fieldclaim;
using namespace fieldclaim::tablet;
using fieldclaim::testing::AppHand;

namespace {

/// A session that speaks as the app does.
struct SpokenSession {
    SpokenSession(Language spoken, bool vault)
        : kit(vault, spoken, [this](Language now) { language.speak(now); }), tongue(spoken) {}

    AppLanguage language;
    SessionKit kit;
    Language tongue;
};

/// The app's window over it, and a hand.
struct Screen : SpokenSession, AppHand {
    explicit Screen(Language spoken = Language::English, bool vault = true, QSize size = {1280, 800})
        : SpokenSession(spoken, vault),
          AppHand(kit.session(), size, [this](QQmlEngine& made) { language.follow(&made); }) {}
    ~Screen() { language.follow(nullptr); }

    bool unlock(const char* passphrase) {
        return fill(QStringLiteral("passphrase/input"), QString::fromUtf8(passphrase)) &&
               click(QStringLiteral("button.unlock")) &&
               QTest::qWaitFor([&] { return kit.session().state() == QStringLiteral("unlocked"); }, 20'000);
    }
    void shot(const QString& name) {
        AppHand::shot(name + (tongue == Language::Welsh ? QStringLiteral("-cy") : QStringLiteral("-en")));
    }
    void spoilStore() {
        QFile store(QString::fromStdString(kit.folder()) + QStringLiteral("/vault.db"));
        ENSURE(store.open(QIODevice::ReadWrite) && store.size() > 60'000 && store.seek(40'960));
        ENSURE(store.write(QByteArray(3'000, 'x')) == 3'000);
        ENSURE(QFile(QString::fromStdString(kit.folder()) + QStringLiteral("/vault.open")).open(QIODevice::WriteOnly));
    }
};

#define NO_WARNINGS(screen) QVERIFY2((screen).warnings.isEmpty(), qPrintable((screen).warnings.join(QLatin1Char('\n'))))

void bothLanguages() {
    QTest::addColumn<bool>("welsh");
    QTest::newRow("English") << false;
    QTest::newRow("Welsh") << true;
}

}  // namespace

class VaultPagesTest : public QObject {
    Q_OBJECT

private slots:
    void an_officer_is_added_unlocks_and_is_removed_by_hand_data() { bothLanguages(); }
    void an_officer_is_added_unlocks_and_is_removed_by_hand() {
        QFETCH(bool, welsh);
        Screen screen(welsh ? Language::Welsh : Language::English);
        auto& session = screen.kit.session();
        screen.shot(QStringLiteral("unlock"));
        QVERIFY(screen.unlock(kPassphrase));
        session.goSettings();
        screen.settle();
        screen.shot(QStringLiteral("settings"));
        QVERIFY(screen.click(QStringLiteral("button.officers")));
        QCOMPARE(screen.probe->pageName(), QStringLiteral("page.officers"));
        screen.shot(QStringLiteral("officers"));
        QVERIFY(screen.click(QStringLiteral("button.add")));
        QVERIFY(screen.click(QStringLiteral("button.add")));  // with nothing typed
        QVERIFY(!session.officers()->codeError().isEmpty());
        QVERIFY(screen.fill(QStringLiteral("newCode/input"), QStringLiteral("AAAA-BBBB-CCCC")));
        QVERIFY(screen.fill(QStringLiteral("newOfficerPassphrase/input"), QStringLiteral("nine bean rows")));
        screen.shot(QStringLiteral("officers-add"));
        QVERIFY(screen.click(QStringLiteral("button.add")));
        QTRY_VERIFY_WITH_TIMEOUT(screen.seen(QStringLiteral("officersDone")) != nullptr, 20'000);
        QVERIFY(screen.seen(QStringLiteral("officer.Carys Evans")) != nullptr);
        screen.shot(QStringLiteral("officers-added"));
        session.lockNow();
        screen.settle();
        screen.shot(QStringLiteral("unlock-two"));
        QVERIFY(screen.click(QStringLiteral("officer/option_") +
                             QString::fromStdString(testOfficer("Carys Evans").info.id.text())));
        QVERIFY(screen.unlock("nine bean rows"));
        screen.settle();
        QCOMPARE(session.officerName(), QStringLiteral("Carys Evans"));
        session.goOfficers();
        screen.settle();
        QVERIFY(screen.click(QStringLiteral("officer.remove.Bronwen Pugh")));
        QVERIFY(screen.seen(QStringLiteral("confirm")) != nullptr);
        QTest::qWait(200);
        screen.shot(QStringLiteral("officers-remove"));
        QVERIFY(screen.click(QStringLiteral("confirm")));
        QTRY_COMPARE_WITH_TIMEOUT(session.vault()->officers().size(), std::size_t{1}, 20'000);
        screen.settle();
        screen.shot(QStringLiteral("officers-removed"));
        NO_WARNINGS(screen);
    }

    void the_passphrase_is_changed_by_hand_data() { bothLanguages(); }
    void the_passphrase_is_changed_by_hand() {
        QFETCH(bool, welsh);
        Screen screen(welsh ? Language::Welsh : Language::English);
        QVERIFY(screen.unlock(kPassphrase));
        screen.kit.session().goSettings();
        screen.settle();
        QVERIFY(screen.click(QStringLiteral("button.passphrase")));
        QVERIFY(screen.fill(QStringLiteral("oldPassphrase/input"), QStringLiteral("not the old one")));
        QVERIFY(screen.fill(QStringLiteral("newPassphrase/input"), QStringLiteral("nine bean rows")));
        QVERIFY(screen.click(QStringLiteral("button.changePassphrase")));
        QTRY_VERIFY_WITH_TIMEOUT(!screen.kit.session().passphrase()->oldError().isEmpty(), 20'000);
        screen.settle();
        screen.shot(QStringLiteral("passphrase-wrong"));
        QVERIFY(screen.fill(QStringLiteral("oldPassphrase/input"), QString::fromUtf8(kPassphrase)));
        QVERIFY(screen.click(QStringLiteral("button.changePassphrase")));
        QTRY_VERIFY_WITH_TIMEOUT(screen.seen(QStringLiteral("passphraseDone")) != nullptr, 20'000);
        screen.shot(QStringLiteral("passphrase-done"));
        QVERIFY(screen.click(QStringLiteral("button.settings")));
        screen.kit.session().lockNow();
        screen.settle();
        QVERIFY(screen.unlock("nine bean rows"));
        NO_WARNINGS(screen);
    }

    void wrong_tries_show_the_wait_in_words_and_the_way_out_data() { bothLanguages(); }
    void wrong_tries_show_the_wait_in_words_and_the_way_out() {
        QFETCH(bool, welsh);
        Screen screen(welsh ? Language::Welsh : Language::English);
        auto& unlock = *screen.kit.session().unlock();
        for (int i = 0; i < 4; ++i) {
            screen.kit.clock.uptime += 5'000;
            unlock.unlock(QStringLiteral("not the passphrase"));
            QTRY_VERIFY_WITH_TIMEOUT(!unlock.isBusy(), 20'000);
        }
        screen.settle();
        auto* wait = screen.seen(QStringLiteral("wait"));
        QVERIFY(wait != nullptr);
        QVERIFY(wait->property("text").toString().contains(QStringLiteral("15")));
        QVERIFY2(screen.seen(QStringLiteral("button.forgot")) != nullptr, "the way out is open");
        QVERIFY(!screen.probe->find(QStringLiteral("button.unlock"))->isEnabled());
        screen.shot(QStringLiteral("unlock-wait"));
        // The way out: a code, as soon as there is a network.
        QVERIFY(screen.click(QStringLiteral("button.forgot")));
        emit screen.kit.watch().reachedChanged(false);
        screen.settle();
        screen.shot(QStringLiteral("forgotten-no-network"));
        emit screen.kit.watch().releaseWaiting();
        screen.settle();
        QVERIFY(screen.seen(QStringLiteral("releaseCode")) != nullptr);
        screen.shot(QStringLiteral("forgotten-code"));
        emit screen.kit.watch().released(screen.kit.releaseAnswer(*screen.kit.watch().release));
        screen.settle();
        screen.shot(QStringLiteral("forgotten-passphrase"));
        QVERIFY(screen.fill(QStringLiteral("newPassphrase/input"), QStringLiteral("nine bean rows")));
        QVERIFY(screen.click(QStringLiteral("button.choosePassphrase")));
        QTRY_COMPARE_WITH_TIMEOUT(screen.kit.session().state(), QStringLiteral("unlocked"), 20'000);
        NO_WARNINGS(screen);
    }

    void an_encrypted_copy_is_saved_by_hand_data() { bothLanguages(); }
    void an_encrypted_copy_is_saved_by_hand() {
        QFETCH(bool, welsh);
        Screen screen(welsh ? Language::Welsh : Language::English);
        QVERIFY(screen.unlock(kPassphrase));
        screen.kit.session().newClaim();
        screen.kit.session().goSending();
        screen.settle();
        QVERIFY(screen.click(QStringLiteral("button.copy")));
        QVERIFY(screen.seen(QStringLiteral("copyNoDrive")) != nullptr);
        screen.shot(QStringLiteral("copy-no-stick"));
        QTemporaryDir stick;
        screen.kit.drives = {{stick.path().toStdString() + "/gone", QStringLiteral("SANDISK"), 100'000'000},
                             {stick.path().toStdString(), QStringLiteral("KINGSTON"), 7'800'000'000}};
        QTRY_VERIFY(screen.seen(QStringLiteral("copyDrive")) != nullptr);
        screen.kit.session().sending()->copy()->setDrive(stick.path() + QStringLiteral("/gone"));
        screen.shot(QStringLiteral("copy-choose"));
        QVERIFY(screen.click(QStringLiteral("button.copyBegin")));
        QTRY_VERIFY_WITH_TIMEOUT(screen.seen(QStringLiteral("copyError")) != nullptr, 20'000);
        screen.shot(QStringLiteral("copy-pulled-out"));
        screen.kit.session().sending()->copy()->setDrive(stick.path());
        QVERIFY(screen.click(QStringLiteral("button.copyBegin")));
        QTRY_VERIFY_WITH_TIMEOUT(screen.seen(QStringLiteral("copyReport")) != nullptr, 20'000);
        screen.shot(QStringLiteral("copy-done"));
        QCOMPARE(QDir(stick.path()).entryList(QDir::Files).size(), 1);
        QVERIFY(screen.click(QStringLiteral("button.copyClose")));
        QVERIFY(screen.seen(QStringLiteral("saveCopy")) == nullptr);
        NO_WARNINGS(screen);
    }

    void H36_a_damaged_store_is_copied_then_mended_and_both_are_told_data() { bothLanguages(); }
    void H36_a_damaged_store_is_copied_then_mended_and_both_are_told() {
        QFETCH(bool, welsh);
        Screen screen(welsh ? Language::Welsh : Language::English);
        QVERIFY(screen.unlock(kPassphrase));
        screen.kit.session().newClaim();
        screen.kit.session().question()->answer(QStringLiteral("claim_type"), QStringLiteral("new"));
        const auto saves = screen.kit.session().vault()->totals()->saved_here;
        screen.kit.session().lockNow();
        screen.settle();
        screen.kit.session().vault()->lock();
        screen.spoilStore();
        QTemporaryDir stick;
        screen.kit.drives = {{stick.path().toStdString(), QStringLiteral("KINGSTON"), 7'800'000'000}};
        QVERIFY(screen.fill(QStringLiteral("passphrase/input"), QString::fromUtf8(kPassphrase)));
        QVERIFY(screen.click(QStringLiteral("button.unlock")));
        QTRY_VERIFY_WITH_TIMEOUT(screen.seen(QStringLiteral("button.copy")) != nullptr, 20'000);
        screen.shot(QStringLiteral("damaged"));
        QVERIFY(screen.click(QStringLiteral("button.copy")));
        screen.shot(QStringLiteral("damaged-copy"));
        QVERIFY(screen.click(QStringLiteral("button.copyBegin")));
        QTRY_VERIFY_WITH_TIMEOUT(screen.seen(QStringLiteral("copyReport")) != nullptr, 20'000);
        QVERIFY(screen.textOf(QStringLiteral("copyReport")).contains(QString::number(saves)));
        screen.shot(QStringLiteral("damaged-copied"));
        QVERIFY(screen.click(QStringLiteral("button.salvage")));
        QTRY_COMPARE_WITH_TIMEOUT(screen.kit.session().unlock()->salvageStep(), QStringLiteral("done"), 20'000);
        screen.settle();
        QVERIFY(screen.textOf(QStringLiteral("salvage")).contains(QString::number(saves)));
        screen.shot(QStringLiteral("mended"));
        QVERIFY(screen.click(QStringLiteral("button.salvage")));
        QTRY_COMPARE_WITH_TIMEOUT(screen.kit.session().state(), QStringLiteral("unlocked"), 20'000);
        NO_WARNINGS(screen);
    }

    void H54_a_wipe_that_reaches_a_locked_tablet_shows_set_up_with_the_reason() {
        Screen screen;
        QVERIFY(screen.unlock(kPassphrase));
        screen.kit.session().newClaim();
        screen.kit.session().lockNow();
        screen.settle();
        screen.kit.session().vault()->lock();  // as after half an hour
        emit screen.kit.watch().ordered(true, false);
        screen.settle();
        QVERIFY(screen.seen(QStringLiteral("lockedByOrder")) != nullptr);
        QVERIFY(screen.seen(QStringLiteral("passphrase")) == nullptr);
        screen.shot(QStringLiteral("locked-by-order"));
        emit screen.kit.watch().ordered(true, true);
        QTRY_COMPARE(screen.probe->pageName(), QStringLiteral("page.setup"));
        QVERIFY(screen.textOf(QStringLiteral("setupReason")).contains(QStringLiteral("wiped")));
        QVERIFY(!QFile::exists(QString::fromStdString(screen.kit.folder()) + QStringLiteral("/vault.db")));
        QVERIFY(!QFile::exists(QString::fromStdString(screen.kit.folder()) + QStringLiteral("/slots.cbor")));
        screen.shot(QStringLiteral("wiped"));
        NO_WARNINGS(screen);
    }

    void the_new_pages_hold_at_twice_the_size_in_portrait() {
        Screen screen(Language::Welsh, true, {800, 1280});
        QVERIFY(screen.unlock(kPassphrase));
        auto& session = screen.kit.session();
        session.settings()->setTextSize(200);
        QTemporaryDir stick;
        screen.kit.drives = {{stick.path().toStdString(), QStringLiteral("KINGSTON"), 7'800'000'000}};
        session.goOfficers();
        screen.settle();
        screen.shot(QStringLiteral("large-officers"));
        session.officers()->beginAdd();
        screen.settle();
        screen.shot(QStringLiteral("large-officers-add"));
        session.goPassphrase();
        screen.settle();
        screen.shot(QStringLiteral("large-passphrase"));
        session.goSending();
        session.sending()->copy()->open();
        screen.settle();
        screen.shot(QStringLiteral("large-copy"));
        NO_WARNINGS(screen);
    }
};

int main(int argc, char** argv) {
    QGuiApplication app(argc, argv);
    VaultPagesTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_vault_pages.moc"
