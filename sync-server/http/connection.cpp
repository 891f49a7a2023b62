#include "sync-server/http/connection.h"

#include <openssl/err.h>

#include <algorithm>
#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <limits>
#include <type_traits>

#include "shared/base/ids.h"
#include "sync-server/http/message_stream.h"
#include "sync-server/http/own_answers.h"
#include "sync-server/http/request_head.h"
#include "sync-server/http/request_record.h"
#include "sync-server/http/worker_turn.h"

namespace fieldclaim::server {
namespace {

namespace net = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using tcp = net::ip::tcp;
using ErrorOf = boost::system::error_code;
using TcpStream = beast::tcp_stream;
using TlsStream = beast::ssl_stream<beast::tcp_stream>;
using SteadyClock = std::chrono::steady_clock;

constexpr std::size_t kDiscard = 64U << 10U;  // an unwanted body of this size is read to keep the connection
constexpr std::size_t kLinger = 1U << 20U;    // at most this much is read after the last response
constexpr std::chrono::milliseconds kLingerTime{2000};

/// How a request's reading ended, and what may follow it on this connection.
struct Reading {
    Request request;
    bool whole = false;  ///< the body was read to its end, so another request may follow
};

// In a coroutine no expression with co_await holds a temporary made with braces: g++ 12 destroys its members twice
// (seen here as a double free). So refusals are made first and then moved into the call that is awaited.
template <class Stream>
class Connection final : public LiveConnection, public std::enable_shared_from_this<Connection<Stream>> {
    static constexpr bool kTls = std::is_same_v<Stream, TlsStream>;
    using Parser = RequestParser;

public:
    template <class... Args>
    Connection(ServerCore& core, IoThread& io, std::string peer, std::shared_ptr<net::ssl::context> tls, Args&&... args)
        : m_core(core),
          m_limits(core.options.limits),
          m_io(io),
          m_peer(std::move(peer)),
          m_tls(std::move(tls)),
          m_wire(core, std::forward<Args>(args)...) {
        m_io.live.insert(this);
    }
    ~Connection() override {
        m_io.live.erase(this);
        m_core.leave(m_peer);
    }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    void closeIfIdle() override {
        if (m_idle) cut();
    }
    void cut() override { lowest().close(); }

    net::awaitable<void> run() {
        ErrorOf error;
        if constexpr (kTls) {
            m_idle = true;
            lowest().expires_after(m_limits.handshake_timeout);
            co_await m_wire.stream().async_handshake(net::ssl::stream_base::server, on(error));
            m_idle = false;
            if (error) {
                m_core.refused("handshake");
                co_return;
            }
        }
        while (co_await serveOne()) {
        }
        co_await close();
    }

private:
    TcpStream& lowest() { return m_wire.lowest(); }
    static auto on(ErrorOf& error) { return MessageStream<Stream>::on(error); }

    // ---- one request ------------------------------------------------------------------------------------------

    net::awaitable<bool> serveOne() {
        if (!co_await waitForFirstByte()) co_return false;

        Parser parser;
        parser.header_limit(static_cast<std::uint32_t>(m_limits.header_bytes));
        // Limits differ by route, so readBody() counts. (Without a limit, Boost 1.74 refuses every Content-Length.)
        parser.body_limit(std::numeric_limits<std::uint64_t>::max());
        ErrorOf error;
        lowest().expires_after(m_limits.header_timeout);
        co_await http::async_read_header(m_wire.stream(), m_wire.buffer(), parser, on(error));
        m_began = SteadyClock::now();
        m_wire.beginRequest();
        m_route = "-";
        m_method.reset();

        Reading reading;
        reading.request.id = Uuid::make(m_core.clock, m_core.random).text();
        reading.request.tls = kTls;
        reading.request.peer = m_peer;
        if (error) co_return co_await refuseHeader(error, reading);
        if (auto refusal = takeHeader(parser, reading.request)) {
            co_return co_await answer(reading, parser, std::move(*refusal));
        }
        co_return co_await route(reading, parser);
    }

    net::awaitable<bool> waitForFirstByte() {
        if (m_core.stopping) co_return false;
        if (m_wire.buffer().size() > 0) co_return true;  // pipelined
        ErrorOf error;
        m_idle = true;
        lowest().expires_after(m_first ? m_limits.header_timeout : m_limits.idle_timeout);
        m_first = false;
        const auto got = co_await m_wire.stream().async_read_some(m_wire.buffer().prepare(4096), on(error));
        m_idle = false;
        m_wire.buffer().commit(got);
        co_return !error && got > 0;
    }

