#pragma once

// Private to sync-server/api.
#include <functional>

#include "sync-server/api/rate_limiter.h"
#include "sync-server/http/router.h"
#include "sync-server/service/server.h"

namespace fieldclaim::server {

/// A request and the tablet that it comes from.
using SessionHandler = std::function<Result<Response>(const RequestContext&, const Session&)>;
using OpenHandler = std::function<Result<Response>(const RequestContext&)>;

/// What a route needs: a session that proved the vault's key, or the tablet's own alone.
enum class Proof { Store, Device };
/// The session of the request's bearer token, within its rate; else the answer to give. A device session gets 403
/// wherever the vault's key is needed.
tl::expected<Session, Response> sessionOf(const Request& request, Server& server, RateLimiter& limiter,
                                          Proof needed = Proof::Store);
/// A handler for tablets with a session. Errors become problem documents.
Handler withSession(Server& server, RateLimiter& limiter, SessionHandler handler, Proof needed = Proof::Store);
/// A handler for anyone, limited by address.
Handler withoutSession(RateLimiter& limiter, OpenHandler handler);
Response problemOf(const Error& error, const Request& request, int status = 0);

/// The body as a message: Content-Type application/cbor (Unsupported otherwise), Content-Encoding none or deflate.
Result<Bytes> plainBody(const Request& request);
/// application/cbor, deflated when the caller takes that and it pays.
Response cborAnswer(const Request& request, Bytes body);

}  // namespace fieldclaim::server
