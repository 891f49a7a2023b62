#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QtTest>

#include "tests/integration/journey/journey_test.h"

using namespace fieldclaim::journey;

/// What happens around a claim after it was taken, each through the window of one tablet that stays open; the claims
/// are on it already. A colleague's tablet has no screen.
class TestJourneys : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        QVERIFY2(m_display.isThere(), "Xvfb does not start");
        JOURNEY({
            m_world = std::make_unique<World>(builtPrograms(), freshFolder("short"));
            m_world->makeTablet(kHere, kOfficer);
            m_claims = takeClaims();
            m_world->makeTablet(kThere, kColleague);
            m_window = std::make_unique<AppWindow>(m_world->window(kHere));
            m_hand = std::make_unique<PointerHand>(*m_window);
            m_window->start();
            UnlockPage(*m_hand).unlock(World::passphrase());
        })
    }
    void init() {
        JOURNEY({
            if (!m_window->isRunning()) {
                m_window->start();
                UnlockPage(*m_hand).unlock(World::passphrase());
            }
            Bar(*m_hand).goToday();
        })
    }

    void anEditAfterTheSignatureVoidsItVisiblyAndTheNextOneIsSent() {
        JOURNEY({
            const auto crn = m_claims["Edited"];
            m_world->setOffline(kHere, true);
            const auto first = signClaim(crn);

            openQuestion(crn, "rent_amount");
            Interview(*m_hand, gwen()).answer("rent_amount", "91.25");
            m_hand->leaveField();
            Bar(*m_hand).goToday();
            QVERIFY2(says(TodayPage(*m_hand).actionOf(crn), "Sign again"), qPrintable(m_window->words()));
            TodayPage(*m_hand).openClaim(crn);
            QVERIFY2(says(ClaimPage(*m_hand).nextStep(), "sign again"), qPrintable(ClaimPage(*m_hand).nextStep()));
            m_window->shot("edit-1-void");

            // What changed is shown, with what was signed beside it.
            ClaimPage(*m_hand).open(actionOf("sign."));
            CheckPage check(*m_hand);
            QVERIFY2(says(check.summary(), "1 changed since the signature"), qPrintable(check.summary()));
            const auto changed = check.answer("rent_amount");
            QVERIFY2(says(changed, "91.25") && says(changed, "82.50"), qPrintable(changed));
            QVERIFY(!says(check.answer("surname"), "signed"));
            m_window->shot("edit-2-changed");

            const auto second = signHere();
            QVERIFY(second != first);
            m_world->setOffline(kHere, false);
            m_world->awaitAccepted(crn, 2);
            const auto digests = digestsSent(crn);
            QCOMPARE(digests.size(), 2);
            for (const auto& digest : digests) QCOMPARE(digest.left(12), QString(second).remove(' ').toLower());
        })
    }

    void whatTwoOfficersAnsweredDifferentlyIsChosenByAPerson() {
        JOURNEY({
            const auto crn = m_claims["Disputed"];
            m_world->setOffline(kHere, true);
            openQuestion(crn, "addr1");
            Interview(*m_hand, gwen()).answer("addr1", "5 Station Road");
            m_hand->leaveField();
            Bar(*m_hand).goToday();
            m_world->tablet(kThere, {"sync"});
            m_world->tablet(kThere, {"answer", crn, "addr1", "6 Station Road"});
            m_world->tablet(kThere, {"sync"});
            m_world->setOffline(kHere, false);

            awaitOnToday("the conflict", [&] { return todaySays(crn, "Choose between two answers"); });
            TodayPage(*m_hand).openClaim(crn);
            ClaimPage(*m_hand).open("conflict.addr1");
            ConflictPage conflict(*m_hand);
            const auto answers = conflict.answers();
            QCOMPARE(answers.size(), 2);
            const auto both = answers.join('\n');
            QVERIFY2(says(both, "5 Station Road") && says(both, "6 Station Road") && says(both, kOfficer),
                     qPrintable(both));
            m_window->shot("conflict");
            conflict.use("6 Station Road");
            m_window->awaitThat("the end of the conflict", [&] { return !says(m_window->words(), "5 Station Road"); });
            Bar(*m_hand).goToday();
            awaitSent();
            m_world->tablet(kThere, {"sync"});
            const auto there = m_world->tablet(kThere, {"show", crn}).object();
            QCOMPARE(there["answers"].toObject()["addr1"].toString(), QString("6 Station Road"));
            QCOMPARE(there["conflicts"].toInt(), 0);
            m_window->close();
            const auto here = m_world->tablet(kHere, {"show", crn}).object();
            QCOMPARE(here["state_sha256"].toString(), there["state_sha256"].toString());
        })
    }

    void aRefusedTransferIsCorrectedOnTheTabletAndAccepted() {
        JOURNEY({
            const auto crn = m_claims["Refused"];
            m_world->tellStandIn({{"fault", "refuse"},
                                  {"system", "JSAPS"},
                                  {"code", "E204"},
                                  {"field", "nino"},
                                  {"message", "Not the number of this customer."}});
            m_world->setOffline(kHere, false);
            signClaim(crn);
            awaitOnToday("the refusal", [&] { return todaySays(crn, "Correct what was refused"); });
            // It names the question, and leads there.
            TodayPage(*m_hand).openClaim(crn);
            const auto refusal = ClaimPage(*m_hand).action("refused.nino");
            QVERIFY2(says(refusal, "Not the number of this customer."), qPrintable(m_window->words()));
            QVERIFY2(says(ClaimPage(*m_hand).nextStep(), "It was refused"), qPrintable(ClaimPage(*m_hand).nextStep()));
            m_window->shot("refused-1-action");
            ClaimPage(*m_hand).open("refused.nino");
            m_window->awaitPage("question");
            Interview(*m_hand, gwen()).answer("nino", "AB123457C");
            m_hand->leaveField();
            m_window->shot("refused-2-question");
            Bar(*m_hand).goToday();
            signClaim(crn);
            m_window->awaitThat(
                "the acceptance by JSAPS",
                [&] {
                    const auto transfers = m_world->transfers(crn);
                    return std::any_of(transfers.begin(), transfers.end(), [](const Transfer& one) {
                        return one.target == "jsaps" && one.state == "accepted";
                    });
                },
                60'000);
            const auto sent = sentTo("JSAPS", crn);
            QVERIFY(!sent.isEmpty());
            QCOMPARE(sent.last()["claimant"].toObject()["nino"].toString(), QString("AB123457C"));
            // And the tablet says so: nothing is refused any more.
            awaitOnToday("the acceptance", [&] { return says(TodayPage(*m_hand).claim(crn), "Accepted"); });
            QVERIFY(!todaySays(crn, "refused"));
            TodayPage(*m_hand).openClaim(crn);
            QVERIFY2(!ClaimPage(*m_hand).actions().join(' ').contains("refused"),
                     qPrintable(ClaimPage(*m_hand).actions().join(", ")));
        })
    }

    void everyRouteOfEvidenceEndsInWhatIsKnownOrInAnAction() {
        JOURNEY({
            const auto crn = m_claims["Proving"];
            m_world->setOffline(kHere, true);
            TodayPage(*m_hand).openClaim(crn);
            const auto outstanding = ClaimPage(*m_hand).actions();
            ClaimPage(*m_hand).openEvidence();
            EvidencePage evidence(*m_hand);
            const auto proofs = evidence.proofs();
            QVERIFY(proofs.size() >= 4);
            for (const auto& proof : proofs) QVERIFY(outstanding.contains("proof." + proof));

            evidence.record(proofs[0], "original");
            QVERIFY2(says(evidence.status(proofs[0]), "Original seen"), qPrintable(evidence.status(proofs[0])));
            evidence.record(proofs[1], "copy");
            QVERIFY2(says(evidence.status(proofs[1]), "Copy seen"), qPrintable(evidence.status(proofs[1])));
            evidence.record(proofs[2], "told");
            QVERIFY2(says(evidence.status(proofs[2]), "Told"), qPrintable(evidence.status(proofs[2])));
            evidence.sayNotAvailable(proofs[3], "Lost in the move, a new one is ordered");
            QVERIFY2(says(evidence.status(proofs[3]), "Lost in the move"), qPrintable(evidence.status(proofs[3])));
            // A picture of something with words on it: what the window shows.
            m_window->shot("letter");
            QVERIFY(QFile::copy(m_world->shots() + "/letter.png", m_world->pictures(kHere) + "/letter.png"));
            evidence.addPictureFromFile(proofs[1], "Pictures", "letter.png");
            QVERIFY2(says(evidence.status(proofs[1]), "1 picture"), qPrintable(evidence.status(proofs[1])));
            m_window->shot("evidence");

            // Only what is enough is settled; the others stay outstanding.
            evidence.backToClaim();
            const auto left = ClaimPage(*m_hand).actions();
            QVERIFY(!left.contains("proof." + proofs[0]));
            QVERIFY(left.contains("proof." + proofs[3]));
            // A better one takes the place of what was told.
            ClaimPage(*m_hand).openEvidence();
            evidence.record(proofs[2], "original");
            evidence.backToClaim();
            QVERIFY(!ClaimPage(*m_hand).actions().contains("proof." + proofs[2]));
        })
    }

    void aWidowIsAskedForHerFormAndNothingElseAndItIsFinishedUnsigned() {
        JOURNEY({
            m_world->setOffline(kHere, true);
            TodayPage(*m_hand).newClaim();
            Interview interview(*m_hand, customerNamed("widow"));
            interview.takeAll();
            m_window->awaitPage("claim");
            // The same number as through the view-models (tst_customers), of 160.
            QCOMPARE(interview.asked().size(), kWidowIsAsked);
            // Nothing is signed for a form.
            const auto next = ClaimPage(*m_hand).nextStep();
            QVERIFY2(says(next, "forms alone") && !says(next, "sign."), qPrintable(next));
            ClaimPage(*m_hand).check();
            QVERIFY(!m_window->isThere("button.confirm"));
            m_window->shot("widow");

            // With what proves it, it is finished, and the server has all of it.
            Bar(*m_hand).goToday();
            const auto crn = TodayPage(*m_hand).numberOf("Margaret Davies");
            TodayPage(*m_hand).openClaim(crn);
            ClaimPage(*m_hand).openEvidence();
            EvidencePage evidence(*m_hand);
            const auto proofs = evidence.proofs();
            QVERIFY(!proofs.isEmpty());
            for (const auto& proof : proofs) evidence.record(proof, "original");
            QVERIFY(QFile::copy(m_world->shots() + "/widow.png", m_world->pictures(kHere) + "/certificate.png"));
            evidence.addPictureFromFile(proofs[0], "Pictures", "certificate.png");
            evidence.backToClaim();
            QCOMPARE(ClaimPage(*m_hand).actions(), QStringList());
            const auto before = m_world->checkedBlobs();
            Bar(*m_hand).goToday();
            m_world->setOffline(kHere, false);
            awaitSent();
            QVERIFY2(says(TodayPage(*m_hand).claim(crn), "All answered"), qPrintable(TodayPage(*m_hand).claim(crn)));
            QVERIFY(m_world->checkedBlobs() > before);
            m_world->tablet(kThere, {"sync"});
            const auto there = m_world->tablet(kThere, {"show", crn}).object();
            QCOMPARE(there["answers"].toObject()["bb_name"].toString(), QString("Emrys Davies"));
            QVERIFY(m_world->transfers(crn).isEmpty());
        })
    }

    void H43_killedInTheMiddleOfAPageItReopensThereWithWhatWasShownAsSaved() {
        JOURNEY({
            m_world->setOffline(kHere, true);
            openQuestion(m_claims["Proving"], "addr1");
            Interview(*m_hand, gwen()).answer("addr1", "7 Station Road");
            m_hand->leaveField();
            m_window->kill();
            m_window->start();
            UnlockPage(*m_hand).unlock(World::passphrase());
            m_window->awaitPage("question");
            QCOMPARE(m_window->await("question.addr1/input").text, QString("7 Station Road"));
        })
    }

    void cleanupTestCase() {
        m_window.reset();
        m_world.reset();
    }

private:
    static constexpr qsizetype kWidowIsAsked = 31;
    static constexpr const char* kHere = "here";
    static constexpr const char* kThere = "there";
    static constexpr const char* kOfficer = "Siân Pritchard";
    static constexpr const char* kColleague = "Mair Hughes";

    static bool says(const QString& words, const QString& what) { return words.contains(what); }
    bool todaySays(const QString& crn, const QString& what) { return says(TodayPage(*m_hand).actionOf(crn), what); }
    /// It is looked at, and shows by itself what came in.
    void awaitOnToday(const QString& what, const std::function<bool()>& condition) {
        m_window->awaitThat(what + " on Today", condition, 60'000);
    }

    /// Claims of Gwen's family, by their last names: all is answered and proven; "Proving" has no proof yet.
    QMap<QString, QString> takeClaims() {
        const auto claim = [](const QString& surname, const QJsonArray& proofs) {
            return QJsonObject{{"answers", gwen().with("surname", surname).answers()}, {"proofs", proofs}};
        };
        const auto first = take({claim("Proving", {})}).at(0).toString();
        QJsonArray proofs;
        for (const auto& action : m_world->tablet(kHere, {"show", first}).object()["actions"].toArray()) {
            if (!action.toObject()["text"].toString().startsWith("Proof needed")) continue;
            proofs.append(QJsonObject{{"key", action.toObject()["about"]}, {"level", "original"}, {"what", "seen"}});
        }
        QMap<QString, QString> out{{"Proving", first}};
        const QStringList names{"Edited", "Disputed", "Refused"};
        QJsonArray claims;
        for (const auto& name : names) claims.append(claim(name, proofs));
        const auto taken = take(claims);
        for (qsizetype i = 0; i < names.size(); ++i) out[names[i]] = taken.at(i).toString();
        m_world->tablet(kHere, {"sync"});
        return out;
    }
    QJsonArray take(const QJsonArray& claims) {
        const auto path = FIELDCLAIM_BINARY_DIR "/journeys/short/claims.json";
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly)) throw Stuck("no file can be made");
        file.write(QJsonDocument(claims).toJson());
        file.close();
        return m_world->tablet(kHere, {"take", path}).object()["taken"].toArray();
    }

    /// From Today to the page that asks this: through the answers, each of which can be changed.
    void openQuestion(const QString& crn, const QString& question) {
        TodayPage(*m_hand).openClaim(crn);
        ClaimPage(*m_hand).check();
        CheckPage(*m_hand).change(question);
    }
    QString actionOf(const QString& beginning) {
        for (const auto& action : ClaimPage(*m_hand).actions()) {
            if (action.startsWith(beginning)) return action;
        }
        m_window->giveUp("nothing is outstanding like " + beginning);
    }
    /// From Today; gives the digest that the receipt shows.
    QString signClaim(const QString& crn) {
        TodayPage(*m_hand).openClaim(crn);
        ClaimPage(*m_hand).check();
        return signHere();
    }
    /// From the checked answers.
    QString signHere() {
        CheckPage(*m_hand).confirm();
        SignPage page(*m_hand);
        page.readLines();
        page.draw();
        page.sign();
        const auto digest = ReceiptPage(*m_hand).digest();
        Bar(*m_hand).goToday();
        return digest;
    }
    /// Until the strip says that the server has all.
    void awaitSent() {
        m_window->awaitThat(
            "everything sent", [&] { return !says(Bar(*m_hand).strip(), "to send"); }, 60'000);
    }
    QList<QJsonObject> sentTo(const QString& system, const QString& crn) {
        QList<QJsonObject> out;
        for (const auto& one : m_world->received()) {
            const auto content = one.toObject()["content"].toObject();
            if (one.toObject()["system"].toString().startsWith(system) && content["crn"].toString().remove('-') == crn)
                out << content;
        }
        return out;
    }
    QStringList digestsSent(const QString& crn) {
        QStringList out;
        for (const auto& content : sentTo("", crn)) out << content["signature"].toObject()["sha256"].toString();
        return out;
    }

    Display m_display;
    std::unique_ptr<World> m_world;
    std::unique_ptr<AppWindow> m_window;
    std::unique_ptr<PointerHand> m_hand;
    QMap<QString, QString> m_claims;
};

QTEST_GUILESS_MAIN(TestJourneys)
#include "tst_journeys.moc"
