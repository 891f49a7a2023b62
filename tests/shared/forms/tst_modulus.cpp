#include <QtTest>

#include "shared/forms/modulus.h"

using namespace fieldclaim;

namespace {

QString q(const std::string& text) { return QString::fromStdString(text); }

using Method = ModulusTable::Method;
using Outcome = ModulusTable::Outcome;

constexpr ModulusTable::Weights kMod10 = {0, 0, 0, 0, 0, 0, 7, 1, 3, 7, 1, 3, 7, 1};
constexpr ModulusTable::Weights kMod11 = {0, 0, 0, 0, 0, 0, 8, 7, 6, 5, 4, 3, 2, 1};
constexpr ModulusTable::Weights kMod11Short = {0, 0, 0, 0, 0, 0, 0, 7, 6, 5, 4, 3, 2, 1};
constexpr ModulusTable::Weights kAlternate = {2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1};
constexpr ModulusTable::Weights kFirstOnly = {0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0};
constexpr ModulusTable::Weights kSortAndA = {1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0};

/// Rows made for these tests: the published table is licensed, and comes with a pack. The rows of the worked examples
/// (domain.md V6c) are those that their sums need.
ModulusTable exampleTable() {
    ModulusTable table;
    const auto row = [&](const char* from, const char* to, Method method, const ModulusTable::Weights& weights,
                         int exception = 0) {
        table.add({from, to, method, weights, exception});
    };
    row("080211", "089999", Method::Mod10, kMod10);
    row("107999", "107999", Method::Mod11, kMod11);
    row("200000", "209999", Method::Mod11, kMod11Short);
    row("200000", "209999", Method::DoubleAlternate, kAlternate);
    // One sort code for each exception, with weights that make its rule easy to see.
    row("900001", "900001", Method::DoubleAlternate, kAlternate, 1);
    row("900002", "900002", Method::Mod11, kFirstOnly, 2);
    row("900002", "900002", Method::Mod11, kSortAndA, 9);
    row("900003", "900003", Method::Mod10, kMod10);
    row("900003", "900003", Method::DoubleAlternate, kAlternate, 3);
    row("900004", "900004", Method::Mod11, kFirstOnly, 4);
    row("900005", "900005", Method::Mod11, kSortAndA, 5);
    row("900006", "900006", Method::Mod10, kFirstOnly, 6);
    row("900007", "900007", Method::Mod10, kSortAndA, 7);
    row("900008", "900008", Method::Mod10, kSortAndA, 8);
    row("900010", "900010", Method::Mod10, kSortAndA, 10);
    row("900010", "900010", Method::Mod11, kFirstOnly, 11);
    row("900012", "900012", Method::Mod11, kFirstOnly, 12);
    row("900012", "900012", Method::Mod10, kSortAndA, 13);
    table.substitute("900005", "000005");
    return table;
}

}  // namespace

class TestModulus : public QObject {
    Q_OBJECT
private slots:
    void an_account_is_written_as_its_bank_writes_it_data() {
        QTest::addColumn<QString>("sort");
        QTest::addColumn<QString>("account");
        QTest::addColumn<QString>("written");  ///< empty: it is none
        const auto row = [](const char* name, const char* sort, const char* account, const char* written) {
            QTest::newRow(name) << sort << account << written;
        };
        row("8 digits", "309430", "66374958", "309430 66374958");
        row("7 digits", "309430", "6374958", "309430 06374958");
        row("6 digits", "309430", "374958", "309430 00374958");
        row("9 digits", "309430", "766374958", "309437 66374958");
        row("10 digits", "309430", "1266374958", "309430 66374958");
        row("10 digits of the Co-operative Bank", "089999", "6637495812", "089999 66374958");
        row("5 digits", "309430", "12345", "");
        row("11 digits", "309430", "12345678901", "");
        row("a letter", "309430", "6637495A", "");
        row("no sort code", "", "66374958", "");
        row("a short sort code", "30943", "66374958", "");
    }
    void an_account_is_written_as_its_bank_writes_it() {
        QFETCH(QString, sort);
        QFETCH(QString, account);
        QFETCH(QString, written);
        const auto bank = bankAccountOf(sort.toStdString(), account.toStdString());
        QCOMPARE(bank ? q(bank->sort_code + " " + bank->account) : QString(), written);
    }

