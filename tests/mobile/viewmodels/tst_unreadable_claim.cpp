#include <QRegularExpression>
#include <QTest>
#include <algorithm>

#include "mobile/storage/file_bytes.h"
#include "mobile/storage/slots.h"
#include "mobile/viewmodels/words.h"
#include "shared/base/ids.h"
#include "shared/sqlite/database.h"
#include "tests/support/session/session_kit.h"

using namespace fieldclaim;
using namespace fieldclaim::tablet;

namespace {

constexpr int kClaims = 40;

/// A tablet with so many claims, as it is on a morning: no list was made today. One of them cannot be read, the first
/// on the list or the last.
struct Morning {
    explicit Morning(bool first) {
        ENSURE(kit.unlock());
        for (int i = 0; i < kClaims; ++i) {
            kit.clock.advance(1'000);
            const auto begun = kit.session().casework()->beginClaim().value();
            if (first || i == 0) crn = begun;
            ENSURE(kit.session().casework()->saveAnswer(begun, "surname", {Answer::Kind::Given, "Begum"}).has_value());
        }
        kit.session().lockNow();
        kit.waitForLoop();
        change("summary = NULL, base = CASE crn WHEN '" + crn + "' THEN x'ff' ELSE base END");
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("^a claim cannot be read: [^:]+: ")));
        ENSURE(kit.unlock());
    }
    void change(const std::string& what) const {
        const auto slots_here = decodeSlots(readFile(kit.folder() + "/slots.cbor").value()).value();
        const auto key = slots_here.front().open(kPassphrase).value().vault_key;
        auto store = Database::open(kit.folder() + "/vault.db", {.key = key});
        ENSURE(store.has_value());
        ENSURE(store->exec("UPDATE claim SET " + what).has_value());
    }
    TabletSession& session() { return kit.session(); }

    SessionKit kit;
    std::string crn;
};

}  // namespace

/// Rule 5: one claim that cannot be read holds up no other, and is not hidden.
class UnreadableClaimTest : public QObject {
    Q_OBJECT

private slots:
    void theOthersAreReadAndTheOneIsSaidWithItsNumber_data() {
        QTest::addColumn<bool>("first");
        QTest::newRow("found at once") << true;
        QTest::newRow("found while catching up") << false;
    }
    void theOthersAreReadAndTheOneIsSaidWithItsNumber() {
        QFETCH(bool, first);
        Morning world(first);
        auto& today = *world.session().today();
        QVERIFY2(today.error().isEmpty(), qPrintable(today.error()));
        QTRY_VERIFY(!today.summary().contains(QStringLiteral("Still reading")));
        const auto list = *world.session().casework()->claimsNow(0);
        QCOMPARE(list.left, std::size_t{0});
        QCOMPARE(std::count_if(list.claims.begin(), list.claims.end(), [](const auto& one) { return one.is_read; }),
                 kClaims - 1);
        QCOMPARE(world.session().casework()->catchUp(4)->size(), std::size_t{0});
        QCOMPARE(today.actions()->count(), 1);
        const auto number = words::qt(Crn::display(world.crn));
        QCOMPARE(today.actions()->value(0, "text").toString(), QStringLiteral("Cannot be read here · ") + number);
        today.setSearch(QStringLiteral("begum"));
        QCOMPARE(today.found()->count(), 20);

        // It is not opened, and what to do is said.
        world.session().openWaiting(words::qt(world.crn), {});
        QCOMPARE(world.session().page(), QStringLiteral("today"));
        QVERIFY2(world.session().notice().contains(number) &&
                     world.session().notice().contains(QStringLiteral("Call support")),
                 qPrintable(world.session().notice()));
        world.session().goBoard();
        QVERIFY2(world.session().board()->known().contains(QStringLiteral("39 claims")),
                 qPrintable(world.session().board()->known()));
        QVERIFY(world.session().board()->error().isEmpty());
        world.session().goSending();
        const auto* sending = world.session().sending()->claims();
        QCOMPARE(sending->value(sending->rowOf(words::qt(world.crn)), "name").toString(), number);
    }

    void whatIsSearchedForIsFoundBesideIt() {
        Morning world(false);
        // The rest of the index is made while one types, and it is among that.
        QCOMPARE(world.session().casework()->search("begum").value().size(), std::size_t{kClaims - 1});
        QCOMPARE(world.session().casework()->claims().value().size(), std::size_t{kClaims});
    }

    void oneThatCanBeReadAgainIsThereAgain() {
        Morning world(true);
        QTRY_VERIFY(!world.session().today()->summary().contains(QStringLiteral("Still reading")));
        world.change("base = (SELECT base FROM claim WHERE crn <> '" + world.crn + "' LIMIT 1) WHERE crn = '" +
                     world.crn + "'");
        world.session().openClaim(words::qt(world.crn));
        QCOMPARE(world.session().page(), QStringLiteral("claim"));
        world.session().goToday();
        QCOMPARE(world.session().today()->actions()->count(), 0);
    }
};

QTEST_GUILESS_MAIN(UnreadableClaimTest)
#include "tst_unreadable_claim.moc"
