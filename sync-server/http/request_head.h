#pragma once

// Private to sync-server/http.
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <optional>

#include "sync-server/http/http_message.h"
#include "sync-server/http/http_server.h"

namespace fieldclaim::server {

using RequestParser = boost::beast::http::request_parser<boost::beast::http::buffer_body>;

/// Takes headers, path and query of a request whose header was read. A refusal, or nothing when the request may go on
/// to its route: too many headers, no or two hosts, an odd transfer coding, a query that is none. Any thread.
std::optional<Response> takeHead(const RequestParser& parser, const HttpLimits& limits, Request& request);

/// Whom the proxy in front names as the client, and whether that one came over TLS. For a trusted proxy alone.
void believeProxy(Request& request);

}  // namespace fieldclaim::server
