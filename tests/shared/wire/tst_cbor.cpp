#include <rapidcheck.h>

#include <QTest>

#include "shared/wire/cbor.h"

using namespace fieldclaim;

namespace {

Value generated(int depth) {
    switch (*rc::gen::inRange(0, depth > 0 ? 7 : 5)) {
        case 0:
            return nullptr;
        case 1:
            return *rc::gen::arbitrary<bool>();
        case 2:
            return *rc::gen::arbitrary<std::int64_t>();
        case 3:
            return *rc::gen::container<std::string>(rc::gen::inRange<char>(' ', '~'));
        case 4:
            return *rc::gen::arbitrary<Bytes>();
        case 5: {
            Value::List list;
            for (int n = *rc::gen::inRange(0, 4); n > 0; --n) list.push_back(generated(depth - 1));
            return list;
        }
        default: {
            Value::Map map;
            for (int n = *rc::gen::inRange(0, 4); n > 0; --n) {
                map.emplace(*rc::gen::container<std::string>(rc::gen::inRange<char>('a', 'z')), generated(depth - 1));
            }
            return map;
        }
    }
}

}  // namespace

class TestCbor : public QObject {
    Q_OBJECT

private slots:
    void values_come_back_as_they_were_and_their_bytes_are_the_same() {
        QVERIFY(rc::check([] {
            const auto value = generated(4);
            const auto bytes = encodeCbor(value);
            const auto back = decodeCbor(bytes);
            RC_ASSERT(back.has_value());
            RC_ASSERT(*back == value);
            RC_ASSERT(encodeCbor(*back) == bytes);
        }));
    }

    void any_bytes_are_decoded_or_refused_without_harm() {
        QVERIFY(rc::check([](const Bytes& bytes) {
            const auto value = decodeCbor(bytes);
            if (value) RC_ASSERT(encodeCbor(*value) == bytes);
        }));
    }

    void known_bytes_data() {
        QTest::addColumn<QByteArray>("hex");
        QTest::addColumn<bool>("accepted");
        // RFC 8949 appendix A, and the forms that its section 4.2.1 leaves out.
        QTest::newRow("0") << QByteArray("00") << true;
        QTest::newRow("23") << QByteArray("17") << true;
        QTest::newRow("24") << QByteArray("1818") << true;
        QTest::newRow("1000000000000") << QByteArray("1b000000e8d4a51000") << true;
        QTest::newRow("-1000") << QByteArray("3903e7") << true;
        QTest::newRow("null") << QByteArray("f6") << true;
        QTest::newRow("[1,[2,3]]") << QByteArray("8201820203") << true;
        QTest::newRow("{a:1,b:[2,3]}") << QByteArray("a26161016162820203") << true;
        QTest::newRow("long head for 23") << QByteArray("1817") << false;
        QTest::newRow("indefinite list") << QByteArray("9f01ff") << false;
        QTest::newRow("indefinite text") << QByteArray("7f6161ff") << false;
        QTest::newRow("float") << QByteArray("f93c00") << false;
        QTest::newRow("tag") << QByteArray("c11a514b67b0") << false;
        QTest::newRow("keys out of order") << QByteArray("a2616202616101") << false;
        QTest::newRow("shorter key second") << QByteArray("a262616101616202") << false;
        QTest::newRow("key twice") << QByteArray("a2616101616102") << false;
        QTest::newRow("number as key") << QByteArray("a10102") << false;
        QTest::newRow("undefined") << QByteArray("f7") << false;
        QTest::newRow("64-bit unsigned") << QByteArray("1bffffffffffffffff") << false;
        QTest::newRow("not UTF-8") << QByteArray("62c328") << false;
        QTest::newRow("not form C (e + acute)") << QByteArray("6365cc81") << false;
        QTest::newRow("trailing byte") << QByteArray("0000") << false;
        QTest::newRow("cut") << QByteArray("8301") << false;
        QTest::newRow("empty") << QByteArray("") << false;
    }
    void known_bytes() {
        QFETCH(QByteArray, hex);
        QFETCH(bool, accepted);
        QCOMPARE(decodeCbor(*fromHex(hex.toStdString())).has_value(), accepted);
    }

    void depth_items_and_bytes_are_bounded() {
        Bytes deep(100'000, 0x81);
        deep.push_back(0xF6);
        QCOMPARE(decodeCbor(deep).error().code, ErrorCode::TooLarge);
        QCOMPARE(decodeCbor(encodeCbor(Value::List(100, Value(1))), {1'000, 16, 50}).error().code, ErrorCode::TooLarge);
        QCOMPARE(decodeCbor(Bytes(100, 0), {10, 16, 50}).error().code, ErrorCode::TooLarge);
        // A head that promises 2^60 items must not make room for them.
        QVERIFY(!decodeCbor(*fromHex("9b1000000000000000")));
        QVERIFY(!decodeCbor(*fromHex("7b1000000000000000")));
    }
};

QTEST_GUILESS_MAIN(TestCbor)
#include "tst_cbor.moc"
