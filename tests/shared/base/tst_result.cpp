#include <QtTest>
#include <set>

#include "shared/base/result.h"

using namespace fieldclaim;

namespace {

Result<int> half(int value) {
    if (value % 2 != 0) return fail(ErrorCode::BadInput, "odd");
    return value / 2;
}
Result<int> quarter(int value) {
    ASSIGN(const int once, half(value));
    ASSIGN(const int twice, half(once));
    return twice;
}
Status even(int value) {
    TRY(half(value));
    return {};
}

}  // namespace

class TestResult final : public QObject {
    Q_OBJECT

private slots:
    void everyCodeHasOneWholeRow() {
        std::set<std::string_view> names;
        for (int i = 0; i <= static_cast<int>(ErrorCode::Internal); ++i) {
            const auto& info = errorInfo(static_cast<ErrorCode>(i));
            QVERIFY(static_cast<int>(info.code) == i);
            QVERIFY(names.insert(info.name).second);
            QVERIFY(info.http_status >= 400 && info.http_status < 600);
            QVERIFY(!info.english.empty() && !info.welsh.empty() && info.english != info.welsh);
            QVERIFY(info.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz-") == std::string_view::npos);
        }
    }
    void errorsAreDescribedWithTheirDetail() {
        QCOMPARE(describe({ErrorCode::BadInput, "odd"}), std::string("bad-input: odd"));
        QCOMPARE(describe({ErrorCode::DiskFull, {}}), std::string("disk-full"));
    }
    void assignAndTryPassTheErrorOn() {
        QCOMPARE(quarter(12).value(), 3);
        QCOMPARE(quarter(6).error().detail, std::string("odd"));
        QVERIFY(!quarter(5));
        QVERIFY(even(2));
        QVERIFY(even(3).error().code == ErrorCode::BadInput);
    }
};

QTEST_GUILESS_MAIN(TestResult)
#include "tst_result.moc"
