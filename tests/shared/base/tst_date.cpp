#include <rapidcheck.h>

#include <QDate>
#include <QDateTime>
#include <QtTest>

#include "shared/base/date.h"

using namespace fieldclaim;

class TestDate final : public QObject {
    Q_OBJECT

private slots:
    void everyDayGoesThroughTextAndAgreesWithQt() {
        QVERIFY(rc::check([] {
            const auto days = *rc::gen::inRange(-719'162, 2'932'897);  // 0001-01-01 to 9999-12-31
            const Date date{days};
            const auto qt = QDate(1970, 1, 1).addDays(days);
            RC_ASSERT(date.iso() == qt.toString(Qt::ISODate).toStdString());
            RC_ASSERT(Date::parse(date.iso()).value() == date);
            RC_ASSERT(date.year() == qt.year());
            RC_ASSERT(static_cast<int>(date.month()) == qt.month());
            RC_ASSERT(static_cast<int>(date.day()) == qt.day());
            RC_ASSERT(static_cast<int>(date.weekday()) == qt.dayOfWeek() % 7);
        }));
    }
    void theFirstAndLastDaysAreDates() {
        QCOMPARE(Date::parse("0001-01-01").value().days, -719'162);
        QCOMPARE(Date::parse("9999-12-31").value().days, 2'932'896);
        QCOMPARE(Date::parse("1970-01-01").value().days, 0);
        QCOMPARE(Date::parse("1969-12-31").value().days, -1);
        QCOMPARE(Date::parse("2006-12-20").value().weekday(), 3U);  // a Wednesday
    }
    void whatIsNoDateIsRefused() {
        for (const char* text : {"",
                                 "2006-02-29",
                                 "1900-02-29",
                                 "2007-13-01",
                                 "2007-00-01",
                                 "2007-01-00",
                                 "2007-01-32",
                                 "2007-1-1",
                                 "2007-01-1",
                                 "20070101",
                                 "2007/01/01",
                                 "2007-01-01 ",
                                 " 2007-01-01",
                                 "2007-01-0a",
                                 "+007-01-01",
                                 "-007-01-01",
                                 "0000-01-01",
                                 "2007-01-01T00:00:00Z",
                                 "01-01-2007",
                                 "2007-04-31"}) {
            const auto parsed = Date::parse(text);
            QVERIFY2(!parsed, text);
            QVERIFY(parsed.error().code == ErrorCode::BadInput);
        }
        QVERIFY(Date::parse("2004-02-29"));
        QVERIFY(Date::parse("2000-02-29"));
        QVERIFY(!Date::of(10'000, 1, 1));
        QVERIFY(!Date::of(-5, 1, 1));
        QVERIFY(!Date::of(2007, 300, 1));
    }
    void aMomentBelongsToItsDayBeforeAndAfter1970() {
        QCOMPARE(Date::fromWallMs(0).days, 0);
        QCOMPARE(Date::fromWallMs(86'399'999).days, 0);
        QCOMPARE(Date::fromWallMs(86'400'000).days, 1);
        QCOMPARE(Date::fromWallMs(-1).days, -1);
        QCOMPARE(Date::fromWallMs(-86'400'000).days, -1);
        QCOMPARE(Date::fromWallMs(-86'400'001).days, -2);
    }
    void timesAreWrittenAsRfc3339() {
        QCOMPARE(isoTime(1'168'852'323'250), std::string("2007-01-15T09:12:03.250Z"));
        QCOMPARE(isoTime(0), std::string("1970-01-01T00:00:00.000Z"));
        QCOMPARE(isoTime(-1), std::string("1969-12-31T23:59:59.999Z"));
        QVERIFY(rc::check([] {
            const auto ms = *rc::gen::inRange<std::int64_t>(-2'000'000'000'000, 4'000'000'000'000);
            const auto qt = QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC).toString(Qt::ISODateWithMs);
            RC_ASSERT(isoTime(ms) == qt.toStdString());
        }));
    }
};

QTEST_GUILESS_MAIN(TestDate)
#include "tst_date.moc"
