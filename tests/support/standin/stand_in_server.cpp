#include "tests/support/standin/stand_in_server.h"

#include <utility>

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <chrono>
#include <condition_variable>

#include "shared/base/text.h"

namespace fieldclaim::standin {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using tcp = asio::ip::tcp;

std::string lower(std::string_view text) {
    std::string out(text);
    for (auto& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

}  // namespace

struct StandInServer::Impl {
    explicit Impl(ProcessingStandIn& s) : stand_in(s), acceptor(context) {}

    ProcessingStandIn& stand_in;  // borrowed: outlives the server
    asio::io_context context;
    tcp::acceptor acceptor;
    std::thread accepting;
    std::mutex mutex;  // guards connections and stopping
    std::condition_variable stop_asked;
    bool stopping = false;
    struct Connection {
        explicit Connection(asio::io_context& c) : socket(c) {}
        tcp::socket socket;
        std::thread thread;
        bool done = false;
    };
    std::list<Connection> connections;

    /// True when the server is stopping.
    bool wait(std::int64_t ms) {
        std::unique_lock lock(mutex);
        return stop_asked.wait_for(lock, std::chrono::milliseconds(ms), [this] { return stopping; });
    }

    void acceptAll() {
        for (;;) {
            tcp::socket socket(context);
            boost::system::error_code error;
            acceptor.accept(socket, error);
            const std::lock_guard lock(mutex);
            if (stopping) return;
            // A thread that is done needs the lock no more, so joining it here does not wait.
            connections.remove_if([](Connection& connection) {
                if (connection.done) connection.thread.join();
                return connection.done;
            });
            if (error) continue;
            auto& connection = connections.emplace_back(context);
            connection.socket = std::move(socket);
            connection.thread = std::thread([this, &connection] { serve(connection); });
        }
    }

    void serve(Connection& connection) {
        auto& socket = connection.socket;
        boost::beast::flat_buffer buffer;
        http::request_parser<http::string_body> parser;
        parser.body_limit(16U << 20U);
        boost::system::error_code error;
        http::read(socket, buffer, parser, error);
        if (!error) reply(socket, parser.get());
        const std::lock_guard lock(mutex);
        socket.shutdown(tcp::socket::shutdown_both, error);
        socket.close(error);
        connection.done = true;
    }

    void reply(tcp::socket& socket, const http::request<http::string_body>& in) {
        StandInRequest request;
        request.method = std::string(in.method_string());
        const std::string target(in.target());
        const auto mark = target.find('?');
        request.path = target.substr(0, mark);
        if (mark != std::string::npos) request.query = target.substr(mark + 1);
        for (const auto& field : in)
            request.headers[lower(std::string(field.name_string()))] = std::string(field.value());
        request.body = in.body();

        const auto out = stand_in.handle(request);
        if (out.action == StandInReply::Do::Cut) return;
        if (out.action == StandInReply::Do::Hang) {
            wait(out.delay_ms);
            return;
        }
        if (out.delay_ms > 0 && wait(out.delay_ms)) return;
        http::response<http::string_body> response(static_cast<http::status>(out.status), 11);
        response.set(http::field::content_type, "application/json");
        response.set(http::field::connection, "close");
        for (const auto& [name, value] : out.headers) response.set(name, value);
        response.body() = out.body;
        response.prepare_payload();
        boost::system::error_code error;
        http::write(socket, response, error);
        socket.shutdown(tcp::socket::shutdown_send, error);
        if (!out.callback_body.empty() && !wait(stand_in.decideMs()))
            callBack(stand_in.callbackUrl(), out.callback_body);
    }

    /// POSTs to "http://127.0.0.1:port/path"; a target that cannot reach us says nothing, and neither does this.
    void callBack(const std::string& url, const std::string& body) {
        const auto parts = split(url, '/');  // "http:", "", "host:port", "path"…
        if (parts.size() < 4 || parts[0] != "http:") return;
        const auto place = split(parts[2], ':');
        boost::system::error_code error;
        tcp::resolver resolver(context);
        const auto found = resolver.resolve(place[0], place.size() > 1 ? place[1] : "80", error);
        if (error) return;
        tcp::socket socket(context);
        asio::connect(socket, found, error);
        if (error) return;
        http::request<http::string_body> request(http::verb::post, url.substr(url.find(parts[2]) + parts[2].size()),
                                                 11);
        request.set(http::field::host, parts[2]);
        request.set(http::field::content_type, "application/json");
        request.set(http::field::connection, "close");
        request.body() = body;
        request.prepare_payload();
        http::write(socket, request, error);
        boost::beast::flat_buffer buffer;
        http::response<http::string_body> response;
        if (!error) http::read(socket, buffer, response, error);
    }

    void stop() {
        {
            const std::lock_guard lock(mutex);
            stopping = true;
        }
        stop_asked.notify_all();
        boost::system::error_code error;
        // Closing an acceptor does not wake a thread that blocks in accept; a connection does.
        tcp::socket knock(context);
        knock.connect(acceptor.local_endpoint(error), error);
        if (accepting.joinable()) accepting.join();
        acceptor.close(error);
        {
            const std::lock_guard lock(mutex);
            for (auto& connection : connections) connection.socket.shutdown(tcp::socket::shutdown_both, error);
        }
        for (auto& connection : connections) connection.thread.join();
    }
};

StandInServer::StandInServer(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
StandInServer::~StandInServer() { m_impl->stop(); }

Result<std::unique_ptr<StandInServer>> StandInServer::start(ProcessingStandIn& stand_in, std::uint16_t port) {
    auto impl = std::make_unique<Impl>(stand_in);
    boost::system::error_code error;
    const tcp::endpoint endpoint(asio::ip::address_v4::loopback(), port);
    impl->acceptor.open(endpoint.protocol(), error);
    if (!error) impl->acceptor.set_option(asio::socket_base::reuse_address(true), error);
    if (!error) impl->acceptor.bind(endpoint, error);
    if (!error) impl->acceptor.listen(asio::socket_base::max_listen_connections, error);
    if (error) return fail(ErrorCode::Network, "cannot listen on port " + std::to_string(port));
    impl->accepting = std::thread([raw = impl.get()] { raw->acceptAll(); });
    return std::unique_ptr<StandInServer>(new StandInServer(std::move(impl)));
}

std::uint16_t StandInServer::port() const { return m_impl->acceptor.local_endpoint().port(); }
std::string StandInServer::url() const { return "http://127.0.0.1:" + std::to_string(port()); }

}  // namespace fieldclaim::standin
