#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <mutex>

#include "sync-server/api/api.h"
#include "sync-server/http/http_server.h"
#include "tests/support/tablet/test_server.h"

namespace fieldclaim::test {

/// Certificates are checked against the machine's own clock.
inline std::int64_t machineNowMs() {
    using namespace std::chrono;
    return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

class NoLogSink final : public server::LogSink {
public:
    void write(std::string_view) override {}
};

/// An HTTPS server on loopback whose every request goes to one function, on worker threads. Ends with the object.
class AnyServer {
public:
    using Answer = std::function<server::Response(const server::Request&)>;

    /// Its certificate was issued then.
    AnyServer(const CertificateAuthority& authority, Answer answer, std::int64_t issued_ms = machineNowMs())
        : m_answer(std::move(answer)) {
        for (const auto method : {server::Method::Get, server::Method::Post}) {
            m_router.add(method, "/{rest...}", [this](const server::RequestContext& context) {
                auto response = m_answer(context.request);
                const std::lock_guard lock(m_mutex);
                ++m_requests[context.request.path];
                m_body_bytes += context.request.body.size();
                return response;
            });
        }
        server::HttpOptions options;
        options.tls = authority.issueServer({"localhost", "127.0.0.1"}, issued_ms, m_random).value();
        options.limits.worker_threads = 4;
        m_http =
            std::make_unique<server::HttpServer>(std::move(options), m_router, m_clock, m_random, m_logger, m_metrics);
        m_port = m_http->start().value();
    }
    std::uint16_t port() const { return m_port; }
    int requests(const std::string& path) const {
        const std::lock_guard lock(m_mutex);
        const auto found = m_requests.find(path);
        return found == m_requests.end() ? 0 : found->second;
    }
    int requests() const {
        const std::lock_guard lock(m_mutex);
        int sum = 0;
        for (const auto& [path, count] : m_requests) sum += count;
        return sum;
    }
    std::size_t bodyBytes() const {
        const std::lock_guard lock(m_mutex);
        return m_body_bytes;
    }

private:
    Answer m_answer;
    ManualClock m_clock;
    SystemRandom m_random;
    NoLogSink m_sink;
    server::Logger m_logger{m_clock, m_sink};
    server::Metrics m_metrics;
    server::Router m_router;
    mutable std::mutex m_mutex;
    std::map<std::string, int> m_requests;
    std::size_t m_body_bytes = 0;
    std::unique_ptr<server::HttpServer> m_http;
    std::uint16_t m_port = 0;
};

/// The whole sync server, as the program serves it: services on a ledger in a folder, API, HTTPS.
class SyncServer {
public:
    explicit SyncServer(const std::string& folder) : m_parts(options(folder)) { start(); }

    /// Ends the program's life and begins the next on the same data, at another port.
    void restart() {
        m_http.reset();
        m_parts.restart();
        start();
    }
    server::Server* operator->() { return m_parts.server.get(); }
    std::uint16_t port() const { return m_http->port(); }
    int requests(const std::string& path) const { return m_http->requests(path); }
    int requests() const { return m_http->requests(); }

    /// Called on a worker thread when a request's handler is done, before anything of its reply is sent. Set while
    /// nothing is under way.
    std::function<void(const std::string& path)> after_handling;

    /// What the ledger has of this author, in its order; a change set that took effect twice is here twice.
    std::vector<ChangeSetId> ledgerOf(const Uuid& author) const {
        const auto rows = m_parts.server->store().read([&](const server::LedgerSnapshot& now) {
            Result<std::vector<ChangeSetId>> out = std::vector<ChangeSetId>();
            const auto read = now.claims().forEachRow([&](const server::LedgerRow& row) -> Status {
                if (row.author == author) out->insert(out->end(), row.ids.begin(), row.ids.end());
                return {};
            });
            ENSURE(read.has_value());
            return out;
        });
        return rows.value();
    }

private:
    static server::Server::Options options(const std::string& folder) {
        server::Server::Options out;
        out.data = folder;
        out.machine_now_ms = machineNowMs();
        return out;
    }
    void start() {
        m_router = std::make_unique<server::Router>();
        m_api = std::make_unique<server::Api>(*m_parts, m_parts.clock, m_parts.metrics);
        m_api->addRoutes(*m_router);
        m_http = std::make_unique<AnyServer>(m_parts.server->keys().ca, [this](const server::Request& request) {
            const auto match = m_router->find(request.method, request.path);
            if (!match || match->route == nullptr || !match->route->handler) return server::Response::empty(404);
            auto response = match->route->handler({request, match->route->pattern, match->params});
            if (after_handling) after_handling(request.path);
            return response;
        });
    }

    TestServer m_parts;
    std::unique_ptr<server::Router> m_router;
    std::unique_ptr<server::Api> m_api;
    std::unique_ptr<AnyServer> m_http;
};

}  // namespace fieldclaim::test
