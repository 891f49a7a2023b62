#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <random>

namespace fieldclaim::test {

/// What becomes of one connection. Bytes are counted as they travel, TLS and all; what is not set does not happen.
struct ConnectionFate {
    bool silent = false;                           ///< accepted, and never a word: half-open
    std::optional<std::uint64_t> cut_after_up;     ///< both ends are reset when so many bytes went to the server
    std::optional<std::uint64_t> cut_after_down;   ///< likewise, to the client
    std::optional<std::uint64_t> silent_after_up;  ///< the link dies, and neither end is told
    std::optional<std::uint64_t> mute_after_up;    ///< from then on the server is heard, but not passed on; then cut
    std::optional<std::uint64_t> corrupt_up_at;    ///< one bit of that byte is turned
    std::optional<std::uint64_t> corrupt_down_at;
    bool replayed = false;  ///< when it has ended, its bytes are sent to the server again on another connection
};

/// One line that all connections share, as a tablet's mobile network is.
struct LinkShape {
    std::uint64_t bytes_per_s = 0;            ///< in each direction; 0: as fast as it goes
    std::chrono::milliseconds round_trip{0};  ///< added; a new connection costs one more before its first byte
};

/// A TCP relay on loopback between clients and a server, which does to connections what bad networks and attackers do.
/// It reads nothing of what it carries, so TLS passes through untouched. The n-th connection's fate is drawn by the
/// plan from a seed of its own: the same seed and plan give the same fates. Runs on a thread of its own; methods may be
/// called from any other. Ends with the object, cutting what is open. TCP's slow start is not shaped.
class HostileProxy {
public:
    using Dice = std::mt19937_64;
    /// Called on the proxy's thread; `number` counts from 0.
    using Plan = std::function<ConnectionFate(std::size_t number, Dice& dice)>;
    struct Counts {
        std::uint64_t connections = 0;
        std::uint64_t bytes_up = 0;  ///< taken from clients
        std::uint64_t bytes_down = 0;
        std::uint64_t cut = 0;
        std::uint64_t silenced = 0;
        std::uint64_t replies_lost = 0;
        std::uint64_t corrupted = 0;
        std::uint64_t replayed = 0;
    };

    explicit HostileProxy(std::uint16_t server_port, std::uint64_t seed = 1, LinkShape link = {});
    ~HostileProxy();
    HostileProxy(const HostileProxy&) = delete;
    HostileProxy& operator=(const HostileProxy&) = delete;

    std::uint16_t port() const;
    /// For connections from now on; none: they are relayed as they are.
    void setPlan(Plan plan);
    /// The server's port, when it was started again.
    void leadTo(std::uint16_t server_port);
    void cutAll();
    Counts counts() const;

    /// low to high, both inclusive.
    static std::uint64_t between(Dice& dice, std::uint64_t low, std::uint64_t high) {
        return low + dice() % (high - low + 1);
    }

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

}  // namespace fieldclaim::test
