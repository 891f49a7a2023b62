#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "shared/base/clock.h"
#include "shared/base/result.h"
#include "shared/crypto/certificates.h"
#include "sync-server/http/http_message.h"
#include "sync-server/http/router.h"
#include "sync-server/log/logger.h"
#include "sync-server/metrics/metrics.h"

namespace fieldclaim::server {

/// Nothing that a client does is without a bound. Past a bound the answer is a problem document where one can still be
/// given, and the connection is closed.
struct HttpLimits {
    std::size_t header_bytes = 16U << 10U;   ///< request line and headers; past it 431
    std::size_t header_count = 100;          ///< past it 431
    std::size_t connections = 2000;          ///< past it a new connection is closed at once
    std::size_t connections_per_peer = 400;  ///< by IP address (an office is one address); trusted proxies excepted
    unsigned io_threads = 2;
    unsigned worker_threads = 16;         ///< handlers at a time
    std::size_t waiting = 512;            ///< requests waiting for a worker; past it 503 at once (hazard H39)
    std::size_t waiting_per_caller = 64;  ///< as above, of one caller
    unsigned running_per_caller = 8;      ///< workers that one caller may hold (hazard H50)

    std::chrono::milliseconds handshake_timeout{10'000};
    std::chrono::milliseconds header_timeout{30'000};  ///< from a request's first byte to the end of its headers
    std::chrono::milliseconds idle_timeout{75'000};    ///< between two requests
    std::chrono::milliseconds body_timeout{120'000};   ///< with no byte of a body coming or leaving
    /// A body must also be faster than this on average, counted after the first body_timeout, in both directions:
    /// otherwise one byte every two minutes would hold a connection for years.
    std::uint64_t least_bytes_per_s = 200;
    std::chrono::milliseconds stop_grace{10'000};  ///< how long stop() waits for running requests
};

struct HttpOptions {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;          ///< 0: any free one, given by start()
    std::optional<TlsIdentity> tls;  ///< TLS 1.2 and 1.3, ALPN http/1.1; plain HTTP without
    HttpLimits limits;
    /// Proxies whose X-Forwarded-For (its last entry) and X-Forwarded-Proto are believed.
    std::vector<std::string> trusted_proxies;
    /// Seconds for Retry-After with a 503. The caller spreads them out, so that those sent away do not all come back at
    /// once. Called on any thread.
    std::function<int()> retry_after_s = [] { return 5; };
    /// Whose turn a request takes in the queue. By default the peer with its Authorization header: one tablet. Called
    /// on an I/O thread, without the body.
    std::function<std::string(const Request&)> caller_of;
    std::string name = "http";  ///< tells servers apart in log and metrics
};

/// An HTTP/1.1 server, with keep-alive and pipelining, on threads of its own: a few for the network, which never block,
/// and a pool for handlers, which may. One listener each; several servers may share a Router.
///
/// Each request gives one log line "http-request" {server, request, method, route, status, ms, bytes_in, bytes_out} and
/// counts in http_requests_total{server,method,route,status} and http_request_seconds{server,route}. A client that left
/// before the answer is counted as status 499. Every response carries X-Request-Id, X-Content-Type-Options,
/// Referrer-Policy, and unless the handler said otherwise Cache-Control: no-store; on TLS Strict-Transport-Security.
/// Methods may be called from any thread but not from a handler. Borrows all that its constructor takes; `clock` and
/// `random` are used from several threads at a time.
class HttpServer {
public:
    HttpServer(HttpOptions options, const Router& router, const Clock& clock, Random& random, Logger& logger,
               Metrics& metrics);
    /// Stops.
    ~HttpServer();
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;

    /// Listens; gives the port. InUse when another program has it, BadInput for an address or a certificate that is
    /// none. Once only.
    Result<std::uint16_t> start();
    /// New connections get this certificate; open ones keep theirs. On an error the one before stays.
    Status reloadTls(const TlsIdentity& identity);
    /// Stops accepting, closes idle connections, lets running requests finish for stop_grace, then cuts the rest.
    /// Returns when the last handler has returned: a thread cannot be taken from a handler that blocks.
    void stop();

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

}  // namespace fieldclaim::server
