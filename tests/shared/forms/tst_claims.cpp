#include <QtTest>
#include <set>

#include "shared/base/text.h"
#include "tests/support/forms/claim_sketch.h"

using namespace fieldclaim;

namespace {

Date day(const char* iso) { return Date::parse(iso).value(); }
QString q(const std::string& text) { return QString::fromStdString(text); }

Wishes wishesFrom(const QString& line) {
    Wishes wishes;
    for (const auto& pair : line.split(' ', Qt::SkipEmptyParts)) {
        wishes[pair.section('=', 0, 0).toStdString()] = pair.section('=', 1).replace('+', ' ').toStdString();
    }
    return wishes;
}

/// A fit jobseeker of 35 with an employee's National Insurance, low savings, rent and council tax.
const Wishes& jobseeker() {
    static const Wishes wishes = wishesFrom(
        "claim_type=new first_contact=2005-11-01 dob=1970-05-05 claim_from=2005-11-01 reason=lost_job partner=no "
        "children_here=no working=no fit=fit available=yes seeking=yes caring35=no spouse_died=no capital_band=low "
        "ni_recent=employee education=no pays_rent=yes pays_ctax=yes benefits_claimed=jsa_ib+jsa_cb+hb+ctb");
    return wishes;
}

ClaimSketch sketch(const char* today = "2005-11-01") { return ClaimSketch(missionPack(), day(today)).set(jobseeker()); }

const Suggestion& suggestion(const Evaluation& evaluation, const std::string& benefit) {
    const auto& all = evaluation.suggestions();
    const auto found = std::find_if(all.begin(), all.end(), [&](const auto& each) { return each.benefit == benefit; });
    ENSURE(found != all.end());
    return *found;
}

QString verdictOf(const Evaluation& evaluation, const std::string& benefit) {
    switch (suggestion(evaluation, benefit).verdict) {
        case Verdict::Likely:
            return "likely";
        case Verdict::Possible:
            return "possible";
        case Verdict::Unlikely:
            break;
    }
    return "unlikely";
}

bool asked(const Evaluation& evaluation, const std::string& key) {
    const auto* state = evaluation.find(key);
    return state != nullptr && state->relevant;
}

/// The savings band that a sum falls into by the limits of the day, as the officer reads them on the screen.
std::string bandOf(double savings, const Evaluation& evaluation) {
    const auto limit = [&](const char* key) { return std::stod(evaluation.value(key)); };
    if (savings <= limit("p_cap_lower")) return "low";
    if (savings <= limit("p_cap_upper")) return "mid";
    return savings <= limit("p_cap_upper_la") ? "over_irb" : "over_la";
}

}  // namespace

