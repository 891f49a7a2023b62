#pragma once

#include <memory>
#include <variant>
#include <vector>

#include "mobile/sync/sync_events.h"
#include "shared/wire/device_messages.h"

namespace fieldclaim::tablet {

/// Which tablet asks, and where: known while the vault is closed.
struct WatchIdentity {
    Uuid device;
    Hash device_secret{};
    Hash ca_key_hash{};  ///< SHA-256 of the pinned authority's public key
};

struct WatchChanged {
    bool on = false;
};  ///< the tablet was locked (on) or opened
struct PendingKnown {
    std::uint64_t change_sets = 0;
};
struct ReleaseAsked {
    ReleaseRequest request;
};
struct ReleaseDropped {};
struct StoreWiped {};  ///< the server is to be told
struct WatchEvent {
    std::int64_t now_ms = 0;
    std::variant<Started, NetworkChanged, WatchChanged, PendingKnown, ReleaseAsked, ReleaseDropped, StoreWiped,
                 TimerFired, Replied, Failed>
        what;
};

struct OrdersCame {
    bool lock = false;  ///< false ends an earlier order
    bool wipe = false;
};
/// Waiting (once, when the server has the request), Released with the answer, or Over.
struct ReleaseCame {
    ReleaseState state = ReleaseState::None;
    Bytes sealed;
};
struct WipeTold {};  ///< the server knows: nothing is left to do
struct Reached {
    bool reached = false;
};  ///< whether the server answers; when that changes
using WatchAction = std::variant<Send, CancelRequest, SetTimer, OrdersCame, ReleaseCame, WipeTold, Reached>;

/// Asks the server for orders while the tablet is locked, vault open or closed, under the device key alone (hazard
/// H54): every minute, every 5 seconds while a supervisor is to type a code, and after a wipe until the server knows.
/// In the style of SyncEngine: step(event) → actions; no Qt, sockets, clock or threads; one request at a time; every
/// decision follows from the event and `random` (jitter), which it borrows. After an error it waits 1 s, doubling to
/// 5 min, with 25 % jitter, or as long as Retry-After says.
class DeviceWatch {
public:
    DeviceWatch(const WatchIdentity& identity, Random& random);
    ~DeviceWatch();
    DeviceWatch(const DeviceWatch&) = delete;
    DeviceWatch& operator=(const DeviceWatch&) = delete;

    std::vector<WatchAction> step(const WatchEvent& event);

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

}  // namespace fieldclaim::tablet