    net::awaitable<bool> refuseHeader(const ErrorOf& error, const Reading& reading) {
        const Request& request = reading.request;
        if (error == http::error::end_of_stream || error.category() != http::make_error_code({}).category()) {
            if (error == beast::error::timeout) m_core.refused("slow-header");
            co_return false;
        }
        const bool large = error == http::error::header_limit || error == http::error::buffer_overflow;
        if (error == http::error::partial_message) co_return false;
        m_core.refused(large ? "large-header" : "malformed");
        auto refusal = large ? problem(request, ErrorCode::TooLarge, "the request's headers are too large", 431)
                             : problem(request, ErrorCode::BadInput, "this is no HTTP/1.1 request");
        const bool written = co_await writeResponse(request, std::move(refusal), false);
        record(reading, written ? (large ? 431 : 400) : kClientGone);
        m_linger = true;
        co_return false;
    }

    /// A refusal, or nothing when the request may go on to its route.
    std::optional<Response> takeHeader(const Parser& parser, Request& request) {
        const auto method = parser.get().method_string();
        m_method = methodFromName({method.data(), method.size()});
        request.method = m_method.value_or(Method::Get);
        if (auto refusal = takeHead(parser, m_limits, request)) return refusal;
        if (m_core.trusts(m_peer)) believeProxy(request);
        return std::nullopt;
    }

    net::awaitable<bool> route(Reading& reading, Parser& parser) {
        Request& request = reading.request;
        auto found = m_core.router.find(m_method, request.path);
        if (!found) {
            auto refusal = Response::problem(found.error(), request.id);
            co_return co_await answer(reading, parser, std::move(refusal));
        }
        if (found->route == nullptr && m_method == Method::Post && request.hasHeader("X-HTTP-Method-Override")) {
            takeOverride(request, *found);
        }
        if (found->route == nullptr) {
            auto refusal = noRoute(request, m_method, found->allowed);
            co_return co_await answer(reading, parser, std::move(refusal));
        }
        const Router::Route& chosen = *found->route;
        m_route = chosen.pattern;
        const auto length = parser.content_length();
        if (length && *length > chosen.options.max_body) {
            auto refusal = tooLarge(request, chosen.options.max_body);
            co_return co_await answer(reading, parser, std::move(refusal));
        }
        const auto expects = request.header("Expect");
        if (!expects.empty() && !beast::iequals({expects.data(), expects.size()}, "100-continue")) {
            auto refusal = problem(request, ErrorCode::Unsupported, "an unknown expectation", 417);
            co_return co_await answer(reading, parser, std::move(refusal));
        }
        m_caller = callerOf(request);
        // Said before the body is sent, which on a bad link costs minutes.
        if (m_core.pool.wouldRefuse(m_caller)) {
            auto refusal = busy(request);
            co_return co_await answer(reading, parser, std::move(refusal));
        }

        const RequestContext context{request, chosen.pattern, std::move(found->params)};
        if (chosen.stream_handler) co_return co_await serveStream(reading, parser, chosen, context);
        co_return co_await serveWhole(reading, parser, chosen, context);
    }

    void takeOverride(Request& request, Router::Match& found) {
        const auto method = methodFromName(request.header("X-HTTP-Method-Override"));
        auto other = m_core.router.find(method, request.path);
        if (!other || other->route == nullptr || !other->route->options.method_override) return;
        request.method = *method;
        found = std::move(*other);
    }

    net::awaitable<bool> serveWhole(Reading& reading, Parser& parser, const Router::Route& chosen,
                                    const RequestContext& context) {
        Request& request = reading.request;
        if (!parser.is_done()) {
            if (!co_await m_wire.sendContinue(request)) co_return co_await gone(reading);
            const auto end =
                co_await m_wire.readBody(parser, chosen.options.max_body, [&](ByteView bytes) -> net::awaitable<bool> {
                    request.body.insert(request.body.end(), bytes.begin(), bytes.end());
                    co_return true;
                });
            if (end == BodyEnd::TooLarge) {
                auto refusal = tooLarge(request, chosen.options.max_body);
                co_return co_await answer(reading, parser, std::move(refusal));
            }
            if (end != BodyEnd::Done) co_return co_await gone(reading);
        }
        reading.whole = true;
        Response response;
        const bool taken =
            co_await onWorker(false, [&] { response = guarded(request, [&] { return chosen.handler(context); }); });
        if (!taken) response = busy(request);
        co_return co_await answer(reading, parser, std::move(response));
    }

