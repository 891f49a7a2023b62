#pragma once

#include <string>
#include <vector>

#include "shared/base/ids.h"
#include "shared/crypto/sealed_box.h"

namespace fieldclaim::tablet {

/// An officer's own: what a passphrase opens, and what opens the vault.
struct SlotSecrets {
    Hash author_secret{};  ///< signs their change sets
    Hash box_secret{};     ///< opens the vault's key, which anyone at the open vault may seal to them anew

    /// Overwrites both.
    void forget();
};

struct OpenedSlot {
    Hash vault_key{};
    SlotSecrets secrets;

    void forget();
};

/// One officer's way into the vault. Their secrets stand twice: under scrypt of the passphrase, and under a random
/// *recovery secret* that is sealed to the server; so a forgotten passphrase needs this file and the server, and
/// neither alone opens anything, nor does the server ever see the vault's key. Officer and author are authenticated
/// with all of it.
struct Slot {
    Uuid officer;
    std::string name;
    Uuid author;
    Bytes salt;
    ScryptParams scrypt;
    Bytes sealed;                   ///< the secrets, AES-256-GCM under scrypt of the passphrase
    Hash box_key{};                 ///< public half of box_secret; zeros in a slot of the first version
    Bytes vault_key;                ///< sealed to box_key; empty in a slot of the first version
    Hash recovery_key{};            ///< of the server that `recovery` is sealed to
    Bytes recovery;                 ///< the recovery secret; empty while the server's key is not known
    Bytes backup;                   ///< the secrets under the recovery secret
    std::uint32_t wrong_tries = 0;  ///< in a row; counted before a passphrase is tried

    static Result<Slot> make(const Uuid& officer, const std::string& name, const Uuid& author,
                             const std::string& passphrase, const Hash& author_secret, const Hash& vault_key,
                             const ScryptParams& scrypt, Random& random);
    /// WrongPassphrase when it is not the one; Damaged when the slot's own parts do not belong together. Of a slot of
    /// the first version the box secret is zeros: upgrade() follows.
    Result<OpenedSlot> open(const std::string& passphrase) const;
    bool isOfFirstVersion() const { return vault_key.empty(); }
    /// A slot of the first version becomes one of this.
    Status upgrade(const std::string& passphrase, OpenedSlot& opened, Random& random);

    Status setPassphrase(const std::string& passphrase, const SlotSecrets& secrets, Random& random);
    Status sealVaultKey(const Hash& key, Random& random);
    Status sealRecovery(const Uuid& device, const Hash& server_key, const SlotSecrets& secrets, Random& random);
    /// With the recovery secret that the server gave back. BadSignature when it is not this slot's.
    Result<OpenedSlot> openRecovered(ByteView recovery_secret) const;
    Result<OpenedSlot> openWith(const SlotSecrets& secrets) const;
};

/// How long an officer waits after so many wrong tries in a row: three are free, then 5 s, 15 s, 60 s, 5 min, 15 min, 1
/// h.
std::int64_t delayAfterMs(std::uint32_t wrong_tries);

/// slots.cbor: read and written whole. Damaged when the bytes are not one. The first version is read too.
Bytes encodeSlots(const std::vector<Slot>& slots);
Result<std::vector<Slot>> decodeSlots(ByteView bytes);

}  // namespace fieldclaim::tablet