class TestClaims : public QObject {
    Q_OBJECT
private slots:
    // The numbers of domain.md 1.2 (in brackets) hold one question more, choice_differs, because the pre-screen was
    // left out when they were counted; and where IS or IB is claimed alone, the signature on the tablet, which they do
    // not admit (4.5). The lone parent: 88 + 2 = 90.
    void customers_are_asked_only_what_matters_data() {
        QTest::addColumn<QString>("wishes");
        QTest::addColumn<std::size_t>("count");
        const QString all = "uk_2_years=yes pay_method=account has_nino=yes settled=yes dob=1970-05-05 ";
        QTest::newRow("income-based JSA, HB and CTB, private tenant (95)")
            << all +
                   "reason=lost_job fit=fit available=yes seeking=yes ni_recent=no benefits_claimed=jsa_ib+hb+ctb "
                   "pays_rent=yes pays_ctax=yes tenure=private capital_band=low has_capital=yes worked_6m=yes "
                   "lj_reason=redundancy sign_method=tablet"
            << std::size_t{94};
        QTest::newRow("IS, HB and CTB, lone parent (90)")
            << all +
                   "reason=children children_here=yes youngest_age=3 ni_recent=no benefits_claimed=is+hb+ctb "
                   "pays_rent=yes pays_ctax=yes tenure=council capital_band=low has_capital=yes other_parent=yes "
                   "sign_method=paper fit=fit available=no seeking=no"
            << std::size_t{88};
        QTest::newRow("IB alone (71)")
            << all +
                   "reason=ill fit=sick ssp=ended benefits_claimed=ib ni_recent=employee capital_band=over_la "
                   "worked_6m=yes ib_certificate=med3 sign_method=paper"
            << std::size_t{69};
        QTest::newRow("joint-claim JSA, couple (89)")
            << all +
                   "reason=lost_job fit=fit available=yes seeking=yes partner=yes partner_dob=1981-05-05 ni_recent=no "
                   "benefits_claimed=jsa_ib has_capital=yes capital_band=low sign_method=tablet worked_6m=yes "
                   "lj_reason=redundancy tenure=family"
            << std::size_t{88};
        QTest::newRow("contribution-based JSA alone (69)")
            << all +
                   "reason=lost_job fit=fit available=yes seeking=yes ni_recent=employee capital_band=over_la "
                   "benefits_claimed=jsa_cb worked_6m=yes lj_reason=redundancy sign_method=tablet"
            << std::size_t{68};
        QTest::newRow("IS, IB, HB and CTB, couple (100)")
            << all +
                   "partner_dob=1970-05-05 reason=ill fit=sick ssp=ended ni_recent=employee capital_band=low "
                   "partner=yes "
                   "benefits_claimed=is+ib+hb+ctb tenure=ha pays_rent=yes pays_ctax=yes has_capital=yes "
                   "sign_method=paper"
            << std::size_t{99};
        QTest::newRow("IS and CA, with a mortgage (78)")
            << all +
                   "reason=caring caring35=yes cared_for_benefit=yes ni_recent=no capital_band=low "
                   "benefits_claimed=is+ca "
                   "tenure=mortgage has_capital=yes sign_method=paper fit=fit available=no seeking=no"
            << std::size_t{76};
        QTest::newRow("BB form alone (32)")
            << all + "claim_type=forms spouse_died=yes benefits_claimed=bb" << std::size_t{31};
    }
    void customers_are_asked_only_what_matters() {
        QFETCH(QString, wishes);
        QFETCH(std::size_t, count);
        ClaimSketch claim(missionPack(), day("2005-11-01"));
        claim.complete(wishesFrom(wishes));
        QCOMPARE(claim.asked(), count);
        const auto now = claim.evaluate();
        QVERIFY(!asked(now, "choice_differs"));
        for (const auto& state : now.questions()) {
            QVERIFY2(!state.missing && !state.invalid, state.key.c_str());
            QVERIFY2(!state.look_again, state.key.c_str());
        }
    }

