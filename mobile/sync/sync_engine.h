#pragma once

#include <memory>
#include <vector>

#include "mobile/sync/sync_events.h"
#include "mobile/sync/sync_store.h"
#include "shared/base/clock.h"

namespace fieldclaim::tablet {

/// The tablet's half of the protocol as a state machine: session, hello, push, pull, and beside them images by tus. No
/// Qt, no sockets, no clock, no threads; one request for records and one for images at a time, and records are always
/// asked first; every decision follows from the event, the store and `random` (jitter),
/// so any run can be replayed. Borrows the store and the randomness for its whole life.
///
///     for (auto& action : engine.step({now, wall, Started{}})) driver.perform(action);
///
/// A reply to a request that it is not waiting for is passed over (hazard H02). After an error it waits 1 s, doubling
/// to 5 min, with 25 % jitter, or as long as Retry-After says.
class SyncEngine {
public:
    SyncEngine(SyncStore& store, Random& random, PartBodies bodies = PartBodies::InRequest);
    ~SyncEngine();
    SyncEngine(const SyncEngine&) = delete;
    SyncEngine& operator=(const SyncEngine&) = delete;

    std::vector<Action> step(const Event& event);
    const SyncStatus& status() const;
    /// True when nothing is under way and nothing is left to do until the next poll.
    bool idle() const;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

}  // namespace fieldclaim::tablet
