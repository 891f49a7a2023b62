#include "shared/crypto/certificates.h"

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <chrono>
#include <climits>

#include "shared/crypto/crypto.h"

namespace fieldclaim {
namespace {

template <typename T, void (*release)(T*)>
struct Release {
    void operator()(T* pointer) const { release(pointer); }
};
void freeBio(BIO* bio) { BIO_free_all(bio); }
using PkeyPtr = std::unique_ptr<EVP_PKEY, Release<EVP_PKEY, EVP_PKEY_free>>;
using X509Ptr = std::unique_ptr<X509, Release<X509, X509_free>>;
using BioPtr = std::unique_ptr<BIO, Release<BIO, freeBio>>;
using ExtensionPtr = std::unique_ptr<X509_EXTENSION, Release<X509_EXTENSION, X509_EXTENSION_free>>;
using NamesPtr = std::unique_ptr<GENERAL_NAMES, Release<GENERAL_NAMES, GENERAL_NAMES_free>>;
using GeneralNamePtr = std::unique_ptr<GENERAL_NAME, Release<GENERAL_NAME, GENERAL_NAME_free>>;
using OctetsPtr = std::unique_ptr<ASN1_OCTET_STRING, Release<ASN1_OCTET_STRING, ASN1_OCTET_STRING_free>>;
using StorePtr = std::unique_ptr<X509_STORE, Release<X509_STORE, X509_STORE_free>>;
using StoreContextPtr = std::unique_ptr<X509_STORE_CTX, Release<X509_STORE_CTX, X509_STORE_CTX_free>>;
using DigestPtr = std::unique_ptr<EVP_MD_CTX, Release<EVP_MD_CTX, EVP_MD_CTX_free>>;
using BignumPtr = std::unique_ptr<BIGNUM, Release<BIGNUM, BN_free>>;

constexpr std::int64_t kDayMs = 86'400'000;
constexpr int kAuthorityDays = 3652;
constexpr std::size_t kMaxNames = 100;
constexpr std::size_t kMaxDnsName = 253;
constexpr std::size_t kMaxCommonName = 64;

tl::unexpected<Error> openSslFailed(const char* what) { return fail(ErrorCode::Internal, what); }

BioPtr readOnly(std::string_view text) {
    ENSURE(text.size() <= INT_MAX);
    return BioPtr(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

std::string textOf(BIO* bio) {
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    return size > 0 ? std::string(data, static_cast<std::size_t>(size)) : std::string();
}

// An encrypted key must be refused, not asked about on the terminal, which is what OpenSSL does by itself.
int noPassphrase(char*, int, int, void*) { return -1; }

Result<X509Ptr> readCertificate(std::string_view pem) {
    if (pem.size() > 1U << 20U) return fail(ErrorCode::BadInput, "a certificate of more than 1 MiB");
    X509Ptr certificate(PEM_read_bio_X509(readOnly(pem).get(), nullptr, noPassphrase, nullptr));
    if (!certificate) return fail(ErrorCode::BadInput, "not a certificate in PEM");
    return certificate;
}

Result<PkeyPtr> readKey(std::string_view pem) {
    if (pem.size() > 1U << 20U) return fail(ErrorCode::BadInput, "a key of more than 1 MiB");
    PkeyPtr key(PEM_read_bio_PrivateKey(readOnly(pem).get(), nullptr, noPassphrase, nullptr));
    if (!key) return fail(ErrorCode::BadInput, "not an unencrypted private key in PEM");
    return key;
}

std::string pemOf(X509* certificate) {
    const BioPtr bio(BIO_new(BIO_s_mem()));
    ENSURE(bio != nullptr && PEM_write_bio_X509(bio.get(), certificate) == 1);
    return textOf(bio.get());
}

std::string pemOf(EVP_PKEY* key) {
    const BioPtr bio(BIO_new(BIO_s_mem()));
    ENSURE(bio != nullptr && PEM_write_bio_PKCS8PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1);
    return textOf(bio.get());
}

Hash hashOfPublicKey(X509* certificate) {
    unsigned char* der = nullptr;
    const int size = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate), &der);
    ENSURE(size > 0);
    const Hash hash = sha256(ByteView(der, static_cast<std::size_t>(size)));
    OPENSSL_free(der);
    return hash;
}

// 127 random bits: positive, unguessable (CA/Browser Forum 7.1 asks for 64), never twice.
bool setSerial(X509* certificate, Random& random) {
    std::array<std::uint8_t, 16> bytes{};
    random.fill(bytes.data(), bytes.size());
    bytes[0] = static_cast<std::uint8_t>((bytes[0] & 0x7FU) | 0x40U);
    const BignumPtr number(BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr));
    return number && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr;
}

bool setTimes(X509* certificate, std::int64_t from_ms, std::int64_t to_ms) {
    return ASN1_TIME_set(X509_getm_notBefore(certificate), static_cast<time_t>(from_ms / 1000)) != nullptr &&
           ASN1_TIME_set(X509_getm_notAfter(certificate), static_cast<time_t>(to_ms / 1000)) != nullptr;
}

bool setCommonName(X509_NAME* name, std::string_view text) {
    return X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(text.data()),
                                      static_cast<int>(text.size()), -1, 0) == 1;
}

