#include <QDir>
#include <QProcess>
#include <QQmlApplicationEngine>
#include <QQuickItem>
#include <QQuickWindow>
#include <QTemporaryDir>
#include <QTest>

#include "mobile/viewmodels/words.h"
#include "tests/support/forms/claim_sketch.h"
#include "tests/support/hand/app_hand.h"
#include "tests/support/session/session_kit.h"

using namespace fieldclaim;
using namespace fieldclaim::tablet;
using fieldclaim::testing::AppHand;

namespace {

/// A claim with every question answered, on the page where it is signed, its lines read.
void toSign(SessionKit& kit, const Wishes& wishes) {
    kit.session().newClaim();
    const auto crn = kit.session().openCase()->crn();
    ClaimSketch sketch(missionPack(), *Date::parse("2007-01-15"));
    Wishes all{{"claim_type", "new"}, {"partner", "no"}, {"first_names", "Gwen"}, {"surname", "O'Brien"}};
    for (const auto& [key, value] : wishes) all[key] = value;
    sketch.complete(all);
    for (const auto& [key, answer] : sketch.answers.answers)
        QVERIFY(kit.session().casework()->saveAnswer(crn, key, answer));
    kit.session().goSign();
    for (const auto& line : kit.session().declaration()->lines()->records())
        kit.session().declaration()->setRead(line[0].toString(), true);
}

/// A hand that knows how to take Gwen's claim.
class Hand : public AppHand {
public:
    explicit Hand(SessionKit& session_kit, QSize size = {1280, 800})
        : AppHand(session_kit.session(), size), kit(session_kit) {}

    /// Answers what the page asks, as a hand would: clicks choices, types in fields.
    bool answerPage() {
        const auto story = gwen();
        auto& page = *kit.session().question();
        for (int row = 0; row < page.questions()->count(); ++row) {
            const auto key = page.questions()->value(row, "key").toString();
            const auto type_name = page.questions()->value(row, "type").toString();
            const auto id = page.questions()->value(row, "questionId").toString();
            const auto group =
                key.contains(QLatin1Char('/')) ? key.section(QLatin1Char('/'), 0, 0) + QLatin1Char('/') : QString();
            const auto value = story[group + id].toString();
            const auto field = QStringLiteral("question.") + key;
            if (value.isEmpty()) continue;
            if (type_name == QStringLiteral("select_one") || type_name == QStringLiteral("select_multiple")) {
                for (const auto& name : value.split(QLatin1Char(' '))) {
                    const auto card = QStringLiteral("choice.") + key + QLatin1Char('.') + name;
                    if (!isThere(card)) {
                        // A long list: found by typing, as a person would.
                        QString label;
                        for (const auto& choice : page.questions()->value(row, "choices").toList()) {
                            if (choice.toMap()[QStringLiteral("name")].toString() == name)
                                label = choice.toMap()[QStringLiteral("label")].toString();
                        }
                        if (!fill(field + QStringLiteral("/choiceSearch"), label)) return false;
                    }
                    if (!click(card)) return false;
                }
            } else if (type_name == QStringLiteral("acknowledge")) {
                if (!click(field + QStringLiteral("/acknowledge"))) return false;
            } else if (type_name == QStringLiteral("date")) {
                const auto date = *Date::parse(value.toStdString());
                if (!fill(field + QStringLiteral("/day"), QString::number(date.day()))) return false;
                if (!fill(field + QStringLiteral("/month"), QString::number(date.month()))) return false;
                if (!fill(field + QStringLiteral("/year"), QString::number(date.year()))) return false;
            } else {
                if (!fill(field + QStringLiteral("/input"), value)) return false;
            }
        }
        return true;
    }