    void the_prescreen_follows_the_worked_checks_data() {
        QTest::addColumn<QString>("change");
        QTest::addColumn<QString>("verdicts");
        QTest::newRow("a jobseeker")
            << ""
            << "jsa_ib=likely jsa_cb=likely hb=likely ctb=likely is=unlikely ib=unlikely ca=unlikely bb=unlikely";
        QTest::newRow("under 16") << "dob=1990-01-01"
                                  << "is=unlikely jsa_ib=unlikely jsa_cb=unlikely hb=unlikely ctb=unlikely";
        QTest::newRow("17 years old") << "dob=1988-10-01"
                                      << "jsa_ib=possible jsa_cb=likely";
        QTest::newRow("a man of 61") << "dob=1944-05-05 sex=male"
                                     << "jsa_ib=unlikely jsa_cb=likely is=unlikely";
        QTest::newRow("a woman of 61 in 2005") << "dob=1944-05-05 sex=female"
                                               << "jsa_ib=unlikely jsa_cb=unlikely";
        QTest::newRow("sex not yet asked at 61") << "dob=1944-05-05"
                                                 << "jsa_cb=unlikely";
        QTest::newRow("16 hours a week") << "working=yes hours=16"
                                         << "jsa_ib=unlikely jsa_cb=unlikely hb=likely ctb=likely";
        QTest::newRow("15.5 hours a week") << "working=yes hours=15.5"
                                           << "jsa_ib=likely jsa_cb=likely";
        QTest::newRow("hours not yet known") << "working=yes"
                                             << "jsa_ib=unlikely jsa_cb=unlikely";
        QTest::newRow("partner on 24 hours, with a child")
            << "partner=yes partner_dob=1970-01-01 children_here=yes partner_working=yes partner_hours=24"
            << "jsa_ib=unlikely jsa_cb=likely";
        QTest::newRow("partner on 23.5 hours, with a child")
            << "partner=yes partner_dob=1970-01-01 children_here=yes partner_working=yes partner_hours=23.5"
            << "jsa_ib=likely";
        QTest::newRow("a joint claim, partner on 16 hours")
            << "partner=yes partner_dob=1970-01-01 partner_working=yes partner_hours=16"
            << "jsa_ib=unlikely";
        QTest::newRow("a joint claim, partner on 15 hours")
            << "partner=yes partner_dob=1970-01-01 partner_working=yes partner_hours=15"
            << "jsa_ib=likely";
        QTest::newRow("in full-time education") << "education=full"
                                                << "jsa_ib=unlikely jsa_cb=unlikely";
        QTest::newRow("not looking") << "seeking=no"
                                     << "jsa_ib=unlikely jsa_cb=unlikely";
        QTest::newRow("self-employed contributions alone") << "ni_recent=self_emp"
                                                           << "jsa_cb=unlikely jsa_ib=likely";
        QTest::newRow("contributions not known") << "ni_recent=not_sure"
                                                 << "jsa_cb=possible";
        QTest::newRow("savings over the income-based limit") << "capital_band=over_irb"
                                                             << "jsa_ib=unlikely hb=likely ctb=likely";
        QTest::newRow("savings over the council's limit") << "capital_band=over_la"
                                                          << "hb=unlikely ctb=unlikely jsa_cb=likely";
        QTest::newRow("savings not known") << "capital_band=not_sure"
                                           << "jsa_ib=possible hb=possible ctb=possible";
        QTest::newRow("a lone parent of a child under 16") << "children_here=yes youngest_age=15 available=no"
                                                           << "is=likely jsa_ib=unlikely";
        QTest::newRow("a lone parent of a child of 16") << "children_here=yes youngest_age=16 available=no"
                                                        << "is=unlikely";
        QTest::newRow("a carer") << "caring35=yes cared_for_benefit=yes"
                                 << "is=likely ca=likely";
        QTest::newRow("a carer who works") << "caring35=yes cared_for_benefit=yes working=yes hours=5"
                                           << "ca=possible is=likely";
        QTest::newRow("a carer, benefit not known") << "caring35=yes cared_for_benefit=dont_know"
                                                    << "ca=possible is=possible";
        QTest::newRow("pregnant") << "reason=pregnant available=no"
                                  << "is=possible";
        QTest::newRow("sick, on statutory sick pay") << "fit=sick ssp=getting"
                                                     << "ib=unlikely is=likely";
        QTest::newRow("sick, sick pay ended") << "fit=sick ssp=ended"
                                              << "ib=likely is=likely jsa_ib=unlikely";
        QTest::newRow("sick, self-employed contributions") << "fit=sick ssp=not_employee ni_recent=self_emp"
                                                           << "ib=likely";
        QTest::newRow("sick, no contributions, 35") << "fit=sick ssp=not_employee ni_recent=no"
                                                    << "ib=unlikely";
        QTest::newRow("sick, no contributions, 24") << "fit=sick ssp=not_employee ni_recent=no dob=1981-05-05"
                                                    << "ib=possible";
        QTest::newRow("perhaps too ill") << "fit=unsure ssp=ended"
                                         << "ib=possible is=possible";
        QTest::newRow("no rent, no bill") << "pays_rent=no pays_ctax=no"
                                          << "hb=unlikely ctb=unlikely";
        QTest::newRow("bereaved") << "spouse_died=yes"
                                  << "bb=likely";
        QTest::newRow("only forms") << "claim_type=forms caring35=yes cared_for_benefit=yes"
                                    << "is=unlikely jsa_ib=unlikely jsa_cb=unlikely hb=unlikely ca=likely";
    }
    void the_prescreen_follows_the_worked_checks() {
        QFETCH(QString, change);
        QFETCH(QString, verdicts);
        auto claim = sketch();
        const auto now = claim.set(wishesFrom(change)).evaluate();
        QCOMPARE(now.suggestions().size(), std::size_t{8});
        for (const auto& [benefit, verdict] : wishesFrom(verdicts)) {
            QVERIFY2(verdictOf(now, benefit) == q(verdict), benefit.c_str());
            QVERIFY(!suggestion(now, benefit).reason.english.empty());
            QVERIFY2(suggestion(now, benefit).reason.english.find("${") == std::string::npos, benefit.c_str());
        }
    }

