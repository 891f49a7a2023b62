#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "shared/wire/protocol.h"

// POST /v1/device/orders: what a tablet asks whose vault is closed (docs/protocol.md). It needs a device session and
// nothing of the vault.
namespace fieldclaim {

constexpr std::string_view kLockOrder = "lock";
constexpr std::string_view kWipeOrder = "wipe";

/// An officer has forgotten the passphrase. `recovery` is their recovery slot, sealed to the server; what it holds
/// comes back sealed to `one_time_key`, whose secret the tablet made for this request and keeps in memory alone.
struct ReleaseRequest {
    Uuid officer;
    std::array<std::uint8_t, 16> nonce{};
    Hash one_time_key{};
    Bytes recovery;
    bool operator==(const ReleaseRequest&) const = default;

    /// Draws nonces until the code's check character is one of Crockford's 32.
    static ReleaseRequest make(const Uuid& device, const Uuid& officer, const Hash& one_time_key, Bytes recovery,
                               Random& random);
};
/// What the locked tablet shows and a supervisor types: 9 characters of Crockford's base 32 (45 bits of the SHA-256 of
/// device, officer, nonce, one-time key and recovery slot) and a check character (mod 37). Kept without a hyphen.
std::string releaseCode(const Uuid& device, const ReleaseRequest& request);
/// Takes hyphens, spaces and either case. BadCode, before anything is looked up, when the check does not hold.
Result<std::string> parseReleaseCode(std::string_view typed);
/// "7KQ4M-2X9TB"
std::string displayReleaseCode(std::string_view code);
/// What is authenticated with the recovery slot, and with the answer to a release.
Bytes recoveryContext(const Uuid& device, const Uuid& officer);
Bytes releaseContext(const Uuid& device, const ReleaseRequest& request);

struct DeviceOrdersRequest {
    std::optional<std::uint64_t> pending;  ///< change sets not received, when the tablet last knew
    std::optional<ReleaseRequest> release;
    bool wiped = false;  ///< slots and vault are destroyed
};

enum class ReleaseState {
    None,      ///< nothing was asked
    Waiting,   ///< for a supervisor
    Released,  ///< `sealed` is the answer
    Over,      ///< too many wrong tries, out of time, or not a recovery slot of this server: ask anew
};
struct DeviceOrdersReply {
    std::int64_t server_time = 0;  ///< ms since 1970
    std::vector<std::string> orders;
    ReleaseState release = ReleaseState::None;
    Bytes sealed;
};

Bytes encode(const DeviceOrdersRequest&);
Bytes encode(const DeviceOrdersReply&);
template <>
Result<DeviceOrdersRequest> decode<DeviceOrdersRequest>(ByteView bytes);
template <>
Result<DeviceOrdersReply> decode<DeviceOrdersReply>(ByteView bytes);

}  // namespace fieldclaim
