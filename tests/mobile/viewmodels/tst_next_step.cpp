#include <QTest>

#include "mobile/viewmodels/words.h"
#include "shared/base/ids.h"
#include "shared/domain/records.h"
#include "shared/domain/seal.h"
#include "tests/support/session/session_kit.h"
#include "tests/support/vault/small_ledger.h"

using namespace fieldclaim;
using namespace fieldclaim::tablet;

namespace {

const QString kStrokes = QStringLiteral("[[1000,2000,0,500,1500,2500,16,500],[3000,3000,400,500,3500,3100,420,500]]");

/// Gwen's claim, signed and with the server, and the claim's page.
struct SignedClaim {
    SignedClaim() {
        ENSURE(kit.unlock());
        ledger.emplace(*kit.session().vault());
        kit.session().newClaim();
        ENSURE(completeAsGwen(kit.session()) > 0);
        crn = kit.session().openCase()->crn();
        sign();
    }
    void sign() {
        session().goCheck();
        session().checkAnswers()->confirm();
        ENSURE(session().page() == QStringLiteral("sign"));
        auto& declaration = *session().declaration();
        for (const auto& line : declaration.lines()->records()) declaration.setRead(line[0].toString(), true);
        ENSURE(declaration.sign(kStrokes));
        ENSURE(session().page() == QStringLiteral("receipt"));
        ledger->takeAll();
        session().goClaim();
    }
    Hash digest() { return session().openCase()->claim().review.seal->digest; }
    /// JSAPS refuses what is signed now, or it waits for the office.
    void refuse(std::vector<TransferError> errors, const char* state = "rejected") {
        TransferView view;
        view.id = Uuid::make(kit.clock, kit.random).text();
        view.target = "jsaps";
        view.kind = "claim";
        view.state = state;
        view.digest = toHex(digest());
        view.reason = "The record does not agree.";
        view.errors = std::move(errors);
        view.at_ms = kit.clock.wall;
        ledger->write(crn, {{transferPath(view.id), encodeTransfer(view)}}, SmallLedger::server(), kit.clock.wall);
    }
    void change(const char* key, const QString& value) {
        ENSURE(session().openCase()->save(key, {Answer::Kind::Given, words::utf8(value)}));
    }
    /// Every text of Today's list of what waits, to be searched.
    QString waiting() {
        session().goToday();
        QStringList out;
        const auto* actions = session().today()->actions();
        for (int row = 0; row < actions->rowCount(); ++row) out.append(actions->value(row, "text").toString());
        session().openClaim(words::qt(crn));
        return out.join(QLatin1Char('\n'));
    }
    TabletSession& session() { return kit.session(); }
    ClaimViewModel& claim() { return *kit.session().claim(); }

    SessionKit kit;
    std::optional<SmallLedger> ledger;
    std::string crn;
};

}  // namespace

