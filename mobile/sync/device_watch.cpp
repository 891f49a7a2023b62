#include "mobile/sync/device_watch.h"

#include <algorithm>
#include <optional>

#include "mobile/sync/http_reply.h"

namespace fieldclaim::tablet {
namespace {

constexpr int kTimer = 1;
constexpr std::int64_t kFirstRetryMs = 1'000;
constexpr std::int64_t kLastRetryMs = 300'000;
constexpr std::int64_t kPollMs = 60'000;
constexpr std::int64_t kReleasePollMs = 5'000;
constexpr std::int64_t kSessionMarginMs = 30'000;
constexpr std::int64_t kDeadlineMs = 30'000;
constexpr std::size_t kMostReplyBytes = 64U << 10U;
constexpr std::uint64_t kMostRetryAfterSeconds = 3'600;

enum class Kind { Nonce, Session, Orders };

std::int64_t retryAfterMs(const ReplyHeaders& headers) {
    const auto seconds = std::min(numberAt(headers, "retry-after").value_or(0), kMostRetryAfterSeconds);
    return static_cast<std::int64_t>(seconds) * 1'000;
}

}  // namespace

struct DeviceWatch::Impl {
    Impl(const WatchIdentity& who, Random& from) : identity(who), random(from) {}

    WatchIdentity identity;
    Random& random;
    std::vector<WatchAction> actions;
    std::int64_t now = 0;

    bool started = false;
    bool online = true;
    bool on = false;
    bool wiped = false;
    bool told = false;
    std::optional<std::uint64_t> pending;
    std::optional<ReleaseRequest> release;
    ReleaseState release_said = ReleaseState::None;

    struct Request {
        std::uint64_t id = 0;
        Kind kind = Kind::Nonce;
    };
    std::optional<Request> waiting;
    std::uint64_t last_request = 0;
    Bytes nonce;
    std::string token;
    std::int64_t token_until = 0;
    std::int64_t next_at = 0;
    int failures = 0;
    std::optional<bool> reached;

    bool isWanted() const { return started && online && !told && (on || wiped); }

    void send(Kind kind, std::string path, const Bytes& message) {
        waiting = Request{++last_request, kind};
        std::map<std::string, std::string> headers{{"Content-Type", std::string(kCborType)},
                                                   {"Accept", std::string(kCborType)}};
        if (kind == Kind::Orders) headers["Authorization"] = "Bearer " + token;
        actions.push_back(
            Send{last_request, "POST", std::move(path), std::move(headers), message, kDeadlineMs, kMostReplyBytes});
    }

    void wait(std::int64_t ms) {
        next_at = now + ms;
        actions.push_back(SetTimer{kTimer, ms});
    }
    void backOff(std::int64_t at_least_ms = 0) {
        auto delay = std::min(kLastRetryMs, kFirstRetryMs << std::min(failures, 9));
        ++failures;
        delay =
            delay - delay / 4 + static_cast<std::int64_t>(random.next() % static_cast<std::uint64_t>(delay / 2 + 1));
        wait(std::max(delay, at_least_ms));
    }
    void setReached(bool now_reached) {
        if (reached == now_reached) return;
        reached = now_reached;
        actions.push_back(Reached{now_reached});
    }

    void advance() {
        if (!isWanted()) {
            if (waiting) actions.push_back(CancelRequest{waiting->id});
            waiting.reset();
            if (started) actions.push_back(SetTimer{kTimer, -1});
            return;
        }
        if (waiting || now < next_at) return;
        if (token.empty() || now >= token_until - kSessionMarginMs) {
            SessionRequest request;
            request.device = identity.device;
            if (nonce.empty()) return send(Kind::Nonce, "/v1/sessions", encode(request));
            request.nonce = std::exchange(nonce, Bytes());
            request.signature = signEd25519(identity.device_secret,
                                            sessionMessage(identity.device, request.nonce, identity.ca_key_hash));
            return send(Kind::Session, "/v1/sessions", encode(request));
        }
        send(Kind::Orders, "/v1/device/orders", encode(DeviceOrdersRequest{pending, release, wiped}));
    }

