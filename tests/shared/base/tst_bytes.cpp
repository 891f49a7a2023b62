#include <rapidcheck.h>

#include <QtTest>

#include "shared/base/bytes.h"

using namespace fieldclaim;

namespace {

using Encode = std::string (*)(ByteView);
using Decode = Result<Bytes> (*)(std::string_view);

bool refused(const Result<Bytes>& result) { return !result && result.error().code == ErrorCode::BadInput; }

}  // namespace

class TestBytes final : public QObject {
    Q_OBJECT

private slots:
    void publishedValuesAreMet_data() {
        QTest::addColumn<QString>("bytes");
        QTest::addColumn<QString>("hex");
        QTest::addColumn<QString>("base64");
        QTest::addColumn<QString>("base64url");
        QTest::addColumn<QString>("base32");
        // RFC 4648, part 10; the last column by Crockford's alphabet.
        QTest::newRow("nothing") << ""
                                 << ""
                                 << ""
                                 << ""
                                 << "";
        QTest::newRow("f") << "f"
                           << "66"
                           << "Zg=="
                           << "Zg"
                           << "CR";
        QTest::newRow("fo") << "fo"
                            << "666f"
                            << "Zm8="
                            << "Zm8"
                            << "CSQG";
        QTest::newRow("foo") << "foo"
                             << "666f6f"
                             << "Zm9v"
                             << "Zm9v"
                             << "CSQPY";
        QTest::newRow("foob") << "foob"
                              << "666f6f62"
                              << "Zm9vYg=="
                              << "Zm9vYg"
                              << "CSQPYRG";
        QTest::newRow("fooba") << "fooba"
                               << "666f6f6261"
                               << "Zm9vYmE="
                               << "Zm9vYmE"
                               << "CSQPYRK1";
        QTest::newRow("foobar") << "foobar"
                                << "666f6f626172"
                                << "Zm9vYmFy"
                                << "Zm9vYmFy"
                                << "CSQPYRK1E8";
    }
    void publishedValuesAreMet() {
        QFETCH(QString, bytes);
        QFETCH(QString, hex);
        QFETCH(QString, base64);
        QFETCH(QString, base64url);
        QFETCH(QString, base32);
        const auto text = bytes.toStdString();
        QCOMPARE(QString::fromStdString(toHex(asBytes(text))), hex);
        QCOMPARE(QString::fromStdString(toBase64(asBytes(text))), base64);
        QCOMPARE(QString::fromStdString(toBase64Url(asBytes(text))), base64url);
        QCOMPARE(QString::fromStdString(toBase32(asBytes(text))), base32);
    }
    void theTwoAlphabetsDifferInTwoSigns() {
        const Bytes bytes{0xfb, 0xff, 0xbf};
        QCOMPARE(toBase64(bytes), std::string("+/+/"));
        QCOMPARE(toBase64Url(bytes), std::string("-_-_"));
    }
    void whatIsEncodedIsDecoded() {
        const std::vector<std::pair<Encode, Decode>> all{
            {toHex, fromHex}, {toBase64, fromBase64}, {toBase64Url, fromBase64Url}, {toBase32, fromBase32}};
        for (const auto& way : all) {
            QVERIFY(rc::check([&](const Bytes& bytes) { RC_ASSERT(way.second(way.first(bytes)).value() == bytes); }));
        }
    }
    void oneTextHasOneMeaning() {
        // Whatever decodes, encodes to the same text again: no two texts for one value (case and hyphens aside).
        QVERIFY(rc::check([](const std::string& text) {
            if (const auto bytes = fromBase64Url(text)) RC_ASSERT(toBase64Url(*bytes) == text);
            if (const auto bytes = fromBase64(text)) RC_ASSERT(toBase64(*bytes) == text);
        }));
        const auto alphabet = rc::gen::container<std::string>(rc::gen::elementOf(std::string("ABab01-_+/=")));
        QVERIFY(rc::check([&] {
            const auto text = *alphabet;
            if (const auto bytes = fromBase64Url(text)) RC_ASSERT(toBase64Url(*bytes) == text);
            if (const auto bytes = fromBase64(text)) RC_ASSERT(toBase64(*bytes) == text);
        }));
    }
    void badTextIsRefused() {
        for (const char* text : {"0", "0g", "zz", "0x12", "12 ", "\xc3\xa9"}) QVERIFY2(refused(fromHex(text)), text);
        for (const char* text : {"Z", "Zg==", "Zh", "Zm8=", "Zm9v!", "Zm 9v", "+/+/"}) {
            QVERIFY2(refused(fromBase64Url(text)), text);
        }
        for (const char* text : {"Zg", "Zg=", "Zh==", "====", "Zm9vYg=", "-_-_", "Z===", "Zg==Zg=="}) {
            QVERIFY2(refused(fromBase64(text)), text);
        }
        for (const char* text : {"C", "CS1", "U0", "CSQPY!", "CZ"}) QVERIFY2(refused(fromBase32(text)), text);
    }
    void hexIsReadInEitherCase() { QCOMPARE(toHex(fromHex("0AaF").value()), std::string("0aaf")); }
    void base32IsReadAsPeopleWriteIt() {
        QCOMPARE(asText(fromBase32("csqp-yrk1 e8").value()), std::string_view("foobar"));
        QCOMPARE(asText(fromBase32("CSQPYRKLE8").value()), std::string_view("foobar"));
        QCOMPARE(asText(fromBase32("CSQPYRKiE8").value()), std::string_view("foobar"));
        QVERIFY(fromBase32("O0").value() == fromBase32("00").value());
    }
    void toArrayTakesExactlyItsLength() {
        QVERIFY(toArray<3>(asBytes("abc")).value() == (std::array<std::uint8_t, 3>{'a', 'b', 'c'}));
        QVERIFY(!toArray<3>(asBytes("ab")));
        QVERIFY(!toArray<3>(asBytes("abcd")));
    }
};

QTEST_GUILESS_MAIN(TestBytes)
#include "tst_bytes.moc"