    void the_savings_limit_turns_on_10_April_2006_with_no_change_of_code() {
        auto claim = sketch("2006-04-20");
        claim.set("claim_from", "2006-04-09");
        claim.set("capital_band", bandOf(8000.01, claim.evaluate()));
        QCOMPARE(verdictOf(claim.evaluate(), "jsa_ib"), "unlikely");
        QCOMPARE(q(suggestion(claim.evaluate(), "jsa_ib").reason.english), "Savings are more than £8,000");
        claim.set("claim_from", "2006-04-10");
        claim.set("capital_band", bandOf(8000.01, claim.evaluate()));
        QCOMPARE(verdictOf(claim.evaluate(), "jsa_ib"), "likely");
    }

    void a_band_that_the_day_does_not_offer_is_asked_again() {
        auto claim = sketch("2006-04-20");
        claim.set("capital_band", "over_irb").set("claim_from", "2006-04-09");
        QCOMPARE(claim.evaluate().choices("capital_band").size(), std::size_t{5});
        QVERIFY(!claim.evaluate().find("capital_band")->invalid);
        claim.set("claim_from", "2006-04-10");
        const auto now = claim.evaluate();
        QCOMPARE(now.choices("capital_band").size(), std::size_t{4});
        QVERIFY(now.find("capital_band")->invalid);
        QCOMPARE(now.value("capital_band"), std::string());
    }

    void of_two_alternatives_the_better_is_suggested_data() {
        QTest::addColumn<QString>("change");
        QTest::addColumn<QString>("suggested");
        QTest::newRow("JSA alone") << ""
                                   << "jsa_ib jsa_cb hb ctb";
        QTest::newRow("as good: the first of the list") << "children_here=yes youngest_age=3"
                                                        << "is hb ctb";
        QTest::newRow("likely JSA before possible IS") << "reason=pregnant"
                                                       << "jsa_ib jsa_cb hb ctb";
        QTest::newRow("IS tops up IB") << "fit=sick ssp=ended"
                                       << "is ib hb ctb";
        QTest::newRow("everything at once") << "fit=sick ssp=ended caring35=yes cared_for_benefit=yes spouse_died=yes"
                                            << "is ib hb ctb ca bb";
        QTest::newRow("no date of claim") << "claim_from="
                                          << "";
    }
    void of_two_alternatives_the_better_is_suggested() {
        QFETCH(QString, change);
        QFETCH(QString, suggested);
        auto claim = sketch();
        QCOMPARE(q(claim.set(wishesFrom(change)).evaluate().value("prescreen_suggested")), suggested);
    }

    void a_choice_in_another_order_is_the_same_choice() {
        auto claim = sketch();
        claim.set("benefits_claimed", "ctb jsa_cb hb jsa_ib");
        QVERIFY(!asked(claim.evaluate(), "choice_differs"));
        QCOMPARE(claim.evaluate().value("benefits_claimed"), std::string("jsa_ib jsa_cb hb ctb"));
        claim.set("benefits_claimed", "jsa_ib");
        QVERIFY(asked(claim.evaluate(), "choice_differs"));
    }

    void age_turns_on_the_birthday_data() {
        QTest::addColumn<QString>("dob");
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("age");
        QTest::newRow("day before") << "1970-11-02"
                                    << "2005-11-01"
                                    << "34";
        QTest::newRow("birthday") << "1970-11-01"
                                  << "2005-11-01"
                                  << "35";
        QTest::newRow("day after") << "1970-10-31"
                                   << "2005-11-01"
                                   << "35";
        QTest::newRow("born on 29 February, 28 February") << "1972-02-29"
                                                          << "2005-02-28"
                                                          << "32";
        QTest::newRow("born on 29 February, 1 March") << "1972-02-29"
                                                      << "2005-03-01"
                                                      << "33";
        QTest::newRow("no birth") << ""
                                  << "2005-03-01"
                                  << "";
        QTest::newRow("impossible birth") << "1972-02-30"
                                          << "2005-03-01"
                                          << "";
    }
    void age_turns_on_the_birthday() {
        QFETCH(QString, dob);
        QFETCH(QString, from);
        QFETCH(QString, age);
        auto claim = sketch();
        claim.set("dob", dob.toStdString()).set("claim_from", from.toStdString());
        QCOMPARE(q(claim.evaluate().value("age")), age);
    }

