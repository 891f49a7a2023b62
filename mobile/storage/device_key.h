#pragma once

#include <string>

#include "shared/crypto/crypto.h"

namespace fieldclaim::tablet {

/// The installation's own key: proves to the server which tablet speaks, locked or not. A file of 32 bytes that only
/// its owner can read, where the platform has no key store; it opens sessions and nothing of the vault.
class DeviceKey {
public:
    /// Makes the folder and the key when there is none.
    static Result<DeviceKey> loadOrMake(const std::string& folder, Random& random);
    /// NotFound when there is none, Damaged when the file has another size.
    static Result<DeviceKey> load(const std::string& folder);

    static DeviceKey of(const Hash& secret) { return DeviceKey(KeyPair::fromSecret(secret)); }

    const KeyPair& pair() const { return m_pair; }

private:
    explicit DeviceKey(const KeyPair& pair) : m_pair(pair) {}
    KeyPair m_pair;
};

}  // namespace fieldclaim::tablet