// Only with constant values: what comes from outside never meets OpenSSL's little configuration language.
bool addExtension(X509* certificate, X509* issuer, int nid, const char* value) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const ExtensionPtr extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value));
    return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

bool isDnsName(std::string_view name) {
    if (name.starts_with("*.")) name.remove_prefix(2);
    if (name.empty() || name.size() > kMaxDnsName) return false;
    std::size_t label = 0;
    char before = '.';
    for (const char c : name) {
        const bool alphanumeric = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (c == '.') {
            if (label == 0 || before == '-') return false;
            label = 0;
        } else if (alphanumeric || (c == '-' && label > 0)) {
            if (++label > 63) return false;
        } else {
            return false;
        }
        before = c;
    }
    return label > 0 && before != '-';
}

Status addName(GENERAL_NAMES* names, const std::string& name) {
    GeneralNamePtr entry(GENERAL_NAME_new());
    if (!entry) return openSslFailed("no memory for a name");
    if (OctetsPtr address(a2i_IPADDRESS(name.c_str())); address) {
        GENERAL_NAME_set0_value(entry.get(), GEN_IPADD, address.release());
    } else if (isDnsName(name)) {
        ASN1_IA5STRING* text = ASN1_IA5STRING_new();
        if (text == nullptr || ASN1_STRING_set(text, name.data(), static_cast<int>(name.size())) != 1) {
            ASN1_IA5STRING_free(text);
            return openSslFailed("no memory for a name");
        }
        GENERAL_NAME_set0_value(entry.get(), GEN_DNS, text);
    } else {
        return fail(ErrorCode::BadInput, "neither a DNS name nor an IP address: " + name);
    }
    if (sk_GENERAL_NAME_push(names, entry.get()) <= 0) return openSslFailed("no memory for a name");
    static_cast<void>(entry.release());  // the list owns it now
    return {};
}

Result<X509Ptr> begin(std::string_view common_name, EVP_PKEY* key, std::int64_t now_ms, int days, Random& random) {
    X509Ptr certificate(X509_new());
    if (!certificate || X509_set_version(certificate.get(), X509_VERSION_3) != 1 ||
        !setSerial(certificate.get(), random) ||
        !setTimes(certificate.get(), now_ms - kDayMs, now_ms + days * kDayMs) ||
        !setCommonName(X509_get_subject_name(certificate.get()), common_name) ||
        X509_set_pubkey(certificate.get(), key) != 1) {
        return openSslFailed("the certificate could not be filled in");
    }
    return certificate;
}

}  // namespace

struct CertificateAuthority::Parts {
    X509Ptr certificate;
    PkeyPtr key;
};

CertificateAuthority::CertificateAuthority(std::shared_ptr<const Parts> parts) : m_parts(std::move(parts)) {}