    /// From the page that is shown until no question page is: every page by hand. -1 when it gets stuck.
    int walk(const QString& until_section = {}) {
        constexpr int kMostPages = 150;
        for (int pages = 0; pages < kMostPages; ++pages) {
            if (kit.session().page() == QStringLiteral("benefits")) {
                for (const auto& name : gwen()[QStringLiteral("benefits_claimed")].toString().split(QLatin1Char(' '))) {
                    if (!click(QStringLiteral("benefit.") + name)) return -1;
                }
                if (isThere(QStringLiteral("why")) &&
                    !fill(QStringLiteral("why/input"), gwen()[QStringLiteral("choice_differs")].toString()))
                    return -1;
                shot(QStringLiteral("benefits"));
                if (!click(QStringLiteral("button.continue"))) return -1;
                continue;
            }
            if (kit.session().page() != QStringLiteral("question")) return pages;
            auto& page = *kit.session().question();
            if (!until_section.isEmpty() && page.sectionId() == until_section) return pages;
            if (page.isCards() && page.cards()->count() == 0) {
                if (!click(QStringLiteral("button.add"))) return -1;
                continue;
            }
            if (!answerPage()) return -1;
            shot(QStringLiteral("question-") + page.pageId() +
                 (page.isInstance() ? QStringLiteral("-card") : QString()));
            const auto before = &page;
            if (!click(QStringLiteral("button.continue"))) return -1;
            if (kit.session().question() == before) {
                qWarning("stuck on %s: %s", qPrintable(page.pageId()),
                         qPrintable(page.errors().isEmpty()
                                        ? QString()
                                        : page.errors().first().toMap()[QStringLiteral("text")].toString()));
                return -1;
            }
        }
        return -1;
    }

    SessionKit& kit;
};

/// A claim of Gwen's up to where a test begins, without the window.
void prepareToday(SessionKit& kit) {
    auto& casework = *kit.session().casework();
    const auto visit = [&](const char* time, const char* note) {
        return Visit{"", "2007-01-15", time, "Llanrwst village hall", note};
    };
    const auto given = [](const char* text) { return Answer{Answer::Kind::Given, text}; };
    struct Person {
        const char* time;
        const char* note;
        const char* first;
        const char* last;
        const char* benefits;
        const char* language;
        const char* urgent;
    };
    for (const auto& person :
         {Person{"10:15", "doctor’s statement seen", "Tomos", "ap Rhys", "ib", "cy", "no"},
          Person{"11:00", "", "Farida", "Begum", "is ctb", "interpreter", "no"},
          Person{"14:45", "home visit, Trefriw, leave by 14:10", "Kevin", "Doyle", "jsa_ib", "en", "yes"}}) {
        const auto crn = *casework.beginClaim();
        ENSURE(casework.saveVisit(crn, visit(person.time, person.note)).has_value());
        ENSURE(casework.saveAnswer(crn, "first_names", given(person.first)).has_value());
        ENSURE(casework.saveAnswer(crn, "surname", given(person.last)).has_value());
        ENSURE(casework.saveAnswer(crn, "language", given(person.language)).has_value());
        ENSURE(casework.saveAnswer(crn, "benefits_claimed", given(person.benefits)).has_value());
        ENSURE(casework.saveAnswer(crn, "urgent_need", given(person.urgent)).has_value());
    }
}

}  // namespace

