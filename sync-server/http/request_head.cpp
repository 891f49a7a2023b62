#include "sync-server/http/request_head.h"

#include <string_view>

#include "shared/base/text.h"

namespace fieldclaim::server {

namespace beast = boost::beast;
namespace http = boost::beast::http;

std::optional<Response> takeHead(const RequestParser& parser, const HttpLimits& limits, Request& request) {
    const auto& message = parser.get();
    const auto refuse = [&](ErrorCode code, const char* detail, int status = 0) {
        return Response::problem({code, detail}, request.id, status);
    };
    for (const auto& field : message) {
        request.headers.emplace_back(std::string(field.name_string()), std::string(field.value()));
    }
    if (request.headers.size() > limits.header_count) {
        return refuse(ErrorCode::TooLarge, "the request has too many headers", 431);
    }
    // What a proxy in front and this server could read in two ways is refused (request smuggling).
    const auto coding = message[http::field::transfer_encoding];
    if (!coding.empty() && (!parser.chunked() || !beast::iequals(coding, "chunked") || message.version() < 11)) {
        return refuse(ErrorCode::Unsupported, "the only transfer coding here is chunked", 501);
    }
    if (message.count(http::field::host) > 1 || (message.version() >= 11 && message.count(http::field::host) == 0)) {
        return refuse(ErrorCode::BadInput, "a request names one Host");
    }
    const std::string_view target(message.target().data(), message.target().size());
    const auto mark = target.find('?');
    request.path = target.substr(0, mark);
    auto query = parseUrlEncoded(mark == std::string_view::npos ? std::string_view() : target.substr(mark + 1));
    if (!query) return Response::problem(query.error(), request.id);
    request.query = std::move(*query);
    return std::nullopt;
}

void believeProxy(Request& request) {
    const auto chain = split(request.header("X-Forwarded-For"), ',');
    if (const auto last = trim(chain.back()); !last.empty()) request.peer = last;
    if (const auto scheme = request.header("X-Forwarded-Proto"); !scheme.empty()) request.tls = scheme == "https";
}

}  // namespace fieldclaim::server