Result<CertificateAuthority> CertificateAuthority::create(std::int64_t now_ms, Random& random) {
    PkeyPtr key(EVP_EC_gen("P-256"));
    if (!key) return openSslFailed("no P-256 key could be made");
    ASSIGN(X509Ptr certificate, begin("Fieldclaim CA", key.get(), now_ms, kAuthorityDays, random));
    X509* const raw = certificate.get();
    if (X509_set_issuer_name(raw, X509_get_subject_name(raw)) != 1 ||
        !addExtension(raw, raw, NID_basic_constraints, "critical,CA:TRUE,pathlen:0") ||
        !addExtension(raw, raw, NID_key_usage, "critical,keyCertSign,cRLSign") ||
        !addExtension(raw, raw, NID_subject_key_identifier, "hash") || X509_sign(raw, key.get(), EVP_sha256()) <= 0) {
        return openSslFailed("the authority's certificate could not be signed");
    }
    return CertificateAuthority(std::make_unique<Parts>(Parts{std::move(certificate), std::move(key)}));
}

Result<CertificateAuthority> CertificateAuthority::load(std::string_view certificate_pem, std::string_view key_pem) {
    ASSIGN(X509Ptr certificate, readCertificate(certificate_pem));
    ASSIGN(PkeyPtr key, readKey(key_pem));
    if (X509_check_private_key(certificate.get(), key.get()) != 1) {
        return fail(ErrorCode::Untrusted, "the private key is not the certificate's");
    }
    if (X509_check_ca(certificate.get()) != 1 || X509_verify(certificate.get(), key.get()) != 1) {
        return fail(ErrorCode::Untrusted, "the certificate is not a self-signed authority's");
    }
    return CertificateAuthority(std::make_unique<Parts>(Parts{std::move(certificate), std::move(key)}));
}

std::string CertificateAuthority::certificatePem() const { return pemOf(m_parts->certificate.get()); }
std::string CertificateAuthority::privateKeyPem() const { return pemOf(m_parts->key.get()); }
Hash CertificateAuthority::publicKeyHash() const { return hashOfPublicKey(m_parts->certificate.get()); }

Result<TlsIdentity> CertificateAuthority::issueServer(const std::vector<std::string>& names, std::int64_t now_ms,
                                                      Random& random, int days) const {
    if (names.empty() || names.size() > kMaxNames) {
        return fail(ErrorCode::BadInput, "a server's certificate carries 1 to 100 names");
    }
    if (days < 1 || days > kAuthorityDays) return fail(ErrorCode::BadInput, "a certificate lives 1 to 3652 days");
    const NamesPtr alternatives(GENERAL_NAMES_new());
    if (!alternatives) return openSslFailed("no memory for names");
    for (const auto& name : names) TRY(addName(alternatives.get(), name));

    PkeyPtr key(EVP_EC_gen("P-256"));
    if (!key) return openSslFailed("no P-256 key could be made");
    // A longer name than the CN field holds is in the alternative names all the same, which is where clients look.
    const auto common_name = std::string_view(names.front()).substr(0, kMaxCommonName);
    ASSIGN(const X509Ptr certificate, begin(common_name, key.get(), now_ms, days, random));
    X509* const raw = certificate.get();
    X509* const issuer = m_parts->certificate.get();
    if (X509_set_issuer_name(raw, X509_get_subject_name(issuer)) != 1 ||
        !addExtension(raw, issuer, NID_basic_constraints, "critical,CA:FALSE") ||
        !addExtension(raw, issuer, NID_key_usage, "critical,digitalSignature") ||
        !addExtension(raw, issuer, NID_ext_key_usage, "serverAuth") ||
        !addExtension(raw, issuer, NID_subject_key_identifier, "hash") ||
        !addExtension(raw, issuer, NID_authority_key_identifier, "keyid:always") ||
        X509_add1_ext_i2d(raw, NID_subject_alt_name, alternatives.get(), 0, 0) != 1 ||
        X509_sign(raw, m_parts->key.get(), EVP_sha256()) <= 0) {
        return openSslFailed("the server's certificate could not be signed");
    }
    return TlsIdentity{pemOf(raw) + certificatePem(), pemOf(key.get())};
}

