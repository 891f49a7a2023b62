#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "mobile/storage/device_key.h"
#include "shared/base/ids.h"

namespace fieldclaim::tablet {

/// What the tablet must know while its vault is closed: where its server is, which tablet it is, and what was ordered.
/// The file `device.state` is sealed (AES-256-GCM) under a key drawn from the device key, so that the folder shows
/// nothing in the clear; it guards no claim, since whoever has the device key can read it.
struct DeviceState {
    std::string server_url;
    std::string ca_pem;
    Uuid device;
    std::string site;
    std::string site_name;
    std::optional<std::uint64_t> pending;  ///< change sets not acknowledged, when the vault was last closed
    bool locked = false;                   ///< by order: no passphrase opens it until the order is taken back
    Bytes store_key;               ///< the vault's own copy can be lost to a damaged page; under the vault's key
    bool wiping = false;           ///< begun: to be done again at the next start if it was cut
    std::string next_ca_pem = {};  ///< as in DeviceSetup
    bool operator==(const DeviceState&) const = default;

    bool isKnown() const { return !device.isNil(); }
    /// As DeviceSetup::authorities().
    std::string authorities() const { return ca_pem + next_ca_pem; }
};

/// NotFound when there is none, Damaged when it does not open.
Result<DeviceState> loadDeviceState(const std::string& path, const DeviceKey& key);
Status saveDeviceState(const std::string& path, const DeviceState& state, const DeviceKey& key, Random& random);

/// A wiped tablet that has not yet told the server so: `wiped.key` and `wiped.state`.
struct WipedTablet {
    DeviceKey key;
    DeviceState state;
};

/// Destroys what is in the folder: the slots first, which makes the vault unreadable, then the vault with all that was
/// kept beside it; each file is overwritten, synced and removed. The device key goes on living as `wiped.key` until
/// forgetWiped(), so that the server can be told. The vault must be closed, its lock held. Cut at any point, it is
/// finished by finishWipe().
Status wipeStore(const std::string& folder, const DeviceKey& key, DeviceState state, Random& random);
/// At the start of the program, before the vault is looked for. InUse when another process has the folder.
Status finishWipe(const std::string& folder, Random& random);
/// Nothing when there is none.
std::optional<WipedTablet> wipedTablet(const std::string& folder);
/// The server knows.
void forgetWiped(const std::string& folder);

}  // namespace fieldclaim::tablet
