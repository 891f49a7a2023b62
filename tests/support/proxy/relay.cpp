#include "tests/support/proxy/relay.h"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/asio/socket_base.hpp>
#include <boost/asio/write.hpp>
#include <utility>

namespace fieldclaim::test {
namespace {

namespace net = boost::asio;
using ErrorOf = boost::system::error_code;
using SteadyClock = std::chrono::steady_clock;

constexpr std::size_t kMostHeld = 256U << 10U;  // a router's queue
constexpr std::size_t kShapedPiece = 1'460;     // a packet
constexpr int kSendBuffer = 64 << 10;

}  // namespace

Relay::Relay(Tcp::socket client, ConnectionFate fate, Line& up, Line& down, CountsBoard& board, Replay replay)
    : m_fate(fate),
      m_board(board),
      m_replay(std::move(replay)),
      m_client(std::move(client)),
      m_server(m_client.get_executor()),
      m_up(Way::Up, m_client, m_server, up),
      m_down(Way::Down, m_server, m_client, down),
      m_opened(SteadyClock::now()) {}

void Relay::start(const Tcp::endpoint& server) {
    ErrorOf ignored;
    m_client.set_option(Tcp::no_delay(true), ignored);
    if (m_fate.silent) return silence();
    m_server.async_connect(server, [self = shared_from_this()](const ErrorOf& error) {
        if (error) return self->cut();
        ErrorOf none;
        self->m_server.set_option(Tcp::no_delay(true), none);
        // What a cut takes with it is what is on the line, not what a large buffer holds.
        self->m_server.set_option(net::socket_base::send_buffer_size(kSendBuffer), none);
        self->read(self->m_up);
        self->read(self->m_down);
    });
}

void Relay::read(Lane& lane) {
    if (m_closed || m_silent || lane.ended || lane.reading || lane.held >= kMostHeld) return;
    lane.reading = true;
    const auto most = lane.line.shape.bytes_per_s > 0 ? kShapedPiece : lane.buffer.size();
    lane.from.async_read_some(net::buffer(lane.buffer.data(), most),
                              [self = shared_from_this(), &lane](const ErrorOf& error, std::size_t size) {
                                  lane.reading = false;
                                  if (self->m_closed || self->m_silent) return;
                                  if (size > 0) self->took(lane, size);
                                  if (error == net::error::eof) {
                                      lane.ended = true;
                                      self->endLane(lane);
                                  } else if (error) {
                                      self->cut();
                                  } else {
                                      self->read(lane);
                                  }
                              });
}

void Relay::took(Lane& lane, std::size_t size) {
    const bool up = lane.way == Way::Up;
    Bytes bytes(lane.buffer.begin(), lane.buffer.begin() + static_cast<std::ptrdiff_t>(size));
    const auto& cut_after = up ? m_fate.cut_after_up : m_fate.cut_after_down;
    bool last = false;
    if (cut_after && lane.passed + bytes.size() >= *cut_after) {
        bytes.resize(static_cast<std::size_t>(*cut_after - std::min(*cut_after, lane.passed)));
        last = true;
    }
    corrupt(up ? m_fate.corrupt_up_at : m_fate.corrupt_down_at, lane, bytes);
    lane.passed += bytes.size();
    m_board.add(up ? &HostileProxy::Counts::bytes_up : &HostileProxy::Counts::bytes_down, bytes.size());
    if (up && m_fate.replayed) m_recorded.insert(m_recorded.end(), bytes.begin(), bytes.end());
    if (up && m_fate.silent_after_up && lane.passed >= *m_fate.silent_after_up) return silence();
    if (up && m_fate.mute_after_up && lane.passed >= *m_fate.mute_after_up) m_muted = true;
    if (!up && m_muted) {
        // The server has answered: it holds its effect, and nobody hears of it.
        m_board.add(&HostileProxy::Counts::replies_lost);
        return cut();
    }
    const auto now = SteadyClock::now();
    auto due = now;
    const auto& shape = lane.line.shape;
    if (shape.bytes_per_s > 0) {
        const std::chrono::nanoseconds takes(bytes.size() * 1'000'000'000 / shape.bytes_per_s);
        due = std::max(now, lane.line.free_at) + takes;
        lane.line.free_at = due;
    }
    due += shape.round_trip / 2;
    if (up) due = std::max(due, m_opened + shape.round_trip + shape.round_trip / 2);
    lane.held += bytes.size();
    if (!bytes.empty()) lane.parcels.push_back({std::move(bytes), due});
    if (last) {
        lane.ended = true;
        m_cut_when_sent = true;
        if (lane.parcels.empty()) return cut();
    }
    send(lane);
}

void Relay::corrupt(const std::optional<std::uint64_t>& at, const Lane& lane, Bytes& bytes) {
    if (!at || *at < lane.passed || *at >= lane.passed + bytes.size()) return;
    bytes[static_cast<std::size_t>(*at - lane.passed)] ^= 0x10U;
    m_board.add(&HostileProxy::Counts::corrupted);
}

void Relay::send(Lane& lane) {
    if (m_closed || m_silent || lane.writing || lane.parcels.empty()) return;
    lane.writing = true;
    lane.timer.expires_at(lane.parcels.front().due);
    const auto write = [self = shared_from_this(), &lane](const ErrorOf& error) {
        if (error || self->m_closed || self->m_silent) return;
        net::async_write(lane.to, net::buffer(lane.parcels.front().bytes),
                         [self, &lane](const ErrorOf& failed, std::size_t) {
                             if (self->m_closed || self->m_silent) return;
                             if (failed) return self->cut();
                             lane.held -= lane.parcels.front().bytes.size();
                             lane.parcels.pop_front();
                             lane.writing = false;
                             if (lane.parcels.empty() && lane.ended) return self->endLane(lane);
                             self->send(lane);
                             self->read(lane);
                         });
    };
    if (lane.parcels.front().due <= SteadyClock::now()) {
        write(ErrorOf());
    } else {
        lane.timer.async_wait(write);
    }
}

void Relay::endLane(Lane& lane) {
    if (m_closed || lane.writing || !lane.parcels.empty()) return;
    if (m_cut_when_sent) return cut();
    ErrorOf ignored;
    lane.to.shutdown(Tcp::socket::shutdown_send, ignored);
    if (!m_up.ended || !m_down.ended) return;
    m_closed = true;
    m_client.close(ignored);
    m_server.close(ignored);
    if (m_fate.replayed && m_replay) m_replay(std::move(m_recorded));
}

void Relay::silence() {
    m_silent = true;
    m_self = shared_from_this();
    m_board.add(&HostileProxy::Counts::silenced);
}

void Relay::cut() {
    if (m_closed) return;
    m_closed = true;
    const auto self = std::exchange(m_self, nullptr);
    m_board.add(&HostileProxy::Counts::cut);
    ErrorOf ignored;
    for (auto* socket : {&m_client, &m_server}) {
        socket->set_option(net::socket_base::linger(true, 0), ignored);
        socket->close(ignored);
    }
    m_up.timer.cancel();
    m_down.timer.cancel();
    if (m_fate.replayed && m_replay) m_replay(std::move(m_recorded));
}

}  // namespace fieldclaim::test