Bytes CertificateAuthority::sign(ByteView message) const {
    const DigestPtr context(EVP_MD_CTX_new());
    std::size_t size = 0;
    ENSURE(context != nullptr &&
           EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, m_parts->key.get()) == 1 &&
           EVP_DigestSign(context.get(), nullptr, &size, message.data(), message.size()) == 1);
    Bytes out(size);
    ENSURE(EVP_DigestSign(context.get(), out.data(), &size, message.data(), message.size()) == 1);
    out.resize(size);
    return out;
}

Status verifyByAuthority(std::string_view authority_pem, ByteView message, ByteView signature) {
    ASSIGN(const X509Ptr authority, readCertificate(authority_pem));
    EVP_PKEY* const key = X509_get0_pubkey(authority.get());
    const DigestPtr context(EVP_MD_CTX_new());
    if (key != nullptr && EVP_PKEY_is_a(key, "EC") == 1 && context &&
        EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key) == 1 &&
        EVP_DigestVerify(context.get(), signature.data(), signature.size(), message.data(), message.size()) == 1) {
        return {};
    }
    return fail(ErrorCode::Untrusted, "not signed by the authority");
}

Status requireAuthority(std::string_view certificate_pem) {
    ASSIGN(const X509Ptr authority, readCertificate(certificate_pem));
    if (X509_check_ca(authority.get()) != 1 || X509_verify(authority.get(), X509_get0_pubkey(authority.get())) != 1)
        return fail(ErrorCode::Untrusted, "the certificate is not a self-signed authority's");
    if (pemOf(authority.get()) != certificate_pem)
        return fail(ErrorCode::Untrusted, "more than the authority's certificate");
    return {};
}

Result<Hash> sha256OfPublicKey(std::string_view certificate_pem) {
    ASSIGN(const X509Ptr certificate, readCertificate(certificate_pem));
    return hashOfPublicKey(certificate.get());
}

Status verifyServer(std::string_view authority_pem, std::string_view server_pem, const std::string& host) {
    if (host.empty()) return fail(ErrorCode::Untrusted, "no host to verify it for");
    ASSIGN(const X509Ptr authority, readCertificate(authority_pem));
    ASSIGN(const X509Ptr server, readCertificate(server_pem));
    const StorePtr store(X509_STORE_new());
    const StoreContextPtr context(X509_STORE_CTX_new());
    if (!store || !context || X509_STORE_add_cert(store.get(), authority.get()) != 1 ||
        X509_STORE_CTX_init(context.get(), store.get(), server.get(), nullptr) != 1) {
        return openSslFailed("a certificate could not be verified");
    }
    auto* const rules = X509_STORE_CTX_get0_param(context.get());
    X509_VERIFY_PARAM_set_flags(rules, X509_V_FLAG_NO_CHECK_TIME);
    X509_VERIFY_PARAM_set_hostflags(rules, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    const bool named = X509_VERIFY_PARAM_set_purpose(rules, X509_PURPOSE_SSL_SERVER) == 1 &&
                       (X509_VERIFY_PARAM_set1_ip_asc(rules, host.c_str()) == 1 ||
                        X509_VERIFY_PARAM_set1_host(rules, host.c_str(), host.size()) == 1);
    if (!named) return openSslFailed("a host's name could not be verified");
    if (X509_verify_cert(context.get()) == 1) return {};
    return fail(ErrorCode::Untrusted, X509_verify_cert_error_string(X509_STORE_CTX_get_error(context.get())));
}

Result<std::int64_t> notAfter(std::string_view certificate_pem) {
    ASSIGN(const X509Ptr certificate, readCertificate(certificate_pem));
    std::tm parts{};
    if (ASN1_TIME_to_tm(X509_get0_notAfter(certificate.get()), &parts) != 1) {
        return fail(ErrorCode::BadInput, "the certificate has no readable end");
    }
    using namespace std::chrono;
    const sys_days day{year{parts.tm_year + 1900} / month{static_cast<unsigned>(parts.tm_mon + 1)} /
                       std::chrono::day{static_cast<unsigned>(parts.tm_mday)}};
    const auto time = day + hours{parts.tm_hour} + minutes{parts.tm_min} + seconds{parts.tm_sec};
    return duration_cast<milliseconds>(time.time_since_epoch()).count();
}

}  // namespace fieldclaim