    net::awaitable<bool> serveStream(Reading& reading, Parser& parser, const Router::Route& chosen,
                                     const RequestContext& context) {
        Request& request = reading.request;
        std::optional<Response> response;
        std::unique_ptr<BodySink> sink;
        const bool taken = co_await onWorker(false, [&] {
            response = guarded(request, [&]() -> Response {
                auto answered = chosen.stream_handler(context);
                if (auto* early = std::get_if<Response>(&answered)) return std::move(*early);
                sink = std::move(std::get<std::unique_ptr<BodySink>>(answered));
                ENSURE(sink != nullptr);
                return {};
            });
        });
        if (!taken) response = busy(request);
        if (!sink) {
            reading.whole = parser.is_done();
            co_return co_await answer(reading, parser, std::move(*response));
        }

        bool stored = true;
        auto end = BodyEnd::Done;
        if (!parser.is_done()) {
            end = co_await m_wire.sendContinue(request)
                      ? co_await drainInto(reading, parser, chosen, *sink, stored, response)
                      : BodyEnd::Gone;
        }
        const bool finished = end == BodyEnd::Done && stored;
        const bool ran = co_await onWorker(true, [&] {
            if (finished) {
                response = guarded(request, [&] { return sink->finish(); });
            } else {
                static_cast<void>(guarded(request, [&] {
                    sink->aborted();
                    return Response();
                }));
            }
            sink.reset();
        });
        if (!ran && sink) {
            // The server stops: the workers have ended, and the sink must still hear of it.
            static_cast<void>(guarded(request, [&] {
                sink->aborted();
                return Response();
            }));
            sink.reset();
            response = busy(request);
        }
        if (end == BodyEnd::Gone) co_return co_await gone(reading);
        if (end == BodyEnd::TooLarge) response = tooLarge(request, chosen.options.max_body);
        reading.whole = finished;
        co_return co_await answer(reading, parser, std::move(*response));
    }

    net::awaitable<BodyEnd> drainInto(Reading& reading, Parser& parser, const Router::Route& chosen, BodySink& sink,
                                      bool& stored, std::optional<Response>& response) {
        const Request& request = reading.request;
        co_return co_await m_wire.readBody(
            parser, chosen.options.max_body, [&](ByteView bytes) -> net::awaitable<bool> {
                const bool ran = co_await onWorker(true, [&] {
                    auto refused = guarded(
                        request,
                        [&] {
                            const auto status = sink.write(bytes);
                            stored = status.has_value();
                            return stored ? Response() : Response::problem(status.error(), request.id);
                        },
                        &stored);
                    if (!stored) response = std::move(refused);
                });
                if (!ran) {
                    stored = false;
                    response = busy(request);
                }
                co_return stored;
            });
    }

    // ---- workers ----------------------------------------------------------------------------------------------

    template <class Work>
    net::awaitable<bool> onWorker(bool admitted, Work work) {
        lowest().expires_never();
        return fieldclaim::server::onWorker(m_core, m_io, m_caller, admitted, std::move(work));
    }

    template <class Work>
    Response guarded(const Request& request, Work work, bool* cleared = nullptr) {
        return fieldclaim::server::guarded(m_core.logger, m_route, request, std::move(work), cleared);
    }

    std::string callerOf(const Request& request) const {
        if (m_core.options.caller_of) return m_core.options.caller_of(request);
        return request.peer + ' ' + std::string(request.header("Authorization"));
    }

    // ---- answers ----------------------------------------------------------------------------------------------

    Response busy(const Request& request) const {
        m_core.refused("busy");
        return Response::problem({ErrorCode::Busy, {}}, request.id)
            .set("Retry-After", std::to_string(std::max(0, m_core.options.retry_after_s())));
    }