    void the_tax_year_turns_on_6_April() {
        auto claim = sketch();
        QCOMPARE(claim.set("claim_from", "2006-04-05").evaluate().value("tax_year"), std::string("2005"));
        QCOMPARE(claim.set("claim_from", "2006-04-06").evaluate().value("tax_year"), std::string("2006"));
    }

    void a_date_parameter_is_a_date_outside() {
        auto claim = sketch();
        QCOMPARE(claim.evaluate().value("p_joint_born_after"), std::string("1957-10-28"));
        QCOMPARE(claim.evaluate().fill("after ${p_joint_born_after}", "", Language::English),
                 std::string("after 28 October 1957"));
        QCOMPARE(claim.evaluate().fill("${p_joint_born_after}", "", Language::Welsh), std::string("28 Hydref 1957"));
    }

    void an_answer_that_no_longer_matters_is_kept_and_counts_as_nothing() {
        auto claim = sketch();
        claim.set("working", "yes").set("hours", "20");
        QCOMPARE(verdictOf(claim.evaluate(), "jsa_ib"), "unlikely");
        claim.set("working", "no");
        const auto now = claim.evaluate();
        QVERIFY(!asked(now, "hours"));
        QCOMPARE(now.value("hours"), std::string());
        QVERIFY(!now.find("hours")->answered);
        QVERIFY(!now.declaredFacts().contains("hours"));
        QCOMPARE(verdictOf(now, "jsa_ib"), "likely");
        QCOMPARE(claim.answers.answers.at("hours").text, std::string("20"));
        QCOMPARE(claim.set("working", "yes").evaluate().value("hours"), std::string("20"));
    }

    void not_known_is_an_answer_without_a_value() {
        auto claim = sketch();
        claim.answers.answers["capital_band"] = {Answer::Kind::NotKnown, "bank is closed"};
        claim.answers.answers["hours"] = {Answer::Kind::Refused, ""};
        claim.set("working", "yes");
        const auto now = claim.evaluate();
        QVERIFY(now.find("capital_band")->answered && !now.find("capital_band")->missing);
        QVERIFY(now.find("hours")->answered);
        QCOMPARE(now.value("capital_band"), std::string());
        QVERIFY(now.declaredFacts().at("capital_band").kind == Answer::Kind::NotKnown);
        QVERIFY(claim.set("capital_band", "").evaluate().find("capital_band")->missing);
    }

    void a_repeat_is_asked_once_for_each_instance() {
        auto claim = sketch();
        claim.set("has_capital", "yes");
        auto now = claim.evaluate();
        QVERIFY(!asked(now, "capital/a/cp_type"));
        const auto& capital = now.repeats().back();
        QCOMPARE(capital.repeat->id, std::string("capital"));
        QVERIFY(capital.relevant && capital.missing);
        claim.set("capital/b/cp_type", "cash").set("capital/b/cp_balance", "20.50");
        claim.set("capital/a/cp_type", "current").set("capital/a/cp_balance", "100.10").set("capital/c/cp_balance", "");
        now = claim.evaluate();
        QCOMPARE(now.repeats().back().instances, (std::vector<std::string>{"a", "b", "c"}));
        QVERIFY(!now.repeats().back().missing);
        QVERIFY(asked(now, "capital/a/cp_provider"));
        QVERIFY(!asked(now, "capital/b/cp_provider"));
        QCOMPARE(now.value("cap_total"), std::string("120.6"));
        QCOMPARE(now.find("capital/c/cp_balance")->instance, std::string("c"));
        QVERIFY(now.find("capital/c/cp_balance")->missing);
        std::vector<std::string> order;
        for (const auto& state : now.questions()) {
            if (!state.instance.empty()) order.push_back(state.key.substr(8, 1));
        }
        QVERIFY(std::is_sorted(order.begin(), order.end()));
        claim.set("has_capital", "no");
        QCOMPARE(claim.evaluate().value("cap_total"), std::string("0"));
        QVERIFY(!asked(claim.evaluate(), "capital/a/cp_type"));
    }

