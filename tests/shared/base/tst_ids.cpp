#include <rapidcheck.h>

#include <QtTest>
#include <cstring>
#include <random>
#include <set>

#include "shared/base/ids.h"
#include "shared/base/practice_crn.h"

using namespace fieldclaim;

namespace {

class SeededRandom final : public Random {
public:
    explicit SeededRandom(std::uint64_t seed) : m_engine(seed) {}
    void fill(std::uint8_t* out, std::size_t size) override {
        for (std::size_t i = 0; i < size; ++i) out[i] = static_cast<std::uint8_t>(m_engine() >> 32U);
    }

private:
    std::mt19937_64 m_engine;
};

/// One number, and then others.
class FirstThen final : public Random {
public:
    explicit FirstThen(std::uint64_t first) : m_first(first), m_rest(4) {}
    void fill(std::uint8_t* out, std::size_t size) override {
        if (m_draws++ > 0) {
            m_rest.fill(out, size);
        } else {
            std::memcpy(out, &m_first, std::min(size, sizeof m_first));
        }
    }
    int draws() const { return m_draws; }

private:
    std::uint64_t m_first;
    SeededRandom m_rest;
    int m_draws = 0;
};

class SetClock final : public Clock {
public:
    explicit SetClock(std::int64_t wall_ms) : m_wall_ms(wall_ms) {}
    std::int64_t wallMs() const override { return m_wall_ms; }
    std::int64_t uptimeMs() const override { return 0; }

private:
    std::int64_t m_wall_ms;
};

}  // namespace

class TestIds final : public QObject {
    Q_OBJECT

private slots:
    void uuidsAreVersion7WithTheClocksTime() {
        SeededRandom random(1);
        // RFC 9562, appendix A.6: 2022-02-22T14:22:22-05:00 is 017F22E2-79B0-7…
        const auto id = Uuid::make(SetClock(1'645'557'742'000), random);
        const auto text = id.text();
        QCOMPARE(text.substr(0, 15), std::string("017f22e2-79b0-7"));
        QVERIFY(std::string("89ab").find(text[19]) != std::string::npos);
        QVERIFY(Uuid::make(SetClock(1'645'557'742'001), random) > id);
        QVERIFY(!id.isNil());
        QVERIFY(Uuid().isNil());
    }
    void uuidsGoThroughTextAndBytes() {
        QVERIFY(rc::check([](const std::array<std::uint8_t, 16>& bytes) {
            const Uuid id{bytes};
            RC_ASSERT(Uuid::parse(id.text()).value() == id);
            RC_ASSERT(Uuid::fromBytes(id.bytes).value() == id);
        }));
        QCOMPARE(Uuid::parse("017F22E2-79B0-7CC3-98C4-DC0C0C07398F").value().text(),
                 std::string("017f22e2-79b0-7cc3-98c4-dc0c0c07398f"));
    }
    void whatIsNoUuidIsRefused() {
        for (const char* text : {"", "017f22e279b07cc398c4dc0c0c07398f", "{017f22e2-79b0-7cc3-98c4-dc0c0c07398f}",
                                 "017f22e2-79b0-7cc3-98c4-dc0c0c07398", "017f22e2-79b0-7cc3-98c4-dc0c0c07398g",
                                 "017f22e2-79b0-7cc3-98c4-dc0c0c07398f ", "017f22e27-9b0-7cc3-98c4-dc0c0c07398f",
                                 "-17f22e2-79b0-7cc3-98c4-dc0c0c07398f"}) {
            QVERIFY2(!Uuid::parse(text), text);
        }
        QVERIFY(!Uuid::fromBytes(Bytes(15)));
        QVERIFY(!Uuid::fromBytes(Bytes(17)));
    }
    void claimNumbersGoThroughAllTheWaysOfWritingThem() {
        QVERIFY(rc::check([](std::uint64_t seed) {
            SeededRandom random(seed);
            const auto crn = Crn::make(random);
            RC_ASSERT(crn.size() == 13U);
            RC_ASSERT(Crn::parse(crn).value() == crn);
            const auto shown = Crn::display(crn);
            RC_ASSERT(shown.size() == 15U);
            RC_ASSERT(Crn::parse(shown).value() == crn);
            std::string small = shown;
            for (auto& c : small) {
                if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
                if (c == '0') c = 'o';
                if (c == '1') c = 'l';
            }
            RC_ASSERT(Crn::parse(small).value() == crn);
            RC_ASSERT(crn.find_first_of("ILOU*~$=") == std::string::npos);
        }));
    }
    void aPracticeNumberIsOneByItsBeginningAndNoOtherNumberBeginsSo() {
        SeededRandom random(3);
        const auto practice = makePracticeCrn(random);
        QVERIFY(practice.starts_with("PRACT"));
        QVERIFY(isPracticeCrn(practice));
        QCOMPARE(Crn::parse(Crn::display(practice)).value(), practice);
        QVERIFY(makePracticeCrn(random) != practice);
        QVERIFY(!isPracticeCrn(Crn::make(random)));
        // What chance would make a practice number of is drawn again.
        constexpr std::string_view digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        std::uint64_t value = 0;
        for (const char c : practice.substr(0, 12)) value = value * 32 + digits.find(c);
        FirstThen drawn(value << 4U);
        QVERIFY(!isPracticeCrn(Crn::make(drawn)));
        QVERIFY(drawn.draws() > 1);
    }
    void aNumberWhoseCheckWouldBeNoLetterIsNobodys_data() {
        QTest::addColumn<QString>("number");
        // Each has the sign that Crockford's check gives it: 32 to 36 of 37.
        QTest::newRow("*") << "000000000010*";
        QTest::newRow("~") << "000000000011~";
        QTest::newRow("$") << "000000000012$";
        QTest::newRow("=") << "000000000013=";
        QTest::newRow("U") << "000000000014U";
    }
    void aNumberWhoseCheckWouldBeNoLetterIsNobodys() {
        QFETCH(QString, number);
        QVERIFY(!Crn::parse(number.toStdString()));
    }
    void everySingleMistakeIsFound() {
        static constexpr std::string_view kDigits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        SeededRandom random(7);
        const auto crn = Crn::make(random);
        for (std::size_t at = 0; at < crn.size(); ++at) {
            for (const char digit : kDigits) {
                if (digit == crn[at]) continue;
                auto wrong = crn;
                wrong[at] = digit;
                QVERIFY2(!Crn::parse(wrong), wrong.c_str());
            }
        }
        for (std::size_t at = 0; at + 2 < crn.size(); ++at) {  // neighbours changed over
            auto wrong = crn;
            std::swap(wrong[at], wrong[at + 1]);
            if (wrong != crn) QVERIFY2(!Crn::parse(wrong), wrong.c_str());
        }
    }
    void whatIsNoClaimNumberIsRefused() {
        SeededRandom random(7);
        const auto crn = Crn::make(random);
        for (const auto& text : {std::string(), crn.substr(1), crn + '0', "U" + crn.substr(1),
                                 "\xc3\xa9" + crn.substr(2), "*" + crn.substr(1)}) {
            const auto parsed = Crn::parse(text);
            QVERIFY2(!parsed, text.c_str());
            QVERIFY(parsed.error().code == ErrorCode::BadInput);
        }
    }
    void claimNumbersDoNotRepeat() {
        SeededRandom random(3);
        std::set<std::string> seen;
        for (int i = 0; i < 20'000; ++i) QVERIFY(seen.insert(Crn::make(random)).second);
    }
};

QTEST_GUILESS_MAIN(TestIds)
#include "tst_ids.moc"
