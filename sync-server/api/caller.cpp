#include "sync-server/api/caller.h"

#include "shared/wire/compression.h"
#include "shared/wire/protocol.h"

namespace fieldclaim::server {
namespace {

constexpr std::string_view kBearer = "Bearer ";
constexpr std::size_t kWorthDeflating = 512;

Response slowDown(const Request& request, int seconds) {
    auto out = problemOf({ErrorCode::TooManyTries, "too many requests"}, request);
    out.set("Retry-After", std::to_string(seconds));
    return out;
}

}  // namespace

Response problemOf(const Error& error, const Request& request, int status) {
    auto out = Response::problem(error, request.id, status);
    if (error.code == ErrorCode::Busy) out.set("Retry-After", "5");
    if (error.code == ErrorCode::NotSignedIn) out.set("WWW-Authenticate", "Bearer");
    return out;
}

tl::expected<Session, Response> sessionOf(const Request& request, Server& server, RateLimiter& limiter, Proof needed) {
    const auto header = request.header("Authorization");
    if (!header.starts_with(kBearer)) return tl::unexpected<Response>(problemOf({ErrorCode::NotSignedIn, {}}, request));
    auto session = server.sessions().check(header.substr(kBearer.size()));
    if (!session) return tl::unexpected<Response>(problemOf(session.error(), request));
    if (const int wait = limiter.take(session->device.text()); wait > 0) {
        return tl::unexpected<Response>(slowDown(request, wait));
    }
    if (session->device_only && needed == Proof::Store) {
        return tl::unexpected<Response>(
            problemOf({ErrorCode::NotAllowed, "a device session is good for orders alone"}, request));
    }
    return std::move(*session);
}

Handler withSession(Server& server, RateLimiter& limiter, SessionHandler handler, Proof needed) {
    return [&server, &limiter, handler = std::move(handler), needed](const RequestContext& context) -> Response {
        const auto session = sessionOf(context.request, server, limiter, needed);
        if (!session) return session.error();
        auto answer = handler(context, *session);
        return answer ? std::move(*answer) : problemOf(answer.error(), context.request);
    };
}

Handler withoutSession(RateLimiter& limiter, OpenHandler handler) {
    return [&limiter, handler = std::move(handler)](const RequestContext& context) -> Response {
        if (const int wait = limiter.take(context.request.peer); wait > 0) return slowDown(context.request, wait);
        auto answer = handler(context);
        return answer ? std::move(*answer) : problemOf(answer.error(), context.request);
    };
}

Result<Bytes> plainBody(const Request& request) {
    if (!request.header("Content-Type").starts_with(kCborType)) {
        return fail(ErrorCode::Unsupported, "the body must be application/cbor");
    }
    const auto coding = request.header("Content-Encoding");
    if (coding.empty() || coding == "identity") return request.body;
    if (coding == "deflate") return inflateBytes(request.body, kMaxInflatedBytes);
    return fail(ErrorCode::Unsupported, "the content coding must be deflate");
}

Response cborAnswer(const Request& request, Bytes body) {
    const bool deflates = request.header("Accept-Encoding").find("deflate") != std::string_view::npos;
    if (!deflates || body.size() < kWorthDeflating) return Response::cbor(std::move(body));
    auto out = Response::cbor(deflateBytes(body));
    out.set("Content-Encoding", "deflate");
    out.set("Vary", "Accept-Encoding");
    return out;
}

}  // namespace fieldclaim::server
