#include <QAbstractItemModelTester>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QTest>

#include "mobile/storage/vault_sync_store.h"
#include "mobile/viewmodels/words.h"
#include "shared/domain/records.h"
#include "tests/support/session/session_kit.h"

using namespace fieldclaim;
using namespace fieldclaim::tablet;

namespace {

const QString kStrokes = QStringLiteral("[[1000,2000,0,500,1500,2500,16,500],[3000,3000,400,500,3500,3100,420,500]]");

void readAllLines(DeclarationViewModel& declaration) {
    for (const auto& line : declaration.lines()->records()) declaration.setRead(line[0].toString(), true);
}

/// A claim of Gwen's with every question answered, on the check answers page.
void toCheckAnswers(SessionKit& kit) {
    QVERIFY(kit.unlock());
    kit.session().newClaim();
    QVERIFY(completeAsGwen(kit.session()) > 0);
    QCOMPARE(kit.session().page(), QStringLiteral("claim"));
    QCOMPARE(kit.session().claim()->questionsToGo(), 0);
    kit.session().goCheck();
}

void signNow(SessionKit& kit) {
    kit.session().checkAnswers()->confirm();
    QCOMPARE(kit.session().page(), QStringLiteral("sign"));
    readAllLines(*kit.session().declaration());
    QVERIFY2(kit.session().declaration()->sign(kStrokes), qPrintable(kit.session().declaration()->error()));
}

QString keyOf(QuestionPageViewModel& page, const QString& question) {
    for (const auto& record : page.questions()->records()) {
        if (record[1].toString() == question) return record[0].toString();
    }
    return {};
}

QString statusOf(ClaimViewModel& claim, const QString& task) {
    return claim.tasks()->value(claim.tasks()->rowOf(task), "status").toString();
}

}  // namespace

class ViewModelsTest : public QObject {
    Q_OBJECT

private slots:
    // -- lists
    void aListTellsOnlyWhatDiffers() {
        RecordListModel model({"key", "text"}, nullptr);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setRecords({{"a", "1"}, {"b", "2"}, {"c", "3"}});
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        model.setRecords({{"a", "1"}, {"b", "two"}, {"c", "3"}});
        QCOMPARE(changed.count(), 1);
        QCOMPARE(removed.count() + inserted.count(), 0);
        model.setRecords({{"a", "1"}, {"x", "9"}, {"b", "two"}, {"c", "3"}});
        QCOMPARE(inserted.count(), 1);
        QCOMPARE(removed.count(), 0);
        model.setRecords({{"c", "3"}});
        QCOMPARE(model.count(), 1);
        QCOMPARE(model.value(0, "text").toString(), QStringLiteral("3"));
        model.setRecords({});
        QCOMPARE(model.count(), 0);
    }

    // -- set-up and unlock
    void theEnrolmentCodeIsCheckedAsItIsTyped() {
        SessionKit kit(false);
        QCOMPARE(kit.session().state(), QStringLiteral("setup"));
        auto& setup = *kit.session().setup();
        setup.setCode(QStringLiteral("ABCDE FGH"));
        QCOMPARE(setup.codeNote(), QStringLiteral("8 of 40 characters"));
        QVERIFY(!setup.isCodeComplete());
        Hash ca{};
        ca[0] = 7;
        auto right = EnrolmentCode::make(ca, kit.random).text();
        setup.setCode(words::qt(right));
        QVERIFY(setup.isCodeComplete());
        QCOMPARE(setup.codeTone(), QStringLiteral("green"));
        right.back() = right.back() == '0' ? '1' : '0';
        setup.setCode(words::qt(right));
        QVERIFY(!setup.isCodeComplete());
        QCOMPARE(setup.codeTone(), QStringLiteral("red"));
    }

