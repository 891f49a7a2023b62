#include "sync-server/transfer/transfer_runner.h"

#include <algorithm>
#include <chrono>

namespace fieldclaim::server {
namespace {

using Action = TransferAction::Kind;
using Answer = TargetAnswer::Kind;

constexpr int kSaveTries = 5;

/// Does the answer say that the target itself is ill? A refusal, also of us, is an answer of a healthy one.
bool isHealthy(Answer kind) { return kind != Answer::Unclear && kind != Answer::NotTaken; }

std::string reasonOf(const TransportFailure& failure) {
    if (failure.error.code == ErrorCode::Untrusted) return "The target's certificate is not trusted.";
    if (failure.error.code == ErrorCode::TooLarge) return "The target's answer is too large.";
    return failure.certainly_not_sent ? "The target could not be reached."
                                      : "The connection to the target was cut or timed out.";
}

}  // namespace

/// Holds a place at the gate and the record's id for as long as it lives.
class TransferRunner::Flight {
public:
    /// Takes the gate's place under the runner's lock, which the caller holds.
    Flight(TransferRunner& runner, Lane& lane, std::int64_t now_ms) : m_runner(runner), m_lane(lane) {
        m_lane.gate.started(now_ms);
    }
    ~Flight() {
        const std::lock_guard lock(m_runner.m_mutex);
        if (m_exchanged) {
            m_lane.gate.finished(m_healthy, m_runner.m_clock.wallMs());
        } else {
            m_lane.gate.cancelled();
        }
        if (!m_id.empty()) m_lane.in_flight.erase(m_id);
    }
    Flight(const Flight&) = delete;
    Flight& operator=(const Flight&) = delete;

