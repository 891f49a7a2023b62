#include "sync-server/http/http_server.h"

#include <utility>  // Boost 1.74's coroutines use std::exchange without it

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "sync-server/http/connection.h"
#include "sync-server/http/tls.h"

namespace fieldclaim::server {
namespace {

namespace net = boost::asio;
using tcp = net::ip::tcp;

// An IPv4 client of a dual-stack socket has one name, whichever way it came.
std::string peerName(const tcp::endpoint& endpoint) {
    const auto address = endpoint.address();
    if (address.is_v6() && address.to_v6().is_v4_mapped()) {
        return net::ip::make_address_v4(net::ip::v4_mapped, address.to_v6()).to_string();
    }
    return address.to_string();
}

}  // namespace

ServerCore::ServerCore(HttpOptions given, const Router& routes, const Clock& time, Random& chance, Logger& log,
                       Metrics& measures)
    : options(std::move(given)),
      router(routes),
      clock(time),
      random(chance),
      logger(log),
      metrics(measures),
      open_connections(measures.gauge("http_connections", "Open connections.", {{"server", options.name}})),
      pool({options.limits.worker_threads, options.limits.waiting, options.limits.waiting_per_caller,
            options.limits.running_per_caller}) {}

std::shared_ptr<net::ssl::context> ServerCore::tlsContext() const {
    const std::lock_guard lock(m_mutex);
    return m_tls;
}

void ServerCore::setTlsContext(std::shared_ptr<net::ssl::context> context) {
    const std::lock_guard lock(m_mutex);
    m_tls = std::move(context);
}

bool ServerCore::trusts(const std::string& peer) const {
    const auto& trusted = options.trusted_proxies;
    return std::find(trusted.begin(), trusted.end(), peer) != trusted.end();
}

bool ServerCore::enter(const std::string& peer) {
    const std::lock_guard lock(m_mutex);
    if (m_count >= options.limits.connections) return false;
    auto& of_peer = m_by_peer[peer];
    if (of_peer >= options.limits.connections_per_peer && !trusts(peer)) return false;
    ++of_peer;
    ++m_count;
    open_connections.set(static_cast<std::int64_t>(m_count));
    return true;
}

void ServerCore::leave(const std::string& peer) {
    {
        const std::lock_guard lock(m_mutex);
        const auto found = m_by_peer.find(peer);
        ENSURE(found != m_by_peer.end() && m_count > 0);
        if (--found->second == 0) m_by_peer.erase(found);
        --m_count;
        open_connections.set(static_cast<std::int64_t>(m_count));
    }
    m_left.notify_all();
}

std::size_t ServerCore::connections() const {
    const std::lock_guard lock(m_mutex);
    return m_count;
}

bool ServerCore::waitUntilEmpty(std::chrono::milliseconds longest) const {
    std::unique_lock lock(m_mutex);
    return m_left.wait_for(lock, longest, [this] { return m_count == 0; });
}

void ServerCore::waitUntilEmpty() const {
    std::unique_lock lock(m_mutex);
    m_left.wait(lock, [this] { return m_count == 0; });
}

void ServerCore::refused(std::string_view reason) {
    metrics
        .counter("http_refused_total", "Connections and requests turned away by a limit.",
                 {{"server", options.name}, {"reason", std::string(reason)}})
        .add();
}

struct HttpServer::Impl {
    Impl(HttpOptions options, const Router& router, const Clock& clock, Random& random, Logger& logger,
         Metrics& metrics)
        : core(std::move(options), router, clock, random, logger, metrics) {
        for (unsigned i = 0; i < std::max(1U, core.options.limits.io_threads); ++i) {
            io.push_back(std::make_unique<IoThread>());
        }
        acceptor.emplace(io.front()->context);
    }

    Status listen() {
        boost::system::error_code error;
        const auto address = net::ip::make_address(core.options.address, error);
        if (error) return fail(ErrorCode::BadInput, "not an IP address to listen on: " + core.options.address);
        const tcp::endpoint endpoint(address, core.options.port);
        acceptor->open(endpoint.protocol(), error);
        if (!error) acceptor->set_option(tcp::acceptor::reuse_address(true), error);
        if (!error) acceptor->bind(endpoint, error);
        if (!error) acceptor->listen(net::socket_base::max_listen_connections, error);
        if (error == net::error::address_in_use) return fail(ErrorCode::InUse, "another program has the port");
        if (error) return fail(ErrorCode::Network, "cannot listen: " + error.message());
        return {};
    }

