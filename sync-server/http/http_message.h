#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "shared/base/bytes.h"
#include "shared/base/result.h"
#include "sync-server/http/body_source.h"

// Requests and responses as plain values. No type of the library beneath is named here (design, part 11).
namespace fieldclaim::server {

enum class Method { Get, Head, Post, Put, Patch, Delete, Options };
std::string_view name(Method method);
std::optional<Method> methodFromName(std::string_view text);

/// Name and value pairs in the order in which they came; the same name may come twice.
using Fields = std::vector<std::pair<std::string, std::string>>;

/// application/x-www-form-urlencoded, as in queries and in forms posted by the console. BadInput on a wrong escape.
Result<Fields> parseUrlEncoded(std::string_view text);
/// Takes %XX apart. BadInput on a wrong escape or a NUL.
Result<std::string> percentDecode(std::string_view text);

struct Request {
    Method method = Method::Get;
    std::string path;  ///< as it came, still escaped, without the query: "/v1/blobs/ab%20c"
    Fields query;      ///< unescaped
    Fields headers;
    Bytes body;        ///< empty for routes that stream
    std::string peer;  ///< the client's IP address; a trusted proxy's word for it where there is one
    bool tls = false;
    std::string id;  ///< UUID, in the log, in X-Request-Id and in problem documents

    /// The first with that name, in any case; "" when there is none.
    std::string_view header(std::string_view name) const;
    bool hasHeader(std::string_view name) const;
    std::optional<std::string> queryValue(std::string_view name) const;
    /// A cookie of the Cookie header (RFC 6265), without quotes; "" when there is none.
    std::string_view cookie(std::string_view name) const;
};

struct Response {
    int status = 200;
    Fields headers;
    Bytes body;
    std::shared_ptr<BodySource> source;  ///< in place of `body` when set

    static Response empty(int status = 204);
    static Response text(std::string_view body, std::string_view content_type = "text/plain; charset=utf-8",
                         int status = 200);
    /// `json` is the text of the document.
    static Response json(std::string_view json, int status = 200);
    static Response html(std::string_view html, int status = 200);
    static Response cbor(Bytes body, int status = 200);
    /// RFC 9457: type, title (what a person reads), status, detail, instance ("urn:uuid:" and the request's id). The
    /// status is the error's own; `status` other than 0 overrides it.
    static Response problem(const Error& error, std::string_view request_id, int status = 0);
    /// 303 See Other by default: what follows a form that was posted.
    static Response redirect(std::string_view location, int status = 303);
    /// A file, with ETag, Range (one range; RFC 9110, part 14), If-Range and If-None-Match answered: 200, 206, 304, 416
    /// or a 404 problem. `etag` without quotes; it must change when the bytes do.
    static Response file(const Request& request, const std::filesystem::path& path, std::string_view content_type,
                         std::string_view etag);

    /// Replaces every header of that name.
    Response& set(std::string_view name, std::string_view value);
    /// Adds one more (Set-Cookie).
    Response& add(std::string_view name, std::string_view value);
    /// The first with that name, in any case; "" when there is none.
    std::string_view header(std::string_view name) const;
};

/// "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110, 5.6.7).
std::string httpDate(std::int64_t wall_ms);

/// Bytes first to last of a whole of `size`, both inclusive. Nothing for a header that is to be passed over (absent,
/// more than one range, another unit, nonsense); RangeNotSatisfiable when it lies outside.
struct ByteRange {
    std::uint64_t first = 0;
    std::uint64_t last = 0;
};
struct RangeNotSatisfiable {};
tl::expected<std::optional<ByteRange>, RangeNotSatisfiable> parseRange(std::string_view header, std::uint64_t size);

}  // namespace fieldclaim::server