    /// Under the runner's lock.
    void holds(const std::string& id) {
        m_id = id;
        m_lane.in_flight.insert(id);
    }
    void exchanged(bool healthy) {
        m_exchanged = true;
        m_healthy = healthy;
    }

private:
    TransferRunner& m_runner;
    Lane& m_lane;
    std::string m_id;
    bool m_exchanged = false;
    bool m_healthy = true;
};

TransferRunner::TransferRunner(TransferStore& store, TargetTransport& transport, std::vector<Target> targets,
                               const Clock& clock, Random& random, Observer* observer)
    : m_store(store), m_transport(transport), m_clock(clock), m_random(random), m_observer(observer) {
    for (auto& target : targets) m_lanes.push_back(std::make_unique<Lane>(std::move(target)));
}

TransferRunner::~TransferRunner() { stop(); }

Result<bool> TransferRunner::runOnce(const std::string& target, std::int64_t now_ms) {
    for (auto& lane : m_lanes) {
        if (lane->target.config.id == target) return runLane(*lane, now_ms);
    }
    return fail(ErrorCode::NotFound, "no target of that id");
}

Status TransferRunner::runAllDue(std::int64_t now_ms) {
    for (auto& lane : m_lanes) {
        for (bool more = true; more;) {
            ASSIGN(more, runLane(*lane, now_ms));
        }
    }
    return {};
}

Result<bool> TransferRunner::runLane(Lane& lane, std::int64_t now_ms) {
    std::optional<Flight> flight;
    std::optional<TransferRecord> record;
    std::set<std::string> in_flight;
    {
        const std::lock_guard lock(m_mutex);
        if (!lane.gate.mayStart(now_ms)) return false;
        flight.emplace(*this, lane, now_ms);
        in_flight = lane.in_flight;
    }
    // Two threads of one target may be given the same record; the second one sees it in flight below, or its save is
    // refused for the revision.
    ASSIGN(record, m_store.nextDue(lane.target.config.id, now_ms, in_flight));
    if (!record) return false;
    {
        const std::lock_guard lock(m_mutex);
        if (lane.in_flight.contains(record->id)) return true;
        flight->holds(record->id);
    }
    const auto begun = stepLocked(*record, transfer_event::Due{}, lane.target.config);
    auto saved = m_store.save(begun.record, begun.actions);
    if (!saved) {
        // Someone else moved it on: look again.
        if (saved.error().code == ErrorCode::Conflict) return true;
        return tl::unexpected(saved.error());
    }
    auto stepped = begun.record;
    stepped.revision = *saved;
    report(stepped);
    for (const auto& action : begun.actions) {
        if (action.kind != Action::Send && action.kind != Action::Query) continue;
        bool healthy = true;
        const auto event = exchange(lane, stepped, action.kind, healthy);
        flight->exchanged(healthy);
        TRY(saveAnswer(lane, std::move(stepped), event));
        break;
    }
    return true;
}

TransferStep TransferRunner::stepLocked(TransferRecord record, const TransferEvent& event, const TargetConfig& target) {
    const std::lock_guard lock(m_mutex);
    return step(std::move(record), event, target, m_clock.wallMs(), m_random);
}

TransferEvent TransferRunner::exchange(Lane& lane, const TransferRecord& record, Action kind, bool& healthy) {
    const auto& adapter = *lane.target.adapter;
    const bool sending = kind == Action::Send;
    const auto answered = m_transport.send(sending ? adapter.sendRequest(record, lane.target.config)
                                                   : adapter.queryRequest(record, lane.target.config));
    if (!answered) {
        healthy = false;
        const auto reason = reasonOf(answered.error());
        if (!sending) return transfer_event::QueryFailed{reason};
        using Reached = transfer_event::SendFailed::Reached;
        return transfer_event::SendFailed{answered.error().certainly_not_sent ? Reached::Never : Reached::Maybe,
                                          reason};
    }
    auto answer = sending ? adapter.readSend(*answered) : adapter.readQuery(*answered);
    healthy = isHealthy(answer.kind);
    if (sending) return transfer_event::SendAnswered{std::move(answer)};
    return transfer_event::QueryAnswered{std::move(answer)};
}

Status TransferRunner::saveAnswer(Lane& lane, TransferRecord record, const TransferEvent& event) {
    // A callback may have moved the record on while the request was under way; then the answer is given to the newer
    // record. An answer is not lost to that: what it says is what the target did.
    for (int i = 0; i < kSaveTries; ++i) {
        auto stepped = stepLocked(record, event, lane.target.config);
        const auto saved = m_store.save(stepped.record, stepped.actions);
        if (saved) {
            stepped.record.revision = *saved;
            report(stepped.record);
            return {};
        }
        if (saved.error().code != ErrorCode::Conflict) return tl::unexpected(saved.error());
        ASSIGN(record, m_store.load(record.id));
    }
    return fail(ErrorCode::Conflict, "a transfer's record is written too often to be saved");
}

void TransferRunner::start(std::int64_t look_ms) {
    ENSURE(look_ms > 0);
    for (auto& lane : m_lanes) {
        ENSURE(lane->threads.empty());
        for (int i = 0; i < lane->target.config.concurrency; ++i) {
            lane->threads.emplace_back([this, &lane = *lane, look_ms] { work(lane, look_ms); });
        }
    }
}

void TransferRunner::stop() {
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_changed.notify_all();
    for (auto& lane : m_lanes) {
        for (auto& thread : lane->threads) thread.join();
        lane->threads.clear();
    }
    const std::lock_guard lock(m_mutex);
    m_stopping = false;
}

void TransferRunner::wake() {
    {
        const std::lock_guard lock(m_mutex);
        ++m_wakes;
    }
    m_changed.notify_all();
}

void TransferRunner::work(Lane& lane, std::int64_t look_ms) {
    std::uint64_t seen_wakes = 0;
    for (;;) {
        {
            const std::lock_guard lock(m_mutex);
            if (m_stopping) return;
            seen_wakes = m_wakes;
        }
        const auto ran = runLane(lane, m_clock.wallMs());
        if (!ran && m_observer != nullptr) m_observer->storeFailed(lane.target.config.id, ran.error());
        if (ran && *ran) continue;
        std::unique_lock lock(m_mutex);
        m_changed.wait_for(lock, std::chrono::milliseconds(look_ms),
                           [&] { return m_stopping || m_wakes != seen_wakes; });
    }
}

void TransferRunner::report(const TransferRecord& record) {
    if (m_observer != nullptr) m_observer->transferStepped(record);
}

}  // namespace fieldclaim::server
