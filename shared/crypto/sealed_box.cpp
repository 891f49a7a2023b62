#include "shared/crypto/sealed_box.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

#include <memory>
#include <vector>

namespace fieldclaim {
namespace {

template <typename T, void (*release)(T*)>
struct Release {
    void operator()(T* pointer) const { release(pointer); }
};
using PkeyPtr = std::unique_ptr<EVP_PKEY, Release<EVP_PKEY, EVP_PKEY_free>>;
using PkeyContextPtr = std::unique_ptr<EVP_PKEY_CTX, Release<EVP_PKEY_CTX, EVP_PKEY_CTX_free>>;
using KdfPtr = std::unique_ptr<EVP_KDF, Release<EVP_KDF, EVP_KDF_free>>;
using KdfContextPtr = std::unique_ptr<EVP_KDF_CTX, Release<EVP_KDF_CTX, EVP_KDF_CTX_free>>;

constexpr std::string_view kInfo = "fieldclaim/sealed-box/1";

Result<Hash> sharedKey(const Hash& secret, const Hash& peer, const Hash& one_time, const Hash& receiver) {
    const PkeyPtr own(EVP_PKEY_new_raw_private_key(EVP_PKEY_X25519, nullptr, secret.data(), secret.size()));
    const PkeyPtr other(EVP_PKEY_new_raw_public_key(EVP_PKEY_X25519, nullptr, peer.data(), peer.size()));
    ENSURE(own != nullptr && other != nullptr);
    const PkeyContextPtr context(EVP_PKEY_CTX_new(own.get(), nullptr));
    ENSURE(context != nullptr && EVP_PKEY_derive_init(context.get()) == 1);
    Hash agreed{};
    std::size_t size = agreed.size();
    // OpenSSL refuses the all-zero result itself, and with it every key of small order.
    if (EVP_PKEY_derive_set_peer(context.get(), other.get()) != 1 ||
        EVP_PKEY_derive(context.get(), agreed.data(), &size) != 1) {
        return fail(ErrorCode::BadInput, "no secret can be shared with this key");
    }
    Bytes salt(one_time.begin(), one_time.end());
    salt.insert(salt.end(), receiver.begin(), receiver.end());
    const auto key = hkdfSha256(agreed, salt, asBytes(kInfo));
    OPENSSL_cleanse(agreed.data(), agreed.size());
    return key;
}

}  // namespace

Hash hkdfSha256(ByteView input, ByteView salt, ByteView info) {
    const KdfPtr kdf(EVP_KDF_fetch(nullptr, "HKDF", nullptr));
    ENSURE(kdf != nullptr);
    const KdfContextPtr context(EVP_KDF_CTX_new(kdf.get()));
    ENSURE(context != nullptr);
    char digest[] = "SHA256";
    // OpenSSL's parameters take what they only read as if they would write it.
    const auto octets = [](const char* name, ByteView bytes) {
        return OSSL_PARAM_construct_octet_string(name, const_cast<std::uint8_t*>(bytes.data()), bytes.size());
    };
    // Nothing is said of a salt or an info of no bytes: OpenSSL takes no null.
    std::vector<OSSL_PARAM> params{OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest, 0),
                                   octets(OSSL_KDF_PARAM_KEY, input)};
    if (!salt.empty()) params.push_back(octets(OSSL_KDF_PARAM_SALT, salt));
    if (!info.empty()) params.push_back(octets(OSSL_KDF_PARAM_INFO, info));
    params.push_back(OSSL_PARAM_construct_end());
    Hash out{};
    ENSURE(EVP_KDF_derive(context.get(), out.data(), out.size(), params.data()) == 1);
    return out;
}

BoxKeyPair BoxKeyPair::make(Random& random) {
    Hash secret{};
    random.fill(secret.data(), secret.size());
    return fromSecret(secret);
}

BoxKeyPair BoxKeyPair::fromSecret(const Hash& secret) {
    const PkeyPtr key(EVP_PKEY_new_raw_private_key(EVP_PKEY_X25519, nullptr, secret.data(), secret.size()));
    ENSURE(key != nullptr);
    BoxKeyPair pair{secret, {}};
    std::size_t size = pair.public_key.size();
    ENSURE(EVP_PKEY_get_raw_public_key(key.get(), pair.public_key.data(), &size) == 1);
    return pair;
}

Result<Bytes> sealTo(const Hash& public_key, ByteView plain, ByteView context, Random& random) {
    auto one_time = BoxKeyPair::make(random);
    auto key = sharedKey(one_time.secret, public_key, one_time.public_key, public_key);
    OPENSSL_cleanse(one_time.secret.data(), one_time.secret.size());
    if (!key) return fail(key.error().code, key.error().detail);
    const auto sealed = sealAesGcm(*key, plain, context, random);
    OPENSSL_cleanse(key->data(), key->size());
    Bytes out(one_time.public_key.begin(), one_time.public_key.end());
    out.insert(out.end(), sealed.begin(), sealed.end());
    return out;
}

Result<Bytes> openSealed(const Hash& secret, ByteView sealed, ByteView context) {
    Hash one_time{};
    if (sealed.size() < one_time.size()) return fail(ErrorCode::BadSignature, "a sealed box is too short");
    std::copy_n(sealed.begin(), one_time.size(), one_time.begin());
    auto key = sharedKey(secret, one_time, one_time, BoxKeyPair::fromSecret(secret).public_key);
    if (!key) return fail(ErrorCode::BadSignature, key.error().detail);
    auto plain = openAesGcm(*key, sealed.subspan(one_time.size()), context);
    OPENSSL_cleanse(key->data(), key->size());
    return plain;
}

}  // namespace fieldclaim
