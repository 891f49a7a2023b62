#pragma once

// Private to tests/support/proxy: one connection.
#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>

#include "shared/base/bytes.h"
#include "tests/support/proxy/hostile_proxy.h"

namespace fieldclaim::test {

/// One direction of the line: when its last byte leaves.
struct Line {
    LinkShape shape;
    std::chrono::steady_clock::time_point free_at;
};

struct CountsBoard {
    mutable std::mutex mutex;
    HostileProxy::Counts counts;
    void add(std::uint64_t HostileProxy::Counts::*which, std::uint64_t by = 1) {
        const std::lock_guard lock(mutex);
        counts.*which += by;
    }
};

/// A client's connection and the one to the server that stands for it. Kept alive by what it waits for; all on the
/// proxy's thread. Borrows lines and board.
class Relay : public std::enable_shared_from_this<Relay> {
public:
    using Tcp = boost::asio::ip::tcp;
    using Replay = std::function<void(Bytes)>;

    Relay(Tcp::socket client, ConnectionFate fate, Line& up, Line& down, CountsBoard& board, Replay replay);
    void start(const Tcp::endpoint& server);
    /// Resets both ends.
    void cut();

private:
    enum class Way { Up, Down };
    struct Parcel {
        Bytes bytes;
        std::chrono::steady_clock::time_point due;
    };
    struct Lane {
        Lane(Way in_way, Tcp::socket& in_from, Tcp::socket& in_to, Line& in_line)
            : way(in_way), from(in_from), to(in_to), line(in_line), timer(in_from.get_executor()) {}
        Way way;
        Tcp::socket& from;
        Tcp::socket& to;
        Line& line;
        boost::asio::steady_timer timer;
        std::array<std::uint8_t, 16U << 10U> buffer{};
        std::deque<Parcel> parcels;
        std::size_t held = 0;
        std::uint64_t passed = 0;
        bool reading = false;
        bool writing = false;
        bool ended = false;
    };

    void read(Lane& lane);
    void took(Lane& lane, std::size_t size);
    void send(Lane& lane);
    void endLane(Lane& lane);
    void corrupt(const std::optional<std::uint64_t>& at, const Lane& lane, Bytes& bytes);
    void silence();

    ConnectionFate m_fate;
    CountsBoard& m_board;
    Replay m_replay;
    Tcp::socket m_client;
    Tcp::socket m_server;
    Lane m_up;
    Lane m_down;
    std::chrono::steady_clock::time_point m_opened;
    Bytes m_recorded;
    std::shared_ptr<Relay> m_self;  ///< of a silent one, which waits for nothing and would die of it
    bool m_muted = false;
    bool m_silent = false;
    bool m_cut_when_sent = false;
    bool m_closed = false;
};

}  // namespace fieldclaim::test