    void replied(const Replied& reply) {
        if (!waiting || waiting->id != reply.request) return;
        const auto kind = waiting->kind;
        waiting.reset();
        setReached(true);
        if (!isGood(reply.status)) return refused(kind, reply);
        if (kind == Kind::Orders) return ordersCame(reply.body);
        const auto message = decode<SessionReply>(reply.body);
        if (kind == Kind::Nonce && message && !message->nonce.empty()) {
            nonce = message->nonce;
        } else if (kind == Kind::Session && message && !message->token.empty()) {
            token = message->token;
            token_until = now + message->lasts_ms;
        } else {
            backOff();
        }
    }

    void refused(Kind kind, const Replied& reply) {
        if (reply.status == kNotSignedIn) {
            token.clear();
            nonce.clear();
            return backOff();
        }
        if (reply.status == kNotAllowed && kind == Kind::Session && wiped) {
            // The server knows no such tablet any more: there is nobody left to tell.
            told = true;
            actions.push_back(WipeTold{});
            return;
        }
        backOff(reply.status == kNotAllowed ? kLastRetryMs : retryAfterMs(reply.headers));
    }

    void ordersCame(const Bytes& body) {
        const auto message = decode<DeviceOrdersReply>(body);
        if (!message) return backOff();
        failures = 0;
        if (wiped) {
            told = true;
            actions.push_back(WipeTold{});
            return;
        }
        OrdersCame orders;
        for (const auto& order : message->orders) {
            orders.lock = orders.lock || order == kLockOrder;
            orders.wipe = orders.wipe || order == kWipeOrder;
        }
        actions.push_back(orders);
        if (release && message->release != release_said) {
            release_said = message->release;
            actions.push_back(ReleaseCame{message->release, message->sealed});
            if (message->release != ReleaseState::Waiting) release.reset();
        }
        const auto poll = release ? kReleasePollMs : kPollMs;
        wait(poll - poll / 16 + static_cast<std::int64_t>(random.next() % static_cast<std::uint64_t>(poll / 8)));
    }
};

DeviceWatch::DeviceWatch(const WatchIdentity& identity, Random& random)
    : m_impl(std::make_unique<Impl>(identity, random)) {}
DeviceWatch::~DeviceWatch() = default;

std::vector<WatchAction> DeviceWatch::step(const WatchEvent& event) {
    auto& impl = *m_impl;
    impl.actions.clear();
    impl.now = event.now_ms;
    std::visit(
        [&](const auto& what) {
            using What = std::decay_t<decltype(what)>;
            if constexpr (std::is_same_v<What, Started>) {
                impl.started = true;
            } else if constexpr (std::is_same_v<What, NetworkChanged>) {
                if (what.online && !impl.online) impl.next_at = 0;
                impl.online = what.online;
            } else if constexpr (std::is_same_v<What, WatchChanged>) {
                if (what.on && !impl.on) impl.next_at = 0;
                impl.on = what.on;
            } else if constexpr (std::is_same_v<What, PendingKnown>) {
                impl.pending = what.change_sets;
            } else if constexpr (std::is_same_v<What, ReleaseAsked>) {
                impl.release = what.request;
                impl.release_said = ReleaseState::None;
                impl.next_at = 0;
            } else if constexpr (std::is_same_v<What, ReleaseDropped>) {
                impl.release.reset();
            } else if constexpr (std::is_same_v<What, StoreWiped>) {
                impl.wiped = true;
                impl.release.reset();
                impl.next_at = 0;
            } else if constexpr (std::is_same_v<What, TimerFired>) {
                impl.next_at = 0;
            } else if constexpr (std::is_same_v<What, Replied>) {
                impl.replied(what);
            } else if (impl.waiting && impl.waiting->id == what.request) {
                impl.waiting.reset();
                impl.setReached(false);
                impl.backOff();
            }
        },
        event.what);
    impl.advance();
    return std::move(impl.actions);
}

}  // namespace fieldclaim::tablet
