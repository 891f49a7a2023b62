#pragma once

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <string>
#include <vector>

#include "shared/base/clock.h"
#include "sync-server/transfer/transfer_queue.h"
#include "sync-server/transfer/transfer_runner.h"
#include "tests/sync-server/transfer/sample_subject.h"

namespace fieldclaim::server {

class ManualClock final : public Clock {
public:
    std::int64_t wallMs() const override { return now_ms; }
    std::int64_t uptimeMs() const override { return now_ms; }
    std::atomic<std::int64_t> now_ms{1'146'500'000'000};  // 1 May 2006
};

class SeededRandom final : public Random {
public:
    explicit SeededRandom(std::uint64_t seed = 1) : m_state(seed * 2 + 1) {}
    void fill(std::uint8_t* out, std::size_t size) override {
        for (std::size_t i = 0; i < size; ++i) {
            m_state = m_state * 6364136223846793005ULL + 1442695040888963407ULL;
            out[i] = static_cast<std::uint8_t>(m_state >> 56U);
        }
    }

private:
    std::uint64_t m_state;
};

/// The ledger's part, in memory, with the revision rule. Can be told to die at the n-th save: that one and all later
/// ones fail until revive(), as if the process had been killed before it.
class MemoryTransferStore final : public TransferStore {
public:
    Result<std::optional<TransferRecord>> nextDue(const std::string& target, std::int64_t now_ms,
                                                  const std::set<std::string>& in_flight) override {
        const std::lock_guard lock(m_mutex);
        const auto index = pickNext(m_records, target, now_ms, in_flight);
        if (!index) return std::nullopt;
        return m_records[*index];
    }
    Result<TransferRecord> load(const std::string& id) override {
        const std::lock_guard lock(m_mutex);
        return find(id);
    }
    Result<std::int64_t> save(const TransferRecord& record, const std::vector<TransferAction>& actions) override {
        const std::lock_guard lock(m_mutex);
        if (m_saves_left == 0) return fail(ErrorCode::Storage, "killed");
        if (m_saves_left > 0) --m_saves_left;
        auto& stored = find(record.id);
        if (stored.revision != record.revision) return fail(ErrorCode::Conflict);
        stored = record;
        ++stored.revision;
        m_actions.insert(m_actions.end(), actions.begin(), actions.end());
        m_saved.notify_all();
        return stored.revision;
    }

    void add(TransferRecord record) {
        const std::lock_guard lock(m_mutex);
        m_records.push_back(std::move(record));
    }
    TransferRecord get(const std::string& id) {
        const std::lock_guard lock(m_mutex);
        return find(id);
    }
    void killAfterSaves(int saves) { m_saves_left = saves; }
    void revive() { m_saves_left = -1; }
    int count(TransferAction::Kind kind) {
        const std::lock_guard lock(m_mutex);
        return static_cast<int>(
            std::count_if(m_actions.begin(), m_actions.end(), [&](const auto& a) { return a.kind == kind; }));
    }
    /// True when the record reaches the state within the time.
    bool waitFor(const std::string& id, TransferState state, std::chrono::seconds most = std::chrono::seconds(20)) {
        std::unique_lock lock(m_mutex);
        return m_saved.wait_for(lock, most, [&] { return find(id).state == state; });
    }

private:
    TransferRecord& find(const std::string& id) {
        for (auto& record : m_records) {
            if (record.id == id) return record;
        }
        ENSURE(false);
    }
    std::mutex m_mutex;
    std::condition_variable m_saved;
    std::vector<TransferRecord> m_records;
    std::vector<TransferAction> m_actions;
    int m_saves_left = -1;
};

inline TargetConfig sampleTarget() {
    TargetConfig target;
    target.id = "jsaps";
    target.adapter = "push";
    target.system = "JSAPS";
    target.url = "http://127.0.0.1/push/JSAPS";
    target.benefits = {"jsa_ib", "jsa_cb"};
    return target;
}

inline TransferRecord sampleTransfer(const std::string& id, std::int64_t order, const TransferSubject& subject,
                                     std::int64_t now_ms, const std::string& target = "jsaps") {
    const auto map = makePushMap("JSAPS");
    return makeTransfer(id, order, target, subject, map->map(subject).value(), "", now_ms);
}

}  // namespace fieldclaim::server
