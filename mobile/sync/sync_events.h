#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "shared/base/bytes.h"
#include "shared/base/ids.h"
#include "shared/base/result.h"

// What goes into the sync engine and what comes out of it (sync_engine.h).
namespace fieldclaim::tablet {

/// Why a request ended without a reply.
enum class FailureKind {
    NotReached,
    Cut,
    TimedOut,
    Untrusted,
    Cancelled,
    Unreadable,  ///< the store did not give all bytes of Send::part
};

// What happens to the engine. Each step also gets the time: milliseconds that never run backwards, and the wall clock,
// which is only recorded.
struct Started {};
struct NetworkChanged {
    bool online = false;
    bool metered = false;  ///< each byte costs the office money
};
/// The officer, or the office, decided whether images may go over a metered network. Statements always may.
struct ImageRuleChanged {
    bool unmetered_only = false;
};
struct Saved {};    ///< the officer saved something
struct SyncNow {};  ///< the officer asked
struct PauseChanged {
    bool paused = false;
};
struct StoreChanged {
    bool open = false;
};                         ///< the vault was locked, or opened (again)
struct OfficerChanged {};  ///< another officer is signed in: registrations may go on
struct TimerFired {
    int timer = 0;
};
struct Replied {
    std::uint64_t request = 0;
    int status = 0;
    std::map<std::string, std::string> headers;  ///< names in lower case; content-coding already taken off
    Bytes body;
};
struct Failed {
    std::uint64_t request = 0;
    FailureKind kind = FailureKind::NotReached;
};
struct Event {
    std::int64_t now_ms = 0;
    std::int64_t wall_ms = 0;
    std::variant<Started, NetworkChanged, ImageRuleChanged, Saved, SyncNow, PauseChanged, StoreChanged, OfficerChanged,
                 TimerFired, Replied, Failed>
        what;
};

/// Where the engine stands; the view puts it into words.
enum class SyncPhase {
    Off,  ///< paused by the officer, or the vault is locked
    Offline,
    SigningIn,
    Sending,
    SendingImages,
    Receiving,
    UpToDate,
    Waiting,      ///< the last attempt failed: tries again in retry_in_ms
    Untrusted,    ///< the server's certificate is not the one that was pinned
    Refused,      ///< the server does not know this tablet any more
    TooOld,       ///< this app and the server speak no protocol in common
    StoreFailed,  ///< the tablet's own store: `error` says how
};

struct SyncStatus {
    SyncPhase phase = SyncPhase::Off;
    std::uint64_t saved = 0;
    std::uint64_t acknowledged = 0;
    std::uint64_t set_aside = 0;
    std::uint64_t blobs_waiting = 0;
    std::uint64_t server_holds = 0;  ///< by the server's own heads at the last hello or push
    bool counts_differ = false;      ///< nothing is left to send, and yet server_holds != saved (hazard H40)
    bool stalled = false;            ///< online, something to send, and no acknowledgement for five minutes
    bool images_held = false;        ///< images wait for a network that costs nothing
    bool pack_refused = false;       ///< the last hello offered a form pack that nothing vouches for: none is fetched
    std::int64_t retry_in_ms = 0;
    std::int64_t last_contact_ms = 0;  ///< wall clock of the last good reply; 0: never
    std::uint64_t blob_sent = 0;       ///< of the one under way
    std::uint64_t blob_size = 0;
    ErrorCode error = ErrorCode::Internal;  ///< with Waiting, Refused and StoreFailed
    bool operator==(const SyncStatus&) const = default;
};

/// How a driver wants the parts of uploads.
enum class PartBodies {
    InRequest,     ///< whole, as any body
    ReadByDriver,  ///< as Send::part: a step reads nothing of a blob but what is sent with its creation
};

// What the engine asks of its driver.
/// Bytes of a blob that the driver takes from SyncStore::blobPart, in pieces, as the network wants them.
struct BlobSlice {
    Hash sha256{};
    std::uint64_t offset = 0;
    std::uint64_t bytes = 0;
};
struct Send {
    std::uint64_t request = 0;
    std::string method;
    std::string path;                            ///< "/v1/sync/push", or an absolute URL path that the server gave
    std::map<std::string, std::string> headers;  ///< Authorization and Content-Type among them
    Bytes body;
    std::int64_t deadline_ms = 0;
    std::size_t most_bytes = 0;          ///< a longer reply is cut and Failed
    std::optional<BlobSlice> part = {};  ///< in place of `body`, for PartBodies::ReadByDriver alone
};
struct CancelRequest {
    std::uint64_t request = 0;
};
/// Takes the place of an earlier one with the same id; a negative delay stops it.
struct SetTimer {
    int timer = 0;
    std::int64_t delay_ms = 0;
};
struct StatusChanged {
    SyncStatus status;
};
struct ClaimsChanged {
    std::vector<std::string> crns;
};
struct OfficerRefused {
    Uuid author;
    std::string reason;
};
struct OfficersChanged {};  ///< hello brought another list
struct PackArrived {
    std::string id;
};
struct Forked {
    Uuid author;
};  ///< people are to be told (hazard H07)
/// The driver takes a server whose certificate one of these authorities (PEM) issued, from the next connection on.
struct AuthoritiesLearned {
    std::string pem;
};
struct Order {
    std::string kind;
};  ///< "lock", "wipe"
using Action = std::variant<Send, CancelRequest, SetTimer, StatusChanged, ClaimsChanged, OfficerRefused,
                            OfficersChanged, PackArrived, Forked, AuthoritiesLearned, Order>;

}  // namespace fieldclaim::tablet
