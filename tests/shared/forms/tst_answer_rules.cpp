#include <QtTest>

#include "tests/support/forms/claim_sketch.h"

using namespace fieldclaim;

namespace {

constexpr const char* kToday = "2007-01-15";

/// A claim in which every question of the tables below is asked.
ClaimSketch wideClaim() {
    ClaimSketch claim(missionPack(), Date::parse(kToday).value());
    return claim.set({{"claim_type", "new"},
                      {"first_contact", kToday},
                      {"claim_from", kToday},
                      {"dob", "1970-05-05"},
                      {"answering_for", "helper"},
                      {"partner", "yes"},
                      {"working", "yes"},
                      {"children_here", "yes"},
                      {"fit", "sick"},
                      {"benefits_claimed", "is ib hb ctb"},
                      {"has_nino", "yes"},
                      {"settled", "yes"},
                      {"updates_by", "email"},
                      {"has_capital", "yes"},
                      {"tenure", "private"},
                      {"pay_method", "account"},
                      {"other_income", "yes"},
                      {"reason", "pregnant"},
                      {"ib_first_day", "2007-01-01"},
                      {"ib_certificate", "med3"},
                      {"worked_6m", "yes"}});
}

}  // namespace

class TestAnswerRules : public QObject {
    Q_OBJECT
private slots:
    void an_answer_is_made_regular_and_then_judged_data() {
        QTest::addColumn<QString>("id");
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("kept");  ///< after normaliseAnswer
        QTest::addColumn<bool>("valid");
        const auto row = [](const char* id, const char* typed, const char* kept, bool valid) {
            QTest::newRow(qPrintable(QString("%1: %2").arg(id, QString(typed).left(40))))
                << id << typed << kept << valid;
        };
        const auto ok = [&](const char* id, const char* typed, const char* kept) { row(id, typed, kept, true); };
        const auto bad = [&](const char* id, const char* typed, const char* kept) { row(id, typed, kept, false); };

        // V1, V1a, V1b, V13
        ok("nino", "AB123456C", "AB123456C");
        ok("nino", " ab 12 34 56 c ", "AB123456C");
        ok("nino", "ab-12-34-56-c.", "AB123456C");
        ok("nino", "AB123456", "AB123456");
        ok("nino", "JT000000D", "JT000000D");
        bad("nino", "QQ123456C", "QQ123456C");
        bad("nino", "DA123456C", "DA123456C");
        bad("nino", "AO123456C", "AO123456C");
        bad("nino", "BG123456C", "BG123456C");
        bad("nino", "GB123456A", "GB123456A");
        bad("nino", "ZZ123456A", "ZZ123456A");
        bad("nino", "AB123456E", "AB123456E");
        bad("nino", "AB12345C", "AB12345C");
        bad("nino", "AB1234567C", "AB1234567C");
        bad("nino", "TN010170F", "TN010170F");
        bad("nino", "OO123456C", "OO123456C");
        bad("nino", "CR270371A", "CR270371A");
        bad("nino", "MW31127A", "MW31127A");
        bad("nino", "NC311270", "NC311270");
        ok("nino", "NC993270A", "NC993270A");
        bad("nino", "AB123456C\n", "AB123456C\n");
        ok("p_nino", "jk 11 11 11 b", "JK111111B");
        // V2
        ok("postcode", "LL55 4SU", "LL55 4SU");
        ok("postcode", "ll554su", "LL55 4SU");
        ok("postcode", " m1 1aa", "M1 1AA");
        ok("postcode", "EC1A1BB", "EC1A 1BB");
        ok("postcode", "W1A 0AX", "W1A 0AX");
        ok("postcode", "gir0aa", "GIR 0AA");
        ok("postcode", "bfpo 801", "BFPO 801");
        ok("postcode", "DN55-1PT", "DN55 1PT");
        bad("postcode", "ll55", "LL55");
        bad("postcode", "LL55 4CU", "LL55 4CU");
        bad("postcode", "QL5 4SU", "QL5 4SU");
        bad("postcode", "LL555 4SU", "LL555 4SU");
        bad("postcode", "BFPO 12345", "BFPO 12345");
        // V3
        ok("phone", "01632 960 001", "01632960001");
        ok("phone", "(07700) 900-982", "07700900982");
        ok("phone", "+44 7700 900982", "+447700900982");
        ok("phone", "0169 772 345", "0169772345");
        bad("phone", "7700900982", "7700900982");
        bad("phone", "0770090098", "0770090098");
        bad("phone", "077009009823", "077009009823");
        bad("phone", "00447700900982", "00447700900982");
        bad("phone", "+1 202 555 0100", "+12025550100");
        bad("phone_alt", "none", "none");
        // V4
        ok("surname", "O'Brien", "O'Brien");
        ok("surname", " O’Brien ", "O’Brien");
        ok("surname", "Siân-Llŷr Ẁilliams", "Siân-Llŷr Ẁilliams");
        ok("surname", "X", "X");
        ok("surname", "MACDONALD Jr.", "MACDONALD Jr.");
        ok("first_names", "Žofia Łucja", "Žofia Łucja");
        bad("surname", "O'Brien2", "O'Brien2");
        bad("surname", "<b>", "<b>");
        bad("surname", "a×b", "a×b");
        bad("first_names", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
        ok("p_first_names", "ŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵ",
           "ŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵ");
        // V5, V6, V6a
        ok("pay_sort", "30-94-30", "309430");
        ok("pay_sort", "30 94 30", "309430");
        bad("pay_sort", "30943", "30943");
        bad("pay_sort", "30943O", "30943O");
        ok("pay_account", "66374958", "66374958");
        ok("pay_account", "663 749", "663749");
        bad("pay_account", "66374", "66374");
        ok("pay_account", "663749581", "663749581");
        ok("pay_account", "66-37-49-58-12", "6637495812");
        bad("pay_account", "66374958123", "66374958123");
        bad("pay_account", "6637495A", "6637495A");
        ok("pay_roll", "A/12 3.4-5", "A/12 3.4-5");
        bad("pay_roll", "1234567890123456789", "1234567890123456789");
        bad("pay_roll", "a_b", "a_b");
        // V7
        ok("email", " gwen@example.com ", "gwen@example.com");
        ok("email", "g.o'brien+dwp@post.example.co.uk", "g.o'brien+dwp@post.example.co.uk");
        bad("email", "gwen@example", "gwen@example");
        bad("email", "gwen@example..com", "gwen@example..com");
        bad("email", "gwen..obrien@example.com", "gwen..obrien@example.com");
        bad("email", "gwen@@example.com", "gwen@@example.com");
        bad("email", "gwen obrien@example.com", "gwen obrien@example.com");
        bad("email", "gwen@.com", "gwen@.com");
        // V8, V9
        ok("dob", "27 3 1971", "1971-03-27");
        ok("dob", "27/03/1971", "1971-03-27");
        ok("dob", "27 March 1971", "1971-03-27");
        ok("dob", "27 maw 1971", "1971-03-27");
        ok("dob", "27-Mar-1971", "1971-03-27");
        ok("dob", "1971-03-27", "1971-03-27");
        ok("dob", "29 2 1972", "1972-02-29");
        ok("dob", "2 1 1900", "1900-01-02");
        bad("dob", "1 1 1900", "1900-01-01");
        bad("dob", "29 2 1971", "29 2 1971");
        bad("dob", "27 3 71", "27 3 71");
        bad("dob", "3 27 1971", "3 27 1971");
        bad("dob", "15 1 2007", "2007-01-15");
        bad("dob", "yesterday", "yesterday");
        // V10
        ok("rent_amount", "£1,082.50", "1082.50");
        ok("rent_amount", "0", "0");
        ok("rent_amount", "99999.99", "99999.99");
        bad("rent_amount", "100000", "100000");
        bad("rent_amount", "82.505", "82.505");
        bad("rent_amount", "-1", "-1");
        bad("rent_amount", "82.", "82.");
        bad("rent_amount", "1e3", "1e3");
        ok("capital/a/cp_balance", "-£250.00", "-250.00");
        ok("capital/a/cp_balance", "9,999,999.99", "9999999.99");
        bad("capital/a/cp_balance", "10000000", "10000000");
        bad("capital/a/cp_balance", "-100000", "-100000");
        // V11, V12
        ok("addr1", "ŵ234567890123456789012345678901234ŷ", "ŵ234567890123456789012345678901234ŷ");
        bad("addr1", "123456789012345678901234567890123456", "123456789012345678901234567890123456");
        ok("claim_from", "16 4 2007", "2007-04-16");
        bad("claim_from", "17 4 2007", "2007-04-17");
        ok("claim_from", "14 1 2006", "2006-01-14");
        bad("claim_from", "13 1 2006", "2006-01-13");
        // the rest
        ok("hours", "15.5", "15.5");
        bad("hours", "0", "0");
        bad("hours", "100.5", "100.5");
        bad("hours", "many", "many");
        bad("youngest_age", "3.5", "3.5");
        ok("access_needs", "home audio", "audio home");
        bad("access_needs", "none audio", "none audio");
        bad("access_needs", "audio singing", "audio singing");
        bad("benefits_claimed", "jsa_ib is", "is jsa_ib");
        ok("benefits_claimed", "ib is", "is ib");
        bad("marital", "happy", "happy");
        ok("privacy_notice", "yes", "yes");
        bad("privacy_notice", "no", "no");
        bad("ib_cert_until", "31 12 2006", "2006-12-31");
        ok("ib_cert_until", "1 1 2007", "2007-01-01");
        ok("due_date", "8 9 2006", "2006-09-08");
        bad("due_date", "7 9 2006", "2006-09-07");
        bad("town", "Ban\x01gor", "Ban\x01gor");
    }
    void an_answer_is_made_regular_and_then_judged() {
        QFETCH(QString, id);
        QFETCH(QString, typed);
        QFETCH(QString, kept);
        QFETCH(bool, valid);
        auto claim = wideClaim();
        if (id == "youngest_age") claim.set("partner", "no");
        const auto* question = missionPack()->find(id.section('/', -1).toStdString());
        QVERIFY(question != nullptr);
        const auto normal = normaliseAnswer(*question, typed.toStdString());
        QCOMPARE(QString::fromStdString(normal), kept);
        QCOMPARE(normaliseAnswer(*question, normal), normal);
        const auto now = claim.set(id.toStdString(), normal).evaluate();
        const auto* state = now.find(id.toStdString());
        QVERIFY(state != nullptr && state->relevant && state->answered);
        QCOMPARE(!state->invalid, valid);
    }

    void text_that_is_not_UTF_8_is_refused() {
        auto claim = wideClaim();
        for (const std::string text : {"\xC3\x28", "a\xFF", "\xED\xA0\x80"}) {
            QVERIFY(claim.set("town", text).evaluate().find("town")->invalid);
        }
        QVERIFY(claim.set("town", std::string("a\0b", 3)).evaluate().find("town")->invalid);
        QVERIFY(claim.set("anything_else", std::string(20'000, 'x')).evaluate().find("anything_else")->invalid);
    }
};
QTEST_GUILESS_MAIN(TestAnswerRules)
#include "tst_answer_rules.moc"