class PagesTest : public QObject {
    Q_OBJECT

private slots:
    void aWholeClaimIsTakenByHandFromUnlockToSending() {
        SessionKit kit;
        Hand hand(kit);
        QCOMPARE(hand.probe->pageName(), QStringLiteral("page.unlock"));
        hand.shot(QStringLiteral("unlock"));
        QVERIFY(hand.fill(QStringLiteral("passphrase/input"), QString::fromUtf8(kPassphrase)));
        QVERIFY(hand.click(QStringLiteral("button.unlock")));
        QTRY_COMPARE_WITH_TIMEOUT(hand.probe->pageName(), QStringLiteral("page.today"), 20'000);
        hand.shot(QStringLiteral("today-empty"));

        QVERIFY(hand.click(QStringLiteral("button.newClaim")));
        QCOMPARE(hand.probe->pageName(), QStringLiteral("page.question"));
        // Continue without an answer: the summary has the focus, and Skip is there.
        QVERIFY(hand.click(QStringLiteral("button.continue")));
        QVERIFY(hand.isThere(QStringLiteral("errorSummary")));
        QVERIFY(hand.probe->find(QStringLiteral("errorSummary"))->hasActiveFocus());
        QVERIFY(hand.isThere(QStringLiteral("button.skip")));
        hand.shot(QStringLiteral("question-error"));

        QVERIFY(hand.walk() > 50);
        QCOMPARE(hand.probe->pageName(), QStringLiteral("page.claim"));
        QCOMPARE(kit.session().claim()->questionsToGo(), 0);
        hand.shot(QStringLiteral("claim"));

        QVERIFY(hand.click(QStringLiteral("task.evidence")));
        hand.shot(QStringLiteral("evidence"));
        QVERIFY(hand.click(QStringLiteral("proof.identity")));
        QVERIFY(hand.click(QStringLiteral("proof.identity.what/option_Current passport")));
        QVERIFY(hand.click(QStringLiteral("proof.identity.level/option_original")));
        hand.shot(QStringLiteral("proof"));
        QVERIFY(hand.click(QStringLiteral("proof.identity.save")));
        QCOMPARE(kit.session()
                     .evidence()
                     ->proofs()
                     ->value(kit.session().evidence()->proofs()->rowOf(QStringLiteral("identity")), "status")
                     .toString(),
                 QStringLiteral("Original seen"));

        QVERIFY(hand.click(QStringLiteral("task.sign")));
        QCOMPARE(hand.probe->pageName(), QStringLiteral("page.check"));
        hand.shot(QStringLiteral("check"));
        QVERIFY(hand.click(QStringLiteral("button.confirm")));
        QCOMPARE(hand.probe->pageName(), QStringLiteral("page.sign"));
        for (const auto& line : kit.session().declaration()->lines()->records())
            QVERIFY(hand.click(QStringLiteral("line.") + line[0].toString()));
        auto* pad = hand.probe->find(QStringLiteral("signaturePad/canvas"));
        QVERIFY(pad != nullptr);
        hand.probe->scrollTo(*pad);
        hand.settle();
        const auto box = hand.probe->seen(*pad);
        QTest::mousePress(hand.window, Qt::LeftButton, Qt::NoModifier, (box.topLeft() + QPointF(80, 160)).toPoint());
        for (int i = 0; i < 40; ++i) {
            QTest::mouseMove(hand.window,
                             (box.topLeft() + QPointF(80 + i * 9, 130 + ((i / 5) % 2 == 0 ? -40 : 50))).toPoint());
        }
        QTest::mouseRelease(hand.window, Qt::LeftButton, Qt::NoModifier, (box.topLeft() + QPointF(440, 150)).toPoint());
        hand.shot(QStringLiteral("sign"));
        QVERIFY(hand.click(QStringLiteral("button.sign")));
        QCOMPARE(hand.probe->pageName(), QStringLiteral("page.receipt"));
        hand.shot(QStringLiteral("receipt"));
        QVERIFY(hand.click(QStringLiteral("strip")));
        QCOMPARE(hand.probe->pageName(), QStringLiteral("page.sending"));
        QVERIFY(
            hand.isThere(QStringLiteral("sending.") + kit.session().sending()->claims()->value(0, "crn").toString()));
        hand.shot(QStringLiteral("sending"));
        QVERIFY2(hand.warnings.isEmpty(), qPrintable(hand.warnings.join(QLatin1Char('\n'))));
    }

    void everyPageOpensInPortraitAtTwiceTheSizeAndInTheDark() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        prepareToday(kit);
        kit.session().newClaim();
        QVERIFY(completeAsGwen(kit.session()) > 0);
        kit.session().goToday();
        Hand hand(kit, {800, 1280});
        const auto found = kit.session().casework()->search("obrien", 1);
        QVERIFY2(found.has_value() && found->size() == 1, found ? "not found" : describe(found.error()).c_str());
        const auto crn = words::qt(found->front().crn);
        struct Look {
            const char* name;
            int size;
            const char* theme;
        };
        for (const auto& look : {Look{"portrait", 100, "light"}, Look{"large", 200, "light"}, Look{"dark", 100, "dark"},
                                 Look{"contrast", 100, "highContrast"}}) {
            kit.session().settings()->setTextSize(look.size);
            kit.session().settings()->setTheme(QString::fromLatin1(look.theme));
            const auto name = [&](const char* page) {
                return QStringLiteral("%1-%2").arg(QLatin1String(look.name), QLatin1String(page));
            };
            kit.session().goToday();
            hand.shot(name("today"));
            kit.session().openClaim(crn);
            hand.shot(name("claim"));
            kit.session().openPage(QStringLiteral("rent-amount"));
            hand.shot(name("question"));
            kit.session().openPage(QStringLiteral("savings-item"));
            hand.shot(name("cards"));
            kit.session().openPage(QStringLiteral("benefits-to-claim"));
            hand.shot(name("benefits"));
            kit.session().goCheck();
            hand.shot(name("check"));
            kit.session().goEvidence();
            hand.shot(name("evidence"));
            kit.session().openProof(QStringLiteral("identity"));
            hand.shot(name("proof"));
            kit.session().goSign();
            hand.shot(name("sign"));
            kit.session().goSending();
            hand.shot(name("sending"));
            kit.session().goSettings();
            hand.shot(name("settings"));
            kit.session().goSearch();
            kit.session().today()->setSearch(QStringLiteral("o'brien"));
            hand.shot(name("search"));
            hand.settle();
        }
        QVERIFY2(hand.warnings.isEmpty(), qPrintable(hand.warnings.join(QLatin1Char('\n'))));
    }

