#include <QDir>
#include <QQmlApplicationEngine>
#include <QQuickItem>
#include <QQuickWindow>
#include <QTest>

#include "mobile/viewmodels/words.h"
#include "qml/App/app_language.h"
#include "shared/domain/claim_answers.h"
#include "tests/support/hand/app_hand.h"
#include "tests/support/session/session_kit.h"

// Not the same, Possible duplicate and the site board in the real window. With FIELDCLAIM_SHOTS=DIR each is saved as a
// picture.
using namespace fieldclaim;
using namespace fieldclaim::tablet;
using fieldclaim::testing::AppHand;

namespace {

Answer given(const std::string& text) { return {Answer::Kind::Given, text}; }

struct Screen : AppHand {
    explicit Screen(SessionKit& session_kit, QSize size = {1280, 800})
        : AppHand(session_kit.session(), size), kit(session_kit) {}

    SessionKit& kit;
};

std::string claimOf(SessionKit& kit, const std::map<std::string, std::string>& answers) {
    auto& casework = *kit.session().casework();
    const auto crn = casework.beginClaim().value();
    for (const auto& [key, value] : answers) ENSURE(casework.saveAnswer(crn, key, given(value)).has_value());
    return crn;
}

const std::map<std::string, std::string> kGwen{{"has_nino", "yes"},
                                               {"nino", "AB123456C"},
                                               {"first_names", "Gwen Siobhan"},
                                               {"surname", "O'Brien"},
                                               {"dob", "1971-03-27"},
                                               {"settled", "yes"},
                                               {"addr1", "4 Station Road"},
                                               {"town", "Llanrwst"},
                                               {"postcode", "LL26 0DF"},
                                               {"phone", "07700900123"},
                                               {"first_contact", "2007-01-11"},
                                               {"benefits_claimed", "jsa_ib hb"}};

/// An edit as an officer writes it who has not seen what stands there.
void writeUnseen(SessionKit& kit, const std::string& crn, const std::string& path, Value value) {
    kit.clock.advance(60'000);
    const auto saved =
        kit.session().vault()->save({crn, {{{path, std::move(value), {}}}, std::nullopt}, "test/1", {}, {}, {}});
    ENSURE(saved.has_value());
}

/// What is written beside the casework is seen after the next unlock.
void reopen(SessionKit& kit) {
    kit.session().lockNow();
    kit.waitForLoop();
    ENSURE(kit.unlock());
}

}  // namespace

class WorkPagesTest : public QObject {
    Q_OBJECT

private slots:
    void aNumberThatIsHereAlreadyIsSaidWhenItIsTypedAndTheTwoAreKeptApart() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        const auto first = claimOf(kit, kGwen);
        kit.session().newClaim();
        const auto second = kit.session().openCase()->crn();
        QVERIFY(kit.session().openCase()->save("has_nino", given("yes")));
        kit.session().openPage(QStringLiteral("ni-number"));
        Screen screen(kit);
        const auto likely = QStringLiteral("likely.") + words::qt(first);
        QVERIFY(!screen.isThere(likely));
        QVERIFY(screen.fill(QStringLiteral("question.nino/input"), QStringLiteral("ab 12 34 56 d")));
        QTest::keyClick(screen.window, Qt::Key_Tab);
        screen.settle();
        QVERIFY(screen.isThere(likely));
        screen.shot(QStringLiteral("duplicate-warning"));
        // Who goes on without looking is told on the next page too.
        kit.session().question()->goOn();
        screen.settle();
        QVERIFY(screen.isThere(likely));
        QVERIFY(screen.click(likely + QStringLiteral("/button.likely")));
        QCOMPARE(screen.probe->pageName(), QStringLiteral("page.duplicate"));
        screen.shot(QStringLiteral("duplicate"));
        auto& facts = *kit.session().duplicate()->facts();
        QCOMPARE(facts.value(facts.rowOf(QStringLiteral("nino")), "mark").toString(), QStringLiteral("Differs"));
        QCOMPARE(facts.value(facts.rowOf(QStringLiteral("surname")), "mark").toString(), QStringLiteral("Not in both"));