    /// Writes the response and the log line. True when another request may follow.
    net::awaitable<bool> answer(Reading& reading, Parser& parser, Response response) {
        bool keep = parser.keep_alive() && !m_core.stopping;
        if (!reading.whole && !parser.is_done()) {
            const auto length = parser.content_length();
            const bool small = length && *length - std::min(*length, m_wire.bytesIn()) <= kDiscard;
            if (keep && small && reading.request.header("Expect").empty()) {
                const auto end = co_await m_wire.readBody(parser, UINT64_MAX,
                                                          [](ByteView) -> net::awaitable<bool> { co_return true; });
                if (end != BodyEnd::Done) co_return co_await gone(reading);
            } else {
                keep = false;
                m_linger = true;
            }
        }
        const int status = response.status;
        const bool written = co_await writeResponse(reading.request, std::move(response), keep);
        record(reading, written ? status : kClientGone);
        co_return written&& keep;
    }

    net::awaitable<bool> gone(const Reading& reading) {
        record(reading, kClientGone);
        co_return false;
    }

    net::awaitable<bool> writeResponse(const Request& request, Response response, bool keep) {
        if (!isHeaderSafe(response.headers)) {
            m_core.logger.error("http-header-refused", {{"request", request.id}, {"route", m_route}});
            response = problem(request, ErrorCode::Internal, "");
        }
        addCommonHeaders(request, m_core.clock, response);
        const auto fetch = [this](BodySource& source, std::span<std::uint8_t> into) {
            return readSource(source, into);
        };
        co_return co_await m_wire.write(response, keep, m_method == Method::Head, fetch);
    }

    /// Some of a source, read on a worker; 0 when it could not be.
    net::awaitable<std::size_t> readSource(BodySource& source, std::span<std::uint8_t> into) {
        Result<std::size_t> got = fail(ErrorCode::Busy);
        co_await onWorker(true, [&] {
            try {
                got = source.read(into);
            } catch (...) {
                got = fail(ErrorCode::Internal);
            }
        });
        if (got && *got > 0 && *got <= into.size()) co_return *got;
        m_core.logger.error("http-body-unreadable", {{"route", m_route}});
        co_return 0;
    }

    void record(const Reading& reading, int status) {
        recordRequest(m_core, {reading.request.id, m_method, m_route, status, SteadyClock::now() - m_began,
                               m_wire.bytesIn(), m_wire.bytesOut()});
    }

    // ---- the end ----------------------------------------------------------------------------------------------

    // Closing while the client still sends would reset the connection and take the response from it; so what it sends
    // is read for a moment first (RFC 9112, 9.6).
    net::awaitable<void> close() {
        ErrorOf error;
        lowest().expires_after(kLingerTime);
        if constexpr (kTls) co_await m_wire.stream().async_shutdown(on(error));
        lowest().socket().shutdown(tcp::socket::shutdown_send, error);
        std::array<char, 4096> waste{};
        for (std::size_t seen = 0; m_linger && !error && seen < kLinger;) {
            seen += co_await lowest().async_read_some(net::buffer(waste), on(error));
        }
        lowest().close();
    }

    ServerCore& m_core;
    const HttpLimits& m_limits;
    IoThread& m_io;
    const std::string m_peer;
    const std::shared_ptr<net::ssl::context> m_tls;  // outlives m_wire, and a reload
    MessageStream<Stream> m_wire;
    bool m_idle = false;
    bool m_first = true;
    bool m_linger = false;

    // Of the request being served.
    std::optional<Method> m_method;
    std::string m_route;
    std::string m_caller;
    SteadyClock::time_point m_began;
};

template <class Stream>
void spawn(ServerCore& core, IoThread& io, const std::shared_ptr<Connection<Stream>>& connection) {
    net::co_spawn(
        io.context.get_executor(), [connection]() -> net::awaitable<void> { co_await connection->run(); },
        [&core, connection](const std::exception_ptr& thrown) {
            if (!thrown) return;
            const char* type = "unknown";
            try {
                std::rethrow_exception(thrown);
            } catch (const std::exception& error) {
                type = typeid(error).name();
            } catch (...) {
            }
            core.logger.error("http-connection-threw", {{"exception", type}});
        });
}

}  // namespace

void serveConnection(ServerCore& core, IoThread& io, tcp::socket socket, std::string peer) {
    if (auto tls = core.tlsContext()) {
        auto& context = *tls;
        spawn(core, io,
              std::make_shared<Connection<TlsStream>>(core, io, std::move(peer), std::move(tls), std::move(socket),
                                                      context));
    } else {
        spawn(core, io, std::make_shared<Connection<TcpStream>>(core, io, std::move(peer), nullptr, std::move(socket)));
    }
}

}  // namespace fieldclaim::server
