#include "sync-server/http/own_answers.h"

#include <algorithm>
#include <string>

namespace fieldclaim::server {
namespace {

std::string allowText(const std::vector<Method>& methods) {
    std::string out;
    for (const auto method : methods) out += (out.empty() ? "" : ", ") + std::string(name(method));
    return out;
}

}  // namespace

Response problem(const Request& request, ErrorCode code, const char* detail, int status) {
    return Response::problem({code, detail}, request.id, status);
}

Response noRoute(const Request& request, std::optional<Method> method, const std::vector<Method>& allowed) {
    if (allowed.empty()) return Response::problem({ErrorCode::NotFound, {}}, request.id);
    if (method == Method::Options) return Response::empty(204).set("Allow", allowText(allowed));
    const Error error{ErrorCode::Unsupported, "this address does not know that method"};
    return Response::problem(error, request.id, 405).set("Allow", allowText(allowed));
}

Response tooLarge(const Request& request, std::uint64_t most) {
    return Response::problem({ErrorCode::TooLarge, "at most " + std::to_string(most) + " bytes"}, request.id);
}

bool isHeaderSafe(const Fields& headers) {
    return std::all_of(headers.begin(), headers.end(), [](const auto& field) {
        return !field.first.empty() && field.first.find_first_of("\r\n\0: ", 0, 5) == std::string::npos &&
               field.second.find_first_of("\r\n\0", 0, 3) == std::string::npos;
    });
}

void addCommonHeaders(const Request& request, const Clock& clock, Response& response) {
    const auto unlessGiven = [&](std::string_view header, std::string_view value) {
        if (response.header(header).empty()) response.add(header, value);
    };
    response.set("Date", httpDate(clock.wallMs()));
    response.set("X-Request-Id", request.id);
    response.set("X-Content-Type-Options", "nosniff");
    unlessGiven("Referrer-Policy", "no-referrer");
    unlessGiven("Cache-Control", "no-store");
    if (request.tls) unlessGiven("Strict-Transport-Security", "max-age=31536000");
}

}  // namespace fieldclaim::server