        QVERIFY(screen.click(QStringLiteral("button.apart")));
        QVERIFY(screen.click(QStringLiteral("button.apartConfirm")));
        QVERIFY(screen.isThere(QStringLiteral("apartReason")));  // it wants a reason
        QVERIFY(screen.fill(QStringLiteral("apartReason/input"), QStringLiteral("Mistyped, it is her sister's")));
        QVERIFY(screen.click(QStringLiteral("button.apartConfirm")));
        QTRY_COMPARE(screen.probe->pageName(), QStringLiteral("page.question"));
        QVERIFY(!screen.isThere(likely));
        QVERIFY(kit.session().casework()->possibleDuplicatesOf(second)->empty());
        kit.session().goToday();
        screen.settle();
        QCOMPARE(kit.session().today()->duplicates()->count(), 0);
        QVERIFY2(screen.warnings.isEmpty(), qPrintable(screen.warnings.join(QLatin1Char('\n'))));
    }

    void todayListsThePairAndOneIsWithdrawn() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        const auto first = claimOf(kit, kGwen);
        const auto second = claimOf(kit, kGwen);
        kit.session().goToday();
        Screen screen(kit);
        screen.shot(QStringLiteral("duplicate-today"));
        const auto row = kit.session().today()->duplicates()->value(0, "crn").toString();
        QVERIFY(screen.click(QStringLiteral("duplicate.") + row));
        QCOMPARE(screen.probe->pageName(), QStringLiteral("page.duplicate"));
        screen.shot(QStringLiteral("duplicate-all"));
        QVERIFY(screen.click(QStringLiteral("button.withdraw")));
        screen.shot(QStringLiteral("duplicate-withdraw"));
        QVERIFY(screen.click(QStringLiteral("which/option_") + words::qt(second)));
        QVERIFY(screen.click(QStringLiteral("button.withdrawConfirm")));
        QTRY_COMPARE(screen.probe->pageName(), QStringLiteral("page.today"));
        QVERIFY(*kit.session().casework()->withdrawalAsked(second));
        QVERIFY(!*kit.session().casework()->withdrawalAsked(first));
        kit.session().openDuplicate(words::qt(first), words::qt(second));
        screen.settle();
        QVERIFY(kit.session().duplicate()->decided().contains(QStringLiteral("linked the two")));
        screen.shot(QStringLiteral("duplicate-decided"));
        QVERIFY2(screen.warnings.isEmpty(), qPrintable(screen.warnings.join(QLatin1Char('\n'))));
    }

    void twoConflictsInARowOneChosenOneWrittenAnew() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        auto answers = kGwen;
        answers["pays_rent"] = "yes";
        answers["tenure"] = "private";
        answers["rent_amount"] = "82.50";
        answers["rent_freq"] = "weekly";
        const auto crn = claimOf(kit, answers);
        writeUnseen(kit, crn, "a/rent_amount", Value("92.50"));
        writeUnseen(kit, crn, "a/phone", Value("07700900456"));
        reopen(kit);
        kit.session().goToday();
        Screen screen(kit);
        QVERIFY(screen.click(QStringLiteral("action.") + words::qt(crn)));
        QCOMPARE(screen.probe->pageName(), QStringLiteral("page.conflict"));
        auto& conflict = *kit.session().conflict();
        QCOMPARE(conflict.caption(), QStringLiteral("Not the same · 1 of 2"));
        conflict.setCurrent(QStringLiteral("a/rent_amount"));
        screen.settle();
        screen.shot(QStringLiteral("conflict"));
        QCOMPARE(conflict.answers()->count(), 2);
        QCOMPARE(conflict.answers()->value(0, "who").toString(), QStringLiteral("Bronwen Pugh"));
        QCOMPARE(conflict.answers()->value(0, "place").toString(), QStringLiteral("this tablet, Llanrwst"));
        QVERIFY(conflict.context()->rowOf(QStringLiteral("rent_freq")) >= 0 || conflict.context()->count() == 0);
        // Another answer, by the question's own rule.
        QVERIFY(screen.click(QStringLiteral("button.another")));
        QVERIFY(screen.fill(QStringLiteral("another.rent_amount/input"), QStringLiteral("much")));
        QVERIFY(screen.click(QStringLiteral("button.use")));
        QVERIFY(!conflict.other()->value(0, "error").toString().isEmpty());
        QCOMPARE(conflict.conflicts()->count(), 2);
        screen.shot(QStringLiteral("conflict-another"));
        QVERIFY(screen.fill(QStringLiteral("another.rent_amount/input"), QStringLiteral("£ 87.50")));
        QVERIFY(screen.fill(QStringLiteral("note/input"), QStringLiteral("By the rent book")));
        QVERIFY(screen.click(QStringLiteral("button.use")));
        QCOMPARE(conflict.conflicts()->count(), 1);
        QCOMPARE(conflict.caption(), QStringLiteral("Not the same · 2 of 2"));
        QCOMPARE(*kit.session().openCase()->claim().state.value("a/rent_amount").text(), std::string("87.50"));
        const auto history = kit.session().casework()->history(crn, "rent_amount");
        QCOMPARE(history->back().text, std::string("Note: By the rent book"));
        // The other one is chosen, and the claim is shown.
        QVERIFY(screen.click(QStringLiteral("answer.0")));
        QVERIFY(screen.click(QStringLiteral("button.use")));
        QTRY_COMPARE(screen.probe->pageName(), QStringLiteral("page.claim"));
        QVERIFY(kit.session().openCase()->claim().review.conflicts.empty());
        QVERIFY2(screen.warnings.isEmpty(), qPrintable(screen.warnings.join(QLatin1Char('\n'))));
    }

    void H53_aJobThatOneRemovedAndAnotherChangedIsOneQuestion_data() {
        QTest::addColumn<QString>("choice");
        QTest::addColumn<bool>("stays");
        QTest::newRow("kept") << "answer.0" << true;
        QTest::newRow("removed") << "answer.1" << false;
    }
    void H53_aJobThatOneRemovedAndAnotherChangedIsOneQuestion() {
        QFETCH(QString, choice);
        QFETCH(bool, stays);
        SessionKit kit;
        QVERIFY(kit.unlock());
        auto answers = kGwen;
        answers["working"] = "yes";
        const auto crn = claimOf(kit, answers);
        const auto job = "job/" + kit.session().casework()->newInstance();
        QVERIFY(kit.session().casework()->saveAnswer(crn, job + "/jb_employer", given("Eryri Cafe")));
        const auto seen = kit.session().casework()->open(crn)->state;
        QVERIFY(kit.session().casework()->saveAnswer(crn, job + "/jb_net", given("120.00")));
        // A colleague removes what they saw of it.
        kit.clock.advance(60'000);
        const auto removal = seen.removal(answerPath(job));
        QVERIFY(kit.session().vault()->save({crn, {{removal}, std::nullopt}, "test/1", {}, {}, {}}));
        reopen(kit);
        kit.session().openClaim(words::qt(crn));
        Screen screen(kit);
        QVERIFY(screen.click(QStringLiteral("task.conflict")));
        QCOMPARE(screen.probe->pageName(), QStringLiteral("page.conflict"));
        QCOMPARE(kit.session().conflict()->conflicts()->count(), 1);
        QCOMPARE(kit.session().conflict()->answers()->count(), 2);
        screen.shot(QStringLiteral("conflict-job"));
        QVERIFY(screen.click(choice));
        QVERIFY(screen.click(QStringLiteral("button.use")));
        QTRY_COMPARE(screen.probe->pageName(), QStringLiteral("page.claim"));
        const auto& state = kit.session().openCase()->claim().state;
        QVERIFY(kit.session().openCase()->claim().review.conflicts.empty());
        const auto* net = state.find(answerPath(job + "/jb_net"));
        QCOMPARE(net != nullptr && !net->value().isNull(), stays);
        QVERIFY2(screen.warnings.isEmpty(), qPrintable(screen.warnings.join(QLatin1Char('\n'))));
    }

    void aProtectedDateThatDiffersIsSettledWithAReasonThatTheServerDecidesAbout() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        const auto crn = claimOf(kit, kGwen);
        writeUnseen(kit, crn, "a/first_contact", Value("2007-01-08"));
        reopen(kit);
        kit.session().openWaiting(words::qt(crn), QStringLiteral("conflict"));
        Screen screen(kit);
        auto& conflict = *kit.session().conflict();
        QVERIFY(conflict.isNoteNeeded());
        QVERIFY(screen.click(QStringLiteral("answer.0")));
        QVERIFY(screen.click(QStringLiteral("button.use")));
        QVERIFY(!conflict.noteError().isEmpty());
        QVERIFY(screen.fill(QStringLiteral("note/input"), QStringLiteral("She rang on the 8th")));
        QVERIFY(screen.click(QStringLiteral("button.use")));
        QVERIFY(!conflict.waiting().isEmpty());
        const auto asked = *kit.session().casework()->lastCorrection(crn);
        QVERIFY(asked && asked->state == DateCorrection::State::Asked);
        screen.shot(QStringLiteral("conflict-date"));
        QVERIFY2(screen.warnings.isEmpty(), qPrintable(screen.warnings.join(QLatin1Char('\n'))));
    }

    void everyFigureOfTheSiteBoardLeadsToItsClaims() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        for (int i = 0; i < 3; ++i) claimOf(kit, {{"first_names", "Tomos"}, {"surname", "ap Rhys"}});
        const auto crn = claimOf(kit, kGwen);
        kit.session().goToday();
        Screen screen(kit);
        QVERIFY(screen.click(QStringLiteral("button.board")));
        QCOMPARE(screen.probe->pageName(), QStringLiteral("page.board"));
        screen.shot(QStringLiteral("board"));
        QVERIFY(kit.session().board()->known().contains(QStringLiteral("4 claims")));
        QVERIFY(kit.session().board()->known().contains(QStringLiteral("no contact yet")));
        const auto& states = *kit.session().board()->states();
        for (int row = 0; row < states.count(); ++row) {
            const auto key = states.value(row, "figureKey").toString();
            const auto n = states.value(row, "count").toInt();
            QVERIFY(screen.click(QStringLiteral("figure.") + key));
            QCOMPARE(kit.session().board()->list()->count(), n);
            screen.shot(QStringLiteral("board-list"));
            QVERIFY(screen.click(QStringLiteral("button.board")));
            QCOMPARE(kit.session().board()->figure(), QString());
        }
        QVERIFY(screen.click(QStringLiteral("button.oldest")));
        QCOMPARE(kit.session().board()->list()->count(), 4);
        QVERIFY(screen.click(QStringLiteral("claim.") + words::qt(crn)));
        QCOMPARE(screen.probe->pageName(), QStringLiteral("page.claim"));
        QVERIFY2(screen.warnings.isEmpty(), qPrintable(screen.warnings.join(QLatin1Char('\n'))));
    }

    void practiceIsEnteredFromTheLockedTabletSaysSoOnEveryPageAndIsLeft() {
        SessionKit kit;
        Screen screen(kit);
        QCOMPARE(screen.probe->pageName(), QStringLiteral("page.unlock"));
        screen.shot(QStringLiteral("practice-unlock"));
        QVERIFY(screen.click(QStringLiteral("button.practise")));
        QCOMPARE(screen.probe->pageName(), QStringLiteral("page.practice"));
        screen.shot(QStringLiteral("practice"));
        auto& practice = *kit.session().practice();
        const auto crn = practice.practiceTasks()->tasks()->value(1, "crn").toString();
        QVERIFY(screen.click(QStringLiteral("task.1")));
        QCOMPARE(screen.probe->pageName(), QStringLiteral("page.claim"));
        const auto banner = [&] {
            auto* item = screen.probe->find(QStringLiteral("practice"));
            return item != nullptr && item->isVisible();
        };
        practice.openPage(QStringLiteral("rent-amount"));
        screen.settle();
        QVERIFY(banner());
        screen.shot(QStringLiteral("practice-question"));
        for (const auto& go :
             {&TabletSession::goToday, &TabletSession::goSearch, &TabletSession::goSending, &TabletSession::goSettings,
              &TabletSession::goEvidence, &TabletSession::goCheck, &TabletSession::goSign}) {
            practice.openClaim(crn);
            (practice.*go)();
            screen.settle();
            QVERIFY2(banner(), qPrintable(screen.probe->pageName()));
        }
        practice.goToday();
        screen.shot(QStringLiteral("practice-today"));
        QVERIFY(screen.click(QStringLiteral("practice")));
        QCOMPARE(screen.probe->pageName(), QStringLiteral("page.practice"));
        QVERIFY(screen.click(QStringLiteral("button.leavePractice")));
        QVERIFY(screen.click(QStringLiteral("confirm")));
        QTRY_COMPARE(screen.probe->pageName(), QStringLiteral("page.unlock"));
        QVERIFY(kit.session().practice() == nullptr);
        QVERIFY2(screen.warnings.isEmpty(), qPrintable(screen.warnings.join(QLatin1Char('\n'))));
    }

    void everyPageOpensInWelsh() {
        AppLanguage app_language{QString()};
        SessionKit kit(true, Language::Welsh, [&](Language language) { app_language.speak(language); });
        QVERIFY(kit.unlock());
        kit.session().setLanguage(QStringLiteral("cy"));
        const auto first = claimOf(kit, kGwen);
        const auto second = claimOf(kit, kGwen);
        writeUnseen(kit, first, "a/phone", Value("07700900456"));
        reopen(kit);
        Screen screen(kit);
        kit.session().goBoard();
        screen.shot(QStringLiteral("welsh-board"));
        kit.session().openDuplicate(words::qt(first), words::qt(second));
        screen.shot(QStringLiteral("welsh-duplicate"));
        kit.session().openWaiting(words::qt(first), QStringLiteral("conflict"));
        screen.shot(QStringLiteral("welsh-conflict"));
        kit.session().startPractice();
        screen.settle();
        QCOMPARE(screen.probe->pageName(), QStringLiteral("page.practice"));
        screen.shot(QStringLiteral("welsh-practice"));
        QVERIFY2(screen.warnings.isEmpty(), qPrintable(screen.warnings.join(QLatin1Char('\n'))));
        kit.session().leavePractice();
        screen.settle();
    }

    void everyPageOpensInPortraitAtTwiceTheSize() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        const auto first = claimOf(kit, kGwen);
        const auto second = claimOf(kit, kGwen);
        writeUnseen(kit, first, "a/phone", Value("07700900456"));
        reopen(kit);
        Screen screen(kit, {800, 1280});
        for (const int size : {100, 200}) {
            kit.session().settings()->setTextSize(size);
            const auto name = [&](const char* page) {
                return QStringLiteral("portrait%1-%2").arg(size).arg(QLatin1String(page));
            };
            kit.session().goBoard();
            screen.shot(name("board"));
            kit.session().openDuplicate(words::qt(first), words::qt(second));
            screen.shot(name("duplicate"));
            kit.session().openWaiting(words::qt(first), QStringLiteral("conflict"));
            screen.shot(name("conflict"));
            screen.settle();
        }
        QVERIFY2(screen.warnings.isEmpty(), qPrintable(screen.warnings.join(QLatin1Char('\n'))));
    }
};

QTEST_MAIN(WorkPagesTest)
#include "tst_work_pages.moc"
