#pragma once

#include <string_view>

#include "shared/base/bytes.h"
#include "shared/base/clock.h"
#include "shared/base/result.h"

// Thin, exact wrappers of OpenSSL 3. Nothing here invents anything; every function is safe to call from any thread.
namespace fieldclaim {

/// The operating system's generator (RAND_bytes). A failure ends the process: there is nothing safe to go on with.
class SystemRandom final : public Random {
public:
    void fill(std::uint8_t* out, std::size_t size) override;
};

Hash sha256(ByteView data);
/// SHA-256 over several parts as if they stood one after another.
Hash sha256(std::initializer_list<ByteView> parts);
Hash hmacSha256(ByteView key, ByteView data);

/// Incremental SHA-256, for bytes that stream. Moved, not copied.
class Sha256 {
public:
    Sha256();
    ~Sha256();
    Sha256(Sha256&&) noexcept;
    Sha256& operator=(Sha256&&) noexcept;
    void update(ByteView data);
    Hash finish();

private:
    void* m_context = nullptr;
};

/// Equal in constant time; false for different lengths.
bool equalConstantTime(ByteView a, ByteView b);

/// Ed25519 (RFC 8032). The secret is the 32-byte seed; a signature has 64 bytes.
struct KeyPair {
    Hash secret{};
    Hash public_key{};
    static KeyPair make(Random& random);
    static KeyPair fromSecret(const Hash& secret);
};
Bytes signEd25519(const Hash& secret, ByteView message);
/// False for a wrong signature, a wrong length or a key that is no point.
bool verifyEd25519(const Hash& public_key, ByteView message, ByteView signature);

/// scrypt (RFC 7914). The vault uses n = 2^17, r = 8, p = 1 (128 MiB, about 0.4 s); TooLarge above 1 GiB of memory.
struct ScryptParams {
    std::uint64_t n = 1U << 17U;
    std::uint32_t r = 8;
    std::uint32_t p = 1;
};
Result<Hash> scrypt(std::string_view passphrase, ByteView salt, const ScryptParams& params);

/// AES-256-GCM with a fresh 12-byte nonce: nonce | ciphertext | 16-byte tag. `context` is authenticated, not kept.
Bytes sealAesGcm(const Hash& key, ByteView plain, ByteView context, Random& random);
/// BadSignature when key, context or bytes are not the ones that were sealed.
Result<Bytes> openAesGcm(const Hash& key, ByteView sealed, ByteView context);

}  // namespace fieldclaim
