#pragma once

// Private to sync-server/http.
#include <algorithm>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <chrono>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

#include "sync-server/http/connection.h"
#include "sync-server/http/request_head.h"

namespace fieldclaim::server {

enum class BodyEnd { Done, TooLarge, Gone };

/// A connection's stream (TCP, or TLS over it), and how bodies are read from it and answers written to it, piece by
/// piece, within the times and the least speed of HttpLimits. Counts the bytes of the request at hand. On the
/// connection's I/O thread alone; `core` is borrowed and outlives it. A failure ends in Gone or false, and then the
/// stream is of no more use.
///
/// In a coroutine no expression with co_await holds a temporary made with braces: g++ 12 destroys its members twice
/// (seen as a double free). So what is awaited is given what was made before.
template <class Stream>
class MessageStream {
    using ErrorOf = boost::system::error_code;
    using SteadyClock = std::chrono::steady_clock;
    using Message = boost::beast::http::response<boost::beast::http::buffer_body>;
    using Serializer = boost::beast::http::response_serializer<boost::beast::http::buffer_body>;

public:
    template <class... Args>
    explicit MessageStream(ServerCore& core, Args&&... args)
        : m_core(core),
          m_limits(core.options.limits),
          m_stream(std::forward<Args>(args)...),
          m_buffer(m_limits.header_bytes + kChunk) {}

    Stream& stream() { return m_stream; }
    boost::beast::tcp_stream& lowest() { return boost::beast::get_lowest_layer(m_stream); }
    /// What was read and not yet taken.
    boost::beast::flat_buffer& buffer() { return m_buffer; }
    static auto on(ErrorOf& error) { return boost::asio::redirect_error(boost::asio::use_awaitable, error); }

    /// Of the request at hand: bytes of its body, and of its answer with the headers.
    std::uint64_t bytesIn() const { return m_bytes_in; }
    std::uint64_t bytesOut() const { return m_bytes_out; }
    void beginRequest() {
        m_bytes_in = 0;
        m_bytes_out = 0;
    }

    /// Reads the body and gives it on in pieces of up to kChunk; what came before an end is always given on.
    /// Done also when `take` (ByteView -> awaitable<bool>) said to stop.
    template <class Take>
    boost::asio::awaitable<BodyEnd> readBody(RequestParser& parser, std::uint64_t most, Take take) {
        namespace http = boost::beast::http;
        Bytes chunk(kChunk);
        std::size_t held = 0;
        const auto began = SteadyClock::now();
        auto end = BodyEnd::Done;
        while (!parser.is_done() && end == BodyEnd::Done) {
            ErrorOf error;
            parser.get().body().data = chunk.data() + held;
            parser.get().body().size = chunk.size() - held;
            lowest().expires_at(deadline(began, m_bytes_in));
            co_await http::async_read_some(m_stream, m_buffer, parser, on(error));
            const std::size_t got = chunk.size() - held - parser.get().body().size;
            held += got;
            m_bytes_in += got;
            if (error == http::error::need_buffer) error = {};
            if (m_bytes_in > most) {
                end = BodyEnd::TooLarge;
                held -= std::min<std::size_t>(held, m_bytes_in - most);
            } else if (error) {
                if (error == boost::beast::error::timeout) m_core.refused("slow-body");
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

    /// Tells a client that waits for it that its body may come.
    boost::asio::awaitable<bool> sendContinue(const Request& request) {
        if (request.header("Expect").empty()) co_return true;
        static constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
        ErrorOf error;
        lowest().expires_after(m_limits.body_timeout);
        co_await boost::asio::async_write(m_stream, boost::asio::buffer(kContinue.data(), kContinue.size()), on(error));
        co_return !error;
    }

    /// Writes an answer. `fetch` (BodySource&, span -> awaitable<size_t>) reads some of its source, 0 when that
    /// failed. `head`: a HEAD request, which is told the length that GET would have.
    template <class Fetch>
    boost::asio::awaitable<bool> write(Response& response, bool keep, bool head, Fetch fetch) {
        const bool bodiless = response.status == 204 || response.status == 304 || response.status < 200;
        const std::uint64_t size = response.source ? response.source->size() : response.body.size();
        Message message;
        message.version(11);
        message.result(static_cast<unsigned>(response.status));
        for (const auto& [key, value] : response.headers) message.insert(key, value);
        message.keep_alive(keep);
        if (!bodiless) message.content_length(size);
        const bool send_body = !bodiless && !head && size > 0;
        if (send_body && response.source) co_return co_await writeSource(message, *response.source, size, fetch);

        message.body().data = send_body ? response.body.data() : nullptr;
        message.body().size = send_body ? response.body.size() : 0;
        message.body().more = false;
        Serializer serializer(message);
        if (!send_body) serializer.split(true);
        ErrorOf error;
        const auto began = SteadyClock::now();
        while (!serializer.is_done()) {
            lowest().expires_at(deadline(began, m_bytes_out));
            m_bytes_out += co_await boost::beast::http::async_write_some(m_stream, serializer, on(error));
            if (error == boost::beast::http::error::need_buffer) error = {};
            if (error) co_return false;
            if (!send_body && serializer.is_header_done()) break;
        }
        co_return true;
    }

private:
    static constexpr std::size_t kChunk = 64U << 10U;  // what a sink or a source handles at a time

    template <class Fetch>
    boost::asio::awaitable<bool> writeSource(Message& message, BodySource& source, std::uint64_t size, Fetch& fetch) {
        Bytes chunk(kChunk);
        ErrorOf error;
        message.body().data = nullptr;
        message.body().more = true;
        Serializer serializer(message);
        const auto began = SteadyClock::now();
        for (std::uint64_t left = size; left > 0;) {
            const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(left, chunk.size()));
            const std::size_t got = co_await fetch(source, std::span(chunk).first(wanted));
            if (got == 0) co_return false;
            left -= got;
            message.body().data = chunk.data();
            message.body().size = got;
            message.body().more = left > 0;
            do {
                lowest().expires_at(deadline(began, m_bytes_out));
                m_bytes_out += co_await boost::beast::http::async_write_some(m_stream, serializer, on(error));
            } while (!error && !serializer.is_done());
            if (error == boost::beast::http::error::need_buffer) error = {};
            if (error) co_return false;
        }
        co_return true;
    }

    SteadyClock::time_point deadline(SteadyClock::time_point began, std::uint64_t moved) const {
        const auto earned =
            std::chrono::milliseconds(moved * 1000 / std::max<std::uint64_t>(1, m_limits.least_bytes_per_s));
        return std::min(SteadyClock::now() + m_limits.body_timeout, began + m_limits.body_timeout + earned);
    }

    ServerCore& m_core;
    const HttpLimits& m_limits;
    Stream m_stream;
    boost::beast::flat_buffer m_buffer;
    std::uint64_t m_bytes_in = 0;
    std::uint64_t m_bytes_out = 0;
};

}  // namespace fieldclaim::server