/// What is to be done next with a claim is what its first button does.
class NextStepTest : public QObject {
    Q_OBJECT

private slots:
    void fromTheFirstQuestionToTheReceiptTheButtonDoesWhatIsNext() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        auto& session = kit.session();
        session.newClaim();
        session.goClaim();
        QCOMPARE(session.claim()->nextButton(), QStringLiteral("Go on with the questions"));
        session.goNext();
        QCOMPARE(session.page(), QStringLiteral("question"));
        QVERIFY(completeAsGwen(session) > 0);
        QCOMPARE(session.claim()->nextButton(), QStringLiteral("Check the answers"));
        session.goNext();
        QCOMPARE(session.page(), QStringLiteral("check"));
    }

    void ofASignedClaimItLeadsToTheProofThatIsStillToBeSeenAndThenToTheReceipt() {
        SignedClaim world;
        QCOMPARE(world.claim().nextStep(), QStringLiteral("Signed. Some proof is still to be seen."));
        world.session().goNext();
        QCOMPARE(world.session().page(), QStringLiteral("evidence"));
        std::vector<std::string> proofs;
        for (const auto& need : world.session().openCase()->evaluation().proofs()) proofs.push_back(need.key());
        for (const auto& key : proofs)
            QVERIFY(world.session().casework()->saveProof(world.crn, {key, "original", "seen", {}, {}, {}}));
        world.session().goClaim();
        QCOMPARE(world.claim().nextStep(), QStringLiteral("Signed. There is nothing more to do here."));
        QCOMPARE(world.claim().nextButton(), QStringLiteral("Show the receipt"));
        world.session().goNext();
        QCOMPARE(world.session().page(), QStringLiteral("receipt"));
    }

    void ofARefusedClaimItLeadsToEachQuestionThatIsRefusedAndThenToTheSignature() {
        SignedClaim world;
        world.refuse({{"E204", "nino", "Not the number of this customer."}, {"E205", "surname", "Another name."}});
        QVERIFY2(world.claim().nextStep().contains(QStringLiteral("“What is your National Insurance number?”")),
                 qPrintable(world.claim().nextStep()));
        QCOMPARE(world.claim().actions()->value(0, "about").toString(), QStringLiteral("nino"));
        QCOMPARE(world.claim().nextButton(), QStringLiteral("Correct the answer"));
        QCOMPARE(world.claim().nextRow(), -1);
        const auto correct = QStringLiteral("Refused: correct it");
        QCOMPARE(world.claim().standing(), correct);
        QVERIFY(world.waiting().contains(QStringLiteral("Correct what was refused")));
        world.session().goNext();
        QCOMPARE(world.session().page(), QStringLiteral("question"));
        QVERIFY(world.session().question()->questions()->rowOf(QStringLiteral("nino")) >= 0);

        // One of the two is put right, and not sent yet: the other is next, not the signature.
        world.change("nino", QStringLiteral("AB123457C"));
        world.session().goClaim();
        QCOMPARE(world.claim().standing(), correct);
        QVERIFY(world.waiting().contains(QStringLiteral("Correct what was refused")));
        QCOMPARE(world.claim().nextButton(), QStringLiteral("Correct the answer"));
        world.session().goNext();
        QVERIFY(world.session().question()->questions()->rowOf(QStringLiteral("surname")) >= 0);
        world.change("surname", QStringLiteral("Evans"));
        world.session().goClaim();
        QCOMPARE(world.claim().nextButton(), QStringLiteral("Check and sign again"));
        QCOMPARE(world.claim().standing(), QStringLiteral("Sign again"));
        QVERIFY(!world.waiting().contains(QStringLiteral("Correct what was refused")));
        world.session().goNext();
        QCOMPARE(world.session().page(), QStringLiteral("check"));

        // Signed anew it is on its way, though the target has not been heard of again.
        world.sign();
        QCOMPARE(world.claim().nextStep(), QStringLiteral("Signed. Some proof is still to be seen."));
        QCOMPARE(world.claim().standing(), QStringLiteral("Waiting for proof"));
        QVERIFY(!world.waiting().contains(QStringLiteral("Correct what was refused")));
    }

    void whatWaitsForTheOfficeIsNotTheOfficersToCorrect() {
        SignedClaim world;
        std::vector<std::string> proofs;
        for (const auto& need : world.session().openCase()->evaluation().proofs()) proofs.push_back(need.key());
        for (const auto& key : proofs)
            QVERIFY(world.session().casework()->saveProof(world.crn, {key, "original", "seen", {}, {}, {}}));
        world.refuse({{"E204", "nino", "Not the number of this customer."}}, "repair");
        world.ledger->takeAll();
        QCOMPARE(world.claim().nextStep(), QStringLiteral("Signed. There is nothing more to do here."));
        QCOMPARE(world.claim().standing(), QStringLiteral("With the office"));
        QVERIFY(!world.waiting().contains(QStringLiteral("Correct what was refused")));
        const auto* actions = world.claim().actions();
        QCOMPARE(actions->value(0, "kind").toString(), QStringLiteral("office"));
        QCOMPARE(actions->value(0, "owner").toString(), QStringLiteral("The office"));
        world.session().openAction(QStringLiteral("office"), actions->value(0, "about").toString());
        QCOMPARE(world.session().page(), QStringLiteral("sending"));

        // Signing something else does not take it from the office.
        world.session().openClaim(words::qt(world.crn));
        world.change("surname", QStringLiteral("Evans"));
        world.session().goClaim();
        QCOMPARE(world.claim().standing(), QStringLiteral("Sign again"));
        world.sign();
        world.ledger->takeAll();
        QCOMPARE(world.claim().standing(), QStringLiteral("With the office"));
    }

    void whatWasSignedOnAnotherTabletIsCorrectedOnThisOne() {
        SignedClaim world;
        auto seal = *world.session().openCase()->claim().review.seal;
        seal.id = Uuid::make(world.kit.clock, world.kit.random).text();
        seal.digest.fill(7);
        seal.device_time = world.kit.clock.wall + 1'000;
        world.change("surname", QStringLiteral("Evans"));  // what was signed here holds no more
        world.ledger->takeAll();
        world.ledger->write(world.crn, {{sealPath(seal.id), encodeSeal(seal)}}, SmallLedger::colleague(),
                            seal.device_time);
        QVERIFY(world.session().openCase()->claim().review.seal_state == SealState::Unknown);
        world.refuse({{"E204", "nino", "Not the number of this customer."}});
        QCOMPARE(world.claim().standing(), QStringLiteral("Refused: correct it"));
        QCOMPARE(world.claim().nextButton(), QStringLiteral("Correct the answer"));

        // The statement is not here: an answer that was given after the signature is another than what was signed.
        world.kit.clock.wall += 60'000;
        world.change("nino", QStringLiteral("AB123457C"));
        world.session().goClaim();
        QVERIFY(world.claim().standing() != QStringLiteral("Refused: correct it"));
        QVERIFY(world.claim().nextButton() != QStringLiteral("Correct the answer"));
    }

    void whatIsRefusedWithoutAQuestionIsShownInTheListAndLeadsToTheAnswers() {
        SignedClaim world;
        world.refuse({});
        QCOMPARE(world.claim().nextButton(), QStringLiteral("See what was refused"));
        const auto row = world.claim().nextRow();
        QVERIFY(row >= 0);
        const auto* actions = world.claim().actions();
        QVERIFY2(actions->value(row, "text").toString().contains(QStringLiteral("The record does not agree.")),
                 qPrintable(actions->value(row, "text").toString()));
        world.session().openAction(actions->value(row, "kind").toString(), actions->value(row, "about").toString());
        QCOMPARE(world.session().page(), QStringLiteral("check"));

        // Whatever is changed may be what was meant.
        world.change("surname", QStringLiteral("Evans"));
        world.session().goClaim();
        QCOMPARE(world.claim().nextButton(), QStringLiteral("Check and sign again"));
        QCOMPARE(world.claim().nextRow(), -1);
    }

    void whatTheServerDidNotTakeInIsSaidWithItsReasonAndSignedAgain() {
        SignedClaim world;
        auto& session = world.session();
        const auto first = world.digest();
        const auto answer = [&](bool accepted) {
            const auto history = session.vault()->changeSets(world.crn).value();
            const auto intent = std::find_if(history.rbegin(), history.rend(), [](const StoredChangeSet& stored) {
                return stored.change_set.payload.intent.has_value();
            });
            ENSURE(intent != history.rend());
            const IntentAnswer said{{},
                                    std::string(kIntentSubmit),
                                    accepted,
                                    accepted ? "" : "There is no right signature over this statement",
                                    toBytes(world.digest())};
            world.ledger->write(world.crn, {{intentPath(intent->change_set.id()), encodeIntentAnswer(said)}},
                                SmallLedger::server(), world.kit.clock.wall);
        };
        const auto task = [&] {
            const auto* tasks = world.claim().tasks();
            return tasks->value(tasks->rowOf(QStringLiteral("sign")), "statusText").toString();
        };
        answer(false);
        const auto step = world.claim().nextStep();
        QVERIFY2(step.startsWith(QStringLiteral("The server refused what was signed: There is no right signature over "
                                                "this statement. Check the answers")),
                 qPrintable(step));
        QVERIFY(!world.claim().isSigned());
        QCOMPARE(world.claim().standing(), QStringLiteral("Refused: sign again"));
        QCOMPARE(task(), QStringLiteral("sign again"));
        session.goToday();
        const auto* today = session.today()->actions();
        QCOMPARE(today->value(0, "text").toString(), QStringLiteral("Sign again, the server refused it · Gwen Siobhan "
                                                                    "O'Brien"));
        session.openClaim(words::qt(world.crn));

        // The same statement is signed by the customer once more, and the server is asked once more.
        session.goNext();
        QCOMPARE(session.page(), QStringLiteral("check"));
        QVERIFY(session.checkAnswers()->voided().contains(QStringLiteral("no right signature")));
        const auto seals = sealsOf(session.openCase()->claim().state).size();
        world.sign();
        QVERIFY(world.digest() == first);
        QCOMPARE(sealsOf(session.openCase()->claim().state).size(), seals + 1);
        // It has not answered yet: nothing is to be done.
        QVERIFY(world.claim().isSigned());
        QCOMPARE(task(), QStringLiteral("signed"));
        QVERIFY2(world.claim().nextStep().startsWith(QStringLiteral("Signed.")), qPrintable(world.claim().nextStep()));
        answer(true);
        QVERIFY(session.openCase()->claim().review.submitted.has_value());
        QVERIFY(world.claim().isSigned());
    }

    void ofAClaimWithTwoAnswersItLeadsToTheChoice() {
        SignedClaim world;
        world.ledger->write(world.crn, {{"a/surname", Value("Evans")}}, SmallLedger::colleague(), world.kit.clock.wall,
                            false);
        QCOMPARE(world.claim().nextButton(), QStringLiteral("Choose between the answers"));
        world.session().goNext();
        QCOMPARE(world.session().page(), QStringLiteral("conflict"));
    }
};

QTEST_GUILESS_MAIN(NextStepTest)
#include "tst_next_step.moc"
