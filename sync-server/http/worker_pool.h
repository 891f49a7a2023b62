#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <list>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace fieldclaim::server {

/// The threads on which handlers run, and the bounded queue before them (hazards H39, H50). Callers take turns: each
/// has a queue of its own, served round robin, and none may hold more than its share of threads or of the queue. So a
/// tablet that sends a hundred slow requests waits for itself, not the others for it.
class WorkerPool {
public:
    struct Limits {
        unsigned threads = 16;
        std::size_t waiting = 512;  ///< jobs in the queue
        std::size_t waiting_per_caller = 64;
        unsigned running_per_caller = 8;
    };
    /// Called once, always, on a worker thread; `run` is false, on another thread, when the pool was stopped before the
    /// job's turn came. Must not throw.
    using Job = std::function<void(bool run)>;

    explicit WorkerPool(const Limits& limits);
    ~WorkerPool();
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;

    /// False, and the job is not taken, when the queue or the caller's part of it is full, or the pool is stopped.
    bool submit(const std::string& caller, Job job);
    /// For the further steps of something that was taken once: never refused. After stop() the job is called at once,
    /// with false, on the calling thread.
    void submitAdmitted(const std::string& caller, Job job);
    bool wouldRefuse(const std::string& caller) const;
    std::size_t waiting() const;

    /// Lets the running jobs end, calls the waiting ones with false, and joins the threads.
    void stop();

private:
    struct Caller {
        std::deque<Job> jobs;
        unsigned running = 0;
        bool in_turn = false;  // is in m_turns
    };
    using Callers = std::map<std::string, Caller, std::less<>>;

    bool refuses(const std::string& caller) const;
    void enqueue(const std::string& caller, Job job);
    void work();

    const Limits m_limits;
    mutable std::mutex m_mutex;
    std::condition_variable m_wake;
    Callers m_callers;                     // those with jobs waiting or running
    std::list<Callers::iterator> m_turns;  // those that may run one now, in turn
    std::size_t m_waiting = 0;
    bool m_stopped = false;
    std::vector<std::thread> m_threads;
};

}  // namespace fieldclaim::server
