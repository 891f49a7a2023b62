#include <rapidcheck.h>

#include <QtTest>

#include "shared/crypto/sealed_box.h"

using namespace fieldclaim;

namespace {

Bytes hex(const char* text) { return fromHex(text).value(); }
Hash hash(const char* text) { return toArray<32>(hex(text)).value(); }

}  // namespace

class TestSealedBox final : public QObject {
    Q_OBJECT

private slots:
    void hkdf_gives_the_published_keys_data() {
        QTest::addColumn<QByteArray>("input");
        QTest::addColumn<QByteArray>("salt");
        QTest::addColumn<QByteArray>("info");
        QTest::addColumn<QByteArray>("key");
        QTest::newRow("RFC 5869, A.1") << QByteArray("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b")
                                       << QByteArray("000102030405060708090a0b0c") << QByteArray("f0f1f2f3f4f5f6f7f8f9")
                                       << QByteArray(
                                              "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf");
        QTest::newRow("RFC 5869, A.3") << QByteArray("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b") << QByteArray()
                                       << QByteArray()
                                       << QByteArray(
                                              "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d");
    }
    void hkdf_gives_the_published_keys() {
        QFETCH(QByteArray, input);
        QFETCH(QByteArray, salt);
        QFETCH(QByteArray, info);
        QFETCH(QByteArray, key);
        const auto made = hkdfSha256(hex(input), hex(salt), hex(info));
        QCOMPARE(QByteArray::fromStdString(toHex(made)), key);
    }

    void public_keys_are_those_of_rfc_7748() {
        // RFC 7748, 6.1: Bob's.
        QVERIFY(BoxKeyPair::fromSecret(hash("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb"))
                    .public_key == hash("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f"));
    }

    void what_is_sealed_to_a_key_opens_with_its_secret_alone() {
        QVERIFY(rc::check([](const Bytes& plain, const Bytes& context) {
            SystemRandom random;
            const auto receiver = BoxKeyPair::make(random);
            const auto other = BoxKeyPair::make(random);
            const auto sealed = sealTo(receiver.public_key, plain, context, random);
            RC_ASSERT(sealed.has_value());
            RC_ASSERT(openSealed(receiver.secret, *sealed, context).value() == plain);
            RC_ASSERT(openSealed(other.secret, *sealed, context).error().code == ErrorCode::BadSignature);
            auto elsewhere = context;
            elsewhere.push_back(1);
            RC_ASSERT(openSealed(receiver.secret, *sealed, elsewhere).error().code == ErrorCode::BadSignature);
        }));
    }

    void a_changed_byte_anywhere_is_found() {
        SystemRandom random;
        const auto receiver = BoxKeyPair::make(random);
        const auto sealed = sealTo(receiver.public_key, asBytes("the key of a vault"), asBytes("c"), random).value();
        for (std::size_t i = 0; i < sealed.size(); ++i) {
            auto changed = sealed;
            changed[i] ^= 0x01U;
            QVERIFY(!openSealed(receiver.secret, changed, asBytes("c")));
        }
        for (std::size_t size = 0; size < sealed.size(); ++size)
            QVERIFY(!openSealed(receiver.secret, ByteView(sealed).first(size), asBytes("c")));
    }

    void the_same_bytes_are_never_sealed_alike() {
        SystemRandom random;
        const auto receiver = BoxKeyPair::make(random);
        const auto first = sealTo(receiver.public_key, asBytes("x"), {}, random).value();
        const auto second = sealTo(receiver.public_key, asBytes("x"), {}, random).value();
        QVERIFY(!std::equal(first.begin(), first.begin() + 32, second.begin()));
    }

    void a_key_of_small_order_is_refused() {
        SystemRandom random;
        QCOMPARE(sealTo(Hash{}, asBytes("x"), {}, random).error().code, ErrorCode::BadInput);
        const auto receiver = BoxKeyPair::make(random);
        QCOMPARE(openSealed(receiver.secret, Bytes(80), {}).error().code, ErrorCode::BadSignature);
    }
};

QTEST_GUILESS_MAIN(TestSealedBox)
#include "tst_sealed_box.moc"
