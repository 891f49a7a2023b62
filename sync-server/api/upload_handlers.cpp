#include "sync-server/api/routes.h"
#include "sync-server/api/tus.h"

namespace fieldclaim::server {
namespace {

Result<Uuid> uploadId(const RequestContext& context) {
    auto id = Uuid::parse(context.param("id"));
    if (!id) return fail(ErrorCode::NotFound, "no such upload");
    return *id;
}

/// The bytes of one request. What has come stays when the request is cut (hazard H12).
class UploadSink final : public BodySink {
public:
    UploadSink(Server& server, Session session, Request request, std::unique_ptr<UploadWriter> writer, Response good)
        : m_server(server),
          m_session(std::move(session)),
          m_request(std::move(request)),
          m_writer(std::move(writer)),
          m_good(std::move(good)) {}

    Status write(ByteView bytes) override { return m_writer->write(bytes); }
    Response finish() override {
        const auto state = m_server.blobs().finish(m_session, *m_writer);
        if (!state) return tusProblem(state.error(), m_request);
        return std::move(setStanding(m_good, *state));
    }
    void aborted() override { m_server.blobs().abandon(*m_writer); }

private:
    Server& m_server;
    Session m_session;
    Request m_request;
    std::unique_ptr<UploadWriter> m_writer;
    Response m_good;
};

Result<StreamAnswer> create(const RequestContext& context, Server& server, const Session& session) {
    const auto& request = context.request;
    const auto size = tusNumber(request.header("Upload-Length"));
    if (!size) return fail(ErrorCode::BadInput, "Upload-Length is needed");
    ASSIGN(auto metadata, tusMetadata(request));
    const auto bytes = fromHex(metadata["sha256"]);
    const auto sha256 = bytes ? toArray<32>(*bytes) : Result<Hash>(fail(ErrorCode::BadInput));
    if (!sha256) return fail(ErrorCode::BadInput, "Upload-Metadata needs sha256: 64 hexadecimal digits");
    ASSIGN(auto checksum, tusChecksum(request));
    ASSIGN(const auto state, server.blobs().create(session, *size, *sha256, metadata["claim"]));
    auto good = withTusVersion(Response::empty(201));
    good.set("Location", "/v1/uploads/" + state.id.text());
    setStanding(good, state);
    // An upload that was begun before goes on from its own offset, by PATCH; an empty blob is whole at once.
    const bool carries = request.header("Content-Type") == kTusPartType && state.offset == 0;
    const bool finished = state.expires_ms == 0;
    if (finished || (!carries && *size > 0)) return StreamAnswer(std::move(good));
    ASSIGN(auto writer, server.blobs().begin(session, state.id, state.offset, std::move(checksum)));
    return StreamAnswer(std::make_unique<UploadSink>(server, session, request, std::move(writer), std::move(good)));
}

Result<StreamAnswer> append(const RequestContext& context, Server& server, const Session& session) {
    const auto& request = context.request;
    if (request.header("Content-Type") != kTusPartType) {
        return fail(ErrorCode::Unsupported, "the content type must be application/offset+octet-stream");
    }
    const auto offset = tusNumber(request.header("Upload-Offset"));
    if (!offset) return fail(ErrorCode::BadInput, "Upload-Offset is needed");
    ASSIGN(auto checksum, tusChecksum(request));
    ASSIGN(const auto id, uploadId(context));
    ASSIGN(auto writer, server.blobs().begin(session, id, *offset, std::move(checksum)));
    // Said before the bytes are sent, which on a bad link costs minutes.
    const auto length = tusNumber(request.header("Content-Length"));
    if (length && *length > writer->state().size - writer->state().offset)
        return fail(ErrorCode::TooLarge, "more bytes than were declared");
    return StreamAnswer(std::make_unique<UploadSink>(server, session, request, std::move(writer),
                                                     withTusVersion(Response::empty(204))));
}

Result<Response> status(const RequestContext& context, Server& server, const Session& session) {
    ASSIGN(const auto id, uploadId(context));
    ASSIGN(const auto state, server.blobs().state(session, id));
    auto out = Response::empty(200);
    setStanding(out, state);
    out.set("Upload-Length", std::to_string(state.size));
    out.set("Cache-Control", "no-store");
    return out;
}

Result<Response> terminate(const RequestContext& context, Server& server, const Session& session) {
    ASSIGN(const auto id, uploadId(context));
    TRY(server.blobs().terminate(session, id));
    return Response::empty(204);
}

Result<Response> blob(const RequestContext& context, Server& server, const Session& session) {
    const auto bytes = fromHex(context.param("sha256"));
    const auto sha256 = bytes ? toArray<32>(*bytes) : Result<Hash>(fail(ErrorCode::NotFound));
    if (!sha256) return fail(ErrorCode::NotFound);
    ASSIGN(const auto path, server.blobs().open(session, *sha256));
    return Response::file(context.request, path, "application/octet-stream", toHex(*sha256));
}

using StreamStep = Result<StreamAnswer> (*)(const RequestContext&, Server&, const Session&);
using PlainStep = Result<Response> (*)(const RequestContext&, Server&, const Session&);

StreamHandler streamed(Server& server, RateLimiter& devices, StreamStep step) {
    return [&server, &devices, step](const RequestContext& context) -> StreamAnswer {
        if (auto wrong = tusWrongVersion(context.request)) return std::move(*wrong);
        const auto session = sessionOf(context.request, server, devices);
        if (!session) return withTusVersion(session.error());
        auto out = step(context, server, *session);
        if (!out) return tusProblem(out.error(), context.request);
        return std::move(*out);
    };
}

Handler plain(Server& server, RateLimiter& devices, PlainStep step) {
    return [&server, &devices, step](const RequestContext& context) -> Response {
        if (auto wrong = tusWrongVersion(context.request)) return std::move(*wrong);
        const auto session = sessionOf(context.request, server, devices);
        if (!session) return withTusVersion(session.error());
        auto out = step(context, server, *session);
        return out ? withTusVersion(std::move(*out)) : tusProblem(out.error(), context.request);
    };
}

}  // namespace

void addUploadRoutes(Router& router, Server& server, RateLimiter& devices) {
    const auto most = server.blobs().limits().blob_bytes;
    const RouteOptions parts{.max_body = most, .method_override = true};
    const auto options = [&server](const RequestContext&) { return tusOptions(server.blobs().limits()); };
    router.add(Method::Options, "/v1/uploads", options);
    router.add(Method::Options, "/v1/uploads/{id}", options);
    router.addStream(Method::Post, "/v1/uploads", streamed(server, devices, create), {.max_body = most});
    router.addStream(Method::Patch, "/v1/uploads/{id}", streamed(server, devices, append), parts);
    router.add(Method::Head, "/v1/uploads/{id}", plain(server, devices, status), {.method_override = true});
    router.add(Method::Delete, "/v1/uploads/{id}", plain(server, devices, terminate), {.method_override = true});
    router.add(Method::Get, "/v1/blobs/{sha256}",
               withSession(server, devices, [&server](const RequestContext& context, const Session& session) {
                   return blob(context, server, session);
               }));
}

}  // namespace fieldclaim::server
