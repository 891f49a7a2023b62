#include <QDir>
#include <QtTest>

#include "tests/integration/journey/journey_test.h"

using namespace fieldclaim::journey;

/// The made-up customers of domain.md 1.2, each taken through the window of one tablet by its keys and pointer, from
/// *New claim* to *Check the answers*. Gwen O'Brien is the main journey's; the widow is with the short ones.
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