    void the_check_says_what_the_published_method_says_data() {
        QTest::addColumn<QString>("account");
        QTest::addColumn<QString>("outcome");
        const auto row = [](const char* name, const char* account, const char* outcome) {
            QTest::newRow(name) << account << outcome;
        };
        // domain.md V6c
        row("MOD10 passes", "089999 66374958", "pass");
        row("MOD11 passes", "107999 88837491", "pass");
        row("both rows pass", "202959 63748472", "pass");
        row("MOD10 fails", "089999 66374959", "fail");
        row("the second row fails", "203099 66831036", "fail");
        row("the first row fails", "203099 58716970", "fail");
        row("MOD11 fails", "107999 88837493", "fail");
        // and beside it
        row("no row for the sort code", "999999 66374958", "");
        row("just below a row", "080210 66374959", "");
        row("the first of a row", "080211 66374959", "fail");
        row("9 digits move to the sort code", "089990 966374958", "pass");
        row("no account", "089999 123", "");
        // The sort code gives 9 + 1, the exception 27.
        row("exception 1 adds 27", "900001 00000003", "pass");
        row("exception 1, and not without", "900001 00000000", "fail");
        row("exception 2 with a = 0 has the table's weights", "900002 01234567", "pass");
        row("exception 2 with a has its own", "900002 10001000", "pass");
        row("exception 2 with a, and g = 9, has others again", "900002 10000096", "pass");
        row("exception 9 tries another sort code", "900002 80000000", "pass");
        row("exceptions 2 and 9: neither", "900002 10000000", "fail");
        row("exception 3 leaves out the second row at c = 6", "900003 00600002", "pass");
        row("exception 3, and not otherwise", "900003 00500005", "fail");
        row("exception 4 takes the remainder for the check digits", "900004 50000005", "pass");
        row("exception 4, and no other", "900004 50000006", "fail");
        row("exception 5 with its substitute: 0 and 0", "900005 00000000", "pass");
        row("exception 5: 11 less the remainder", "900005 40000070", "pass");
        row("exception 5: a remainder of 1", "900005 10000000", "fail");
        row("exception 5: another digit", "900005 40000060", "fail");
        row("exception 6 does not check foreign currency", "900006 50000077", "");
        row("exception 6 checks the others", "900006 50000078", "fail");
        row("exception 7 leaves out the front at g = 9", "900007 50000090", "pass");
        row("exception 7, and not otherwise", "900007 50000080", "fail");
        row("exception 8 has another sort code", "900008 00000000", "pass");
        row("exception 8, with an account", "900008 50000000", "fail");
        row("exceptions 10 and 11: the first is enough", "900010 10000000", "pass");
        row("exceptions 10 and 11: the second is enough", "900010 00000000", "pass");
        row("exception 10 at 99 and 9 leaves out the front", "900010 99000090", "pass");
        row("exceptions 10 and 11: neither", "900010 50000000", "fail");
        row("exceptions 12 and 13: one is enough", "900012 10000000", "pass");
        row("exceptions 12 and 13: neither", "900012 50000000", "fail");
    }
    void the_check_says_what_the_published_method_says() {
        QFETCH(QString, account);
        QFETCH(QString, outcome);
        static const auto table = exampleTable();
        const auto said = table.check(account.section(' ', 0, 0).toStdString(), account.section(' ', 1).toStdString());
        QCOMPARE(said == Outcome::Pass   ? QString("pass")
                 : said == Outcome::Fail ? QString("fail")
                                         : QString(),
                 outcome);
    }

    void exception_14_tries_the_digits_one_place_to_the_left() {
        ModulusTable table;
        table.add({"180000", "180000", Method::Mod11, kMod11, 14});
        // As it is 3 * 1 + 2 * 9 = 21; one place to the right 2 * 1 + 1 * 9 = 11.
        QCOMPARE(table.check("180000", "00000190"), Outcome::Pass);
        QCOMPARE(table.check("180000", "00000192"), Outcome::Fail);
        ModulusTable plain;
        plain.add({"180000", "180000", Method::Mod11, kMod11, 0});
        QCOMPARE(plain.check("180000", "00000190"), Outcome::Fail);
    }
};
QTEST_GUILESS_MAIN(TestModulus)
#include "tst_modulus.moc"
