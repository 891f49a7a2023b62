#pragma once

#include <memory>
#include <string>

#include "sync-server/api/api.h"
#include "sync-server/http/http_server.h"
#include "tests/support/tablet/test_server.h"

namespace fieldclaim::test {

/// The machine's own time: what certificates and real waits are measured by.
class MachineClock final : public Clock {
public:
    std::int64_t wallMs() const override;
    std::int64_t uptimeMs() const override;
};

/// The whole sync server as the program serves it, on loopback: services on a ledger in a folder, API, HTTPS. Sessions
/// do not end, because the services' clock stands still; rates are counted by the machine's.
class NetServer {
public:
    struct Options {
        std::string folder = {};
        bool tls = true;
        server::HttpLimits http = {};
        server::UploadLimits uploads = {};
        std::uint64_t most_behind = server::kMostBehind;
        server::Api::Options rates{{1'000, 100'000}, {1'000, 100'000}};
    };
    explicit NetServer(Options options);
    ~NetServer();

    server::Server* operator->() { return m_parts.server.get(); }
    server::Server& operator*() { return *m_parts.server; }
    TestServer& parts() { return m_parts; }
    std::uint16_t port() const { return m_port; }
    std::string caPem() const { return m_options.tls ? m_parts.server->keys().ca.certificatePem() : std::string(); }
    std::string url(std::uint16_t port) const;
    /// Of this author in the ledger, in its order: what took effect twice is here twice.
    std::vector<ChangeSetId> ledgerOf(const Uuid& author);
    bool hasBlob(const std::string& crn, const Hash& sha256);
    /// Whether the blob's file hashes to its name.
    bool blobIsWhole(const Hash& sha256);

private:
    static server::Server::Options partsOptions(const Options& options);

    Options m_options;
    TestServer m_parts;
    MachineClock m_clock;
    SystemRandom m_random;
    std::unique_ptr<server::LogSink> m_sink;
    std::unique_ptr<server::Logger> m_logger;
    server::Metrics m_metrics;
    server::Router m_router;
    std::unique_ptr<server::Api> m_api;
    std::unique_ptr<server::HttpServer> m_http;
    std::uint16_t m_port = 0;
};

}  // namespace fieldclaim::test
