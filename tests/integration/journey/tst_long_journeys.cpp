#include <QDir>
#include <QtTest>

#include "tests/integration/journey/journey_test.h"

using namespace fieldclaim::journey;

/// The main journey from set-up to the receipt, in other ways than with a pointer in English (that one is
/// deploy/run --headless).
class TestLongJourneys : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        QVERIFY2(m_display.isThere(), "Xvfb does not start");
        JOURNEY(m_world = std::make_unique<World>(builtPrograms(), freshFolder("long"));)
    }

    void theKeyboardAloneIsEnough() {
        JOURNEY({
            AppWindow window(m_world->window("keys"));
            KeyboardHand hand(window);
            auto setting = settingFor("keys", "Siân Pritchard");
            // The pad wants a hand; the law admits a mark for all three benefits, and the keyboard comes to it.
            setting.mark_seen_by = "Mair Owen";
            const auto outcome = MainJourney(hand, setting).run();
            QCOMPARE(outcome.accepted, outcome.begun);
            QCOMPARE(window.input.clicks(), 0);
            qInfo("%d keys pressed, no pointer, %d questions", hand.keys(), outcome.asked);
        })
    }

    void everythingFitsInWelshAtTwiceTheSize() {
        JOURNEY({
            AppWindow window(m_world->window("welsh"));
            PointerHand hand(window);
            auto setting = settingFor("welsh", "Mair Hughes");
            setting.customer = gwen().with("language", "cy");
            setting.in_welsh = true;
            setting.text_size = 200;
            QStringList defects;
            setting.looked_at = [&] {
                window.settle();
                for (const auto& defect : window.layoutDefects()) {
                    const auto said = window.page() + ": " + defect;
                    if (defects.contains(said)) continue;
                    defects << said;
                    window.shot(QString("defect-%1").arg(defects.size()));
                }
            };
            const auto outcome = MainJourney(hand, setting).run();
            QCOMPARE(outcome.accepted, outcome.begun);
            for (const auto& defect : defects) qWarning("%s", qPrintable(defect));
            QVERIFY2(defects.isEmpty(), qPrintable(QString("%1 defects").arg(defects.size())));
        })
    }

private:
    MainJourney::Setting settingFor(const QString& tablet, const QString& officer) {
        MainJourney::Setting setting{m_world->url(), m_world->enrolmentCode(), m_world->addOfficer(officer),
                                     World::passphrase(), gwen()};
        setting.set_offline = [this, tablet](bool offline) { m_world->setOffline(tablet, offline); };
        // Those of the journeys before were all accepted.
        const auto known = static_cast<int>(m_world->transfers().size());
        setting.transfers = [this, known] {
            std::pair<int, int> out{-known, -known};
            for (const auto& transfer : m_world->transfers()) {
                ++out.first;
                out.second += transfer.state == "accepted" ? 1 : 0;
            }
            return out;
        };
        return setting;
    }

    Display m_display;
    std::unique_ptr<World> m_world;
};

QTEST_GUILESS_MAIN(TestLongJourneys)
#include "tst_long_journeys.moc"
