#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "shared/base/clock.h"
#include "sync-server/transfer/adapter.h"
#include "sync-server/transfer/target_gate.h"
#include "sync-server/transfer/transfer_machine.h"

namespace fieldclaim::server {

/// Where transfers are kept: the ledger. Called from several threads at once, for a moment each; a call never waits
/// for a target.
class TransferStore {
public:
    virtual ~TransferStore() = default;
    /// The transfer to step next, by the rules of pickNext(), or nothing.
    virtual Result<std::optional<TransferRecord>> nextDue(const std::string& target, std::int64_t now_ms,
                                                          const std::set<std::string>& in_flight) = 0;
    virtual Result<TransferRecord> load(const std::string& id) = 0;
    /// Writes the record and what follows from it (receipt, alarm, actions for the officer) in one transaction, and is
    /// back only when that is on disk: a send is begun after it (H34). Conflict when the stored revision is not
    /// `record.revision`; else the stored one is one higher. Gives the new revision.
    virtual Result<std::int64_t> save(const TransferRecord& record, const std::vector<TransferAction>& actions) = 0;
};

/// The outbox worker. Each target has threads of its own, so a slow or dead one delays no other (H48), and nothing is
/// locked while a request is under way. Borrowed parts outlive the runner; transport and store are used from all its
/// threads, clock and random under its lock or one at a time.
class TransferRunner {
public:
    struct Target {
        TargetConfig config;
        std::unique_ptr<TargetAdapter> adapter;
    };
    /// What the runner has to say for logs and metrics; called from its threads. `detail` holds no personal data.
    class Observer {
    public:
        virtual ~Observer() = default;
        virtual void transferStepped(const TransferRecord& record) = 0;
        virtual void storeFailed(const std::string& target, const Error& error) = 0;
    };

    TransferRunner(TransferStore& store, TargetTransport& transport, std::vector<Target> targets, const Clock& clock,
                   Random& random, Observer* observer = nullptr);
    ~TransferRunner();
    TransferRunner(const TransferRunner&) = delete;
    TransferRunner& operator=(const TransferRunner&) = delete;

    /// One step of one transfer of one target, in the caller's thread: note, send or ask, note. False: nothing was due,
    /// or the gate is shut. The error is the store's; the transfer is then as it was last saved, and comes again.
    Result<bool> runOnce(const std::string& target, std::int64_t now_ms);
    /// runOnce of each target until none has anything due; the first error of the store ends it.
    Status runAllDue(std::int64_t now_ms);

    /// Starts the threads; they look at their store at least every `look_ms`.
    void start(std::int64_t look_ms = 1000);
    /// Returns when every request under way has ended, by its time-out at the latest.
    void stop();
    /// There is something new: look now.
    void wake();

private:
    struct Lane {
        explicit Lane(Target&& t) : target(std::move(t)), gate(target.config) {}
        Target target;
        TargetGate gate;
        std::set<std::string> in_flight;
        std::vector<std::thread> threads;
    };
    class Flight;

    Result<bool> runLane(Lane& lane, std::int64_t now_ms);
    TransferStep stepLocked(TransferRecord record, const TransferEvent& event, const TargetConfig& target);
    Status saveAnswer(Lane& lane, TransferRecord record, const TransferEvent& event);
    TransferEvent exchange(Lane& lane, const TransferRecord& record, TransferAction::Kind kind, bool& healthy);
    void work(Lane& lane, std::int64_t look_ms);
    void report(const TransferRecord& record);

    TransferStore& m_store;
    TargetTransport& m_transport;
    const Clock& m_clock;
    Random& m_random;
    Observer* m_observer;  ///< may be null
    std::mutex m_mutex;    ///< guards gates, in_flight, m_random, m_stopping, m_wakes
    std::condition_variable m_changed;
    bool m_stopping = false;
    std::uint64_t m_wakes = 0;
    std::vector<std::unique_ptr<Lane>> m_lanes;
};

}  // namespace fieldclaim::server
