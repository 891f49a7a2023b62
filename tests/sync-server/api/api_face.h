#pragma once

#include <QTemporaryDir>
#include <QtTest>

#include "sync-server/api/api.h"
#include "tests/support/tablet/fake_tablet.h"
#include "tests/support/tablet/test_server.h"

#define WELL(expression)                                                                             \
    do {                                                                                             \
        const auto well_result = (expression);                                                       \
        QVERIFY2(well_result.has_value(), well_result ? "" : describe(well_result.error()).c_str()); \
    } while (false)

namespace fieldclaim::test {

using server::Api;
using server::Method;
using server::Request;
using server::Response;
using server::Router;

/// The API over the services, without sockets: a request goes through the router as the HTTP server would send it.
struct Face {
    explicit Face(const QTemporaryDir& folder, Api::Options limits = {}) : Face(options(folder), limits) {}
    explicit Face(server::Server::Options given, Api::Options limits = {})
        : server(std::move(given)),
          tablet(server.clock, server.random),
          api(*server, server.clock, server.metrics, limits) {
        api.addRoutes(router);
        ENSURE(tablet.join(*server).has_value());
    }
    static server::Server::Options options(const QTemporaryDir& folder) {
        server::Server::Options out;
        out.data = folder.path().toStdString();
        out.in_memory = true;
        out.packs = {FIELDCLAIM_SOURCE_DIR "/shared/packs/working-age"};
        return out;
    }

    // `cut` drops the connection after the body's bytes.
    Response ask(Method method, const std::string& path, server::Fields headers = {}, Bytes body = {},
                 bool cut = false) {
        Request request;
        request.method = method;
        request.path = path;
        request.headers = std::move(headers);
        request.peer = "127.0.0.1";
        request.id = "0190a000-0000-7000-8000-000000000000";
        if (!request.hasHeader("Authorization"))
            request.headers.emplace_back("Authorization", "Bearer " + tablet.token());
        auto match = router.find(method, path);
        ENSURE(match.has_value() && match->route != nullptr);
        const auto& route = *match->route;
        if (route.handler) {
            request.body = std::move(body);
            return route.handler({request, route.pattern, match->params});
        }
        auto answer = route.stream_handler({request, route.pattern, match->params});
        if (auto* at_once = std::get_if<Response>(&answer)) return std::move(*at_once);
        auto& sink = *std::get<std::unique_ptr<server::BodySink>>(answer);
        for (std::size_t at = 0; at < body.size(); at += 1'000) {
            const auto part = ByteView(body).subspan(at, std::min<std::size_t>(1'000, body.size() - at));
            if (const auto written = sink.write(part); !written) {
                sink.aborted();
                return Response::problem(written.error(), request.id);
            }
        }
        if (cut) {
            sink.aborted();
            return Response::empty(499);
        }
        return sink.finish();
    }
    server::Fields tus(server::Fields more = {}) const {
        more.emplace_back("Tus-Resumable", "1.0.0");
        return more;
    }
    std::string metadata(const Hash& sha256, const std::string& crn) const {
        return "sha256 " + toBase64(asBytes(toHex(sha256))) + ",claim " + toBase64(asBytes(crn));
    }
    Response create(const Bytes& bytes, const std::string& crn) {
        return ask(
            Method::Post, "/v1/uploads",
            tus({{"Upload-Length", std::to_string(bytes.size())}, {"Upload-Metadata", metadata(sha256(bytes), crn)}}));
    }
    Response patch(const std::string& location, std::size_t offset, Bytes part, server::Fields more = {},
                   bool cut = false) {
        more.emplace_back("Upload-Offset", std::to_string(offset));
        more.emplace_back("Content-Type", "application/offset+octet-stream");
        return ask(Method::Patch, location, tus(std::move(more)), std::move(part), cut);
    }
    std::string offset(const std::string& location) {
        return std::string(ask(Method::Head, location, tus()).header("Upload-Offset"));
    }

    TestServer server;
    FakeTablet tablet;
    Api api;
    Router router;
};

inline Bytes photograph() {
    Bytes out(5'000);
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = static_cast<std::uint8_t>(i * 7);
    return out;
}

inline Bytes part(const Bytes& whole, std::size_t from, std::size_t to) {
    return {whole.begin() + static_cast<std::ptrdiff_t>(from), whole.begin() + static_cast<std::ptrdiff_t>(to)};
}

}  // namespace fieldclaim::test
