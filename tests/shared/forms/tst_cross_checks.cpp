#include <QtTest>

#include "tests/support/forms/claim_sketch.h"

// The cross-field checks of domain.md 1.4: they warn, and hold nothing back.

using namespace fieldclaim;

namespace {

constexpr const char* kToday = "2007-01-15";

QString q(const std::string& text) { return QString::fromStdString(text); }

/// A claim in which everything that the rules speak of is asked, and nothing is amiss.
ClaimSketch soundClaim() {
    ClaimSketch claim(missionPack(), Date::parse(kToday).value());
    return claim.set({{"claim_type", "new"},
                      {"first_contact", kToday},
                      {"claim_from", kToday},
                      {"dob", "1970-05-05"},
                      {"answering_for", "appointee"},
                      {"rep_authority", "original"},
                      {"sign_role", "appointee"},
                      {"sign_method", "tablet"},
                      {"partner", "yes"},
                      {"partner_dob", "1972-02-29"},
                      {"partner_working", "no"},
                      {"working", "yes"},
                      {"hours", "10"},
                      {"children_here", "yes"},
                      {"child/1/ch_name", "Siân"},
                      {"child/1/ch_dob", "2001-06-01"},
                      {"fit", "sick"},
                      {"ssp", "ended"},
                      {"capital_band", "low"},
                      {"benefits_claimed", "is ib hb ctb"},
                      {"has_nino", "yes"},
                      {"nino", "AB123456C"},
                      {"p_nino", "JK111111B"},
                      {"settled", "yes"},
                      {"phone", "01632960001"},
                      {"updates_by", "letter"},
                      {"has_capital", "yes"},
                      {"capital/1/cp_balance", "1500.50"},
                      {"capital/2/cp_balance", "200"},
                      {"worked_6m", "yes"},
                      {"lj_end", "2007-01-12"},
                      {"ib_first_day", "2007-01-01"},
                      {"ib_certificate", "med3"},
                      {"ib_cert_until", "2007-01-16"},
                      {"ib_ssp_end", "2007-01-14"},
                      {"pay_method", "account"},
                      {"pay_sort", "309430"},
                      {"pay_account", "66374958"}});
}

QStringList warned(const Evaluation& now) {
    QStringList out;
    for (const auto& each : now.warnings()) {
        if (each.action) out.append(q(each.id));
    }
    return out;
}

}  // namespace

class TestCrossChecks : public QObject {
    Q_OBJECT
private slots:
    void a_claim_in_which_all_fits_together_has_no_warning() {
        const auto now = soundClaim().evaluate();
        QCOMPARE(warned(now), QStringList());
        for (const char* key : {"rep_authority", "sign_role", "hours", "ib_cert_until", "ib_ssp_end", "lj_end",
                                "p_nino", "child/1/ch_dob", "capital/1/cp_balance", "pay_account", "corr_address"}) {
            QVERIFY2(now.find(key) != nullptr && now.find(key)->relevant, key);
            QVERIFY2(!now.find(key)->invalid, key);
        }
    }

