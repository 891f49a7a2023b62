#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <vector>

#include "shared/crypto/crypto.h"
#include "sync-server/http/http_server.h"
#include "tests/support/http_client/test_http_client.h"

namespace fieldclaim::server {

using test::TestHttpClient;
using namespace std::chrono_literals;

class FixedClock final : public Clock {
public:
    std::int64_t wallMs() const override { return 1'168'852'323'250; }  // 2007-01-15T09:12:03.250Z
    std::int64_t uptimeMs() const override { return 1000; }
};

/// Keeps the lines; read only after the server stopped, or through lines().
class KeptLogSink final : public LogSink {
public:
    void write(std::string_view line) override {
        const std::lock_guard lock(m_mutex);
        m_lines.emplace_back(line);
    }
    std::vector<nlohmann::json> lines() const {
        const std::lock_guard lock(m_mutex);
        std::vector<nlohmann::json> out;
        for (const auto& line : m_lines) out.push_back(nlohmann::json::parse(line));
        return out;
    }
    std::string text() const {
        const std::lock_guard lock(m_mutex);
        std::string out;
        for (const auto& line : m_lines) out += line + '\n';
        return out;
    }

private:
    mutable std::mutex m_mutex;
    std::vector<std::string> m_lines;
};

/// A door that handlers wait at until the test opens it; the test can wait until so many stand there.
class Gate {
public:
    void pass() {
        std::unique_lock lock(m_mutex);
        ++m_waiting;
        m_changed.notify_all();
        m_changed.wait(lock, [this] { return m_open; });
    }
    void open() {
        const std::lock_guard lock(m_mutex);
        m_open = true;
        m_changed.notify_all();
    }
    bool waitFor(int count) {
        std::unique_lock lock(m_mutex);
        return m_changed.wait_for(lock, 20s, [&] { return m_waiting >= count; });
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    int m_waiting = 0;
    bool m_open = false;
};

/// A server on loopback with its parts. Add routes to `router` and set `options`, then start().
struct HttpFixture {
    FixedClock clock;
    SystemRandom random;
    KeptLogSink sink;
    Logger logger{clock, sink, LogLevel::Debug};
    Metrics metrics;
    Router router;
    HttpOptions options;
    std::unique_ptr<HttpServer> server;
    std::uint16_t port = 0;

    HttpFixture() {
        options.limits.worker_threads = 4;
        options.limits.running_per_caller = 4;
        options.limits.stop_grace = 5s;
        router.add(Method::Get, "/hello", [](const RequestContext&) { return Response::text("hello"); });
        router.add(Method::Post, "/echo",
                   [](const RequestContext& context) { return Response::cbor(context.request.body); });
    }
    void start() {
        server = std::make_unique<HttpServer>(options, router, clock, random, logger, metrics);
        auto got = server->start();
        ENSURE(got.has_value());
        port = *got;
    }
    TestHttpClient client(std::chrono::milliseconds timeout = 20s) const {
        return TestHttpClient({.port = port, .ca_pem = {}, .timeout = timeout});
    }
};

}  // namespace fieldclaim::server
