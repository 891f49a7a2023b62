#pragma once

#include "shared/crypto/crypto.h"

// A sealed box: bytes that anyone can close for the holder of a key, and that holder alone can open. Put together from
// OpenSSL's primitives in the way of RFC 9180 (HPKE, base mode, which OpenSSL 3.0 does not have): a fresh X25519 key
// (RFC 7748), HKDF-SHA-256 (RFC 5869) of the shared secret with both public keys as the salt, AES-256-GCM. It says
// nothing of who sealed it. Safe from any thread.
namespace fieldclaim {

/// X25519. The secret is 32 random bytes.
struct BoxKeyPair {
    Hash secret{};
    Hash public_key{};
    static BoxKeyPair make(Random& random);
    static BoxKeyPair fromSecret(const Hash& secret);
};

/// One-time public key (32 bytes) | what sealAesGcm gives. `context` is authenticated, not kept. BadInput for a public
/// key with which no secret can be shared (RFC 7748, 6.1: the all-zero result).
Result<Bytes> sealTo(const Hash& public_key, ByteView plain, ByteView context, Random& random);
/// BadSignature when it was sealed to another key, in another context, or is not whole.
Result<Bytes> openSealed(const Hash& secret, ByteView sealed, ByteView context);

/// HKDF-SHA-256 (RFC 5869), extract and expand, 32 bytes.
Hash hkdfSha256(ByteView input, ByteView salt, ByteView info);

}  // namespace fieldclaim
