#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <QtTest>
#include <memory>
#include <set>

#include "shared/crypto/certificates.h"
#include "shared/crypto/crypto.h"

using namespace fieldclaim;

namespace {

constexpr std::int64_t kDayMs = 86'400'000;
constexpr std::int64_t kNow = 1'168'852'323'000;  // 2007-01-15T09:12:03Z

// The tests look at certificates with OpenSSL's own eyes, not with the code under test.
struct FreeX509 {
    void operator()(X509* certificate) const { X509_free(certificate); }
};
using X509Ptr = std::unique_ptr<X509, FreeX509>;

X509Ptr parse(const std::string& pem) {
    BIO* const bio = BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()));
    X509Ptr certificate(PEM_read_bio_X509(bio, nullptr, nullptr, nullptr));
    BIO_free(bio);
    return certificate;
}

std::string commonName(const X509_NAME* name) {
    char text[256] = {};
    X509_NAME_get_text_by_NID(const_cast<X509_NAME*>(name), NID_commonName, text, sizeof text);
    return text;
}

// X509_V_OK or why not, as a client at that time judges it.
int verify(const std::string& leaf_pem, const std::string& authority_pem, std::int64_t at_ms) {
    const auto leaf = parse(leaf_pem);
    const auto authority = parse(authority_pem);
    X509_STORE* const store = X509_STORE_new();
    X509_STORE_add_cert(store, authority.get());
    X509_STORE_CTX* const context = X509_STORE_CTX_new();
    X509_STORE_CTX_init(context, store, leaf.get(), nullptr);
    X509_STORE_CTX_set_time(context, 0, static_cast<time_t>(at_ms / 1000));
    X509_STORE_CTX_set_purpose(context, X509_PURPOSE_SSL_SERVER);
    X509_verify_cert(context);
    const int error = X509_STORE_CTX_get_error(context);
    X509_STORE_CTX_free(context);
    X509_STORE_free(store);
    return error;
}

}  // namespace

class TestCertificates final : public QObject {
    Q_OBJECT

