#include <QDir>
#include <QtTest>

#include "tests/integration/journey/journey_test.h"

using namespace fieldclaim::journey;

/// The made-up customers of domain.md 1.2, each taken through the window of one tablet by its keys and pointer, from
/// *New claim* to *Check the answers*, and one of them to the receipt. Gwen O'Brien is the main journey's; the widow is
/// with the short ones.
class TestCustomerJourneys : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        QVERIFY2(m_display.isThere(), "Xvfb does not start");
        JOURNEY({
            m_world = std::make_unique<World>(builtPrograms(), freshFolder("customers"));
            m_world->makeTablet(kTablet, "Siân Pritchard");
            m_world->setOffline(kTablet, true);
            m_window = std::make_unique<AppWindow>(m_world->window(kTablet));
            m_hand = std::make_unique<PointerHand>(*m_window);
            m_window->start();
            UnlockPage(*m_hand).unlock(World::passphrase());
        })
    }
    void init() { JOURNEY(Bar(*m_hand).goToday();) }

    // `shown` is the pack's own number (tst_customers), of a fixed script's 160.
    void isAskedWhatThePackAsksAndNothingElse_data() {
        QTest::addColumn<QString>("id");
        QTest::addColumn<int>("shown");
        QTest::newRow("IS, HB and CTB, lone parent") << "lone_parent" << 83;
        QTest::newRow("IB alone") << "sick" << 64;
        QTest::newRow("joint-claim JSA, couple") << "joint_couple" << 81;
        QTest::newRow("contribution-based JSA alone") << "contributor" << 62;
        QTest::newRow("IS, IB, HB and CTB, couple") << "sick_couple" << 94;
        QTest::newRow("IS and CA, with a mortgage") << "carer" << 71;
    }
    void isAskedWhatThePackAsksAndNothingElse() {
        QFETCH(const QString, id);
        QFETCH(const int, shown);
        JOURNEY({
            TodayPage(*m_hand).newClaim();
            Interview interview(*m_hand, customerNamed(id));
            interview.takeAll();
            m_window->awaitPage("claim");
            QCOMPARE(static_cast<int>(interview.asked().size()), shown);
            const auto next = ClaimPage(*m_hand).nextStep();
            QVERIFY2(next.contains("Every question is answered"), qPrintable(next));
            ClaimPage(*m_hand).check();
            QVERIFY(m_window->isThere("button.confirm"));
            m_window->shot(id);
        })
    }

    /// What is signed by two and sent with a picture, after Gwen's in the other journeys: a couple's joint claim.
    void aCoupleBothSignAndAllOfTheirClaimIsSent() {
        JOURNEY({
            const auto crn = TodayPage(*m_hand).numberOf("Alun Hughes");
            TodayPage(*m_hand).openClaim(crn);
            ClaimPage(*m_hand).openEvidence();
            EvidencePage evidence(*m_hand);
            const auto proofs = evidence.proofs();
            QVERIFY(proofs.contains("partner_identity"));
            for (const auto& proof : proofs) evidence.record(proof, "original");
            QVERIFY(QFile::copy(m_world->shots() + "/joint_couple.png", m_world->pictures(kTablet) + "/letter.png"));
            evidence.addPictureFromFile("partner_identity", "Pictures", "letter.png");
            evidence.backToClaim();

            ClaimPage(*m_hand).check();
            CheckPage(*m_hand).confirm();
            SignPage page(*m_hand);
            page.readLines();
            page.draw();
            page.signFirst();
            const auto asked = m_window->words("halfSigned");
            QVERIFY2(asked.contains("Alun Hughes has signed") && asked.contains("Lowri Hughes"), qPrintable(asked));
            m_window->shot("couple-1-partner");
            QVERIFY(m_world->transfers(crn).isEmpty());
            page.draw();
            page.sign();
            const auto digest = ReceiptPage(*m_hand).digest().remove(' ').toLower();
            QCOMPARE(digest.size(), 12);
            m_window->shot("couple-2-receipt");

            m_world->setOffline(kTablet, false);
            m_world->awaitAccepted(crn, 1);
            Bar(*m_hand).goSending();
            SendingPage sending(*m_hand);
            sending.tryNow();
            m_window->awaitThat(
                "the receipt on the tablet",
                [&] {
                    return sending.claims().join(' ').contains("JSAPS accepted") &&
                           !Bar(*m_hand).strip().contains("to send");
                },
                60'000);
            m_window->shot("couple-3-accepted");
            const auto sent = m_world->received().last().toObject();
            QVERIFY2(sent["system"].toString().startsWith("JSAPS"), qPrintable(sent["system"].toString()));
            QCOMPARE(sent["content"].toObject()["signature"].toObject()["sha256"].toString().left(12), digest);
            QVERIFY(m_world->checkedBlobs() > 0);
            // The server has all of it: a colleague's tablet gets the same claim, to the byte.
            m_window->close();
            const auto here = m_world->tablet(kTablet, {"show", crn}).object();
            m_world->makeTablet("there", "Mair Hughes");
            m_world->tablet("there", {"sync"});
            const auto there = m_world->tablet("there", {"show", crn}).object();
            QCOMPARE(there["state_sha256"].toString(), here["state_sha256"].toString());
            QVERIFY(there["submitted"].toBool());
        })
    }

    void cleanupTestCase() {
        m_window.reset();
        m_world.reset();
    }

private:
    static constexpr const char* kTablet = "here";

    Display m_display;
    std::unique_ptr<World> m_world;
    std::unique_ptr<AppWindow> m_window;
    std::unique_ptr<PointerHand> m_hand;
};

QTEST_GUILESS_MAIN(TestCustomerJourneys)
#include "tst_customer_journeys.moc"
