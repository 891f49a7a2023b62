#include "tests/support/net/net_server.h"

#include <chrono>

#include "sync-server/service/blob_files.h"

namespace fieldclaim::test {
namespace {

class NoLogSink final : public server::LogSink {
public:
    void write(std::string_view) override {}
};

template <typename Since>
std::int64_t milliseconds(Since since) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(since).count();
}

}  // namespace

std::int64_t MachineClock::wallMs() const { return milliseconds(std::chrono::system_clock::now().time_since_epoch()); }
std::int64_t MachineClock::uptimeMs() const {
    return milliseconds(std::chrono::steady_clock::now().time_since_epoch());
}

server::Server::Options NetServer::partsOptions(const Options& options) {
    server::Server::Options out;
    out.data = options.folder;
    out.uploads = options.uploads;
    out.most_behind = options.most_behind;
    out.machine_now_ms = MachineClock().wallMs();
    return out;
}

NetServer::NetServer(Options options)
    : m_options(std::move(options)),
      m_parts(partsOptions(m_options)),
      m_sink(std::make_unique<NoLogSink>()),
      m_logger(std::make_unique<server::Logger>(m_clock, *m_sink)),
      m_api(std::make_unique<server::Api>(*m_parts, m_clock, m_metrics, m_options.rates)) {
    m_api->addRoutes(m_router);
    server::HttpOptions http;
    http.limits = m_options.http;
    if (m_options.tls)
        http.tls = m_parts->keys().ca.issueServer({"localhost", "127.0.0.1"}, m_clock.wallMs(), m_random).value();
    m_http = std::make_unique<server::HttpServer>(std::move(http), m_router, m_clock, m_random, *m_logger, m_metrics);
    m_port = m_http->start().value();
}

NetServer::~NetServer() = default;

std::string NetServer::url(std::uint16_t port) const {
    return (m_options.tls ? "https://127.0.0.1:" : "http://127.0.0.1:") + std::to_string(port);
}

std::vector<ChangeSetId> NetServer::ledgerOf(const Uuid& author) {
    return m_parts->store()
        .read([&](const server::LedgerSnapshot& now) -> Result<std::vector<ChangeSetId>> {
            std::vector<ChangeSetId> out;
            TRY(now.claims().forEachRow([&](const server::LedgerRow& row) -> Status {
                if (row.author == author) out.insert(out.end(), row.ids.begin(), row.ids.end());
                return {};
            }));
            return out;
        })
        .value();
}

bool NetServer::hasBlob(const std::string& crn, const Hash& sha256) {
    return m_parts->store()
        .read([&](const server::LedgerSnapshot& now) { return now.blobs().hasBlob(crn, sha256); })
        .value();
}

bool NetServer::blobIsWhole(const Hash& sha256) {
    const server::BlobFiles files(std::filesystem::path(m_options.folder) / "blobs");
    return files.isWhole(sha256).value();
}

}  // namespace fieldclaim::test
