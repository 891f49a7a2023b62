#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "sync-server/storage/ledger_store.h"

namespace fieldclaim::server {

/// The single writer's thread and the bounded queue before it. What waits when the writer is free becomes one group, so
/// that many jobs share one sync of the disk; nothing ever waits for a group to fill.
class WriteQueue {
public:
    struct Job {
        LedgerStore::WriteJob run;
        LedgerStore::Done done;
    };
    /// Runs and commits a group, on the writer's thread; gives each job's fate, in order.
    using CommitGroup = std::function<std::vector<Status>(std::vector<Job>&)>;

    WriteQueue(std::size_t capacity, std::size_t most_in_group, CommitGroup commit);
    ~WriteQueue();
    WriteQueue(const WriteQueue&) = delete;
    WriteQueue& operator=(const WriteQueue&) = delete;

    void submit(Job job);
    std::size_t size() const;
    void stop();

private:
    void work();

    const std::size_t m_capacity;
    const std::size_t m_most_in_group;
    const CommitGroup m_commit;
    mutable std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<Job> m_jobs;
    bool m_stopping = false;
    std::thread m_thread;
};

}  // namespace fieldclaim::server
