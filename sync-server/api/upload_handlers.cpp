#include <charconv>

#include "shared/base/text.h"
#include "sync-server/api/routes.h"

// tus 1.0.0: core, creation, creation-with-upload, checksum, termination, expiration (by age; no header).
namespace fieldclaim::server {
namespace {

constexpr std::string_view kVersion = "1.0.0";
constexpr std::string_view kChunkType = "application/offset+octet-stream";
constexpr int kChecksumMismatch = 460;
constexpr int kPreconditionFailed = 412;

Response withVersion(Response response) { return response.set("Tus-Resumable", kVersion); }

Response uploadProblem(const Error& error, const Request& request) {
    // Damaged is here a checksum that does not match, which tus gives a status of its own.
    return withVersion(problemOf(error, request, error.code == ErrorCode::Damaged ? kChecksumMismatch : 0));
}

std::optional<std::uint64_t> numberIn(std::string_view text) {
    std::uint64_t out = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (failed != std::errc() || end != text.data() + text.size() || text.empty()) return std::nullopt;
    return out;
}

Result<Uuid> uploadId(const RequestContext& context) {
    auto id = Uuid::parse(context.param("id"));
    if (!id) return fail(ErrorCode::NotFound, "no such upload");
    return *id;
}

Result<std::optional<Hash>> chunkChecksum(const Request& request) {
    const auto header = request.header("Upload-Checksum");
    if (header.empty()) return std::optional<Hash>();
    if (!header.starts_with("sha256 ")) return fail(ErrorCode::BadInput, "the checksum's algorithm must be sha256");
    ASSIGN(const auto bytes, fromBase64(header.substr(7)));
    ASSIGN(const auto hash, toArray<32>(bytes));
    return std::optional<Hash>(hash);
}

/// Upload-Metadata: comma-separated "name base64".
Result<std::map<std::string, std::string>> metadataOf(const Request& request) {
    std::map<std::string, std::string> out;
    for (const auto& item : split(request.header("Upload-Metadata"), ',')) {
        const auto pair = split(trim(item), ' ');
        if (pair.size() != 2) continue;
        ASSIGN(const auto value, fromBase64(pair[1]));
        out[pair[0]] = std::string(asText(value));
    }
    return out;
}

/// The bytes of one request. What has come stays when the request is cut (hazard H12).
class UploadSink final : public BodySink {
public:
    UploadSink(Server& server, Session session, Request request, std::unique_ptr<UploadWriter> writer,
               std::optional<Hash> checksum, Response good)
        : m_server(server),
          m_session(std::move(session)),
          m_request(std::move(request)),
          m_writer(std::move(writer)),
          m_checksum(checksum),
          m_good(std::move(good)) {}

