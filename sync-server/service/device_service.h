#pragma once

#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "shared/wire/device_messages.h"
#include "sync-server/service/server_keys.h"
#include "sync-server/service/session_service.h"
#include "sync-server/storage/ledger_store.h"

namespace fieldclaim::server {

/// Who asks for something to be done with a tablet, as the audit keeps it.
struct Actor {
    std::string name;  ///< "operator", "officer <uuid>"
    std::string role;  ///< operator, supervisor, backoffice, assessor
};
inline Actor theOperator() { return {"operator", "operator"}; }

/// One of a tablet's officers, and how much of their work is here.
struct DeviceAuthor {
    std::string officer;
    std::uint64_t received = 0;  ///< change sets, over all incarnations
};

struct DeviceView {
    DeviceRow row;
    std::string state;  ///< in use, locked, wipe ordered, wiped, revoked
    std::vector<DeviceAuthor> authors;
    /// Of the change sets that it said it still had, those that have not come since; none when it never said, or
    /// said it to a server that did not note how much it had then.
    std::optional<std::uint64_t> lacking;
    /// The same for a tablet which will bring nothing more: never received. 0 while it may.
    std::uint64_t never_received = 0;
};

/// Tablets as supervisors see them, orders to them, and forgotten passphrases (architecture, part 6). Rights are
/// checked here and each act is audited. It writes the directory's tables alone, so that the command line may do it
/// beside a running server. Safe from any thread.
class DeviceService {
public:
    DeviceService(LedgerStore& store, const BoxKeyPair& recovery, const Clock& clock, Random& random)
        : m_store(store), m_recovery(recovery), m_clock(clock), m_random(random) {}

    /// What a tablet asks under its device key. A release request is kept 15 minutes; the same one asked again is the
    /// same request. `wiped` ends the tablet: it must be enrolled again.
    Result<DeviceOrdersReply> orders(const Session& session, const DeviceOrdersRequest& request);

    // -- supervisors and operators; NotAllowed for anyone else, NotFound for an unknown tablet
    Status lock(const Actor& actor, const Uuid& device);
    Status unlock(const Actor& actor, const Uuid& device);
    /// Cannot be taken back: the tablet may have done it already.
    Status wipe(const Actor& actor, const Uuid& device);
    /// It may read nothing more, is told to wipe itself, and what it still sends goes to quarantine (hazard H25).
    Status revoke(const Actor& actor, const Uuid& device);
    /// The tablet that shows this code may be opened again. BadCode for one that is wrong, used or out of time;
    /// TooManyTries after five wrong ones in a row by the same actor, for a minute, doubling to an hour. A request dies
    /// when five codes were typed that begin as its own does.
    Result<Uuid> release(const Actor& actor, const std::string& typed);

    /// Anyone with the console.
    Result<std::vector<DeviceView>> devices(const Actor& actor) const;

private:
    Status change(const Actor& actor, const Uuid& device, const char* what,
                  const std::function<void(DeviceRow&, std::int64_t)>& how);
    Status requireSupervisor(const Actor& actor) const;
    Result<ReleaseState> releaseStateOf(LedgerTransaction& tx, const Uuid& device, const ReleaseRequest& asked,
                                        std::int64_t now, Bytes& sealed);
    std::int64_t waitMs(const Actor& actor) const;
    void noteTry(const Actor& actor, bool right);

    struct Tries {
        int wrong = 0;
        std::int64_t last_ms = 0;
    };
    LedgerStore& m_store;
    BoxKeyPair m_recovery;
    const Clock& m_clock;
    Random& m_random;
    mutable std::mutex m_mutex;
    std::map<std::string, Tries> m_tries;
};

/// Change sets received of an author, over all incarnations; and of all the authors of a tablet.
Result<std::uint64_t> receivedOf(const LedgerSnapshot& now, const Uuid& author);
Result<std::uint64_t> receivedFrom(const LedgerSnapshot& now, const Uuid& device);

/// What a tablet is to do now.
std::vector<std::string> ordersTo(const DeviceRow& device);

constexpr std::int64_t kReleaseMs = 15LL * 60 * 1000;

}  // namespace fieldclaim::server
