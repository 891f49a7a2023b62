#include "sync-server/storage/write_queue.h"

#include <future>

namespace fieldclaim::server {

Status LedgerStore::writeAndWait(WriteJob job) {
    // The promise is owned by the callback, so the writer never touches what this thread has already left.
    auto promise = std::make_shared<std::promise<Status>>();
    auto fate = promise->get_future();
    submit(std::move(job), [promise](Status status) { promise->set_value(std::move(status)); });
    return fate.get();
}

WriteQueue::WriteQueue(std::size_t capacity, std::size_t most_in_group, CommitGroup commit)
    : m_capacity(capacity), m_most_in_group(most_in_group), m_commit(std::move(commit)), m_thread([this] { work(); }) {}

WriteQueue::~WriteQueue() { stop(); }

void WriteQueue::submit(Job job) {
    {
        const std::lock_guard lock(m_mutex);
        if (!m_stopping && m_jobs.size() < m_capacity) {
            m_jobs.push_back(std::move(job));
            m_wake.notify_one();
            return;
        }
    }
    job.done(fail(ErrorCode::Busy, "the writer's queue is full"));
}

std::size_t WriteQueue::size() const {
    const std::lock_guard lock(m_mutex);
    return m_jobs.size();
}

void WriteQueue::stop() {
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_wake.notify_all();
    if (m_thread.joinable()) m_thread.join();
}

void WriteQueue::work() {
    while (true) {
        std::vector<Job> group;
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait(lock, [this] { return m_stopping || !m_jobs.empty(); });
            if (m_jobs.empty()) return;
            while (!m_jobs.empty() && group.size() < m_most_in_group) {
                group.push_back(std::move(m_jobs.front()));
                m_jobs.pop_front();
            }
        }
        auto fates = m_commit(group);
        ENSURE(fates.size() == group.size());
        for (std::size_t i = 0; i < group.size(); ++i) group[i].done(std::move(fates[i]));
    }
}

}  // namespace fieldclaim::server
