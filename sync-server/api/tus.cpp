#include "sync-server/api/tus.h"

#include <charconv>

#include "shared/base/text.h"
#include "sync-server/api/caller.h"

namespace fieldclaim::server {
namespace {

constexpr int kChecksumMismatch = 460;
constexpr int kPreconditionFailed = 412;
constexpr std::string_view kUnfinishedRetryS = "600";

}  // namespace

std::optional<std::uint64_t> tusNumber(std::string_view text) {
    std::int64_t out = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (failed != std::errc() || end != text.data() + text.size() || text.empty() || text.front() == '-')
        return std::nullopt;
    return static_cast<std::uint64_t>(out);
}

Result<std::optional<PartChecksum>> tusChecksum(const Request& request) {
    const auto header = request.header("Upload-Checksum");
    if (header.empty()) return std::optional<PartChecksum>();
    const auto space = header.find(' ');
    const auto kind = Checksum::kindOf(header.substr(0, space));
    if (!kind || space == std::string_view::npos)
        return fail(ErrorCode::BadInput, "Upload-Checksum must be sha1 or sha256");
    ASSIGN(auto digest, fromBase64(header.substr(space + 1)));
    if (digest.size() != Checksum::sizeOf(*kind)) return fail(ErrorCode::BadInput, "Upload-Checksum has another size");
    return std::optional<PartChecksum>(PartChecksum{*kind, std::move(digest)});
}

Result<std::map<std::string, std::string>> tusMetadata(const Request& request) {
    std::map<std::string, std::string> out;
    const auto header = request.header("Upload-Metadata");
    if (trim(header).empty()) return out;
    for (const auto& item : split(header, ',')) {
        const auto pair = split(trim(item), ' ');
        if (pair.empty() || pair.size() > 2 || pair[0].empty())
            return fail(ErrorCode::BadInput, "Upload-Metadata is names with values in base64");
        std::string value;
        if (pair.size() == 2) {
            ASSIGN(const auto bytes, fromBase64(pair[1]));
            value = asText(bytes);
        }
        if (!out.emplace(pair[0], std::move(value)).second)
            return fail(ErrorCode::BadInput, "Upload-Metadata has a name twice");
    }
    return out;
}

Response tusOptions(const UploadLimits& limits) {
    auto out = withTusVersion(Response::empty(204));
    out.set("Tus-Version", kTusVersion);
    out.set("Tus-Extension", "creation,creation-with-upload,checksum,termination,expiration");
    out.set("Tus-Checksum-Algorithm", "sha1,sha256");
    out.set("Tus-Max-Size", std::to_string(limits.blob_bytes));
    return out;
}

std::optional<Response> tusWrongVersion(const Request& request) {
    if (request.header("Tus-Resumable") == kTusVersion) return std::nullopt;
    auto out = withTusVersion(
        problemOf({ErrorCode::Unsupported, "Tus-Resumable must be 1.0.0"}, request, kPreconditionFailed));
    out.set("Tus-Version", kTusVersion);
    return out;
}

Response withTusVersion(Response response) { return response.set("Tus-Resumable", kTusVersion); }

Response tusProblem(const Error& error, const Request& request) {
    auto out = withTusVersion(problemOf(error, request, error.code == ErrorCode::Damaged ? kChecksumMismatch : 0));
    if (error.code == ErrorCode::TooManyTries) out.set("Retry-After", kUnfinishedRetryS);
    return out;
}

Response& setStanding(Response& response, const UploadState& state) {
    response.set("Upload-Offset", std::to_string(state.offset));
    if (state.expires_ms != 0) response.set("Upload-Expires", httpDate(state.expires_ms));
    return response;
}

}  // namespace fieldclaim::server