    SystemRandom m_random;

private slots:
    void theAuthorityIsWhatTheDesignSays() {
        const auto authority = CertificateAuthority::create(kNow, m_random).value();
        const auto certificate = parse(authority.certificatePem());
        QVERIFY(certificate != nullptr);
        QCOMPARE(commonName(X509_get_subject_name(certificate.get())), std::string("Fieldclaim CA"));
        QCOMPARE(commonName(X509_get_issuer_name(certificate.get())), std::string("Fieldclaim CA"));
        QCOMPARE(X509_check_ca(certificate.get()), 1);
        QCOMPARE(X509_get_pathlen(certificate.get()), 0L);
        QCOMPARE(X509_get_key_usage(certificate.get()), std::uint32_t(KU_KEY_CERT_SIGN | KU_CRL_SIGN));
        QVERIFY(X509_get_extension_flags(certificate.get()) & EXFLAG_SS);
        char group[32] = {};
        EVP_PKEY_get_group_name(X509_get0_pubkey(certificate.get()), group, sizeof group, nullptr);
        QCOMPARE(std::string(group), std::string("prime256v1"));
        QCOMPARE(notAfter(authority.certificatePem()).value(), kNow + 3652 * kDayMs);
    }
    void anAuthorityGoesThroughPemAndIsTheSame() {
        const auto authority = CertificateAuthority::create(kNow, m_random).value();
        const auto again = CertificateAuthority::load(authority.certificatePem(), authority.privateKeyPem());
        QVERIFY(again);
        QCOMPARE(again->certificatePem(), authority.certificatePem());
        QVERIFY(again->publicKeyHash() == authority.publicKeyHash());
        const auto server = again->issueServer({"sync.example"}, kNow, m_random).value();
        QCOMPARE(verify(server.certificate_pem, authority.certificatePem(), kNow), X509_V_OK);
    }
    void whatIsNoAuthorityIsNotLoaded() {
        const auto authority = CertificateAuthority::create(kNow, m_random).value();
        const auto other = CertificateAuthority::create(kNow, m_random).value();
        const auto pem = authority.certificatePem();
        QVERIFY(CertificateAuthority::load("rubbish", authority.privateKeyPem()).error().code == ErrorCode::BadInput);
        QVERIFY(CertificateAuthority::load(pem, "rubbish").error().code == ErrorCode::BadInput);
        QVERIFY(CertificateAuthority::load("", "").error().code == ErrorCode::BadInput);
        QVERIFY(CertificateAuthority::load(pem, other.privateKeyPem()).error().code == ErrorCode::Untrusted);
        const auto server = authority.issueServer({"a.example"}, kNow, m_random).value();
        QVERIFY(CertificateAuthority::load(server.certificate_pem, server.key_pem).error().code ==
                ErrorCode::Untrusted);
    }
    void aServersCertificateVerifiesForItsTimeUnderItsAuthorityAlone() {
        const auto authority = CertificateAuthority::create(kNow, m_random).value();
        const auto other = CertificateAuthority::create(kNow, m_random).value();
        const auto server = authority.issueServer({"sync.example"}, kNow, m_random).value();
        const auto pem = authority.certificatePem();
        QCOMPARE(verify(server.certificate_pem, pem, kNow), X509_V_OK);
        QCOMPARE(verify(server.certificate_pem, pem, kNow + 90 * kDayMs - 1000), X509_V_OK);
        QCOMPARE(verify(server.certificate_pem, pem, kNow + 91 * kDayMs), X509_V_ERR_CERT_HAS_EXPIRED);
        QCOMPARE(verify(server.certificate_pem, pem, kNow - kDayMs + 1000), X509_V_OK);
        QCOMPARE(verify(server.certificate_pem, pem, kNow - 2 * kDayMs), X509_V_ERR_CERT_NOT_YET_VALID);
        QVERIFY(verify(server.certificate_pem, other.certificatePem(), kNow) != X509_V_OK);
        QCOMPARE(notAfter(server.certificate_pem).value(), kNow + 90 * kDayMs);
    }
    void aServerIsVerifiedByItsAuthorityAndItsHostWhateverTheDay() {
        const auto authority = CertificateAuthority::create(kNow, m_random).value();
        const auto other = CertificateAuthority::create(kNow, m_random).value();
        const auto pem = authority.certificatePem();
        const auto long_gone = kNow - 40 * 365 * kDayMs;
        const auto server = authority.issueServer({"sync.example", "10.0.0.7"}, long_gone, m_random).value();
        QVERIFY(verifyServer(pem, server.certificate_pem, "sync.example"));
        QVERIFY(verifyServer(pem, server.certificate_pem, "10.0.0.7"));
        for (const char* host : {"other.example", "10.0.0.8", "example", ""}) {
            QCOMPARE(verifyServer(pem, server.certificate_pem, host).error().code, ErrorCode::Untrusted);
        }
        QCOMPARE(verifyServer(other.certificatePem(), server.certificate_pem, "sync.example").error().code,
                 ErrorCode::Untrusted);
        // The authority's own certificate is no server's.
        QVERIFY(!verifyServer(pem, pem, "Fieldclaim CA"));
        QCOMPARE(verifyServer(pem, "rubbish", "sync.example").error().code, ErrorCode::BadInput);
    }
    void aServersCertificateCarriesItsNamesAndNoOthers() {
        const auto authority = CertificateAuthority::create(kNow, m_random).value();
        const auto server =
            authority.issueServer({"sync.example", "*.offices.example", "127.0.0.1", "::1"}, kNow, m_random).value();
        const auto certificate = parse(server.certificate_pem);
        const auto host = [&](const char* name) { return X509_check_host(certificate.get(), name, 0, 0, nullptr); };
        const auto address = [&](const char* ip) { return X509_check_ip_asc(certificate.get(), ip, 0); };
        QCOMPARE(host("sync.example"), 1);
        QCOMPARE(host("a.offices.example"), 1);
        QCOMPARE(host("other.example"), 0);
        QCOMPARE(address("127.0.0.1"), 1);
        QCOMPARE(address("::1"), 1);
        QCOMPARE(address("127.0.0.2"), 0);
        QCOMPARE(X509_check_ca(certificate.get()), 0);
        QCOMPARE(X509_get_extended_key_usage(certificate.get()), std::uint32_t(XKU_SSL_SERVER));
        // The chain follows, so that the server can send it.
        QVERIFY(server.certificate_pem.ends_with(authority.certificatePem()));
    }
    void aWrongNameIsRefused_data() {
        QTest::addColumn<QString>("name");
        for (const char* name : {"", "a b", "-a.example", "a-.example", "a..b", ".a", "a.", "*", "*.", "a.*.b",
                                 "DNS:a.example,IP:1.2.3.4", "caf\xc3\xa9.example", "a_b", "1.2.3.4/8"}) {
            QTest::newRow(*name == '\0' ? "empty" : name) << QString::fromUtf8(name);
        }
        QTest::newRow("a label of 64") << QString(64, 'a') + ".example";
        QTest::newRow("254 letters") << QString("a.").repeated(126) + "aa";
    }
    void aWrongNameIsRefused() {
        QFETCH(QString, name);
        const auto authority = CertificateAuthority::create(kNow, m_random).value();
        const auto issued = authority.issueServer({name.toStdString()}, kNow, m_random);
        QVERIFY(!issued);
        QVERIFY(issued.error().code == ErrorCode::BadInput);
    }
    void namesAndDaysAreBounded() {
        const auto authority = CertificateAuthority::create(kNow, m_random).value();
        QVERIFY(!authority.issueServer({}, kNow, m_random));
        QVERIFY(!authority.issueServer(std::vector<std::string>(101, "a.example"), kNow, m_random));
        QVERIFY(!authority.issueServer({"a.example"}, kNow, m_random, 0));
        QVERIFY(!authority.issueServer({"a.example"}, kNow, m_random, 4000));
        const auto long_name = std::string(60, 'a') + '.' + std::string(60, 'b') + ".example";
        const auto server = authority.issueServer({long_name}, kNow, m_random);
        QVERIFY(server);
        QCOMPARE(X509_check_host(parse(server->certificate_pem).get(), long_name.c_str(), 0, 0, nullptr), 1);
    }
    void serialNumbersArePositiveLargeAndNeverTwice() {
        const auto authority = CertificateAuthority::create(kNow, m_random).value();
        std::set<std::string> seen;
        for (int i = 0; i < 20; ++i) {
            const auto server = authority.issueServer({"a.example"}, kNow, m_random).value();
            const auto certificate = parse(server.certificate_pem);
            BIGNUM* const number = ASN1_INTEGER_to_BN(X509_get0_serialNumber(certificate.get()), nullptr);
            QVERIFY(!BN_is_negative(number));
            QCOMPARE(BN_num_bits(number), 127);
            char* const text = BN_bn2hex(number);
            QVERIFY(seen.insert(text).second);
            OPENSSL_free(text);
            BN_free(number);
        }
    }
    void thePinIsTheHashOfTheSubjectPublicKeyInfo() {
        // A P-256 certificate's SubjectPublicKeyInfo has 91 bytes: a fixed 26-byte head, then 04 and the point.
        const auto authority = CertificateAuthority::create(kNow, m_random).value();
        const auto certificate = parse(authority.certificatePem());
        unsigned char* der = nullptr;
        const int size = i2d_PUBKEY(X509_get0_pubkey(certificate.get()), &der);
        QCOMPARE(size, 91);
        QVERIFY(sha256(ByteView(der, 91)) == authority.publicKeyHash());
        OPENSSL_free(der);
        QVERIFY(sha256OfPublicKey(authority.certificatePem()).value() == authority.publicKeyHash());
        QVERIFY(sha256OfPublicKey("no certificate").error().code == ErrorCode::BadInput);
        QVERIFY(notAfter("no certificate").error().code == ErrorCode::BadInput);
    }
    void whatTheAuthoritySignsIsEcdsaOverSha256() {
        const auto authority = CertificateAuthority::create(kNow, m_random).value();
        const auto message = toBytes(asBytes("a message"));
        const auto signature = authority.sign(message);
        QVERIFY(!signature.empty() && signature.size() <= kMostAuthoritySignature);
        const auto certificate = parse(authority.certificatePem());
        EVP_MD_CTX* const context = EVP_MD_CTX_new();
        EVP_DigestVerifyInit(context, nullptr, EVP_sha256(), nullptr, X509_get0_pubkey(certificate.get()));
        QCOMPARE(EVP_DigestVerify(context, signature.data(), signature.size(), message.data(), message.size()), 1);
        EVP_MD_CTX_free(context);
    }
    void aSignatureIsTheAuthoritysOverThatMessageAlone() {
        // Its days are long over, which is nothing to a tablet.
        const auto authority = CertificateAuthority::create(kNow - 40 * 365 * kDayMs, m_random).value();
        const auto other = CertificateAuthority::create(kNow, m_random).value();
        const auto pem = authority.certificatePem();
        const auto message = toBytes(asBytes("a message"));
        const auto signature = authority.sign(message);
        QVERIFY(verifyByAuthority(pem, message, signature));
        QVERIFY(verifyByAuthority(pem + other.certificatePem(), message, signature));
        // The first certificate of the text counts, whatever comes after it.
        QCOMPARE(verifyByAuthority(other.certificatePem() + pem, message, signature).error().code,
                 ErrorCode::Untrusted);
        QVERIFY(!verifyByAuthority(pem, asBytes("a messagf"), signature));
        QVERIFY(!verifyByAuthority(pem, {}, signature));
        QVERIFY(!verifyByAuthority(pem, message, {}));
        QVERIFY(!verifyByAuthority(pem, message, ByteView(signature).first(signature.size() - 1)));
        auto longer = signature;
        longer.push_back(0);
        QVERIFY(!verifyByAuthority(pem, message, longer));
        for (std::size_t i = 0; i < signature.size(); ++i) {
            auto changed = signature;
            changed[i] ^= 1U;
            QCOMPARE(verifyByAuthority(pem, message, changed).error().code, ErrorCode::Untrusted);
        }
        QCOMPARE(verifyByAuthority("", message, signature).error().code, ErrorCode::BadInput);
        QCOMPARE(verifyByAuthority("rubbish", message, signature).error().code, ErrorCode::BadInput);
    }
    void anAuthoritysCertificateStandsAlone() {
        const auto authority = CertificateAuthority::create(kNow, m_random).value();
        const auto other = CertificateAuthority::create(kNow, m_random).value();
        const auto pem = authority.certificatePem();
        QVERIFY(requireAuthority(pem));
        QCOMPARE(requireAuthority(pem + other.certificatePem()).error().code, ErrorCode::Untrusted);
        QCOMPARE(requireAuthority("before\n" + pem).error().code, ErrorCode::Untrusted);
        const auto server = authority.issueServer({"a.example"}, kNow, m_random).value();
        QCOMPARE(requireAuthority(server.certificate_pem).error().code, ErrorCode::Untrusted);
        const auto leaf = server.certificate_pem.substr(0, server.certificate_pem.size() - pem.size());
        QCOMPARE(leaf + pem, server.certificate_pem);
        QCOMPARE(requireAuthority(leaf).error().code, ErrorCode::Untrusted);
        QCOMPARE(requireAuthority("").error().code, ErrorCode::BadInput);
    }
    void certificatesThatEndAfter2049AreRead() {
        constexpr std::int64_t k2048 = 2'461'449'600'000;  // 2048-01-01, so the authority ends in 2057
        const auto authority = CertificateAuthority::create(k2048, m_random).value();
        QCOMPARE(notAfter(authority.certificatePem()).value(), k2048 + 3652 * kDayMs);
    }
};

QTEST_GUILESS_MAIN(TestCertificates)
#include "tst_certificates.moc"