    void todayShowsTheDay() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        prepareToday(kit);
        kit.session().goToday();
        Hand hand(kit);
        hand.shot(QStringLiteral("today"));
        const auto crn = kit.session().today()->appointments()->value(0, "crn").toString();
        QVERIFY(hand.click(QStringLiteral("claim.") + crn));
        QCOMPARE(hand.probe->pageName(), QStringLiteral("page.claim"));
        QVERIFY(hand.click(QStringLiteral("home")));
        QCOMPARE(hand.probe->pageName(), QStringLiteral("page.today"));
        QVERIFY2(hand.warnings.isEmpty(), qPrintable(hand.warnings.join(QLatin1Char('\n'))));
    }

    void H43_whatWasTypedAndLeftIsThereWhenAKilledAppReopens() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        kit.session().newClaim();
        kit.session().openPage(QStringLiteral("name"));
        {
            Hand hand(kit);
            QVERIFY(hand.fill(QStringLiteral("question.first_names/input"), QStringLiteral("Gwen Siobhan")));
            QTest::keyClick(hand.window, Qt::Key_Tab);
            hand.settle();
            QVERIFY(kit.session().question()->note() == QStringLiteral("Saved on this tablet"));
        }
        kit.kill();
        QVERIFY(kit.unlock());
        Hand again(kit);
        QCOMPARE(again.probe->pageName(), QStringLiteral("page.question"));
        QCOMPARE(again.probe->find(QStringLiteral("question.first_names/input"))->property("text").toString(),
                 QStringLiteral("Gwen Siobhan"));
    }

    void H36_aDamagedStoreIsMendedByHand() {
        SessionKit kit;
        const auto folder = QString::fromStdString(kit.folder());
        QFile store(folder + QStringLiteral("/vault.db"));
        QVERIFY(store.open(QIODevice::ReadWrite) && store.size() > 60'000 && store.seek(40'960));
        QCOMPARE(store.write(QByteArray(3'000, 'x')), 3'000);
        store.close();
        // As after an end that it did not choose: then the whole store is looked through.
        QVERIFY(QFile(folder + QStringLiteral("/vault.open")).open(QIODevice::WriteOnly));
        Hand hand(kit);
        QVERIFY(hand.fill(QStringLiteral("passphrase/input"), QString::fromUtf8(kPassphrase)));
        QVERIFY(hand.click(QStringLiteral("button.unlock")));
        QTRY_VERIFY_WITH_TIMEOUT(hand.isThere(QStringLiteral("button.salvage")), 20'000);
        hand.settle();
        hand.shot(QStringLiteral("damaged"));
        QTest::keyClick(hand.window, Qt::Key_Return);  // it has the focus
        QTRY_COMPARE_WITH_TIMEOUT(kit.session().unlock()->property("salvage").toString(), QStringLiteral("done"),
                                  20'000);
        hand.settle();
        hand.shot(QStringLiteral("mended"));
        QVERIFY(hand.click(QStringLiteral("button.salvage")));
        QTRY_COMPARE_WITH_TIMEOUT(hand.probe->pageName(), QStringLiteral("page.today"), 20'000);
        QVERIFY2(hand.warnings.isEmpty(), qPrintable(hand.warnings.join(QLatin1Char('\n'))));
    }

    void H44_aLockWhileTypingKeepsWhatWasTyped() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        kit.session().newClaim();
        kit.session().openPage(QStringLiteral("name"));
        Hand hand(kit);
        QVERIFY(hand.fill(QStringLiteral("question.surname/input"), QStringLiteral("O'Brien")));
        kit.session().lockNow();  // in the middle of the field: it still has the focus
        hand.settle();
        QCOMPARE(hand.probe->pageName(), QStringLiteral("page.unlock"));
        QVERIFY(kit.unlock());
        hand.settle();
        QCOMPARE(hand.probe->find(QStringLiteral("question.surname/input"))->property("text").toString(),
                 QStringLiteral("O'Brien"));
        QVERIFY2(hand.warnings.isEmpty(), qPrintable(hand.warnings.join(QLatin1Char('\n'))));
    }

    void H20_aPullWhileTypingLeavesTheFieldAlone() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        kit.session().newClaim();
        kit.session().openPage(QStringLiteral("name"));
        Hand hand(kit);
        QVERIFY(hand.fill(QStringLiteral("question.surname/input"), QStringLiteral("O'Br")));
        QVERIFY(kit.session()
                    .casework()
                    ->saveAnswer(kit.session().openCase()->crn(), "surname", {Answer::Kind::Given, "Elsewhere"})
                    .has_value());
        hand.settle();
        hand.type(QStringLiteral("ien"));
        QCOMPARE(hand.probe->find(QStringLiteral("question.surname/input"))->property("text").toString(),
                 QStringLiteral("O'Brien"));
    }

    void theLastChangeIsUndoneByHandAndTheHistoryIsOnePressAway() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        kit.session().newClaim();
        kit.session().openPage(QStringLiteral("name"));
        Hand hand(kit);
        QVERIFY(hand.fill(QStringLiteral("question.surname/input"), QStringLiteral("Jones")));
        QTest::keyClick(hand.window, Qt::Key_Tab);
        QVERIFY(hand.fill(QStringLiteral("question.surname/input"), QStringLiteral("Smith")));
        QTest::keyClick(hand.window, Qt::Key_Tab);
        hand.settle();
        QCOMPARE(hand.probe->find(QStringLiteral("question.surname/undo"))->property("text").toString(),
                 QStringLiteral("Put back: Jones"));
        QVERIFY(hand.click(QStringLiteral("question.surname/undo")));
        const auto typed = [&] {
            return hand.probe->find(QStringLiteral("question.surname/input"))->property("text").toString();
        };
        QCOMPARE(typed(), QStringLiteral("Jones"));
        QVERIFY(hand.isThere(QStringLiteral("question.surname/help")));
        hand.probe->find(QStringLiteral("question.surname/help"))->setProperty("open", true);
        hand.shot(QStringLiteral("question-undo"));
        QVERIFY(hand.click(QStringLiteral("question.surname/history")));
        QCOMPARE(hand.probe->pageName(), QStringLiteral("page.history"));
        hand.shot(QStringLiteral("history"));
        QVERIFY(hand.click(QStringLiteral("version.1.putBack")));
        QVERIFY(hand.click(QStringLiteral("button.back")));
        QCOMPARE(typed(), QStringLiteral("Smith"));

        kit.session().openPage(QStringLiteral("first-contact-date"));
        hand.settle();
        QVERIFY(hand.fill(QStringLiteral("question.first_contact/day"), QStringLiteral("10")));
        QVERIFY(hand.fill(QStringLiteral("question.first_contact/month"), QStringLiteral("1")));
        QVERIFY(hand.fill(QStringLiteral("question.first_contact/year"), QStringLiteral("2007")));
        QVERIFY(hand.click(QStringLiteral("heading")));
        QTest::keyClick(hand.window, Qt::Key_Tab);
        hand.settle();
        kit.session().openPage(QStringLiteral("language"));
        kit.session().openPage(QStringLiteral("first-contact-date"));
        hand.settle();
        QVERIFY(hand.click(QStringLiteral("question.first_contact/correctDate")));
        QCOMPARE(hand.probe->pageName(), QStringLiteral("page.date"));
        QVERIFY(hand.click(QStringLiteral("button.ask")));
        QVERIFY(hand.isThere(QStringLiteral("errorSummary")));
        hand.shot(QStringLiteral("correct-date"));
        QVERIFY(hand.fill(QStringLiteral("date/day"), QStringLiteral("8")));
        QVERIFY(hand.fill(QStringLiteral("date/month"), QStringLiteral("1")));
        QVERIFY(hand.fill(QStringLiteral("date/year"), QStringLiteral("2007")));
        QVERIFY(hand.fill(QStringLiteral("reason/input"), QStringLiteral("The letter is dated the 8th")));
        QVERIFY(hand.click(QStringLiteral("button.ask")));
        QCOMPARE(hand.probe->pageName(), QStringLiteral("page.question"));
        QCOMPARE(kit.session().casework()->lastCorrection(kit.session().openCase()->crn())->value().date,
                 std::string("2007-01-08"));
        QVERIFY2(hand.warnings.isEmpty(), qPrintable(hand.warnings.join(QLatin1Char('\n'))));
    }

    void H46_aDoubleClickOnSignIsOneSignature() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        kit.session().newClaim();
        QVERIFY(completeAsGwen(kit.session()) > 0);
        kit.session().goSign();
        for (const auto& line : kit.session().declaration()->lines()->records())
            kit.session().declaration()->setRead(line[0].toString(), true);
        Hand hand(kit);
        bool drawn = false;
        QMetaObject::invokeMethod(hand.probe->find(QStringLiteral("signaturePad/canvas")), "load",
                                  Q_RETURN_ARG(bool, drawn),
                                  Q_ARG(QString, QStringLiteral("[[1000,2000,0,500,1500,2500,16,500]]")));
        QVERIFY(drawn);
        auto* button = hand.probe->find(QStringLiteral("button.sign"));
        const auto at = hand.probe->seen(*button).center().toPoint();
        QTest::mouseDClick(hand.window, Qt::LeftButton, Qt::NoModifier, at);
        QTest::mouseClick(hand.window, Qt::LeftButton, Qt::NoModifier, at);
        hand.settle();
        QCOMPARE(sealsOf(kit.session().openCase()->claim().state).size(), std::size_t{1});
    }

    void inkIsPrintedScannedAndSignedOnThePage() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        toSign(kit, {{"benefits_claimed", "is"}});
        QTemporaryDir folder;
        auto& paper = *kit.session().declaration()->paper();
        paper.setPlace(folder.path());
        Hand hand(kit);
        const auto sign = [&] { return hand.probe->find(QStringLiteral("button.sign")); };
        QVERIFY(!sign()->isEnabled());
        QVERIFY(!hand.probe->find(QStringLiteral("button.readScans"))->isEnabled());
        hand.shot(QStringLiteral("sign-ink"));
        QVERIFY(hand.click(QStringLiteral("button.saveStatement")));
        QVERIFY(hand.isThere(QStringLiteral("paper.note")));
        const auto statement = folder.filePath(QDir(folder.path()).entryList({"*.pdf"}).value(0));
        QCOMPARE(QProcess::execute("pdftoppm", {"-png", "-gray", "-r", "120", statement, folder.filePath("scan")}), 0);
        const auto pages = QDir(folder.path()).entryList({"scan*.png"});
        QVERIFY(pages.size() > 1);
        QVERIFY(QFile::rename(folder.filePath(pages.last()), folder.filePath("later")));
        QVERIFY(hand.click(QStringLiteral("button.readScans")));
        QTRY_VERIFY_WITH_TIMEOUT(!paper.isReading(), 60'000);
        QVERIFY(hand.isThere(QStringLiteral("scanProgress")));
        QVERIFY(!sign()->isEnabled());
        hand.shot(QStringLiteral("sign-ink-missing"));
        QVERIFY(QFile::rename(folder.filePath("later"), folder.filePath(pages.last())));
        QVERIFY(hand.click(QStringLiteral("button.readScans")));
        QTRY_VERIFY_WITH_TIMEOUT(!paper.isReading(), 60'000);
        QTRY_VERIFY(sign()->isEnabled());
        hand.shot(QStringLiteral("sign-ink-complete"));
        QVERIFY(hand.click(QStringLiteral("button.sign")));
        QCOMPARE(hand.probe->pageName(), QStringLiteral("page.receipt"));
        kit.session().declaration()->paper()->setPlace(folder.path());
        QVERIFY(hand.click(QStringLiteral("button.saveCopy")));
        QVERIFY(hand.click(QStringLiteral("button.saveReceipt")));
        QCOMPARE(QDir(folder.path()).entryList({"*.pdf"}).size(), 3);
        hand.shot(QStringLiteral("receipt-ink"));
        QVERIFY2(hand.warnings.isEmpty(), qPrintable(hand.warnings.join('\n')));
    }

    void aMarkIsMadeWithoutDrawingBeforeAWitness() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        toSign(kit, {{"benefits_claimed", "jsa_ib"}});
        Hand hand(kit);
        hand.shot(QStringLiteral("sign-empty"));
        QVERIFY(hand.click(QStringLiteral("button.mark")));
        QVERIFY(hand.isThere(QStringLiteral("signaturePad")));
        QVERIFY(hand.click(QStringLiteral("markByPress")));
        QVERIFY(!hand.isThere(QStringLiteral("signaturePad")));
        QVERIFY(hand.fill(QStringLiteral("witness/input"), QStringLiteral("Mair Owen")));
        hand.shot(QStringLiteral("sign-mark"));
        QVERIFY(hand.click(QStringLiteral("button.sign")));
        QCOMPARE(hand.probe->pageName(), QStringLiteral("page.receipt"));
    }

    void theSecondOfTwoSignersIsAskedForOnTheSamePage() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        toSign(kit, {{"benefits_claimed", "jsa_ib"},
                     {"partner", "yes"},
                     {"children_here", "no"},
                     {"dob", "1971-03-27"},
                     {"partner_dob", "1972-04-05"},
                     {"p_first_names", "Rhys"},
                     {"p_surname", "Jones"}});
        Hand hand(kit);
        const auto draw = [&] {
            bool drawn = false;
            QMetaObject::invokeMethod(hand.probe->find(QStringLiteral("signaturePad/canvas")), "load",
                                      Q_RETURN_ARG(bool, drawn),
                                      Q_ARG(QString, QStringLiteral("[[1000,2000,0,500,6500,7500,160,500]]")));
            return drawn;
        };
        QVERIFY(draw());
        QVERIFY(hand.click(QStringLiteral("button.sign")));
        QCOMPARE(hand.probe->pageName(), QStringLiteral("page.sign"));
        QVERIFY(hand.isThere(QStringLiteral("halfSigned")));
        QVERIFY(hand.probe->find(QStringLiteral("signaturePad/canvas"))->property("isEmpty").toBool());
        hand.shot(QStringLiteral("sign-second"));
        QVERIFY(draw());
        QVERIFY(hand.click(QStringLiteral("button.sign")));
        QCOMPARE(hand.probe->pageName(), QStringLiteral("page.receipt"));
    }

    void theKeyboardAloneIsEnoughForAPage() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        kit.session().newClaim();
        Hand hand(kit);
        const auto focus = [&] {
            auto* item = hand.window->activeFocusItem();
            return item != nullptr ? item->objectName() : QString();
        };
        // The heading has the focus; Tab goes to the first choice, Space chooses, Tab and Return go on.
        QCOMPARE(focus(), QStringLiteral("heading"));
        QTest::keyClick(hand.window, Qt::Key_Tab);
        QCOMPARE(focus(), QStringLiteral("option_new"));
        QTest::keyClick(hand.window, Qt::Key_Space);
        hand.settle();
        QCOMPARE(kit.session().question()->questions()->value(0, "value").toString(), QStringLiteral("new"));
        for (int i = 0; i < 6 && focus() != QStringLiteral("button.continue"); ++i) {
            QTest::keyClick(hand.window, Qt::Key_Tab);
            hand.settle();
        }
        QCOMPARE(focus(), QStringLiteral("button.continue"));
        QTest::keyClick(hand.window, Qt::Key_Return);
        hand.settle();
        QCOMPARE(kit.session().question()->pageId(), QStringLiteral("how-claim-taken"));
    }
};

int main(int argc, char** argv) {
    QGuiApplication app(argc, argv);
    PagesTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_pages.moc"
