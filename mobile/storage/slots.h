#pragma once

#include <string>
#include <vector>

#include "shared/base/ids.h"
#include "shared/crypto/crypto.h"

namespace fieldclaim::tablet {

/// What a passphrase opens.
struct SlotSecrets {
    Hash vault_key{};
    Hash author_secret{};
};

/// One officer's way into the vault: the vault's key and the officer's own, sealed (AES-256-GCM) under scrypt of the
/// passphrase. The officer, author and parameters are authenticated with them.
struct Slot {
    Uuid officer;
    std::string name;
    Uuid author;
    Bytes salt;
    ScryptParams scrypt;
    Bytes sealed;
    std::uint32_t wrong_tries = 0;  ///< in a row; counted before a passphrase is tried

    static Result<Slot> make(const Uuid& officer, const std::string& name, const Uuid& author,
                             const std::string& passphrase, const SlotSecrets& secrets, const ScryptParams& scrypt,
                             Random& random);
    /// WrongPassphrase when it is not the one.
    Result<SlotSecrets> open(const std::string& passphrase) const;
};

/// How long an officer waits after so many wrong tries in a row: three are free, then 5 s, 15 s, 60 s, 5 min, 15 min, 1
/// h.
std::int64_t delayAfterMs(std::uint32_t wrong_tries);

/// slots.cbor: read and written whole. Damaged when the bytes are not one.
Bytes encodeSlots(const std::vector<Slot>& slots);
Result<std::vector<Slot>> decodeSlots(ByteView bytes);

}  // namespace fieldclaim::tablet
