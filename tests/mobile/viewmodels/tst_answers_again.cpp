#include <QSignalSpy>
#include <QTest>

#include "mobile/viewmodels/words.h"
#include "shared/domain/claim_answers.h"
#include "tests/support/session/session_kit.h"
#include "tests/support/vault/small_ledger.h"

using namespace fieldclaim;
using namespace fieldclaim::tablet;

/// What an officer can do with an answer that stands: undo its last change, see its history, confirm what was told on
/// the telephone, ask for another date of first contact.
class AnswersAgainTest : public QObject {
    Q_OBJECT

private slots:
    void theLastChangeOfAnAnswerIsUndoneOnItsPageAndSaysWhatItPutsBack() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        kit.session().newClaim();
        kit.session().openPage(QStringLiteral("name"));
        auto& page = *kit.session().question();
        QCOMPARE(at(page, "surname", "undoText").toString(), QString());
        QVERIFY(!at(page, "surname", "hasHistory").toBool());
        page.answer(QStringLiteral("surname"), QStringLiteral("Jones"));
        // The field itself takes it away: nothing more is offered for a first answer that is typed.
        QCOMPARE(at(page, "surname", "undoText").toString(), QString());
        QVERIFY(at(page, "surname", "hasHistory").toBool());
        page.answer(QStringLiteral("surname"), QStringLiteral("Smith"));
        QCOMPARE(at(page, "surname", "undoText").toString(), QStringLiteral("Put back: Jones"));
        page.editing(QStringLiteral("surname"));
        page.undo(QStringLiteral("surname"));
        QCOMPARE(at(page, "surname", "value").toString(), QStringLiteral("Jones"));
        QCOMPARE(page.note(), QStringLiteral("Saved on this tablet"));
        page.answer(QStringLiteral("surname"), QString());
        kit.kill();
        QVERIFY(kit.unlock());
        auto& again = *kit.session().question();
        QCOMPARE(at(again, "surname", "undoText").toString(), QStringLiteral("Put back: Jones"));
        again.undo(QStringLiteral("surname"));
        QCOMPARE(at(again, "surname", "value").toString(), QStringLiteral("Jones"));
    }

    void aChoiceThatWasMadeByMistakeIsTakenBack() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        kit.session().newClaim();
        auto& page = *kit.session().question();
        page.answer(QStringLiteral("claim_type"), QStringLiteral("forms"));
        QCOMPARE(at(page, "claim_type", "undoText").toString(), QStringLiteral("Take this answer away"));
        page.undo(QStringLiteral("claim_type"));
        QCOMPARE(at(page, "claim_type", "value").toString(), QString());
        QCOMPARE(at(page, "claim_type", "undoText").toString(),
                 QStringLiteral("Put back: Only forms for Carer's Allowance or Bereavement Benefits"));
    }

    void theHistoryOfAnAnswerIsOnePressAwayAndComesBackToThePage() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        auto& session = kit.session();
        session.newClaim();
        session.openPage(QStringLiteral("name"));
        session.question()->answer(QStringLiteral("surname"), QStringLiteral("Jones"));
        SmallLedger ledger(*session.vault());
        ledger.takeAll();
        ledger.write(session.openCase()->crn(), {{"a/surname", Value("Smith")}}, SmallLedger::colleague(),
                     kit.clock.wall + 60'000);
        session.question()->answer(QStringLiteral("surname"), QStringLiteral("Evans"));
        session.openHistory(QStringLiteral("surname"));
        QCOMPARE(session.page(), QStringLiteral("history"));
        auto& history = *session.answerHistory();
        QCOMPARE(history.label(), QStringLiteral("Last name"));
        QCOMPARE(history.versions()->count(), 3);
        QCOMPARE(row(history, 0, "value"), QStringLiteral("Evans"));
        QCOMPARE(row(history, 0, "fate"), QStringLiteral("The answer now"));
        QCOMPARE(row(history, 0, "who"), QStringLiteral("Bronwen Pugh"));
        QCOMPARE(row(history, 0, "place"), QStringLiteral("on this tablet"));
        QCOMPARE(row(history, 0, "insteadOf"), QStringLiteral("In place of “Smith”"));
        QVERIFY(history.versions()->value(0, "here").toBool());
        QCOMPARE(row(history, 1, "who"), QStringLiteral("A colleague"));
        QVERIFY2(row(history, 1, "place").startsWith(QStringLiteral("on another tablet, ")),
                 qPrintable(row(history, 1, "place")));
        QVERIFY(!history.versions()->value(1, "here").toBool());
        QVERIFY(history.versions()->value(1, "canPutBack").toBool());
        QVERIFY(!history.versions()->value(0, "canPutBack").toBool());
        history.putBack(QStringLiteral("2"));
        QCOMPARE(row(history, 0, "value"), QStringLiteral("Jones"));
        QCOMPARE(history.versions()->count(), 4);
        session.goBack();
        QCOMPARE(session.page(), QStringLiteral("question"));
        QCOMPARE(at(*session.question(), "surname", "value").toString(), QStringLiteral("Jones"));
    }

    void aConflictIsShownAsOneInTheHistory() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        auto& session = kit.session();
        session.newClaim();
        const auto crn = session.openCase()->crn();
        QVERIFY(session.casework()->saveAnswer(crn, "surname", {Answer::Kind::Given, "Jones"}));
        SmallLedger ledger(*session.vault());
        ledger.takeAll();
        ledger.write(crn, {{"a/surname", Value("Smith")}}, SmallLedger::colleague(), kit.clock.wall, false);
        session.openHistory(QStringLiteral("surname"));
        QVERIFY(session.answerHistory()->isInConflict());
        QCOMPARE(row(*session.answerHistory(), 0, "fate"), QStringLiteral("One of the answers that differ"));
        session.openHistory(QStringLiteral("no_such_question"));
        QCOMPARE(session.page(), QStringLiteral("claim"));
    }

    void whatWasToldOnTheTelephoneIsMarkedUntilItIsConfirmed() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        auto& session = kit.session();
        SmallLedger ledger(*session.vault());
        const auto crn = ledger.begin(Crn::make(kit.random), SmallLedger::colleague(), kit.clock.wall);
        ledger.write(crn, {{"a/channel", Value("phone_first")}, {"a/surname", Value("Begum")}},
                     SmallLedger::colleague(), kit.clock.wall);
        session.openClaim(words::qt(crn));
        session.openPage(QStringLiteral("name"));
        auto& page = *session.question();
        QCOMPARE(at(page, "surname", "badge").toString(), QStringLiteral("Told us on the phone"));
        QVERIFY(at(page, "surname", "told").toBool());
        page.confirm(QStringLiteral("surname"));
        QCOMPARE(at(page, "surname", "badge").toString(), QString());
        QCOMPARE(at(page, "surname", "value").toString(), QStringLiteral("Begum"));
        session.openHistory(QStringLiteral("surname"));
        QCOMPARE(row(*session.answerHistory(), 0, "insteadOf"), QStringLiteral("Confirmed: the same answer again"));
    }

    void aDateThatStandsIsCorrectedWithAReasonAndTheServerDecides() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        auto& session = kit.session();
        session.newClaim();
        session.openPage(QStringLiteral("first-contact-date"));
        session.question()->answer(QStringLiteral("first_contact"), QStringLiteral("2007-01-10"));
        QVERIFY(at(*session.question(), "first_contact", "dateIsCorrected").toBool());
        QCOMPARE(at(*session.question(), "first_contact", "undoText").toString(), QString());
        session.goCorrectDate();
        QCOMPARE(session.page(), QStringLiteral("date"));
        auto& correction = *session.correctDate();
        QCOMPARE(correction.standing(), QStringLiteral("10 January 2007"));
        QSignalSpy refused(&correction, &CorrectDateViewModel::refused);
        correction.ask();
        QCOMPARE(refused.count(), 1);
        QCOMPARE(correction.errors().size(), 2);
        correction.setDate(QStringLiteral("2007-01-10"));
        QCOMPARE(correction.dateError(), QStringLiteral("This is the date that stands"));
        correction.setDate(QStringLiteral("2007-02-10"));
        QCOMPARE(correction.dateError(), QStringLiteral("The date must be today or in the past"));
        correction.setDate(QStringLiteral("2007-01-08"));
        correction.setReason(QStringLiteral(" The letter is dated the 8th "));
        QVERIFY(correction.errors().isEmpty());
        correction.ask();
        QCOMPARE(session.page(), QStringLiteral("question"));
        QCOMPARE(at(*session.question(), "first_contact", "value").toString(), QStringLiteral("2007-01-10"));

        session.goCorrectDate();
        QCOMPARE(session.correctDate()->outcomeTone(), QStringLiteral("amber"));
        QVERIFY(session.correctDate()->outcome().contains(QStringLiteral("8 January 2007")));
        const auto crn = session.openCase()->crn();
        const auto intent = session.vault()->changeSets(crn)->back().change_set;
        SmallLedger ledger(*session.vault());
        ledger.takeAll();
        ledger.write(crn,
                     {{intentPath(intent.id()),
                       encodeIntentAnswer({{}, std::string(kIntentCorrectDate), false, "Not this way.", {}})}},
                     SmallLedger::server(), kit.clock.wall);
        QCOMPARE(session.correctDate()->outcomeTone(), QStringLiteral("red"));
        QVERIFY(session.correctDate()->outcome().endsWith(QStringLiteral("Not this way.")));
    }

    void theHelpOfAQuestionIsInTheOfficersLanguage() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        kit.session().newClaim();
        kit.session().openPage(QStringLiteral("partner"));
        const auto english = at(*kit.session().question(), "partner", "help").toString();
        QVERIFY(!english.isEmpty());
        kit.session().setLanguage(QStringLiteral("cy"));
        const auto welsh = at(*kit.session().question(), "partner", "help").toString();
        QVERIFY(!welsh.isEmpty() && welsh != english);
    }

private:
    static QVariant at(QuestionPageViewModel& page, const char* key, const char* role) {
        return page.questions()->value(page.questions()->rowOf(QString::fromLatin1(key)), role);
    }
    static QString row(AnswerHistoryViewModel& history, int row, const char* role) {
        return history.versions()->value(row, role).toString();
    }
};

QTEST_GUILESS_MAIN(AnswersAgainTest)
#include "tst_answers_again.moc"
