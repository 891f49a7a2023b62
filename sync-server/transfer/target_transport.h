#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

#include "shared/base/result.h"

namespace fieldclaim::server {

struct TransportRequest {
    std::string method;  ///< GET, POST
    std::string url;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string content_type;  ///< empty without a body
    std::string body;
    std::string ca_file;               ///< PEM to trust instead of the machine's authorities; empty: the machine's
    std::int64_t timeout_ms = 30'000;  ///< for all of it, from the first byte out to the last byte in
    std::size_t max_answer_bytes = 1U << 20U;
};

struct TransportAnswer {
    int status = 0;
    std::string body;
    std::optional<std::int64_t> retry_after_ms;  ///< from Retry-After in seconds; a date there is passed over
};

struct TransportFailure {
    bool certainly_not_sent = false;  ///< no byte of the request reached the target: name, connection or TLS failed
    Error error;                      ///< Network, Untrusted or TooLarge; without the body or any header
};

/// One HTTP exchange. Safe to call from several threads at once; never throws; follows no redirection and never sends
/// a request twice by itself.
class TargetTransport {
public:
    virtual ~TargetTransport() = default;
    virtual tl::expected<TransportAnswer, TransportFailure> send(const TransportRequest& request) = 0;
};

}  // namespace fieldclaim::server
