#include "sync-server/http/worker_pool.h"

#include <utility>

#include "shared/base/result.h"

namespace fieldclaim::server {

WorkerPool::WorkerPool(const Limits& limits) : m_limits(limits) {
    ENSURE(limits.threads > 0 && limits.running_per_caller > 0);
    m_threads.reserve(limits.threads);
    for (unsigned i = 0; i < limits.threads; ++i) m_threads.emplace_back([this] { work(); });
}

WorkerPool::~WorkerPool() { stop(); }

bool WorkerPool::refuses(const std::string& caller) const {
    if (m_stopped || m_waiting >= m_limits.waiting) return true;
    const auto found = m_callers.find(caller);
    return found != m_callers.end() && found->second.jobs.size() >= m_limits.waiting_per_caller;
}

bool WorkerPool::wouldRefuse(const std::string& caller) const {
    const std::lock_guard lock(m_mutex);
    return refuses(caller);
}

std::size_t WorkerPool::waiting() const {
    const std::lock_guard lock(m_mutex);
    return m_waiting;
}

void WorkerPool::enqueue(const std::string& caller, Job job) {
    const auto at = m_callers.try_emplace(caller).first;
    at->second.jobs.push_back(std::move(job));
    ++m_waiting;
    if (!at->second.in_turn && at->second.running < m_limits.running_per_caller) {
        at->second.in_turn = true;
        m_turns.push_back(at);
    }
}

bool WorkerPool::submit(const std::string& caller, Job job) {
    {
        const std::lock_guard lock(m_mutex);
        if (refuses(caller)) return false;
        enqueue(caller, std::move(job));
    }
    m_wake.notify_one();
    return true;
}

void WorkerPool::submitAdmitted(const std::string& caller, Job job) {
    {
        const std::lock_guard lock(m_mutex);
        if (!m_stopped) {
            enqueue(caller, std::move(job));
            job = nullptr;
        }
    }
    if (job) {
        job(false);
    } else {
        m_wake.notify_one();
    }
}

void WorkerPool::work() {
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_wake.wait(lock, [this] { return m_stopped || !m_turns.empty(); });
        if (m_stopped) return;
        const auto at = m_turns.front();
        m_turns.pop_front();
        Caller& caller = at->second;
        caller.in_turn = false;
        {
            Job job = std::move(caller.jobs.front());
            caller.jobs.pop_front();
            --m_waiting;
            ++caller.running;
            if (!caller.jobs.empty() && caller.running < m_limits.running_per_caller) {
                caller.in_turn = true;
                m_turns.push_back(at);
                m_wake.notify_one();
            }
            lock.unlock();
            job(true);
        }
        lock.lock();
        --caller.running;
        if (caller.jobs.empty() && caller.running == 0) {
            m_callers.erase(at);
        } else if (!caller.jobs.empty() && !caller.in_turn) {
            caller.in_turn = true;
            m_turns.push_back(at);
        }
    }
}

void WorkerPool::stop() {
    std::deque<Job> left;
    {
        const std::lock_guard lock(m_mutex);
        if (m_stopped) return;
        m_stopped = true;
        for (auto& [name, caller] : m_callers) {
            for (auto& job : caller.jobs) left.push_back(std::move(job));
            caller.jobs.clear();
        }
        m_turns.clear();
        m_waiting = 0;
    }
    m_wake.notify_all();
    for (auto& thread : m_threads) thread.join();
    for (auto& job : left) job(false);
}

}  // namespace fieldclaim::server
