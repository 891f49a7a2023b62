#include "sync-server/app/serve.h"

#include <signal.h>

#include <algorithm>
#include <cerrno>
#include <ctime>
#include <fstream>
#include <sstream>

#include "sync-server/api/api.h"
#include "sync-server/app/system_clock.h"
#include "sync-server/backoffice/back_office_service.h"
#include "sync-server/console/console.h"
#include "sync-server/http/http_server.h"
#include "sync-server/service/ledger_safety.h"
#include "sync-server/service/secret_files.h"
#include "sync-server/service/server.h"
#include "sync-server/transfer/adapters/adapters.h"
#include "sync-server/transfer/http_sender/http_sender.h"

namespace fieldclaim::server {
namespace {

constexpr std::int64_t kHourMs = 3'600'000;
constexpr std::int64_t kRenewBeforeMs = 30LL * 24 * kHourMs;
constexpr long kHousekeepingSeconds = 60;

class TransferLog final : public TransferRunner::Observer {
public:
    explicit TransferLog(Logger& logger) : m_logger(logger) {}
    void transferStepped(const TransferRecord& record) override {
        m_logger.info("transfer-stepped",
                      {{"transfer", record.id}, {"target", record.target}, {"state", stateName(record.state)}});
    }
    void storeFailed(const std::string& target, const Error& error) override {
        m_logger.error("transfer-store-failed", {{"target", target}, {"error", describe(error)}});
    }

private:
    Logger& m_logger;
};

Result<std::vector<TargetConfig>> readTargets(const std::filesystem::path& path) {
    if (path.empty()) return std::vector<TargetConfig>();
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    if (!in) return fail(ErrorCode::NotFound, "the file of targets cannot be read");
    return parseTargets(text.str());
}

bool isLoopback(const std::string& address) { return address.starts_with("127.") || address == "::1"; }

Result<std::vector<TransferRunner::Target>> lanes(const std::vector<TargetConfig>& configs) {
    std::vector<TransferRunner::Target> out;
    for (const auto& config : configs) {
        ASSIGN(auto adapter, makeAdapter(config));
        out.push_back({config, std::move(adapter)});
    }
    return out;
}

// Signals are taken here and nowhere else, between two rounds of housekeeping.
void runUntilAsked(const sigset_t& signals, const std::function<void()>& housekeeping) {
    while (true) {
        const timespec round{kHousekeepingSeconds, 0};
        const int taken = sigtimedwait(&signals, nullptr, &round);
        if (taken > 0) return;
        if (errno == EAGAIN) housekeeping();
    }
}

}  // namespace

Status serve(const ServeOptions& options) {
    if (options.tls_names.empty() && !isLoopback(options.address)) {
        return fail(ErrorCode::BadInput, "without --tls-name the server listens on loopback alone");
    }
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    signal(SIGPIPE, SIG_IGN);

    const SystemClock machine;
    const SystemClock clock(options.clock_offset_ms);
    SystemRandom random;
    Metrics metrics;
    FileLogSink sink(stderr);
    Logger logger(clock, sink);

    ASSIGN(auto targets, readTargets(options.targets));
    ASSIGN(auto runner_targets, lanes(targets));
    Server::Options opening;
    opening.data = options.data;
    opening.packs = options.packs;
    opening.targets = std::move(targets);
    opening.uploads.blob_bytes = options.max_blob_bytes;
    opening.uploads.unfinished_bytes = std::max(opening.uploads.unfinished_bytes, options.max_blob_bytes);
    opening.most_behind = options.most_behind;
    opening.machine_now_ms = machine.wallMs();
    opening.journal = options.journal;
    if (!options.fail_at.empty()) {
        opening.at = [at = options.fail_at](std::string_view moment) {
            if (moment == at) raise(SIGKILL);
        };
    }
    ASSIGN(const auto server, Server::open(std::move(opening), clock, random, metrics));

    HttpTargetTransport transport;
    for (const auto& name : server->packsUnreadable()) logger.warning("pack-not-readable", {{"pack", name}});

    TransferLog transfer_log(logger);
    TransferRunner runner(server->outbox(), transport, std::move(runner_targets), clock, random, &transfer_log);

    Api api(*server, clock, metrics);
    Router router;
    api.addRoutes(router);
    BackOfficeService back_office(server->store(), server->directory(), server->reviewer(), server->planner(),
                                  server->packs(), server->blobFiles(), server->decisions(), server->scopes(),
                                  server->erasures(), server->outbox(), clock);
    Console console(back_office, server->devices(), clock, random);
    console.addRoutes(router);

    HttpOptions http;
    http.address = options.address;
    http.port = options.port;
    http.trusted_proxies = options.trusted_proxies;
    http.name = "api";
    const auto issue = [&] { return server->keys().ca.issueServer(options.tls_names, machine.wallMs(), random); };
    if (!options.tls_names.empty()) {
        ASSIGN(http.tls, issue());
    }
    std::string certificate = http.tls ? http.tls->certificate_pem : std::string();
    HttpServer web(std::move(http), router, clock, random, logger, metrics);
    ASSIGN(const auto port, web.start());
    runner.start();
    logger.info("server-started", {{"port", port}, {"epoch", server->identity().epoch.text()}});
    if (!options.port_file.empty()) TRY(writeSecretFile(options.port_file, std::to_string(port) + "\n"));

    if (const auto warning = server->keys().authorityWarning(machine.wallMs()))
        logger.warning("authority-ends", {{"why", *warning}});
    const auto warnOfLoss = [&] {
        const auto safety = safetyOf(server->store(), machine.wallMs());
        if (!safety) return;
        for (const auto& warning : safety->warnings) logger.warning("not-safe", {{"why", warning}});
    };
    warnOfLoss();
    runUntilAsked(signals, [&] {
        warnOfLoss();
        if (const auto gone = server->blobs().expire(); !gone)
            logger.warning("expiry-failed", {{"error", describe(gone.error())}});
        if (const auto kept = server->maintain(); !kept)
            logger.warning("maintenance-failed", {{"error", describe(kept.error())}});
        if (certificate.empty()) return;
        const auto ends = notAfter(certificate);
        if (ends && *ends - machine.wallMs() > kRenewBeforeMs) return;
        const auto fresh = issue();
        const Status taken = fresh ? web.reloadTls(*fresh) : Status(tl::unexpected<Error>(fresh.error()));
        if (taken) {
            certificate = fresh->certificate_pem;
            logger.info("certificate-renewed");
        } else {
            logger.error("certificate-not-renewed", {{"error", describe(taken.error())}});
        }
    });
    logger.info("server-stopping");
    web.stop();
    runner.stop();
    server->store().stop();
    logger.info("server-stopped");
    return {};
}

}  // namespace fieldclaim::server
