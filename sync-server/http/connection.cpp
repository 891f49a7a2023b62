#include "sync-server/http/connection.h"

#include <openssl/err.h>

#include <algorithm>
#include <array>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <limits>
#include <type_traits>
#include <typeinfo>

#include "shared/base/ids.h"
#include "shared/base/text.h"

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

constexpr std::size_t kChunk = 64U << 10U;    // what a sink or a source handles at a time
constexpr std::size_t kDiscard = 64U << 10U;  // an unwanted body of this size is read to keep the connection
constexpr std::size_t kLinger = 1U << 20U;    // at most this much is read after the last response
constexpr std::chrono::milliseconds kLingerTime{2000};
constexpr int kClientGone = 499;  // in the log and in metrics alone

// A header that was made of what a client sent must not end the line and begin another.
bool isHeaderSafe(const Fields& headers) {
    return std::all_of(headers.begin(), headers.end(), [](const auto& field) {
        return !field.first.empty() && field.first.find_first_of("\r\n\0: ", 0, 5) == std::string::npos &&
               field.second.find_first_of("\r\n\0", 0, 3) == std::string::npos;
    });
}

std::string allowText(const std::vector<Method>& methods) {
    std::string out;
    for (const auto method : methods) out += (out.empty() ? "" : ", ") + std::string(name(method));
    return out;
}

enum class BodyEnd { Done, TooLarge, Gone };

/// How a request's reading ended, and what may follow it on this connection.
struct Reading {
    Request request;
    std::uint64_t bytes_in = 0;
    bool whole = false;  ///< the body was read to its end, so another request may follow
};

