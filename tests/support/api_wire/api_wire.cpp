#include "tests/support/api_wire/api_wire.h"

#include <algorithm>
#include <cctype>

namespace fieldclaim::test {
namespace {

using server::Response;

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

Bytes bodyOf(Response& response) {
    if (!response.source) return std::move(response.body);
    Bytes out(response.source->size());
    for (std::size_t at = 0; at < out.size();) {
        const auto read = response.source->read(std::span(out).subspan(at));
        ENSURE(read.has_value() && *read > 0);
        at += *read;
    }
    return out;
}

Response stream(const server::Router::Match& match, const server::Request& request, const Bytes& body) {
    auto answer = match.route->stream_handler({request, match.route->pattern, match.params});
    auto* const sink = std::get_if<std::unique_ptr<server::BodySink>>(&answer);
    if (sink == nullptr) return std::move(std::get<Response>(answer));
    if (const auto written = (*sink)->write(body); !written) {
        (*sink)->aborted();
        return Response::problem(written.error(), request.id);
    }
    return (*sink)->finish();
}

}  // namespace

ApiWire::ApiWire(server::Server& server, const Clock& clock, server::Metrics& metrics) : m_api(server, clock, metrics) {
    m_api.addRoutes(m_router);
}

ApiWire::Reply ApiWire::call(const std::string& method, const std::string& path,
                             const std::map<std::string, std::string>& headers, const Bytes& body,
                             const std::string& peer) const {
    server::Request request;
    const auto known = server::methodFromName(method);
    ENSURE(known.has_value());
    request.method = *known;
    request.path = path;
    request.headers.assign(headers.begin(), headers.end());
    request.peer = peer;
    const auto match = m_router.find(request.method, request.path);
    Response response;
    if (!match || match->route == nullptr) {
        response = Response::empty(404);
    } else if (match->route->handler) {
        request.body = body;
        response = match->route->handler({request, match->route->pattern, match->params});
    } else {
        response = stream(*match, request, body);
    }
    Reply reply{response.status, {}, bodyOf(response)};
    for (const auto& [name, value] : response.headers) reply.headers[lower(name)] = value;
    return reply;
}

}  // namespace fieldclaim::test