    void no_more_than_200_instances_are_evaluated() {
        auto claim = sketch();
        claim.set("has_capital", "yes");
        for (int i = 0; i < 201; ++i) {
            claim.set("capital/" + std::to_string(1000 + i) + "/cp_balance", "1");
        }
        const auto now = claim.evaluate();
        QVERIFY(now.repeats().back().too_many);
        QCOMPARE(now.repeats().back().instances.size(), std::size_t{200});
        QCOMPARE(now.value("cap_total"), std::string("200"));
    }

    void a_proof_is_needed_for_each_instance_that_calls_for_it() {
        auto claim = sketch();
        claim.set("working", "yes")
            .set("job/x/jb_kind", "self_employed")
            .set("job/y/jb_kind", "employee")
            .set("job/z/jb_kind", "self_employed");
        std::set<std::string> keys;
        const auto now = claim.evaluate();
        for (const auto& need : now.proofs()) keys.insert(need.key());
        QVERIFY(keys.contains("self_employed_accounts/x") && keys.contains("self_employed_accounts/z"));
        QVERIFY(!keys.contains("self_employed_accounts/y"));
        QVERIFY(keys.contains("identity") && keys.contains("payslips"));
        QVERIFY(!keys.contains("benefit_award_letter"));
    }

    void a_conflict_marks_what_depends_on_it() {
        auto claim = sketch();
        claim.answers.conflicts = {"partner"};
        const auto now = claim.evaluate();
        QVERIFY(now.find("partner")->look_again);
        QVERIFY(now.find("partner_dob")->look_again);     // its relevance
        QVERIFY(now.find("partner_hours")->look_again);   // through partner_working
        QVERIFY(now.find("choice_differs")->look_again);  // through the pre-screen
        QVERIFY(now.find("p_available")->look_again);     // through c_joint
        QVERIFY(!now.find("dob")->look_again);
        QVERIFY(!now.find("pays_rent")->look_again);
        QVERIFY(!now.find("caring35")->look_again);
    }

    void a_conflict_in_one_instance_leaves_the_others_alone() {
        auto claim = sketch();
        claim.set("has_capital", "yes").set("capital/a/cp_type", "cash").set("capital/b/cp_type", "cash");
        claim.answers.conflicts = {"capital/a/cp_type"};
        auto now = claim.evaluate();
        QVERIFY(now.find("capital/a/cp_type")->look_again && now.find("capital/a/cp_provider")->look_again);
        QVERIFY(!now.find("capital/b/cp_provider")->look_again);
        claim.answers.conflicts = {"capital/b"};
        now = claim.evaluate();
        QVERIFY(now.find("capital/b/cp_balance")->look_again);
        QVERIFY(!now.find("capital/a/cp_balance")->look_again);
        claim.answers.conflicts = {"has_capital"};
        QVERIFY(claim.evaluate().repeats().back().look_again);
        QVERIFY(claim.evaluate().find("capital/b/cp_balance")->look_again);
    }

    void sign_methods_are_those_that_every_benefit_admits_data() {
        QTest::addColumn<QString>("benefits");
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("methods");
        QTest::newRow("JSA, HB and CTB in January 2007") << "jsa_ib hb ctb"
                                                         << "2007-01-15"
                                                         << "tablet paper mark";
        QTest::newRow("the day before electronic claims for HB") << "jsa_ib hb ctb"
                                                                 << "2006-12-19"
                                                                 << "paper";
        QTest::newRow("the day of electronic claims for HB") << "hb"
                                                             << "2006-12-20"
                                                             << "tablet paper mark";
        QTest::newRow("JSA alone in 2005") << "jsa_cb"
                                           << "2005-11-01"
                                           << "tablet paper mark";
        QTest::newRow("IS with HB") << "is hb"
                                    << "2007-01-15"
                                    << "paper";
        QTest::newRow("IB") << "ib"
                            << "2007-01-15"
                            << "paper";
        QTest::newRow("forms") << "ca bb"
                               << "2007-01-15"
                               << "paper";
        QTest::newRow("nothing yet") << ""
                                     << "2007-01-15"
                                     << "";
        QTest::newRow("no date of claim: today") << "hb"
                                                 << ""
                                                 << "tablet paper mark";
    }
    void sign_methods_are_those_that_every_benefit_admits() {
        QFETCH(QString, benefits);
        QFETCH(QString, from);
        QFETCH(QString, methods);
        auto claim = sketch("2007-01-20");
        claim.set("benefits_claimed", benefits.toStdString()).set("claim_from", from.toStdString());
        QString joined;
        for (const auto& method : claim.evaluate().signMethods()) joined += (joined.isEmpty() ? "" : " ") + q(method);
        QCOMPARE(joined, methods);
    }

