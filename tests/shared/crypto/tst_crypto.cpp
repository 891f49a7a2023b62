#include <rapidcheck.h>

#include <QtTest>

#include "shared/crypto/crypto.h"

using namespace fieldclaim;

namespace {

Bytes hex(const QString& text) { return fromHex(text.toStdString()).value(); }
Hash hash(const QString& text) { return toArray<32>(hex(text)).value(); }
QString text(ByteView bytes) { return QString::fromStdString(toHex(bytes)); }

/// Counts up, so that a nonce is known.
class CountingRandom final : public Random {
public:
    void fill(std::uint8_t* out, std::size_t size) override {
        for (std::size_t i = 0; i < size; ++i) out[i] = m_next++;
    }

private:
    std::uint8_t m_next = 0;
};

}  // namespace

class TestCrypto final : public QObject {
    Q_OBJECT

private slots:
    void sha256GivesThePublishedDigests_data() {
        QTest::addColumn<QByteArray>("message");
        QTest::addColumn<QString>("digest");
        QTest::newRow("FIPS 180: nothing")
            << QByteArray() << "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        QTest::newRow("FIPS 180: abc") << QByteArray("abc")
                                       << "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        QTest::newRow("FIPS 180: two blocks") << QByteArray("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")
                                              << "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1";
        QTest::newRow("FIPS 180: a million a")
            << QByteArray(1'000'000, 'a') << "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";
    }
    void sha256GivesThePublishedDigests() {
        QFETCH(QByteArray, message);
        QFETCH(QString, digest);
        const auto bytes = asBytes({message.constData(), static_cast<std::size_t>(message.size())});
        QCOMPARE(text(sha256(bytes)), digest);
    }
    void sha256OfPartsIsThatOfTheWhole() {
        QVERIFY(rc::check([](const Bytes& a, const Bytes& b) {
            Bytes whole = a;
            whole.insert(whole.end(), b.begin(), b.end());
            Sha256 stream;
            for (const auto byte : whole) stream.update({&byte, 1});
            RC_ASSERT(sha256({a, b}) == sha256(whole));
            RC_ASSERT(stream.finish() == sha256(whole));
        }));
    }
    void aMovedSha256GoesOn() {
        Sha256 first;
        first.update(asBytes("a"));
        Sha256 second(std::move(first));
        second.update(asBytes("bc"));
        QVERIFY(second.finish() == sha256(asBytes("abc")));
    }
    void hmacGivesTheValuesOfRfc4231_data() {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("data");
        QTest::addColumn<QString>("mac");
        QTest::newRow("case 1") << QString("0b").repeated(20) << "4869205468657265"
                                << "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7";
        QTest::newRow("case 2") << "4a656665"
                                << "7768617420646f2079612077616e7420666f72206e6f7468696e673f"
                                << "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        QTest::newRow("case 3") << QString("aa").repeated(20) << QString("dd").repeated(50)
                                << "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe";
        QTest::newRow("case 4") << "0102030405060708090a0b0c0d0e0f10111213141516171819" << QString("cd").repeated(50)
                                << "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b";
        QTest::newRow("case 6, a key longer than a block")
            << QString("aa").repeated(131) << text(asBytes("Test Using Larger Than Block-Size Key - Hash Key First"))
            << "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54";
        QTest::newRow("case 7, key and data longer than a block")
            << QString("aa").repeated(131)
            << text(asBytes("This is a test using a larger than block-size key and a larger than block-size data. "
                            "The key needs to be hashed before being used by the HMAC algorithm."))
            << "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2";
    }
    void hmacGivesTheValuesOfRfc4231() {
        QFETCH(QString, key);
        QFETCH(QString, data);
        QFETCH(QString, mac);
        QCOMPARE(text(hmacSha256(hex(key), hex(data))), mac);
    }
    void ed25519GivesTheValuesOfRfc8032_data() {
        QTest::addColumn<QString>("secret");
        QTest::addColumn<QString>("public_key");
        QTest::addColumn<QString>("message");
        QTest::addColumn<QString>("signature");
        QTest::newRow("test 1") << "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"
                                << "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
                                << ""
                                << "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61"
                                   "e39701cf9b46bd25bf5f0595bbe24655141438e7a100b";
        QTest::newRow("test 2") << "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"
                                << "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
                                << "72"
                                << "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458"
                                   "f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";
        QTest::newRow("test 3") << "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7"
                                << "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025"
                                << "af82"
                                << "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae6"
                                   "7f760984dc6594a7c15e9716ed28dc027beceea1ec40a";
    }
    void ed25519GivesTheValuesOfRfc8032() {
        QFETCH(QString, secret);
        QFETCH(QString, public_key);
        QFETCH(QString, message);
        QFETCH(QString, signature);
        const auto pair = KeyPair::fromSecret(hash(secret));
        QCOMPARE(text(pair.public_key), public_key);
        QCOMPARE(text(signEd25519(pair.secret, hex(message))), signature);
        QVERIFY(verifyEd25519(pair.public_key, hex(message), hex(signature)));
    }
    void aTamperedSignatureIsRefused() {
        SystemRandom random;
        const auto pair = KeyPair::make(random);
        const auto other = KeyPair::make(random);
        const Bytes message = toBytes(asBytes("fieldclaim/segment/1"));
        const auto signature = signEd25519(pair.secret, message);
        QVERIFY(verifyEd25519(pair.public_key, message, signature));
        QVERIFY(!verifyEd25519(other.public_key, message, signature));
        for (std::size_t i = 0; i < signature.size(); ++i) {
            auto wrong = signature;
            wrong[i] ^= 1U;
            QVERIFY(!verifyEd25519(pair.public_key, message, wrong));
        }
        for (std::size_t i = 0; i < message.size(); ++i) {
            auto wrong = message;
            wrong[i] ^= 0x80U;
            QVERIFY(!verifyEd25519(pair.public_key, wrong, signature));
        }
        QVERIFY(!verifyEd25519(pair.public_key, message, {}));
        QVERIFY(!verifyEd25519(pair.public_key, message, ByteView(signature).first(63)));
        Hash no_point{};
        no_point.fill(0xFF);
        QVERIFY(!verifyEd25519(no_point, message, signature));
    }
    void scryptGivesTheValuesOfRfc7914_data() {
        QTest::addColumn<QString>("passphrase");
        QTest::addColumn<QString>("salt");
        QTest::addColumn<int>("n");
        QTest::addColumn<int>("r");
        QTest::addColumn<int>("p");
        QTest::addColumn<QString>("key");
        // RFC 7914, part 12, shows 64 bytes; PBKDF2's first block is the first 32 of them whatever the length asked
        // for.
        QTest::newRow("nothing") << ""
                                 << "" << 16 << 1 << 1
                                 << "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442";
        QTest::newRow("password") << "password"
                                  << "NaCl" << 1024 << 8 << 16
                                  << "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162";
        QTest::newRow("pleaseletmein") << "pleaseletmein"
                                       << "SodiumChloride" << 16384 << 8 << 1
                                       << "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2";
    }
    void scryptGivesTheValuesOfRfc7914() {
        QFETCH(QString, passphrase);
        QFETCH(QString, salt);
        QFETCH(int, n);
        QFETCH(int, r);
        QFETCH(int, p);
        QFETCH(QString, key);
        const ScryptParams params{static_cast<std::uint64_t>(n), static_cast<std::uint32_t>(r),
                                  static_cast<std::uint32_t>(p)};
        const auto made = scrypt(passphrase.toStdString(), asBytes(salt.toStdString()), params);
        QVERIFY(made);
        QCOMPARE(text(*made), key);
    }
    void scryptRefusesWhatItCannotDo() {
        QVERIFY(scrypt("a", {}, {1U << 20U, 8, 1}).error().code == ErrorCode::TooLarge);
        QVERIFY(scrypt("a", {}, {1ULL << 62U, 8, 1}).error().code == ErrorCode::TooLarge);
        QVERIFY(scrypt("a", {}, {15, 8, 1}).error().code == ErrorCode::BadInput);  // no power of two
        QVERIFY(scrypt("a", {}, {16, 0, 1}).error().code == ErrorCode::BadInput);
        QVERIFY(scrypt("a", {}, {}).has_value());  // the vault's own
    }
    void gcmGivesTheKnownValue() {
        // NIST's GCM test case 13 and 14 have a nonce of zeros.
        class ZeroRandom final : public Random {
        public:
            void fill(std::uint8_t* out, std::size_t size) override { std::fill_n(out, size, std::uint8_t{0}); }
        } zeros;
        QCOMPARE(text(sealAesGcm({}, {}, {}, zeros)), QString("00").repeated(12) + "530f8afbc74536b9a963b4f1c4cb738b");
        QCOMPARE(text(sealAesGcm({}, Bytes(16), {}, zeros)),
                 QString("00").repeated(12) + "cea7403d4d606b6e074ec5d3baf39d18" + "d0d1c8a799996bf0265b98b5d48ab919");
    }
    void whatWasSealedOpens() {
        SystemRandom random;
        QVERIFY(rc::check([&](const Hash& key, const Bytes& plain, const Bytes& context) {
            const auto sealed = sealAesGcm(key, plain, context, random);
            RC_ASSERT(sealed.size() == plain.size() + 28);
            RC_ASSERT(openAesGcm(key, sealed, context).value() == plain);
        }));
    }
    void whateverIsTamperedWithDoesNotOpen() {
        CountingRandom random;
        Hash key{};
        key.fill(7);
        const Bytes plain = toBytes(asBytes("QQ123456C"));
        const Bytes context = toBytes(asBytes("vault/slot/1"));
        const auto sealed = sealAesGcm(key, plain, context, random);
        QVERIFY(openAesGcm(key, sealed, context));
        const auto refused = [](const Result<Bytes>& opened) {
            return !opened && opened.error().code == ErrorCode::BadSignature;
        };
        for (std::size_t i = 0; i < sealed.size(); ++i) {  // nonce, ciphertext and tag alike
            auto wrong = sealed;
            wrong[i] ^= 1U;
            QVERIFY2(refused(openAesGcm(key, wrong, context)), qPrintable(QString::number(i)));
        }
        auto wrong_key = key;
        wrong_key[31] ^= 1U;
        QVERIFY(refused(openAesGcm(wrong_key, sealed, context)));
        QVERIFY(refused(openAesGcm(key, sealed, asBytes("vault/slot/2"))));
        QVERIFY(refused(openAesGcm(key, sealed, {})));
        for (std::size_t size = 0; size < sealed.size(); ++size) {
            QVERIFY(refused(openAesGcm(key, ByteView(sealed).first(size), context)));
        }
        auto longer = sealed;
        longer.push_back(0);
        QVERIFY(refused(openAesGcm(key, longer, context)));
    }
    void eachSealHasItsOwnNonce() {
        SystemRandom random;
        const auto a = sealAesGcm({}, asBytes("a"), {}, random);
        const auto b = sealAesGcm({}, asBytes("a"), {}, random);
        QVERIFY(a != b);
    }
    void comparisonIsOfContentAndLength() {
        QVERIFY(equalConstantTime(asBytes("abc"), asBytes("abc")));
        QVERIFY(!equalConstantTime(asBytes("abc"), asBytes("abd")));
        QVERIFY(!equalConstantTime(asBytes("abc"), asBytes("ab")));
        QVERIFY(equalConstantTime({}, {}));
    }
};

QTEST_GUILESS_MAIN(TestCrypto)
#include "tst_crypto.moc"
