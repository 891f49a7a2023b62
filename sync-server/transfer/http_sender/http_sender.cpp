#include "sync-server/transfer/http_sender/http_sender.h"

#include <cpprest/http_client.h>

#include <boost/asio/ssl/context.hpp>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string_view>

namespace fieldclaim::server {
namespace {

namespace http = web::http;

/// Thrown through the client's progress callback to end a download; it never leaves this file.
struct AnswerTooLarge : std::runtime_error {
    AnswerTooLarge() : std::runtime_error("answer too large") {}
};

TransportFailure failure(bool certainly_not_sent, ErrorCode code, std::string detail) {
    return {certainly_not_sent, {code, std::move(detail)}};
}

/// The client gives errors of name, connection and handshake the numbers of others, so its words are the only sure
/// sign (2.10.18, http_client_asio.cpp). What is not recognised counts as "may have been sent".
bool isBeforeSending(std::string_view what) {
    for (const std::string_view sign : {"Error resolving address", "Failed to connect to any resolved endpoint",
                                        "Error in SSL handshake", "Failed to set TLS SNI hostname"}) {
        if (what.find(sign) != std::string_view::npos) return true;
    }
    return false;
}

http::http_request toCpprest(const TransportRequest& request) {
    http::http_request out(request.method);
    for (const auto& [name, value] : request.headers) out.headers().add(name, value);
    out.headers().add("Connection", "close");
    if (!request.content_type.empty()) {
        out.set_body(request.body, request.content_type);
    }
    const auto most = request.max_answer_bytes;
    out.set_progress_handler([most](http::message_direction::direction direction, utility::size64_t bytes) {
        if (direction == http::message_direction::download && bytes > most) throw AnswerTooLarge();
    });
    return out;
}

http::client::http_client_config configOf(const TransportRequest& request) {
    http::client::http_client_config config;
    config.set_timeout(std::chrono::milliseconds(request.timeout_ms));
    config.set_max_redirects(0);
    if (!request.ca_file.empty()) {
        config.set_ssl_context_callback(
            [file = request.ca_file](boost::asio::ssl::context& context) { context.load_verify_file(file); });
    }
    return config;
}

/// Cancels a request that outlives its deadline. The client's own time-out is of silence: a target that sends a byte
/// now and then would hold it for ever.
class Deadline {
public:
    explicit Deadline(std::int64_t timeout_ms)
        : m_thread([this, timeout_ms] {
              std::unique_lock lock(m_mutex);
              if (!m_done.wait_for(lock, std::chrono::milliseconds(timeout_ms), [this] { return m_finished; })) {
                  m_passed = true;
                  lock.unlock();
                  m_source.cancel();
              }
          }) {}
    ~Deadline() {
        {
            const std::lock_guard lock(m_mutex);
            m_finished = true;
        }
        m_done.notify_all();
        m_thread.join();
    }
    Deadline(const Deadline&) = delete;
    Deadline& operator=(const Deadline&) = delete;

    pplx::cancellation_token token() const { return m_source.get_token(); }
    bool passed() {
        const std::lock_guard lock(m_mutex);
        return m_passed;
    }

private:
    pplx::cancellation_token_source m_source;
    std::mutex m_mutex;
    std::condition_variable m_done;
    bool m_finished = false;
    bool m_passed = false;
    std::thread m_thread;  // Last: it uses what stands above.
};

std::optional<std::int64_t> retryAfterMs(const http::http_headers& headers) {
    constexpr std::int64_t kLongestMs = 86'400'000;
    const auto found = headers.find("Retry-After");
    if (found == headers.end() || found->second.empty() || found->second.size() > 6) return std::nullopt;
    std::int64_t seconds = 0;
    for (const char c : found->second) {
        if (c < '0' || c > '9') return std::nullopt;
        seconds = seconds * 10 + (c - '0');
    }
    return std::min(seconds * 1000, kLongestMs);
}

}  // namespace

tl::expected<TransportAnswer, TransportFailure> HttpTargetTransport::send(const TransportRequest& request) {
    bool headers_came = false;
    try {
        Deadline deadline(request.timeout_ms);
        try {
            http::client::http_client client(request.url, configOf(request));
            auto response = client.request(toCpprest(request), deadline.token()).get();
            headers_came = true;
            const auto length = response.headers().content_length();
            if (length != static_cast<utility::size64_t>(-1) && length > request.max_answer_bytes)
                throw AnswerTooLarge();
            const auto body = response.extract_vector().get();
            if (body.size() > request.max_answer_bytes) throw AnswerTooLarge();
            return TransportAnswer{static_cast<int>(response.status_code()), std::string(body.begin(), body.end()),
                                   retryAfterMs(response.headers())};
        } catch (const AnswerTooLarge&) {
            return tl::unexpected(failure(false, ErrorCode::TooLarge, "the target's answer is over the limit"));
        } catch (const http::http_exception& e) {
            const std::string_view what = e.what();
            const bool before = !headers_came && isBeforeSending(what);
            const bool handshake = what.find("SSL handshake") != std::string_view::npos;
            const char* reason = deadline.passed() || e.error_code() == std::errc::timed_out ? "timed out"
                                 : before                                                    ? "not reached"
                                                                                             : "cut";
            return tl::unexpected(failure(before, handshake ? ErrorCode::Untrusted : ErrorCode::Network, reason));
        } catch (const pplx::task_canceled&) {
            return tl::unexpected(failure(false, ErrorCode::Network, "timed out"));
        }
    } catch (const std::exception&) {
        // A URL that is none, a CA file that cannot be read, no thread to be had: nothing is known of the request, and
        // their texts may hold what was sent.
        return tl::unexpected(failure(false, ErrorCode::Internal, "the HTTP client failed"));
    }
}

}  // namespace fieldclaim::server