    Status write(ByteView bytes) override { return m_writer->write(bytes); }
    Response finish() override {
        const auto state = m_server.blobs().finish(m_session, *m_writer, m_checksum);
        if (!state) return uploadProblem(state.error(), m_request);
        return std::move(m_good.set("Upload-Offset", std::to_string(state->offset)));
    }
    void aborted() override {
        // With a checksum, bytes that were not all checked must not stay.
        if (m_checksum) static_cast<void>(m_server.blobs().finish(m_session, *m_writer, m_checksum));
    }

private:
    Server& m_server;
    Session m_session;
    Request m_request;
    std::unique_ptr<UploadWriter> m_writer;
    std::optional<Hash> m_checksum;
    Response m_good;
};

Result<StreamAnswer> create(const RequestContext& context, Server& server, const Session& session) {
    const auto& request = context.request;
    const auto size = numberIn(request.header("Upload-Length"));
    if (!size) return fail(ErrorCode::BadInput, "Upload-Length is needed");
    ASSIGN(auto metadata, metadataOf(request));
    const auto bytes = fromHex(metadata["sha256"]);
    const auto sha256 = bytes ? toArray<32>(*bytes) : Result<Hash>(fail(ErrorCode::BadInput));
    if (!sha256) return fail(ErrorCode::BadInput, "Upload-Metadata needs sha256: 64 hexadecimal digits");
    ASSIGN(const auto state, server.blobs().create(session, *size, *sha256, metadata["claim"]));
    auto good = withVersion(Response::empty(201));
    good.set("Location", "/v1/uploads/" + state.id.text());
    good.set("Upload-Offset", std::to_string(state.offset));
    // An upload that was begun before goes on from its own offset, by PATCH; an empty blob is whole at once.
    const bool carries = request.header("Content-Type") == kChunkType && state.offset == 0;
    if (!carries && *size > 0) return StreamAnswer(std::move(good));
    ASSIGN(const auto checksum, chunkChecksum(request));
    ASSIGN(auto writer, server.blobs().begin(session, state.id, state.offset));
    return StreamAnswer(
        std::make_unique<UploadSink>(server, session, request, std::move(writer), checksum, std::move(good)));
}

Result<StreamAnswer> append(const RequestContext& context, Server& server, const Session& session) {
    const auto& request = context.request;
    if (request.header("Content-Type") != kChunkType) {
        return fail(ErrorCode::Unsupported, "the content type must be application/offset+octet-stream");
    }
    const auto offset = numberIn(request.header("Upload-Offset"));
    if (!offset) return fail(ErrorCode::BadInput, "Upload-Offset is needed");
    ASSIGN(const auto checksum, chunkChecksum(request));
    ASSIGN(const auto id, uploadId(context));
    ASSIGN(auto writer, server.blobs().begin(session, id, *offset));
    return StreamAnswer(std::make_unique<UploadSink>(server, session, request, std::move(writer), checksum,
                                                     withVersion(Response::empty(204))));
}

Result<Response> status(const RequestContext& context, Server& server, const Session& session) {
    ASSIGN(const auto id, uploadId(context));
    ASSIGN(const auto state, server.blobs().state(session, id));
    auto out = Response::empty(200);
    out.set("Upload-Offset", std::to_string(state.offset));
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

Response options() {
    auto out = withVersion(Response::empty(204));
    out.set("Tus-Version", kVersion);
    out.set("Tus-Extension", "creation,creation-with-upload,checksum,termination");
    out.set("Tus-Checksum-Algorithm", "sha256");
    out.set("Tus-Max-Size", std::to_string(kMaxBlobBytes));
    return out;
}

std::optional<Response> wrongVersion(const Request& request) {
    if (request.header("Tus-Resumable") == kVersion) return std::nullopt;
    auto out =
        withVersion(problemOf({ErrorCode::Unsupported, "Tus-Resumable must be 1.0.0"}, request, kPreconditionFailed));
    out.set("Tus-Version", kVersion);
    return out;
}

using StreamStep = Result<StreamAnswer> (*)(const RequestContext&, Server&, const Session&);
using PlainStep = Result<Response> (*)(const RequestContext&, Server&, const Session&);

StreamHandler streamed(Server& server, RateLimiter& devices, StreamStep step) {
    return [&server, &devices, step](const RequestContext& context) -> StreamAnswer {
        if (auto wrong = wrongVersion(context.request)) return std::move(*wrong);
        const auto session = sessionOf(context.request, server, devices);
        if (!session) return session.error();
        auto out = step(context, server, *session);
        if (!out) return uploadProblem(out.error(), context.request);
        return std::move(*out);
    };
}

Handler plain(Server& server, RateLimiter& devices, PlainStep step) {
    return [&server, &devices, step](const RequestContext& context) -> Response {
        if (auto wrong = wrongVersion(context.request)) return std::move(*wrong);
        const auto session = sessionOf(context.request, server, devices);
        if (!session) return session.error();
        auto out = step(context, server, *session);
        return out ? withVersion(std::move(*out)) : uploadProblem(out.error(), context.request);
    };
}

}  // namespace

void addUploadRoutes(Router& router, Server& server, RateLimiter& devices) {
    const RouteOptions chunks{.max_body = kMaxBlobBytes, .method_override = true};
    router.add(Method::Options, "/v1/uploads", [](const RequestContext&) { return options(); });
    router.addStream(Method::Post, "/v1/uploads", streamed(server, devices, create), {.max_body = kMaxBlobBytes});
    router.addStream(Method::Patch, "/v1/uploads/{id}", streamed(server, devices, append), chunks);
    router.add(Method::Head, "/v1/uploads/{id}", plain(server, devices, status), {.method_override = true});
    router.add(Method::Delete, "/v1/uploads/{id}", plain(server, devices, terminate), {.method_override = true});
    router.add(Method::Get, "/v1/blobs/{sha256}",
               withSession(server, devices, [&server](const RequestContext& context, const Session& session) {
                   return blob(context, server, session);
               }));
}

}  // namespace fieldclaim::server
