#include "tests/support/proxy/hostile_proxy.h"

#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <future>
#include <list>
#include <thread>

#include "shared/base/result.h"
#include "tests/support/proxy/relay.h"

namespace fieldclaim::test {
namespace {

namespace net = boost::asio;
using Tcp = net::ip::tcp;
using ErrorOf = boost::system::error_code;

constexpr int kShapedBuffer = 16 << 10;

}  // namespace

struct HostileProxy::Impl {
    Impl(std::uint16_t server_port, std::uint64_t in_seed, LinkShape link)
        : seed(in_seed), target(server_port), acceptor(context), up{link, {}}, down{link, {}} {
        const Tcp::endpoint here(net::ip::address_v4::loopback(), 0);
        acceptor.open(here.protocol());
        // A large buffer would take a whole image before the line has carried a byte of it.
        if (link.bytes_per_s > 0) acceptor.set_option(net::socket_base::receive_buffer_size(kShapedBuffer));
        acceptor.bind(here);
        acceptor.listen();
        port = acceptor.local_endpoint().port();
        accept();
        thread = std::thread([this] { context.run(); });
    }
    ~Impl() {
        onThread([this] {
            ErrorOf ignored;
            acceptor.close(ignored);
            cutAll();
        });
        context.stop();
        thread.join();
    }

    template <typename Work>
    void onThread(Work work) {
        std::promise<void> done;
        net::post(context, [&] {
            work();
            done.set_value();
        });
        done.get_future().wait();
    }

    void accept() {
        acceptor.async_accept([this](const ErrorOf& error, Tcp::socket socket) {
            if (error == net::error::operation_aborted) return;
            if (!error) begin(std::move(socket));
            accept();
        });
    }

    void begin(Tcp::socket socket) {
        const auto number = connections++;
        board.add(&Counts::connections);
        Dice dice(seed + number * 0x9E3779B97F4A7C15ULL);
        auto relay = std::make_shared<Relay>(std::move(socket), plan ? plan(number, dice) : ConnectionFate(), up, down,
                                             board, [this](Bytes bytes) { replay(std::move(bytes)); });
        relays.remove_if([](const std::weak_ptr<Relay>& each) { return each.expired(); });
        relays.push_back(relay);
        relay->start(Tcp::endpoint(net::ip::address_v4::loopback(), target));
    }

    void replay(Bytes bytes) {
        if (bytes.empty()) return;
        const auto socket = std::make_shared<Tcp::socket>(context);
        const auto kept = std::make_shared<Bytes>(std::move(bytes));
        socket->async_connect(
            Tcp::endpoint(net::ip::address_v4::loopback(), target), [this, socket, kept](const ErrorOf& error) {
                if (error) return;
                net::async_write(*socket, net::buffer(*kept), [this, socket, kept](const ErrorOf&, std::size_t) {
                    ErrorOf ignored;
                    socket->shutdown(Tcp::socket::shutdown_send, ignored);
                    board.add(&Counts::replayed);
                    listen(socket, kept);
                });
            });
    }
    // What it is answered is of no interest, but a server is heard out.
    static void listen(const std::shared_ptr<Tcp::socket>& socket, const std::shared_ptr<Bytes>& into) {
        into->resize(4'096);
        socket->async_read_some(net::buffer(*into), [socket, into](const ErrorOf& error, std::size_t) {
            if (!error) listen(socket, into);
        });
    }

    void cutAll() {
        for (const auto& each : relays) {
            if (const auto relay = each.lock()) relay->cut();
        }
        relays.clear();
    }

    const std::uint64_t seed;
    std::uint16_t target;
    net::io_context context;
    Tcp::acceptor acceptor;
    Line up;
    Line down;
    CountsBoard board;
    Plan plan;
    std::size_t connections = 0;
    std::list<std::weak_ptr<Relay>> relays;
    std::uint16_t port = 0;
    std::thread thread;
};

HostileProxy::HostileProxy(std::uint16_t server_port, std::uint64_t seed, LinkShape link)
    : m_impl(std::make_unique<Impl>(server_port, seed, link)) {}
HostileProxy::~HostileProxy() = default;

std::uint16_t HostileProxy::port() const { return m_impl->port; }
void HostileProxy::setPlan(Plan plan) {
    m_impl->onThread([&] { m_impl->plan = std::move(plan); });
}
void HostileProxy::leadTo(std::uint16_t server_port) {
    m_impl->onThread([&] { m_impl->target = server_port; });
}
void HostileProxy::cutAll() {
    m_impl->onThread([&] { m_impl->cutAll(); });
}
HostileProxy::Counts HostileProxy::counts() const {
    const std::lock_guard lock(m_impl->board.mutex);
    return m_impl->board.counts;
}

}  // namespace fieldclaim::test
