#include "shared/crypto/crypto.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/kdf.h>
#include <openssl/params.h>
#include <openssl/rand.h>

#include <climits>
#include <memory>

namespace fieldclaim {
namespace {

template <typename T, void (*release)(T*)>
struct Release {
    void operator()(T* pointer) const { release(pointer); }
};
using PkeyPtr = std::unique_ptr<EVP_PKEY, Release<EVP_PKEY, EVP_PKEY_free>>;
using MdPtr = std::unique_ptr<EVP_MD_CTX, Release<EVP_MD_CTX, EVP_MD_CTX_free>>;
using CipherPtr = std::unique_ptr<EVP_CIPHER_CTX, Release<EVP_CIPHER_CTX, EVP_CIPHER_CTX_free>>;

EVP_MD_CTX* asContext(void* pointer) { return static_cast<EVP_MD_CTX*>(pointer); }

constexpr std::size_t kNonce = 12;
constexpr std::size_t kTag = 16;

/// Fetched once for the life of the process: EVP_sha256() is looked up again, under locks, at each use, which costs
/// more than hashing a change set.
const EVP_MD* sha256Method() {
    static EVP_MD* const method = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    ENSURE(method != nullptr);
    return method;
}

}  // namespace

void SystemRandom::fill(std::uint8_t* out, std::size_t size) {
    ENSURE(size <= INT_MAX);
    ENSURE(RAND_bytes(out, static_cast<int>(size)) == 1);
}

Sha256::Sha256() : m_context(EVP_MD_CTX_new()) {
    ENSURE(m_context != nullptr);
    ENSURE(EVP_DigestInit_ex(asContext(m_context), sha256Method(), nullptr) == 1);
}
Sha256::~Sha256() { EVP_MD_CTX_free(asContext(m_context)); }
Sha256::Sha256(Sha256&& other) noexcept : m_context(std::exchange(other.m_context, nullptr)) {}
Sha256& Sha256::operator=(Sha256&& other) noexcept {
    std::swap(m_context, other.m_context);
    return *this;
}
void Sha256::update(ByteView data) { ENSURE(EVP_DigestUpdate(asContext(m_context), data.data(), data.size()) == 1); }
Hash Sha256::finish() {
    Hash out{};
    ENSURE(EVP_DigestFinal_ex(asContext(m_context), out.data(), nullptr) == 1);
    return out;
}

Hash sha256(std::initializer_list<ByteView> parts) {
    Sha256 hash;
    for (const auto part : parts) hash.update(part);
    return hash.finish();
}
Hash sha256(ByteView data) { return sha256({data}); }

Hash hmacSha256(ByteView key, ByteView data) {
    Hash out{};
    unsigned int size = 0;
    ENSURE(key.size() <= INT_MAX);
    ENSURE(HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), data.data(), data.size(), out.data(), &size) !=
           nullptr);
    ENSURE(size == out.size());
    return out;
}

bool equalConstantTime(ByteView a, ByteView b) {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

KeyPair KeyPair::make(Random& random) {
    Hash secret{};
    random.fill(secret.data(), secret.size());
    return fromSecret(secret);
}

KeyPair KeyPair::fromSecret(const Hash& secret) {
    const PkeyPtr key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, secret.data(), secret.size()));
    ENSURE(key != nullptr);
    KeyPair pair{secret, {}};
    std::size_t size = pair.public_key.size();
    ENSURE(EVP_PKEY_get_raw_public_key(key.get(), pair.public_key.data(), &size) == 1);
    return pair;
}

Bytes signEd25519(const Hash& secret, ByteView message) {
    const PkeyPtr key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, secret.data(), secret.size()));
    const MdPtr context(EVP_MD_CTX_new());
    ENSURE(key != nullptr && context != nullptr);
    ENSURE(EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1);
    Bytes signature(64);
    std::size_t size = signature.size();
    ENSURE(EVP_DigestSign(context.get(), signature.data(), &size, message.data(), message.size()) == 1);
    return signature;
}

bool verifyEd25519(const Hash& public_key, ByteView message, ByteView signature) {
    if (signature.size() != 64) return false;
    const PkeyPtr key(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, public_key.data(), public_key.size()));
    const MdPtr context(EVP_MD_CTX_new());
    if (key == nullptr || context == nullptr) return false;
    if (EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) != 1) return false;
    return EVP_DigestVerify(context.get(), signature.data(), signature.size(), message.data(), message.size()) == 1;
}

Result<Hash> scrypt(std::string_view passphrase, ByteView salt, const ScryptParams& params) {
    constexpr std::uint64_t kMaxMemory = 1ULL << 30U;
    if (params.n > kMaxMemory || 128ULL * params.n * params.r + 128ULL * params.r * params.p > kMaxMemory) {
        return fail(ErrorCode::TooLarge, "scrypt parameters need more than 1 GiB");
    }
    Hash out{};
    if (EVP_PBE_scrypt(passphrase.data(), passphrase.size(), salt.data(), salt.size(), params.n, params.r, params.p,
                       kMaxMemory + (1U << 20U), out.data(), out.size()) != 1) {
        return fail(ErrorCode::BadInput, "scrypt refused its parameters");
    }
    return out;
}

Bytes sealAesGcm(const Hash& key, ByteView plain, ByteView context, Random& random) {
    ENSURE(plain.size() <= INT_MAX && context.size() <= INT_MAX);
    Bytes out(kNonce + plain.size() + kTag);
    random.fill(out.data(), kNonce);
    const CipherPtr cipher(EVP_CIPHER_CTX_new());
    int size = 0;
    ENSURE(EVP_EncryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, key.data(), out.data()) == 1);
    ENSURE(EVP_EncryptUpdate(cipher.get(), nullptr, &size, context.data(), static_cast<int>(context.size())) == 1);
    ENSURE(EVP_EncryptUpdate(cipher.get(), out.data() + kNonce, &size, plain.data(), static_cast<int>(plain.size())) ==
           1);
    ENSURE(EVP_EncryptFinal_ex(cipher.get(), out.data() + kNonce + size, &size) == 1);
    ENSURE(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, kTag, out.data() + kNonce + plain.size()) == 1);
    return out;
}

Result<Bytes> openAesGcm(const Hash& key, ByteView sealed, ByteView context) {
    if (sealed.size() < kNonce + kTag || sealed.size() > INT_MAX || context.size() > INT_MAX) {
        return fail(ErrorCode::BadSignature, "sealed bytes are too short or too long");
    }
    Bytes plain(sealed.size() - kNonce - kTag);
    Bytes tag(sealed.end() - kTag, sealed.end());
    const CipherPtr cipher(EVP_CIPHER_CTX_new());
    int size = 0;
    std::uint8_t none = 0;
    std::uint8_t* const out = plain.empty() ? &none : plain.data();
    const bool ok =
        EVP_DecryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, key.data(), sealed.data()) == 1 &&
        EVP_DecryptUpdate(cipher.get(), nullptr, &size, context.data(), static_cast<int>(context.size())) == 1 &&
        EVP_DecryptUpdate(cipher.get(), out, &size, sealed.data() + kNonce, static_cast<int>(plain.size())) == 1 &&
        EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, kTag, tag.data()) == 1 &&
        EVP_DecryptFinal_ex(cipher.get(), out + size, &size) == 1;
    if (!ok) return fail(ErrorCode::BadSignature, "not the bytes that were sealed under this key");
    return plain;
}

}  // namespace fieldclaim
