#pragma once

// Private to sync-server/http.
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "sync-server/http/connection.h"

namespace fieldclaim::server {

constexpr int kClientGone = 499;  ///< in the log and in metrics alone

/// What is kept of a request that is over.
struct RequestRecord {
    std::string id;
    std::optional<Method> method;  ///< none: one that the server does not know
    std::string route;             ///< the pattern, or "-"
    int status = 0;
    std::chrono::duration<double> took{};
    std::uint64_t bytes_in = 0;
    std::uint64_t bytes_out = 0;
};

/// Counts and logs it, as HttpServer says. Any thread.
void recordRequest(ServerCore& core, const RequestRecord& record);

}  // namespace fieldclaim::server
