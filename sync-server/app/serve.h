#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "shared/base/result.h"
#include "sync-server/service/snapshot_service.h"

namespace fieldclaim::server {

struct ServeOptions {
    std::filesystem::path data;
    std::string address = "127.0.0.1";
    std::uint16_t port = 8443;
    std::vector<std::string> tls_names;  ///< names in the certificate; none: plain HTTP, on loopback only
    std::vector<std::string> trusted_proxies;
    std::vector<std::filesystem::path> packs;
    std::filesystem::path targets;    ///< targets.json, may be empty
    std::filesystem::path journal;    ///< on another disk; empty: where it was kept before, if at all
    std::string fail_at;              ///< tests: the process kills itself at this moment of the ledger's writer
    std::filesystem::path port_file;  ///< written when the server listens, may be empty
    std::uint64_t max_blob_bytes = 2ULL << 30U;
    std::uint64_t most_behind = kMostBehind;  ///< change sets, see needsSnapshot()
    std::int64_t clock_offset_ms = 0;
};

/// Runs the sync server until SIGTERM or SIGINT: answers tablets, sends transfers, renews its certificate. Everything
/// that was acknowledged is on disk when it is back. Logs to stderr. Call on the main thread, before any other is made:
/// it blocks those signals for all.
Status serve(const ServeOptions& options);

}  // namespace fieldclaim::server
