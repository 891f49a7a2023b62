#pragma once

// Private to sync-server/http.
#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <utility>  // Boost 1.74's coroutines use std::exchange without it

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>

#include "sync-server/http/http_server.h"
#include "sync-server/http/worker_pool.h"

namespace fieldclaim::server {

/// An open connection, as stop() sees it. Touched on its I/O thread alone.
class LiveConnection {
public:
    virtual ~LiveConnection() = default;
    virtual void closeIfIdle() = 0;
    virtual void cut() = 0;
};

/// One event loop with one thread. A connection lives on one, so that it needs no lock.
struct IoThread {
    boost::asio::io_context context{1};
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> guard{context.get_executor()};
    std::set<LiveConnection*> live;
    std::thread thread;
};

/// What all connections of a server share. Outlives them.
struct ServerCore {
    ServerCore(HttpOptions given, const Router& routes, const Clock& time, Random& chance, Logger& log,
               Metrics& measures);

    const HttpOptions options;
    const Router& router;
    const Clock& clock;
    Random& random;
    Logger& logger;
    Metrics& metrics;
    Gauge& open_connections;
    WorkerPool pool;
    std::atomic<bool> stopping{false};

    std::shared_ptr<boost::asio::ssl::context> tlsContext() const;
    void setTlsContext(std::shared_ptr<boost::asio::ssl::context> context);

    /// False when the peer, or the server, has as many as it may. Else one is counted until leave().
    bool enter(const std::string& peer);
    void leave(const std::string& peer);
    std::size_t connections() const;
    /// Waits until there is none, or the time is over.
    bool waitUntilEmpty(std::chrono::milliseconds longest) const;
    void waitUntilEmpty() const;
    void refused(std::string_view reason);
    bool trusts(const std::string& peer) const;

private:
    mutable std::mutex m_mutex;
    mutable std::condition_variable m_left;
    std::size_t m_count = 0;
    std::map<std::string, std::size_t> m_by_peer;
    std::shared_ptr<boost::asio::ssl::context> m_tls;
};

/// Serves a connection that was entered in the core, until its end; leaves the core then. Called on `io`'s thread.
void serveConnection(ServerCore& core, IoThread& io, boost::asio::ip::tcp::socket socket, std::string peer);

}  // namespace fieldclaim::server