    void setUpMakesTheStoreAndOpensToday() {
        SessionKit kit(false);
        auto& setup = *kit.session().setup();
        Hash ca{};
        setup.setCode(words::qt(EnrolmentCode::make(ca, kit.random).text()));
        setup.enrol();
        QCOMPARE(setup.step(), QStringLiteral("officer"));
        QCOMPARE(setup.officers().size(), 2);
        setup.confirmOfficer();
        QVERIFY(!setup.error().isEmpty());
        setup.setOfficer(setup.officers().first().toMap()[QStringLiteral("name")].toString());
        setup.confirmOfficer();
        QCOMPARE(setup.step(), QStringLiteral("passphrase"));
        setup.finish({}, QStringLiteral("short"));
        QVERIFY(!setup.oneTimeCodeError().isEmpty());
        QVERIFY(!setup.passphraseError().isEmpty());
        setup.finish(QStringLiteral("one-time"), QStringLiteral("a long enough passphrase"));
        QTRY_COMPARE_WITH_TIMEOUT(kit.session().state(), QStringLiteral("unlocked"), 20'000);
        QCOMPARE(kit.session().page(), QStringLiteral("today"));
        QCOMPARE(kit.session().officerName(), QStringLiteral("Bronwen Pugh"));
    }

    void aWrongPassphraseIsRefusedAndTheWaitIsSaidInWords() {
        SessionKit kit;
        QCOMPARE(kit.session().state(), QStringLiteral("locked"));
        auto& unlock = *kit.session().unlock();
        QSignalSpy refused(&unlock, &UnlockViewModel::refused);
        for (int tries = 1; tries <= 8 && unlock.waitText().isEmpty(); ++tries) {
            unlock.unlock(QStringLiteral("not this one"));
            QTRY_COMPARE_WITH_TIMEOUT(refused.count(), tries, 20'000);
        }
        QVERIFY(!unlock.error().isEmpty());
        QVERIFY2(unlock.waitText().startsWith(QStringLiteral("Wait ")), qPrintable(unlock.waitText()));
        QVERIFY(unlock.waitText().contains(QStringLiteral("second")) ||
                unlock.waitText().contains(QStringLiteral("minute")));
        kit.clock.advance(3'600'000);
        QVERIFY(unlock.waitText().isEmpty());
        QVERIFY(kit.unlock());
    }

    // -- questions
    void aNewClaimBeginsOnTheFirstPageAndAChoiceIsSavedAtOnce() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        kit.session().newClaim();
        QCOMPARE(kit.session().page(), QStringLiteral("question"));
        auto& page = *kit.session().question();
        QCOMPARE(page.pageId(), QStringLiteral("claim-type"));
        QVERIFY(page.caption().startsWith(QStringLiteral("Contact and needs · 1 of ")));
        QVERIFY(page.note().isEmpty());
        const auto before = kit.session().casework()->totals()->saved_here;
        page.answer(QStringLiteral("claim_type"), QStringLiteral("new"));
        QCOMPARE(page.note(), QStringLiteral("Saved on this tablet"));
        QCOMPARE(kit.session().casework()->totals()->saved_here, before + 1);
        // The same again writes nothing.
        page.answer(QStringLiteral("claim_type"), QStringLiteral("new"));
        QCOMPARE(kit.session().casework()->totals()->saved_here, before + 1);
        QAbstractItemModelTester tester(page.questions(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        page.goOn();
        QCOMPARE(kit.session().question()->pageId(), QStringLiteral("how-claim-taken"));
    }

    void aDateThatStandsIsNotTypedOver() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        kit.session().newClaim();
        const auto pageOfDate = QStringLiteral("first-contact-date");
        for (int i = 0; i < 6 && kit.session().question()->pageId() != pageOfDate; ++i)
            kit.session().question()->skip();
        QCOMPARE(kit.session().question()->pageId(), pageOfDate);
        auto& page = *kit.session().question();
        page.answer(QStringLiteral("first_contact"), QStringLiteral("2007-01-10"));
        QCOMPARE(page.note(), QStringLiteral("Saved on this tablet"));
        page.answer(QStringLiteral("first_contact"), QStringLiteral("2007-01-08"));
        QVERIFY2(page.note().contains(QStringLiteral("corrected with a reason")), qPrintable(page.note()));
        const auto crn = kit.session().casework()->claims()->front().crn;
        QCOMPARE(*kit.session().casework()->open(crn)->state.value("a/first_contact").text(),
                 std::string("2007-01-10"));
    }

    void continueShowsWhatIsMissingAndSkippingIsAlwaysPossible() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        kit.session().newClaim();
        auto& page = *kit.session().question();
        QSignalSpy refused(&page, &QuestionPageViewModel::refused);
        QVERIFY(page.errors().isEmpty());
        page.goOn();
        QCOMPARE(refused.count(), 1);
        QCOMPARE(page.errors().size(), 1);
        QCOMPARE(kit.session().question()->pageId(), QStringLiteral("claim-type"));
        QVERIFY(page.canSkip());
        page.skip();
        QCOMPARE(kit.session().question()->pageId(), QStringLiteral("how-claim-taken"));
        QCOMPARE(statusOf(*kit.session().claim(), QStringLiteral("contact-and-needs")), QStringLiteral("todo"));
    }

    void whatItsRuleRefusesIsKeptAsTypedAndSaidByTheField() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        kit.session().newClaim();
        kit.session().openPage(QStringLiteral("has-ni-number"));
        kit.session().question()->answer(QStringLiteral("has_nino"), QStringLiteral("yes"));
        kit.session().openPage(QStringLiteral("ni-number"));
        auto& page = *kit.session().question();
        page.answer(QStringLiteral("nino"), QStringLiteral("QQ 12 34 5"));
        QCOMPARE(page.errors().size(), 0);
        page.goOn();
        QCOMPARE(page.errors().size(), 1);
        QVERIFY(!page.questions()->value(0, "error").toString().isEmpty());
        QCOMPARE(page.questions()->value(0, "value").toString(), QStringLiteral("QQ12345"));
        page.skip();
        kit.session().openPage(QStringLiteral("ni-number"));
        QCOMPARE(kit.session().question()->questions()->value(0, "value").toString(), QStringLiteral("QQ12345"));
        QVERIFY2(!kit.session().question()->errors().isEmpty(),
                 "what is wrong when the page is opened is said at once");
        kit.session().question()->answer(QStringLiteral("nino"), QStringLiteral("ab 12 34 56 c"));
        QVERIFY(kit.session().question()->errors().isEmpty());
        QCOMPARE(kit.session().question()->questions()->value(0, "value").toString(), QStringLiteral("AB123456C"));
    }