    net::awaitable<void> acceptAll() {
        for (std::size_t turn = 0; !core.stopping; ++turn) {
            IoThread& chosen = *io[turn % io.size()];
            boost::system::error_code error;
            tcp::socket socket(chosen.context);
            co_await acceptor->async_accept(socket, net::redirect_error(net::use_awaitable, error));
            if (error == net::error::operation_aborted || !acceptor->is_open()) co_return;
            if (error) {
                // Out of file descriptors, mostly: trying again at once would only burn the processor.
                core.refused("accept");
                net::steady_timer pause(io.front()->context, std::chrono::milliseconds(100));
                co_await pause.async_wait(net::redirect_error(net::use_awaitable, error));
                continue;
            }
            const auto endpoint = socket.remote_endpoint(error);
            if (error) continue;  // gone already
            auto peer = peerName(endpoint);
            if (!core.enter(peer)) {
                core.refused("connections");
                socket.close(error);
                continue;
            }
            socket.set_option(tcp::no_delay(true), error);
            net::post(chosen.context, [this, &chosen, held = std::make_shared<tcp::socket>(std::move(socket)),
                                       name = std::move(peer)]() mutable {
                serveConnection(core, chosen, std::move(*held), std::move(name));
            });
        }
    }

    ServerCore core;
    std::vector<std::unique_ptr<IoThread>> io;
    std::optional<tcp::acceptor> acceptor;
    std::mutex state_mutex;
    enum class State { New, Running, Stopped } state = State::New;
};

HttpServer::HttpServer(HttpOptions options, const Router& router, const Clock& clock, Random& random, Logger& logger,
                       Metrics& metrics)
    : m_impl(std::make_unique<Impl>(std::move(options), router, clock, random, logger, metrics)) {}

HttpServer::~HttpServer() { stop(); }

Result<std::uint16_t> HttpServer::start() {
    auto& impl = *m_impl;
    const std::lock_guard lock(impl.state_mutex);
    ENSURE(impl.state == Impl::State::New);
    if (impl.core.options.tls) {
        ASSIGN(auto context, makeTlsContext(*impl.core.options.tls));
        impl.core.setTlsContext(std::move(context));
    }
    TRY(impl.listen());
    boost::system::error_code error;
    const auto port = impl.acceptor->local_endpoint(error).port();
    if (error) return fail(ErrorCode::Network, "the listener has no port");
    net::co_spawn(impl.io.front()->context, impl.acceptAll(), net::detached);
    for (auto& io : impl.io) {
        io->thread = std::thread([&context = io->context] { context.run(); });
    }
    impl.state = Impl::State::Running;
    return port;
}

Status HttpServer::reloadTls(const TlsIdentity& identity) {
    if (!m_impl->core.options.tls) return fail(ErrorCode::BadInput, "this server does not speak TLS");
    ASSIGN(auto context, makeTlsContext(identity));
    m_impl->core.setTlsContext(std::move(context));
    return {};
}

void HttpServer::stop() {
    auto& impl = *m_impl;
    const std::lock_guard lock(impl.state_mutex);
    if (impl.state != Impl::State::Running) return;
    impl.state = Impl::State::Stopped;
    impl.core.stopping = true;
    net::post(impl.io.front()->context, [&impl] {
        boost::system::error_code ignored;
        impl.acceptor->close(ignored);
    });
    const auto toAll = [&impl](void (LiveConnection::*what)()) {
        for (auto& io : impl.io) {
            net::post(io->context, [&live = io->live, what] {
                for (auto* connection : live) (connection->*what)();
            });
        }
    };
    toAll(&LiveConnection::closeIfIdle);
    if (!impl.core.waitUntilEmpty(impl.core.options.limits.stop_grace)) toAll(&LiveConnection::cut);
    impl.core.pool.stop();
    toAll(&LiveConnection::cut);
    impl.core.waitUntilEmpty();
    for (auto& io : impl.io) io->guard.reset();
    for (auto& io : impl.io) io->thread.join();
}

}  // namespace fieldclaim::server
