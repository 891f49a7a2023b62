#pragma once

// Private to sync-server/api: the headers of tus 1.0.0 (https://tus.io/protocols/resumable-upload).
#include <map>
#include <optional>
#include <string>

#include "sync-server/http/router.h"
#include "sync-server/service/blob_service.h"

namespace fieldclaim::server {

constexpr std::string_view kTusVersion = "1.0.0";
constexpr std::string_view kTusPartType = "application/offset+octet-stream";

/// A whole number of bytes: digits alone, below 2^63.
std::optional<std::uint64_t> tusNumber(std::string_view text);
/// Upload-Checksum: "sha1 <base64>" or "sha256 <base64>". BadInput when it is there and is not that.
Result<std::optional<PartChecksum>> tusChecksum(const Request& request);
/// Upload-Metadata: comma-separated "name base64", or "name" alone. BadInput when a value is no base64 or a name comes
/// twice.
Result<std::map<std::string, std::string>> tusMetadata(const Request& request);

Response tusOptions(const UploadLimits& limits);
/// 412 unless the request speaks version 1.0.0.
std::optional<Response> tusWrongVersion(const Request& request);
Response withTusVersion(Response response);
/// The problem with tus's own statuses: 460 for a checksum that does not match.
Response tusProblem(const Error& error, const Request& request);
/// Upload-Offset and, until it is finished, Upload-Expires.
Response& setStanding(Response& response, const UploadState& state);

}  // namespace fieldclaim::server