    void labels_are_filled_with_figures_as_people_write_them() {
        auto claim = sketch("2007-01-15");
        claim.set("claim_from", "2007-01-15").set("has_capital", "yes").set("capital/a/cp_balance", "1234567.5");
        claim.set("capital/a/cp_type", "cash")
            .set("capital/b/cp_type", "current")
            .set("access_needs", "audio home")
            .set("surname", "${nino}");
        const auto now = claim.evaluate();
        const auto fill = [&](const char* text, const char* prefix = "") {
            return q(now.fill(text, prefix, Language::English));
        };
        QCOMPARE(fill("from ${claim_from}."), "from 15 January 2007.");
        QCOMPARE(fill("${p_cap_lower} pounds"), "6,000 pounds");
        QCOMPARE(fill("${cp_balance} in ${cp_type}", "capital/a"), "1,234,567.50 in Cash");
        QCOMPARE(fill("${cp_type}", "capital/b/"), "Current account");
        QCOMPARE(fill("${cp_type}"), "");
        QCOMPARE(fill("${capital_band}"), "6,000 pounds or less");
        QCOMPARE(fill("${access_needs}"), "Audio, A home visit");
        QCOMPARE(fill("${surname} ${nobody} ${unclosed"), "${nino}  ${unclosed");
    }

    void the_declaration_follows_the_benefits() {
        auto claim = sketch();
        const auto ids = [&] {
            std::set<std::string> out;
            for (const auto& line : claim.evaluate().declaration()) out.insert(line.id);
            return out;
        };
        QVERIFY(ids().contains("true_and_complete") && ids().contains("available_for_work") &&
                ids().contains("council_is_sent"));
        QVERIFY(!ids().contains("unable_to_work") && !ids().contains("helped_by"));
        claim.set("benefits_claimed", "ib").set("answering_for", "helper").set("rep_name", "Siân Parry");
        QVERIFY(ids().contains("unable_to_work") && !ids().contains("available_for_work"));
        const auto lines = claim.evaluate().declaration();
        QCOMPARE(q(lines.back().text.english), "Siân Parry gave these answers for me or helped me to give them.");
        claim.set("claim_type", "forms").set("benefits_claimed", "bb");
        QVERIFY(claim.evaluate().declaration().empty());
    }

    void declared_facts_are_the_answers_of_the_claim_and_no_others() {
        auto claim = sketch();
        claim.complete({{"sign_method", "paper"}});
        const auto facts = claim.evaluate().declaredFacts();
        for (const auto* key : {"read_back", "declared", "sign_method", "sign_role", "copy_given"})
            QVERIFY(!facts.contains(key));
        QVERIFY(facts.contains("dob") && facts.contains("surname") && facts.contains("pay_method"));
    }

    void warnings_are_shown_when_they_hold() {
        auto claim = sketch();
        QVERIFY(claim.evaluate().warnings().empty());
        claim.set("urgent_need", "yes")
            .set("working", "yes")
            .set("hours", "20")
            .set("has_nino", "yes")
            .set("nino", "AB123456");
        QCOMPARE(claim.evaluate().warnings().size(), std::size_t{4});
        QVERIFY(claim.evaluate().warnings().front().text.english.find("20 hours") != std::string::npos);
    }

    void a_full_claim_is_evaluated_in_a_few_milliseconds() {
        auto claim = sketch();
        claim.complete({{"has_capital", "yes"}, {"working", "yes"}, {"hours", "5"}, {"others_here", "yes"}});
        claim.evaluate();
        QElapsedTimer timer;
        timer.start();
        constexpr int kRuns = 20;
        for (int i = 0; i < kRuns; ++i) claim.evaluate();
        const double ms = static_cast<double>(timer.nsecsElapsed()) / 1e6 / kRuns;
        qInfo("%.2f ms an evaluation", ms);
        QVERIFY(ms < 50);  // loose, for sanitizers and busy machines; the aim is 5 in a release build
    }
};
QTEST_GUILESS_MAIN(TestClaims)
#include "tst_claims.moc"