    void each_rule_warns_where_it_should_and_not_beside_it_data() {
        QTest::addColumn<QString>("rule");
        QTest::addColumn<QStringList>("changes");  ///< key=value
        QTest::addColumn<bool>("warns");
        const auto row = [](const char* rule, const char* name, const QStringList& changes, bool warns) {
            QTest::newRow(qPrintable(QString("%1: %2").arg(rule, name))) << rule << changes << warns;
        };
        row("no_address", "nowhere to write to", {"settled=no"}, true);
        row("no_address", "care of a friend", {"settled=no", "corr_address=c/o Mrs Parry, 4 High St"}, false);
        row("text_updates", "to a landline", {"updates_by=sms"}, true);
        row("text_updates", "with no number at all", {"updates_by=sms email", "phone="}, true);
        row("text_updates", "to the other number", {"updates_by=sms", "phone_alt=07700900123"}, false);
        row("text_updates", "to an international mobile number", {"updates_by=sms", "phone=+447700900123"}, false);
        row("nino_of_both", "the same", {"p_nino=AB123456C"}, true);
        row("nino_of_both", "the same but for the suffix", {"p_nino=AB123456D"}, true);
        row("nino_of_both", "neither is known", {"nino=", "p_nino="}, false);
        row("parent_age", "a day under 12 years", {"child/1/ch_dob=1990-05-04", "dob=1978-05-05"}, true);
        row("parent_age", "12 years to the day", {"child/1/ch_dob=1990-05-05", "dob=1978-05-05"}, false);
        row("parent_age", "the child is older", {"child/1/ch_dob=1990-05-05", "dob=1991-05-05"}, true);
        row("parent_age", "the date is not known", {"child/1/ch_dob="}, false);
        row("partner_parent_age", "born on 29 February, a day under",
            {"child/1/ch_dob=1987-02-28", "partner_dob=1976-02-29"}, true);
        row("partner_parent_age", "born on 29 February, 12 years",
            {"child/1/ch_dob=1988-02-29", "partner_dob=1976-02-29"}, false);
        row("partner_parent_age", "no partner", {"child/1/ch_dob=1990-05-05", "partner_dob=1989-01-01", "partner=no"},
            false);
        row("job_end", "on the day of the claim", {"lj_end=2007-01-15"}, true);
        row("job_end", "the day before", {"lj_end=2007-01-14"}, false);
        row("savings", "more than the band", {"capital/1/cp_balance=6000.01"}, true);
        row("savings", "to the limit of the band", {"capital/1/cp_balance=5800"}, false);
        row("savings", "none, and a band above", {"capital_band=mid", "has_capital=no"}, true);
        row("savings", "none, and the lowest band", {"has_capital=no"}, false);
        row("savings", "in the middle band", {"capital_band=mid", "capital/1/cp_balance=9000"}, false);
        row("savings", "below the highest band", {"capital_band=over_la", "capital/1/cp_balance=9000"}, true);
        row("savings", "in the highest band", {"capital_band=over_la", "capital/1/cp_balance=17000"}, false);
        row("savings", "not listed yet", {"capital_band=mid", "capital/1/cp_balance=", "capital/2/cp_balance="}, false);
        row("savings", "not sure", {"capital_band=not_sure", "capital/1/cp_balance=90000"}, false);
        row("hours", "16 with Income Support", {"hours=16"}, true);
        row("hours", "16 with Jobseeker's Allowance", {"hours=16", "benefits_claimed=jsa_cb"}, true);
        row("hours", "under 16", {"hours=15.5"}, false);
        row("hours", "16 with Housing Benefit alone", {"hours=16", "benefits_claimed=hb"}, false);
        row("authority", "a copy only", {"rep_authority=copy"}, true);
        row("authority", "signs as appointee, and nobody asked for it", {"answering_for=self"}, true);
        row("authority", "applied for", {"rep_authority=applied", "sign_role=self"}, true);
        row("authority", "on record", {"rep_authority=on_record"}, false);
        row("authority", "not asked yet", {"rep_authority=", "sign_role="}, false);
        row("authority", "an attorney", {"answering_for=attorney", "rep_authority=copy", "sign_role=attorney"}, false);
        row("med3", "ran out today", {"ib_cert_until=2007-01-15"}, true);
        row("med3", "runs until tomorrow", {"ib_cert_until=2007-01-16"}, false);
        row("med3", "of another kind", {"ib_certificate=hospital", "ib_cert_until=2007-01-10"}, false);
        row("ssp_end", "on the day of the claim", {"ib_ssp_end=2007-01-15"}, true);
        row("ssp_end", "the day before", {"ib_ssp_end=2007-01-14"}, false);
        row("nino_suffix", "no letter at the end", {"nino=AB123456"}, true);
        row("nino_suffix", "with its letter", {"nino=AB123456A"}, false);
        row("modulus", "without a table nothing is said", {"pay_account=66374959"}, false);
    }
    void each_rule_warns_where_it_should_and_not_beside_it() {
        QFETCH(QString, rule);
        QFETCH(QStringList, changes);
        QFETCH(bool, warns);
        auto claim = soundClaim();
        for (const auto& change : changes) {
            const auto key = change.section('=', 0, 0).toStdString();
            const auto value = change.section('=', 1).toStdString();
            if (value.empty()) {
                claim.answers.answers.erase(key);
            } else {
                claim.set(key, value);
            }
        }
        const auto now = claim.evaluate();
        QCOMPARE(warned(now).contains(rule), warns);
        if (!warns) return;
        const auto& all = now.warnings();
        const auto& warning =
            *std::find_if(all.begin(), all.end(), [&](const auto& each) { return q(each.id) == rule; });
        QVERIFY(!warning.text.welsh.empty() && warning.text.welsh != warning.text.english);
        QVERIFY(warning.text.english.find("${") == std::string::npos);
        QVERIFY(!warning.about.empty());
        for (const auto& key : warning.about) {
            const bool repeat = std::any_of(now.repeats().begin(), now.repeats().end(),
                                            [&](const auto& each) { return each.repeat->id == key; });
            QVERIFY2(repeat || now.find(key) != nullptr, key.c_str());
        }
    }

    void a_rule_of_a_repeat_is_said_beside_the_one_that_it_is_about() {
        auto claim = soundClaim();
        claim.set({{"child/2/ch_name", "Dafydd"}, {"child/2/ch_dob", "1975-01-01"}, {"dob", "1964-01-01"}});
        const auto now = claim.evaluate();
        QCOMPARE(warned(now), (QStringList{"parent_age", "partner_parent_age"}));
        for (const auto& each : now.warnings()) {
            if (!each.action) continue;
            QCOMPARE(q(each.instance), QString("2"));
            QCOMPARE(each.about, std::vector<std::string>{"child/2/ch_dob"});
            QVERIFY(each.text.english.starts_with("Dafydd was born"));
        }
    }

    void a_pack_with_weights_says_when_an_account_fails_them() {
        auto files = missionFiles();
        files["modulus.csv"] =
            "sort_from,sort_to,method,weights,exception\n080211,089999,MOD10,0 0 0 0 0 0 7 1 3 7 1 3 7 1,\n";
        const auto pack = FormPack::load(files);
        QVERIFY2(pack.has_value(), pack ? "" : pack.error().detail.c_str());
        const auto says = [&](const char* account) {
            auto claim = soundClaim();
            claim.set({{"pay_sort", "089999"}, {"pay_account", account}});
            return warned(Evaluation::of(*pack, claim.answers, Date::parse(kToday).value())).contains("modulus");
        };
        QVERIFY(!says("66374958"));
        QVERIFY(says("66374959"));
    }
};
QTEST_GUILESS_MAIN(TestCrossChecks)
#include "tst_cross_checks.moc"
