#include "shared/base/text.h"
#include "shared/wire/cbor.h"
#include "shared/wire/device_messages.h"
#include "shared/wire/snapshot.h"
#include "sync-server/api/routes.h"

namespace fieldclaim::server {
namespace {

/// Message in, message out.
template <typename Message, typename Ask>
Result<Response> answer(const Request& request, Ask ask) {
    ASSIGN(const auto body, plainBody(request));
    ASSIGN(const auto message, decode<Message>(body));
    ASSIGN(const auto reply, ask(message));
    return cborAnswer(request, encode(reply));
}

Result<Response> pack(const Request& request, const Server& server, const std::string& id) {
    const auto* item = server.packs().find(id);
    if (item == nullptr) return fail(ErrorCode::NotFound, "no such pack");
    const auto etag = "\"" + toHex(item->info.digest) + "\"";
    if (request.header("If-None-Match") == etag) return Response::empty(304).set("ETag", etag);
    auto out = Response::cbor(item->archive);
    out.set("ETag", etag);
    out.set("Fieldclaim-Signature", toBase64(item->info.signature));
    out.set("Fieldclaim-Signature-Key", toBase64(server.keys().packs.public_key));
    return out;
}

/// The tag of a part that goes on from an earlier one (RFC 9110, 13.1.1); empty for a download that begins.
std::string wantedTag(const Request& request) {
    const auto header = trim(request.header("If-Match"));
    if (header.size() < 2 || header.front() != '"' || header.back() != '"') return {};
    return std::string(header.substr(1, header.size() - 2));
}

Response snapshot(const RequestContext& context, Server& server, const Session& session) {
    constexpr int kPreconditionFailed = 412;
    const auto& request = context.request;
    const auto found = server.snapshots().open(session, context.param("scope"), wantedTag(request));
    if (!found) {
        const bool another = found.error().code == ErrorCode::Conflict;
        return problemOf(found.error(), request, another ? kPreconditionFailed : 0);
    }
    return Response::file(request, found->path, kSnapshotType, found->etag).set("Cache-Control", "no-store");
}

}  // namespace

void addSyncRoutes(Router& router, Server& server, RateLimiter& devices, RateLimiter& peers) {
    router.add(Method::Get, "/v1/ca", withoutSession(peers, [&server](const RequestContext&) -> Result<Response> {
                   return Response::text(server.keys().ca.certificatePem(), "application/x-pem-file");
               }));
    router.add(Method::Post, "/v1/devices", withoutSession(peers, [&server](const RequestContext& context) {
                   return answer<EnrolRequest>(
                       context.request, [&](const EnrolRequest& message) { return server.enrolment().enrol(message); });
               }));
    router.add(Method::Post, "/v1/sessions", withoutSession(peers, [&server](const RequestContext& context) {
                   return answer<SessionRequest>(
                       context.request, [&](const SessionRequest& message) { return server.sessions().open(message); });
               }));
    router.add(Method::Post, "/v1/device/orders",
               withSession(
                   server, devices,
                   [&server](const RequestContext& context, const Session& session) {
                       return answer<DeviceOrdersRequest>(context.request, [&](const DeviceOrdersRequest& message) {
                           return server.devices().orders(session, message);
                       });
                   },
                   Proof::Device));
    router.add(Method::Post, "/v1/sync/hello",
               withSession(server, devices, [&server](const RequestContext& context, const Session& session) {
                   return answer<HelloRequest>(context.request, [&](const HelloRequest& message) {
                       return server.sync().hello(session, message);
                   });
               }));
    router.add(Method::Post, "/v1/sync/push",
               withSession(server, devices,
                           [&server](const RequestContext& context, const Session& session) {
                               return answer<PushRequest>(context.request, [&](const PushRequest& message) {
                                   return server.sync().push(session, message);
                               });
                           }),
               {.max_body = kMaxPushBytes});
    router.add(Method::Post, "/v1/sync/pull",
               withSession(server, devices, [&server](const RequestContext& context, const Session& session) {
                   return answer<PullRequest>(context.request, [&](const PullRequest& message) {
                       return server.sync().pull(session, message);
                   });
               }));
    router.add(Method::Get, "/v1/snapshots/{scope...}",
               withSession(server, devices,
                           [&server](const RequestContext& context, const Session& session) -> Result<Response> {
                               return snapshot(context, server, session);
                           }));
    router.add(Method::Get, "/v1/packs/{id}",
               withSession(server, devices,
                           [&server](const RequestContext& context, const Session& session) -> Result<Response> {
                               if (session.revoked) return fail(ErrorCode::NotAllowed, "this tablet was revoked");
                               return pack(context.request, server, context.param("id"));
                           }));
}

}  // namespace fieldclaim::server