// In a coroutine no expression with co_await holds a temporary made with braces: g++ 12 destroys its members twice
// (seen here as a double free). So refusals are made first and then moved into the call that is awaited.
template <class Stream>
class Connection final : public LiveConnection, public std::enable_shared_from_this<Connection<Stream>> {
    static constexpr bool kTls = std::is_same_v<Stream, TlsStream>;
    using Parser = http::request_parser<http::buffer_body>;

public:
    template <class... Args>
    Connection(ServerCore& core, IoThread& io, std::string peer, std::shared_ptr<net::ssl::context> tls, Args&&... args)
        : m_core(core),
          m_limits(core.options.limits),
          m_io(io),
          m_peer(std::move(peer)),
          m_tls(std::move(tls)),
          m_stream(std::forward<Args>(args)...),
          m_buffer(m_limits.header_bytes + kChunk) {
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
            co_await m_stream.async_handshake(net::ssl::stream_base::server, on(error));
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
    TcpStream& lowest() { return beast::get_lowest_layer(m_stream); }
    static auto on(ErrorOf& error) { return net::redirect_error(net::use_awaitable, error); }

    // ---- one request ------------------------------------------------------------------------------------------

    net::awaitable<bool> serveOne() {
        if (!co_await waitForFirstByte()) co_return false;

        Parser parser;
        parser.header_limit(static_cast<std::uint32_t>(m_limits.header_bytes));
        // Limits differ by route, so readBody() counts. (Without a limit, Boost 1.74 refuses every Content-Length.)
        parser.body_limit(std::numeric_limits<std::uint64_t>::max());
        ErrorOf error;
        lowest().expires_after(m_limits.header_timeout);
        co_await http::async_read_header(m_stream, m_buffer, parser, on(error));
        m_began = SteadyClock::now();
        m_bytes_out = 0;
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
        if (m_buffer.size() > 0) co_return true;  // pipelined
        ErrorOf error;
        m_idle = true;
        lowest().expires_after(m_first ? m_limits.header_timeout : m_limits.idle_timeout);
        m_first = false;
        const auto got = co_await m_stream.async_read_some(m_buffer.prepare(4096), on(error));
        m_idle = false;
        m_buffer.commit(got);
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
    std::optional<Response> takeHeader(Parser& parser, Request& request) {
        const auto& message = parser.get();
        const auto refuse = [&](ErrorCode code, const char* detail, int status = 0) {
            return problem(request, code, detail, status);
        };
        m_method = methodFromName({message.method_string().data(), message.method_string().size()});
        request.method = m_method.value_or(Method::Get);
        for (const auto& field : message) {
            request.headers.emplace_back(std::string(field.name_string()), std::string(field.value()));
        }
        if (request.headers.size() > m_limits.header_count) {
            return refuse(ErrorCode::TooLarge, "the request has too many headers", 431);
        }
        // What a proxy in front and this server could read in two ways is refused (request smuggling).
        const auto coding = message[http::field::transfer_encoding];
        if (!coding.empty() && (!parser.chunked() || !beast::iequals(coding, "chunked") || message.version() < 11)) {
            return refuse(ErrorCode::Unsupported, "the only transfer coding here is chunked", 501);
        }
        if (message.count(http::field::host) > 1 ||
            (message.version() >= 11 && message.count(http::field::host) == 0)) {
            return refuse(ErrorCode::BadInput, "a request names one Host");
        }
        const std::string_view target(message.target().data(), message.target().size());
        const auto mark = target.find('?');
        request.path = target.substr(0, mark);
        auto query = parseUrlEncoded(mark == std::string_view::npos ? std::string_view() : target.substr(mark + 1));
        if (!query) return Response::problem(query.error(), request.id);
        request.query = std::move(*query);
        if (m_core.trusts(m_peer)) believeProxy(request);
        return std::nullopt;
    }

    static void believeProxy(Request& request) {
        const auto chain = split(request.header("X-Forwarded-For"), ',');
        if (const auto last = trim(chain.back()); !last.empty()) request.peer = last;
        if (const auto scheme = request.header("X-Forwarded-Proto"); !scheme.empty()) request.tls = scheme == "https";
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
            auto refusal = noRoute(request, found->allowed);
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
            if (!co_await sendContinue(request)) co_return co_await gone(reading);
            const auto end = co_await readBody(reading, parser, chosen.options.max_body,
                                               [&](ByteView bytes) -> net::awaitable<bool> {
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
            end = co_await sendContinue(request) ? co_await drainInto(reading, parser, chosen, *sink, stored, response)
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
        co_return co_await readBody(
            reading, parser, chosen.options.max_body, [&](ByteView bytes) -> net::awaitable<bool> {
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

    /// Reads the body and gives it on in pieces of up to kChunk; what came before an end is always given on.
    /// Done also when `take` said to stop.
    template <class Take>
    net::awaitable<BodyEnd> readBody(Reading& reading, Parser& parser, std::uint64_t most, Take take) {
        Bytes chunk(kChunk);
        std::size_t held = 0;
        const auto began = SteadyClock::now();
        auto end = BodyEnd::Done;
        while (!parser.is_done() && end == BodyEnd::Done) {
            ErrorOf error;
            parser.get().body().data = chunk.data() + held;
            parser.get().body().size = chunk.size() - held;
            lowest().expires_at(deadline(began, reading.bytes_in));
            co_await http::async_read_some(m_stream, m_buffer, parser, on(error));
            const std::size_t got = chunk.size() - held - parser.get().body().size;
            held += got;
            reading.bytes_in += got;
            if (error == http::error::need_buffer) error = {};
            if (reading.bytes_in > most) {
                end = BodyEnd::TooLarge;
                held -= std::min<std::size_t>(held, reading.bytes_in - most);
            } else if (error) {
                if (error == beast::error::timeout) m_core.refused("slow-body");
                end = BodyEnd::Gone;
            }
            if (held > 0 && (held == chunk.size() || parser.is_done() || end != BodyEnd::Done)) {
                lowest().expires_never();
                if (!co_await take(ByteView(chunk.data(), held))) break;
                held = 0;
            }
        }
        co_return end;
    }

    SteadyClock::time_point deadline(SteadyClock::time_point began, std::uint64_t moved) const {
        const auto earned =
            std::chrono::milliseconds(moved * 1000 / std::max<std::uint64_t>(1, m_limits.least_bytes_per_s));
        return std::min(SteadyClock::now() + m_limits.body_timeout, began + m_limits.body_timeout + earned);
    }

    net::awaitable<bool> sendContinue(const Request& request) {
        if (request.header("Expect").empty()) co_return true;
        static constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
        ErrorOf error;
        lowest().expires_after(m_limits.body_timeout);
        co_await net::async_write(m_stream, net::buffer(kContinue.data(), kContinue.size()), on(error));
        co_return !error;
    }

    // ---- workers ----------------------------------------------------------------------------------------------

    /// Runs `work` on a worker and comes back to this thread. False when it was not run: refused, or stopped.
    template <class Work>
    net::awaitable<bool> onWorker(bool admitted, Work work) {
        lowest().expires_never();
        bool ran = false;
        const auto executor = m_io.context.get_executor();
        co_await net::async_initiate<const net::use_awaitable_t<>, void()>(
            [&](auto handler) {
                auto held = std::make_shared<decltype(handler)>(std::move(handler));
                const auto back = [held, executor] { net::post(executor, [held] { std::move (*held)(); }); };
                const WorkerPool::Job job = [&ran, &work, back](bool run) {
                    if (run) work();
                    ran = run;
                    back();
                };
                if (admitted) {
                    m_core.pool.submitAdmitted(m_caller, job);
                } else if (!m_core.pool.submit(m_caller, job)) {
                    back();
                }
            },
            net::use_awaitable);
        co_return ran;
    }

    /// What a handler throws becomes a 500. The exception's text may quote a claim, so only its type is logged.
    template <class Work>
    Response guarded(const Request& request, Work work, bool* cleared = nullptr) {
        const char* type = "unknown";
        try {
            return work();
        } catch (const std::exception& error) {
            type = typeid(error).name();
        } catch (...) {
        }
        if (cleared != nullptr) *cleared = false;
        m_core.logger.error("http-handler-threw", {{"request", request.id}, {"route", m_route}, {"exception", type}});
        return Response::problem({ErrorCode::Internal, {}}, request.id);
    }

    std::string callerOf(const Request& request) const {
        if (m_core.options.caller_of) return m_core.options.caller_of(request);
        return request.peer + ' ' + std::string(request.header("Authorization"));
    }

    // ---- answers ----------------------------------------------------------------------------------------------

    static Response problem(const Request& request, ErrorCode code, const char* detail, int status = 0) {
        return Response::problem({code, detail}, request.id, status);
    }

    Response noRoute(const Request& request, const std::vector<Method>& allowed) const {
        if (allowed.empty()) return Response::problem({ErrorCode::NotFound, {}}, request.id);
        if (m_method == Method::Options) return Response::empty(204).set("Allow", allowText(allowed));
        const Error error{ErrorCode::Unsupported, "this address does not know that method"};
        return Response::problem(error, request.id, 405).set("Allow", allowText(allowed));
    }

    static Response tooLarge(const Request& request, std::uint64_t most) {
        return Response::problem({ErrorCode::TooLarge, "at most " + std::to_string(most) + " bytes"}, request.id);
    }

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
            const bool small = length && *length - std::min(*length, reading.bytes_in) <= kDiscard;
            if (keep && small && reading.request.header("Expect").empty()) {
                const auto end = co_await readBody(reading, parser, UINT64_MAX,
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

    void addCommonHeaders(const Request& request, Response& response) const {
        const auto unlessGiven = [&](std::string_view header, std::string_view value) {
            if (response.header(header).empty()) response.add(header, value);
        };
        response.set("Date", httpDate(m_core.clock.wallMs()));
        response.set("X-Request-Id", request.id);
        response.set("X-Content-Type-Options", "nosniff");
        unlessGiven("Referrer-Policy", "no-referrer");
        unlessGiven("Cache-Control", "no-store");
        if (request.tls) unlessGiven("Strict-Transport-Security", "max-age=31536000");
    }

    net::awaitable<bool> writeResponse(const Request& request, Response response, bool keep) {
        if (!isHeaderSafe(response.headers)) {
            m_core.logger.error("http-header-refused", {{"request", request.id}, {"route", m_route}});
            response = problem(request, ErrorCode::Internal, "");
        }
        addCommonHeaders(request, response);
        const bool bodiless = response.status == 204 || response.status == 304 || response.status < 200;
        const std::uint64_t size = response.source ? response.source->size() : response.body.size();
        http::response<http::buffer_body> message;
        message.version(11);
        message.result(static_cast<unsigned>(response.status));
        for (const auto& [key, value] : response.headers) message.insert(key, value);
        message.keep_alive(keep);
        // HEAD tells the length that GET would have.
        if (!bodiless) message.content_length(size);
        const bool send_body = !bodiless && m_method != Method::Head && size > 0;
        if (send_body && response.source) co_return co_await writeSource(message, *response.source, size);

        message.body().data = send_body ? response.body.data() : nullptr;
        message.body().size = send_body ? response.body.size() : 0;
        message.body().more = false;
        http::response_serializer<http::buffer_body> serializer(message);
        if (!send_body) serializer.split(true);
        ErrorOf error;
        const auto began = SteadyClock::now();
        while (!serializer.is_done()) {
            lowest().expires_at(deadline(began, m_bytes_out));
            m_bytes_out += co_await http::async_write_some(m_stream, serializer, on(error));
            if (error == http::error::need_buffer) error = {};
            if (error) co_return false;
            if (!send_body && serializer.is_header_done()) break;
        }
        co_return true;
    }

    net::awaitable<bool> writeSource(http::response<http::buffer_body>& message, BodySource& source,
                                     std::uint64_t size) {
        Bytes chunk(kChunk);
        ErrorOf error;
        message.body().data = nullptr;
        message.body().more = true;
        http::response_serializer<http::buffer_body> serializer(message);
        const auto began = SteadyClock::now();
        for (std::uint64_t left = size; left > 0;) {
            Result<std::size_t> got = fail(ErrorCode::Busy);
            co_await onWorker(true, [&] {
                const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(left, chunk.size()));
                try {
                    got = source.read(std::span(chunk).first(wanted));
                } catch (...) {
                    got = fail(ErrorCode::Internal);
                }
            });
            if (!got || *got == 0 || *got > left) {
                m_core.logger.error("http-body-unreadable", {{"route", m_route}});
                co_return false;
            }
            left -= *got;
            message.body().data = chunk.data();
            message.body().size = *got;
            message.body().more = left > 0;
            do {
                lowest().expires_at(deadline(began, m_bytes_out));
                m_bytes_out += co_await http::async_write_some(m_stream, serializer, on(error));
            } while (!error && !serializer.is_done());
            if (error == http::error::need_buffer) error = {};
            if (error) co_return false;
        }
        co_return true;
    }

    void record(const Reading& reading, int status) {
        const std::chrono::duration<double> took = SteadyClock::now() - m_began;
        const auto method = m_method ? name(*m_method) : std::string_view("other");
        const auto& server = m_core.options.name;
        m_core.metrics
            .counter("http_requests_total", "Requests answered; 499: the client left first.",
                     {{"server", server},
                      {"method", std::string(method)},
                      {"route", m_route},
                      {"status", std::to_string(status)}})
            .add();
        m_core.metrics
            .histogram("http_request_seconds", "From the end of a request's headers to the end of its response.",
                       latencyBounds(), {{"server", server}, {"route", m_route}})
            .observe(took.count());
        m_core.logger.info("http-request", {{"server", server},
                                            {"request", reading.request.id},
                                            {"method", method},
                                            {"route", m_route},
                                            {"status", status},
                                            {"ms", static_cast<std::int64_t>(took.count() * 1000)},
                                            {"bytes_in", reading.bytes_in},
                                            {"bytes_out", m_bytes_out}});
    }

    // ---- the end ----------------------------------------------------------------------------------------------

    // Closing while the client still sends would reset the connection and take the response from it; so what it sends
    // is read for a moment first (RFC 9112, 9.6).
    net::awaitable<void> close() {
        ErrorOf error;
        lowest().expires_after(kLingerTime);
        if constexpr (kTls) co_await m_stream.async_shutdown(on(error));
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
    const std::shared_ptr<net::ssl::context> m_tls;  // outlives m_stream, and a reload
    Stream m_stream;
    beast::flat_buffer m_buffer;
    bool m_idle = false;
    bool m_first = true;
    bool m_linger = false;

    // Of the request being served.
    std::optional<Method> m_method;
    std::string m_route;
    std::string m_caller;
    SteadyClock::time_point m_began;
    std::uint64_t m_bytes_out = 0;
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