    void notKnownYetWithANoteGoesOnAndIsOutstanding() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        kit.session().newClaim();
        kit.session().openPage(QStringLiteral("time-in-uk"));
        kit.session().openPage(QStringLiteral("date-of-birth"));
        auto& page = *kit.session().question();
        page.askNote(QStringLiteral("notKnown"));
        QCOMPARE(page.askingNote(), QStringLiteral("notKnown"));
        page.giveNote(QStringLiteral("asks her mother"));
        QVERIFY(kit.session().question()->pageId() != QStringLiteral("date-of-birth"));
        kit.session().goClaim();
        bool outstanding = false;
        for (const auto& action : kit.session().claim()->actions()->records()) {
            outstanding = outstanding || action[1].toString().startsWith(QStringLiteral("Not known yet: "));
        }
        QVERIFY(outstanding);
        kit.session().openPage(QStringLiteral("date-of-birth"));
        QCOMPARE(kit.session().question()->questions()->value(0, "absence").toString(), QStringLiteral("notKnown"));
        QCOMPARE(kit.session().question()->questions()->value(0, "absenceNote").toString(),
                 QStringLiteral("asks her mother"));
    }

    void H20_whatIsBeingTypedStaysWhileSomethingElseIsSaved() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        kit.session().newClaim();
        kit.session().openPage(QStringLiteral("name"));
        auto& page = *kit.session().question();
        page.editing(QStringLiteral("first_names"));
        const auto crn = kit.session().openCase()->crn();
        QVERIFY(kit.session()
                    .casework()
                    ->saveAnswer(crn, "first_names", {Answer::Kind::Given, "Somebody Else"})
                    .has_value());
        const int row = page.questions()->rowOf(QStringLiteral("first_names"));
        QCOMPARE(page.questions()->value(row, "value").toString(), QString());
        page.answer(QStringLiteral("first_names"), QStringLiteral("Gwen"));
        QCOMPARE(page.questions()->value(row, "value").toString(), QStringLiteral("Gwen"));
    }

    void jobsAreCardsThatCanBeAddedChangedRemovedAndBroughtBack() {
        SessionKit kit;
        toCheckAnswers(kit);
        kit.session().openPage(QStringLiteral("savings-item"));
        auto* page = kit.session().question();
        QVERIFY(page->isCards());
        QCOMPARE(page->cards()->count(), 1);
        QAbstractItemModelTester tester(page->cards(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        QVERIFY(page->cards()->value(0, "detail").toString().contains(QStringLiteral("HSBC")));
        QVERIFY(page->cards()->value(0, "detail").toString().contains(QStringLiteral("£312.40")));

        page->addInstance();
        page = kit.session().question();
        QVERIFY(page->isInstance());
        QVERIFY2(page->questions()->count() > 0, "an account that has no answer yet is asked about");
        const auto key = keyOf(*page, QStringLiteral("cp_type"));
        page->answer(key, QStringLiteral("cash"));
        QVERIFY2(keyOf(*page, QStringLiteral("cp_provider")).isEmpty(), "cash has no bank");
        page->answer(keyOf(*page, QStringLiteral("cp_balance")), QStringLiteral("20"));
        page->answer(keyOf(*page, QStringLiteral("cp_special")), QStringLiteral("none"));
        page->goOn();
        page = kit.session().question();
        QVERIFY(page->isCards());
        QCOMPARE(page->cards()->count(), 2);

        const auto first = page->cards()->value(0, "instanceId").toString();
        page->removeInstance(first);
        QCOMPARE(page->cards()->count(), 1);
        QVERIFY(page->removed().endsWith(QStringLiteral("removed")));
        page->undoRemove();
        QCOMPARE(page->cards()->count(), 2);
        QVERIFY(page->removed().isEmpty());
    }

    // -- first contact
    void theSuggestionGivesReasonsAndAChoiceThatDiffersAsksWhy() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        kit.session().newClaim();
        int guard = 0;
        while (kit.session().page() == QStringLiteral("question") && ++guard < 60) {
            answerAsGwen(kit.session());
            kit.session().question()->goOn();
        }
        QCOMPARE(kit.session().page(), QStringLiteral("benefits"));
        auto& first_contact = *kit.session().firstContact();
        QAbstractItemModelTester tester(first_contact.suggestions(),
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(first_contact.suggestions()->count(), 8);
        QCOMPARE(first_contact.suggestions()->value(0, "verdict").toString(), QStringLiteral("Likely"));
        for (int row = 0; row < first_contact.suggestions()->count(); ++row) {
            QVERIFY(!first_contact.suggestions()->value(row, "reason").toString().isEmpty());
        }
        QCOMPARE(first_contact.dateOfClaim(), QStringLiteral("15 January 2007"));
        first_contact.goOn();
        QVERIFY(!first_contact.error().isEmpty());
        first_contact.takeSuggestion();
        QVERIFY(!first_contact.differs());
        first_contact.tick(QStringLiteral("ca"), true);
        QVERIFY(first_contact.differs());
        first_contact.goOn();
        QVERIFY(!first_contact.whyError().isEmpty());
        first_contact.saveWhy(QStringLiteral("She asked for it"));
        first_contact.goOn();
        QCOMPARE(kit.session().page(), QStringLiteral("question"));
    }

    // -- check, sign, send
    void aWholeClaimIsTakenSignedAndWaitsToBeSent() {
        SessionKit kit;
        toCheckAnswers(kit);
        auto& check = *kit.session().checkAnswers();
        QAbstractItemModelTester tester(check.rows(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        QVERIFY2(check.obstacle().isEmpty(), qPrintable(check.obstacle()));
        QVERIFY(check.rows()->rowOf(QStringLiteral("surname")) >= 0);
        QCOMPARE(check.rows()->value(check.rows()->rowOf(QStringLiteral("surname")), "value").toString(),
                 QStringLiteral("O'Brien"));
        check.confirm();
        QCOMPARE(kit.session().page(), QStringLiteral("sign"));
        auto* declaration = kit.session().declaration();
        QVERIFY(declaration->tabletAdmitted());
        QCOMPARE(declaration->signer(), QStringLiteral("Gwen Siobhan O'Brien"));
        QVERIFY(declaration->lines()->count() > 3);
        QCOMPARE(declaration->digest().size(), 14);
        QVERIFY(!declaration->sign(kStrokes));
        QVERIFY2(declaration->error().contains(QStringLiteral("each line")), "nothing is signed unread");
        readAllLines(*declaration);
        QVERIFY(!declaration->sign(QStringLiteral("[]")));
        const auto digest = declaration->digest();
        QVERIFY2(declaration->sign(kStrokes), qPrintable(declaration->error()));
        QCOMPARE(kit.session().page(), QStringLiteral("receipt"));
        auto& receipt = *kit.session().declaration()->receipt();
        QCOMPARE(receipt.value(receipt.rowOf(QStringLiteral("digest")), "value").toString(), digest);
        QCOMPARE(statusOf(*kit.session().claim(), QStringLiteral("sign")), QStringLiteral("done"));
        kit.session().goSending();
        QCOMPARE(kit.session().sending()->claims()->count(), 1);
        const auto detail = kit.session().sending()->claims()->value(0, "detail").toString();
        QVERIFY2(detail.endsWith(QStringLiteral(" saves to send, 1 document to send, signed")), qPrintable(detail));
        QVERIFY(kit.session().sending()->stripTone() == QStringLiteral("amber"));
        QVERIFY(kit.session().sending()->strip().startsWith(
            QStringLiteral("Saved on this tablet · 1 claim waiting to send")));
    }

    void anAnswerChangedAfterTheSignatureIsShownAgainstWhatWasSigned() {
        SessionKit kit;
        toCheckAnswers(kit);
        signNow(kit);
        kit.session().goClaim();
        kit.session().openPage(QStringLiteral("rent-amount"));
        kit.session().question()->answer(QStringLiteral("rent_amount"), QStringLiteral("90"));
        QCOMPARE(statusOf(*kit.session().claim(), QStringLiteral("sign")), QStringLiteral("lookAgain"));
        kit.session().goCheck();
        auto& check = *kit.session().checkAnswers();
        QCOMPARE(check.changedCount(), 1);
        const int row = check.rows()->rowOf(QStringLiteral("rent_amount"));
        QVERIFY(check.rows()->value(row, "changed").toBool());
        QCOMPARE(check.rows()->value(row, "was").toString(), QStringLiteral("Was “£82.50” when signed"));
        // Put back as it was signed, the same signature holds again.
        kit.session().openPage(QStringLiteral("rent-amount"));
        kit.session().question()->answer(QStringLiteral("rent_amount"), QStringLiteral("82.50"));
        QCOMPARE(statusOf(*kit.session().claim(), QStringLiteral("sign")), QStringLiteral("done"));
    }

    void changeOnCheckAnswersComesBackThere() {
        SessionKit kit;
        toCheckAnswers(kit);
        kit.session().openPage(QStringLiteral("name"));
        kit.session().question()->goOn();
        QCOMPARE(kit.session().page(), QStringLiteral("check"));
    }

    void aBenefitThatAsksForInkIsNotSignedOnTheTablet() {
        SessionKit kit;
        toCheckAnswers(kit);
        const auto crn = kit.session().openCase()->crn();
        QVERIFY(kit.session().casework()->saveAnswer(crn, "benefits_claimed", {Answer::Kind::Given, "is"}).has_value());
        kit.session().goSign();
        auto& declaration = *kit.session().declaration();
        QVERIFY(!declaration.tabletAdmitted());
        QCOMPARE(declaration.method(), QStringLiteral("paper"));
        QVERIFY2(declaration.methodReason().contains(QStringLiteral("Income Support")),
                 qPrintable(declaration.methodReason()));
        declaration.setMethod(QStringLiteral("tablet"));
        QCOMPARE(declaration.method(), QStringLiteral("paper"));
    }

    void aMarkNeedsAWitnessWhoIsNotTheOfficer() {
        SessionKit kit;
        toCheckAnswers(kit);
        kit.session().goSign();
        auto& declaration = *kit.session().declaration();
        readAllLines(declaration);
        declaration.setMethod(QStringLiteral("mark"));
        QVERIFY(!declaration.signWithMark(kStrokes, QString()));
        QVERIFY(!declaration.signWithMark(kStrokes, QStringLiteral("bronwen pugh")));
        QVERIFY(declaration.error().contains(QStringLiteral("other than you")));
        QVERIFY2(declaration.signWithMark(kStrokes, QStringLiteral("Mair Owen")), qPrintable(declaration.error()));
        QCOMPARE(kit.session().openCase()->claim().review.seal->witness, std::string("Mair Owen"));
    }

    void H46_pressingSignAndSubmitTwiceIsOnce() {
        SessionKit kit;
        toCheckAnswers(kit);
        signNow(kit);
        const auto crn = kit.session().openCase()->crn();
        const auto seals = sealsOf(kit.session().openCase()->claim().state).size();
        const auto saves = kit.session().casework()->totals()->saved_here;
        auto& declaration = *kit.session().declaration();
        QVERIFY(declaration.sign(kStrokes));
        QVERIFY(declaration.submit());
        QVERIFY(declaration.submit());
        kit.session().goReceipt();
        QVERIFY(kit.session().declaration()->submit());
        QCOMPARE(sealsOf(kit.session().casework()->open(crn)->state).size(), seals);
        QCOMPARE(kit.session().casework()->totals()->saved_here, saves);
    }

    // -- evidence
    void aProofIsMetAtItsLevelAndOneThatIsMissingSaysWhy() {
        SessionKit kit;
        toCheckAnswers(kit);
        kit.session().goEvidence();
        auto& evidence = *kit.session().evidence();
        QAbstractItemModelTester tester(evidence.proofs(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        const auto identity = QStringLiteral("identity");
        QVERIFY(evidence.proofs()->rowOf(identity) >= 0);
        QVERIFY(evidence.proofs()->value(evidence.proofs()->rowOf(identity), "blocking").toBool());
        QVERIFY(!evidence.save(identity, {}, QStringLiteral("Current passport"), evidence.today()).isEmpty());
        QVERIFY(!evidence.save(identity, QStringLiteral("copy"), QString(), evidence.today()).isEmpty());
        QVERIFY(!evidence
                     .save(identity, QStringLiteral("copy"), QStringLiteral("Current passport"),
                           QStringLiteral("2007-01-16"))
                     .isEmpty());
        QVERIFY(evidence.save(identity, QStringLiteral("copy"), QStringLiteral("Current passport"), evidence.today())
                    .isEmpty());
        QVERIFY2(!evidence.proofs()->value(evidence.proofs()->rowOf(identity), "met").toBool(),
                 "identity asks for the original");
        QVERIFY(
            evidence.save(identity, QStringLiteral("original"), QStringLiteral("Current passport"), evidence.today())
                .isEmpty());
        QVERIFY(evidence.proofs()->value(evidence.proofs()->rowOf(identity), "met").toBool());
        QCOMPARE(evidence.proofs()->value(evidence.proofs()->rowOf(identity), "status").toString(),
                 QStringLiteral("Original seen"));
        QVERIFY(evidence.saveUnavailable(QStringLiteral("nino_proof"), QStringLiteral("card lost")).isEmpty());
        QCOMPARE(evidence.proofs()->value(evidence.proofs()->rowOf(QStringLiteral("nino_proof")), "status").toString(),
                 QStringLiteral("Not available"));
        evidence.clear(identity);
        QVERIFY(!evidence.proofs()->value(evidence.proofs()->rowOf(identity), "met").toBool());
    }

    // -- the day
    void searchFindsByNameNumberAndClaimNumber() {
        SessionKit kit;
        toCheckAnswers(kit);
        const auto crn = words::qt(kit.session().openCase()->crn());
        kit.session().goSearch();
        auto& today = *kit.session().today();
        QAbstractItemModelTester tester(today.found(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        for (const auto& text :
             {QStringLiteral("obrien"), QStringLiteral("O’BRIEN"), QStringLiteral("ab123456"), crn.left(6)}) {
            today.setSearch(text);
            QVERIFY2(today.found()->count() == 1, qPrintable(text));
        }
        QVERIFY2(!today.found()->value(0, "detail").toString().contains(QStringLiteral("AB123456C")),
                 "the number is masked in lists");
        today.setSearch(QStringLiteral("nobody at all"));
        QCOMPARE(today.found()->count(), 0);
        QVERIFY(today.searchSummary().startsWith(QStringLiteral("No claim on this tablet")));
    }

    void appointmentsStandInOrderOfTimeWithWhatIsMissing() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        auto& casework = *kit.session().casework();
        std::vector<std::string> crns;
        for (const auto* time : {"11:00", "09:30"}) {
            const auto crn = *casework.beginClaim();
            crns.push_back(crn);
            QVERIFY(casework.saveVisit(crn, {"", "2007-01-15", time, "Llanrwst village hall", "bring payslips"})
                        .has_value());
        }
        QVERIFY(casework.saveAnswer(crns[1], "first_names", {Answer::Kind::Given, "Gwen"}).has_value());
        QVERIFY(casework.saveAnswer(crns[1], "urgent_need", {Answer::Kind::Given, "yes"}).has_value());
        kit.session().goToday();
        auto& today = *kit.session().today();
        QCOMPARE(today.title(), QStringLiteral("Today, Monday 15 January"));
        QCOMPARE(today.appointments()->count(), 2);
        QCOMPARE(today.appointments()->value(0, "time").toString(), QStringLiteral("09:30"));
        QCOMPARE(today.appointments()->value(0, "tag").toString(), QStringLiteral("Urgent"));
        QVERIFY(today.appointments()->value(0, "status").toString().endsWith(QStringLiteral("questions to go")));
        QCOMPARE(today.appointments()->value(1, "status").toString(), QStringLiteral("Not started"));
        QVERIFY(today.summary().startsWith(QStringLiteral("2 appointments · 1 urgent")));
        // The second time the rows are read from what was kept.
        today.refresh();
        QCOMPARE(today.appointments()->value(0, "time").toString(), QStringLiteral("09:30"));
        QVERIFY(today.appointments()->value(1, "detail").toString().contains(QStringLiteral("bring payslips")));
    }

    void theStateOfAClaimIsSaidInWords_data() {
        QTest::addColumn<int>("to_go");
        QTest::addColumn<int>("conflicts");
        QTest::addColumn<int>("blocking");
        QTest::addColumn<int>("seal");
        QTest::addColumn<int>("send");
        QTest::addColumn<bool>("to_correct");
        QTest::addColumn<QString>("text");
        const auto none = static_cast<int>(SealState::None);
        const auto valid = static_cast<int>(SealState::Valid);
        const auto here = static_cast<int>(SendState::SavedHere);
        QTest::newRow("three questions") << 3 << 0 << 0 << none << here << false << "3 questions to go";
        QTest::newRow("one question") << 1 << 0 << 0 << none << here << false << "1 question to go";
        QTest::newRow("answers differ") << 3 << 1 << 0 << none << here << false << "Two answers differ";
        QTest::newRow("ready") << 0 << 0 << 2 << none << here << false << "Ready to sign";
        QTest::newRow("proof") << 0 << 0 << 2 << valid << here << false << "Waiting for proof";
        QTest::newRow("void") << 0 << 0 << 1 << static_cast<int>(SealState::Void) << here << false << "Sign again";
        QTest::newRow("accepted") << 0 << 0 << 0 << valid << static_cast<int>(SendState::Accepted) << false
                                  << "Accepted";
        QTest::newRow("refused") << 0 << 0 << 0 << valid << static_cast<int>(SendState::Refused) << true
                                 << "Refused: correct it";
        QTest::newRow("refused, something is unsent") << 1 << 0 << 0 << valid << here << true << "Refused: correct it";
    }
    void theStateOfAClaimIsSaidInWords() {
        QFETCH(int, to_go);
        QFETCH(int, conflicts);
        QFETCH(int, blocking);
        QFETCH(int, seal);
        QFETCH(int, send);
        QFETCH(bool, to_correct);
        QFETCH(QString, text);
        ClaimSummary claim;
        claim.started = true;
        claim.to_go = to_go;
        claim.conflicts = conflicts;
        claim.blocking = blocking;
        claim.seal = static_cast<SealState>(seal);
        claim.send = static_cast<SendState>(send);
        claim.to_correct = to_correct;
        QCOMPARE(words::standing(claim).text, text);
    }

    void H41_theStripSaysSentOnlyForWhatTheServerAcknowledged_data() {
        QTest::addColumn<quint64>("saved");
        QTest::addColumn<quint64>("acknowledged");
        QTest::addColumn<quint64>("blobs");
        QTest::addColumn<quint64>("aside");
        QTest::addColumn<QString>("begins");
        QTest::addColumn<QString>("tone");
        QTest::newRow("all acknowledged")
            << 412ULL << 412ULL << 0ULL << 0ULL << "Everything sent · 412 of 412 · last contact 2 minutes ago"
            << "green";
        QTest::newRow("one is not") << 412ULL << 411ULL << 0ULL << 0ULL
                                    << "Saved on this tablet · 1 claim waiting to send · last contact 2 minutes ago"
                                    << "amber";
        QTest::newRow("a statement is not")
            << 412ULL << 412ULL << 1ULL << 0ULL << "Saved on this tablet · 1 claim waiting to send"
            << "amber";
        QTest::newRow("set aside") << 412ULL << 412ULL << 0ULL << 2ULL << "2 saves set aside by the server"
                                   << "red";
        QTest::newRow("nothing yet") << 0ULL << 0ULL << 0ULL << 0ULL << "Nothing to send yet"
                                     << "neutral";
    }
    void H41_theStripSaysSentOnlyForWhatTheServerAcknowledged() {
        QFETCH(quint64, saved);
        QFETCH(quint64, acknowledged);
        QFETCH(quint64, blobs);
        QFETCH(quint64, aside);
        QFETCH(QString, begins);
        QFETCH(QString, tone);
        SyncTotals totals;
        totals.saved_here = saved;
        totals.acknowledged = acknowledged;
        totals.blobs_waiting = blobs;
        totals.set_aside = aside;
        totals.claims_waiting = saved == acknowledged ? 0 : 1;
        const std::int64_t now = 1'168'851'600'000;
        totals.last_contact_ms = now - 125'000;
        const auto strip = words::strip(totals, now, Language::English);
        QVERIFY2(strip.text.startsWith(begins), qPrintable(strip.text));
        QCOMPARE(strip.tone, tone);
    }

    void H41_anEngineThatBelievesItIsDoneDoesNotMakeTheStripGreen() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        kit.session().newClaim();
        kit.session().question()->answer(QStringLiteral("claim_type"), QStringLiteral("new"));
        SyncStatus status;
        status.phase = SyncPhase::UpToDate;
        kit.sync().tell(status);
        QCOMPARE(kit.session().sending()->stripTone(), QStringLiteral("amber"));
        QVERIFY(kit.sync().saves > 0);
    }

    // -- today
    void whatChangesWhileTodayIsShownIsShownThere() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        auto& today = *kit.session().today();
        QCOMPARE(today.others()->count(), 0);
        // As a pull brings them: not by this page.
        const auto crn = *kit.session().casework()->beginClaim();
        QVERIFY(kit.session().casework()->saveAnswer(crn, "surname", {Answer::Kind::Given, "Begum"}).has_value());
        QTRY_COMPARE(today.others()->count(), 1);
        QCOMPARE(today.others()->value(0, "name").toString(), QStringLiteral("Begum"));
        QVERIFY(kit.session().casework()->saveAnswer(crn, "surname", {Answer::Kind::Given, "Rahman"}).has_value());
        QTRY_COMPARE(today.others()->value(0, "name").toString(), QStringLiteral("Rahman"));
        QCOMPARE(today.others()->count(), 1);
    }

    void aMorningWithManyClaimsShowsThemBeforeTheyAreReadAgain() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        constexpr int kClaims = 90;
        for (int i = 0; i < kClaims; ++i) {
            const auto crn = *kit.session().casework()->beginClaim();
            QVERIFY(kit.session().casework()->saveAnswer(crn, "surname", {Answer::Kind::Given, "Begum"}).has_value());
        }
        kit.session().goToday();
        auto& today = *kit.session().today();
        QVERIFY2(today.summary().contains(QStringLiteral("Still reading claims: 60 to go")),
                 qPrintable(today.summary()));
        QTRY_VERIFY(!today.summary().contains(QStringLiteral("Still reading")));
        QCOMPARE(kit.session().casework()->claimsNow(0)->left, std::size_t{0});
        QCOMPARE(today.others()->count(), 20);
        today.setSearch(QStringLiteral("begum"));
        QCOMPARE(today.found()->count(), 20);
    }

    void whoOpensAClaimIsNotedOnceForEachTime() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        kit.session().newClaim();
        const auto crn = words::qt(kit.session().vault()->claims()->front().crn);
        kit.session().openPage(QStringLiteral("name"));
        kit.session().question()->answer(QStringLiteral("surname"), QStringLiteral("Parry"));
        VaultSyncStore store(*kit.session().vault());
        QCOMPARE(store.position()->views.size(), 1U);
        kit.session().goToday();
        kit.session().openClaim(crn);
        const auto views = store.position()->views;
        QCOMPARE(views.size(), 2U);
        QCOMPARE(views[1].claim, words::utf8(crn));
        QVERIFY(views[1].officer == kit.session().vault()->officer().id);
        kit.session().openDuplicate(crn, crn);
        QCOMPARE(store.position()->views.size(), 3U);
    }

    // -- being interrupted
    void H43_aKilledAppReopensOnThePageWhereItWas() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        kit.session().newClaim();
        kit.session().openPage(QStringLiteral("name"));
        kit.session().question()->answer(QStringLiteral("first_names"), QStringLiteral("Gwen Siobhan"));
        kit.kill();
        QVERIFY(kit.unlock());
        QCOMPARE(kit.session().page(), QStringLiteral("question"));
        QCOMPARE(kit.session().question()->pageId(), QStringLiteral("name"));
        const int row = kit.session().question()->questions()->rowOf(QStringLiteral("first_names"));
        QCOMPARE(kit.session().question()->questions()->value(row, "value").toString(), QStringLiteral("Gwen Siobhan"));
    }

    void H44_aLockInTheMiddleOfAPageKeepsTheWorkAndGoesOnThere() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        kit.session().newClaim();
        kit.session().openPage(QStringLiteral("name"));
        // The page hands over what is typed when it is told that it is left, as QuestionPage.qml does.
        connect(&kit.session(), &TabletSession::leaving, this, [&] {
            if (kit.session().question() != nullptr)
                kit.session().question()->answer(QStringLiteral("surname"), QStringLiteral("O'Brien"));
        });
        kit.session().lockNow();
        disconnect(&kit.session(), &TabletSession::leaving, this, nullptr);
        QCOMPARE(kit.session().state(), QStringLiteral("locked"));
        QVERIFY(kit.session().claim() == nullptr);
        QVERIFY(kit.session().casework() == nullptr);
        kit.waitForLoop();
        QVERIFY(kit.unlock());
        QCOMPARE(kit.session().question()->pageId(), QStringLiteral("name"));
        const int row = kit.session().question()->questions()->rowOf(QStringLiteral("surname"));
        QCOMPARE(kit.session().question()->questions()->value(row, "value").toString(), QStringLiteral("O'Brien"));
    }

    void aLockedTabletGoesOnSendingForHalfAnHourAtMost() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        kit.session().newClaim();
        kit.session().question()->answer(QStringLiteral("claim_type"), QStringLiteral("new"));
        kit.session().lockNow();
        QVERIFY2(kit.session().vault()->isOpen(), "there is something to send");
        QVERIFY(!kit.session().vault()->isSignedIn());
    }

    void settingsAreKeptInTheStore() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        kit.session().settings()->setTextSize(150);
        kit.session().settings()->setTheme(QStringLiteral("dark"));
        kit.session().settings()->setLanguage(QStringLiteral("cy"));
        kit.kill();
        QVERIFY(kit.unlock());
        QCOMPARE(kit.session().settings()->textSize(), 150);
        QCOMPARE(kit.session().settings()->theme(), QStringLiteral("dark"));
        QCOMPARE(kit.session().settings()->language(), QStringLiteral("cy"));
    }

    void theDiagnosticsSayVersionsAndCountsAndNothingOfAnyone() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        kit.session().newClaim();
        kit.session().openPage(QStringLiteral("name"));
        kit.session().question()->answer(QStringLiteral("surname"), QStringLiteral("O'Brien"));
        const auto crn = words::qt(kit.session().openCase()->crn());
        kit.session().goSettings();
        const auto& settings = *kit.session().settings();
        const auto text = settings.diagnostics();
        for (const char* there : {"SQLite 3.", "saves: 2 here, 0 acknowledged", "last contact: never", "1 claims"})
            QVERIFY2(text.contains(QString::fromLatin1(there)), qPrintable(text));
        for (const auto& never : {QStringLiteral("O'Brien"), QStringLiteral("Bronwen"), QStringLiteral("Pugh"), crn,
                                  QString::fromStdString(kit.folder())})
            QVERIFY2(!text.contains(never), qPrintable(never));
        QVERIFY2(settings.storeVersion().contains(QStringLiteral("SQLite 3.")), qPrintable(settings.storeVersion()));
        QVERIFY(!settings.storage().startsWith(QStringLiteral("0 ")));
    }

    void theTaskListCountsAndMarksEverySection() {
        SessionKit kit;
        toCheckAnswers(kit);
        auto& claim = *kit.session().claim();
        QAbstractItemModelTester tester(claim.tasks(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        QAbstractItemModelTester actions(claim.actions(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(statusOf(claim, QStringLiteral("about-you")), QStringLiteral("done"));
        QCOMPARE(statusOf(claim, QStringLiteral("illness-or-disability")), QStringLiteral("notNeeded"));
        QVERIFY(claim.tasks()
                    ->value(claim.tasks()->rowOf(QStringLiteral("evidence")), "statusText")
                    .toString()
                    .startsWith(QStringLiteral("0 of ")));
        QCOMPARE(claim.name(), QStringLiteral("Gwen Siobhan O'Brien"));
        QCOMPARE(claim.dateOfClaim(), QStringLiteral("15 January 2007"));
        QVERIFY(claim.benefits().size() == 3);
        QVERIFY(claim.crn().contains(QLatin1Char('-')));
        kit.session().openPage(QStringLiteral("name"));
        kit.session().question()->answer(QStringLiteral("surname"), QString());
        QCOMPARE(statusOf(claim, QStringLiteral("about-you")), QStringLiteral("inProgress"));
        QCOMPARE(claim.tasks()->value(claim.tasks()->rowOf(QStringLiteral("about-you")), "statusText").toString(),
                 QStringLiteral("1 to go"));
    }
};

QTEST_GUILESS_MAIN(ViewModelsTest)
#include "tst_viewmodels.moc"
