#pragma once

// Private to sync-server/http.
#include <cstdint>
#include <optional>
#include <vector>

#include "shared/base/clock.h"
#include "sync-server/http/http_message.h"

// What the server answers by itself, and what it adds to every answer. Pure; any thread.
namespace fieldclaim::server {

Response problem(const Request& request, ErrorCode code, const char* detail, int status = 0);
/// No route takes the request: 404 where no method is allowed, 405 otherwise, and OPTIONS is told which are.
Response noRoute(const Request& request, std::optional<Method> method, const std::vector<Method>& allowed);
/// 413: the body is over `most` bytes.
Response tooLarge(const Request& request, std::uint64_t most);

/// False for a header that would end its line and begin another: it was made of what a client sent.
bool isHeaderSafe(const Fields& headers);
/// Those that HttpServer promises; what the handler said about caching and referrers stays.
void addCommonHeaders(const Request& request, const Clock& clock, Response& response);

}  // namespace fieldclaim::server
