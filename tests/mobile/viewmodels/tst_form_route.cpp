#include <QTest>

#include "mobile/viewmodels/form_route.h"
#include "tests/support/forms/claim_sketch.h"

using namespace fieldclaim;
using namespace fieldclaim::tablet;

class FormRouteTest : public QObject {
    Q_OBJECT

private:
    const Date m_today = *Date::parse("2007-01-15");

private slots:
    void anEmptyClaimBeginsAtTheFirstPage() {
        const auto evaluation = ClaimSketch(missionPack(), m_today).evaluate();
        const FormRoute route(evaluation);
        QCOMPARE(route.first().value_or(""), missionPack()->pages().front().id);
        QVERIFY(!route.previous(*route.first()));
    }

    void goingOnVisitsEveryMissingPageOnceAndThenEnds() {
        ClaimSketch sketch(missionPack(), m_today);
        sketch.complete({{"partner", "no"}, {"benefits_claimed", "jsa_ib hb ctb"}});
        // Take a few answers out again: those pages, and no others, are visited, in asking order.
        sketch.answers.answers.erase("claim_type");
        sketch.answers.answers.erase("surname");
        const auto evaluation = sketch.evaluate();
        const FormRoute route(evaluation);
        QCOMPARE(route.find("claim-type")->state, FormRoute::PageState::Missing);
        QCOMPARE(route.find("name")->state, FormRoute::PageState::Missing);
        QCOMPARE(route.find("name")->questions_to_go, 1);
        // From the name page everything after is complete or optional; at last the one left behind comes up.
        auto at = route.next("name");
        while (at && route.find(*at)->state == FormRoute::PageState::Open) at = route.next(*at);
        QCOMPARE(at.value_or(""), std::string("claim-type"));
    }

    void aPageThatIsNotAskedIsPassedOver() {
        ClaimSketch sketch(missionPack(), m_today);
        sketch.complete({{"partner", "no"}, {"benefits_claimed", "jsa_ib"}});
        const auto evaluation = sketch.evaluate();
        const FormRoute route(evaluation);
        QCOMPARE(route.find("partner-name")->state, FormRoute::PageState::NotAsked);
        QVERIFY(!route.entry("your-partner"));
        QVERIFY(!route.entry("council-questions"));
    }

    void pagesWithoutADeclaredQuestionAreNotOnTheRoute() {
        const auto evaluation = ClaimSketch(missionPack(), m_today).evaluate();
        const FormRoute route(evaluation);
        QVERIFY(route.find("check-answers") == nullptr);
        QVERIFY(route.find("declaration") == nullptr);
        QVERIFY(route.find("anything-else") != nullptr);
        QVERIFY(route.closes("check-and-sign"));
        QVERIFY(!route.closes("about-you"));
    }

    void thePlaceInTheSectionCountsThePagesThatAreAsked() {
        const auto evaluation = ClaimSketch(missionPack(), m_today).evaluate();
        const FormRoute route(evaluation);
        const auto [at, all] = route.placeInSection("claim-type");
        QCOMPARE(at, 1);
        QVERIFY(all > 1);
        int asked = 0;
        for (const auto& stop : route.stops()) {
            asked += stop.page->section == "contact-and-needs" && stop.state != FormRoute::PageState::NotAsked ? 1 : 0;
        }
        QCOMPARE(all, asked);
    }
};

QTEST_GUILESS_MAIN(FormRouteTest)
#include "tst_form_route.moc"
