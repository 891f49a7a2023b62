#include "mobile/sync/sync_engine.h"

#include <algorithm>
#include <optional>
#include <set>

#include "mobile/sync/http_reply.h"
#include "mobile/sync/uploader.h"
#include "shared/wire/cbor.h"
#include "shared/wire/compression.h"

namespace fieldclaim::tablet {
namespace {

constexpr int kRetryTimer = 1;
constexpr int kPollTimer = 2;
constexpr int kSavedTimer = 3;
constexpr int kWatchTimer = 4;

constexpr std::int64_t kFirstRetryMs = 1'000;
constexpr std::int64_t kLastRetryMs = 300'000;
constexpr std::int64_t kPollMs = 60'000;
constexpr std::int64_t kFirstNewsPollMs = 2'000;
constexpr std::int64_t kLastNewsPollMs = 15'000;
constexpr std::int64_t kSavedDelayMs = 500;  // fields left quickly one after another go together
constexpr std::int64_t kStallMs = 300'000;
constexpr std::int64_t kWatchMs = 60'000;
constexpr std::int64_t kSessionMarginMs = 30'000;
constexpr std::int64_t kShortDeadlineMs = 30'000;
constexpr std::int64_t kLongDeadlineMs = 120'000;

constexpr std::size_t kFirstPushBytes = 256U << 10U;
constexpr std::size_t kLeastPushBytes = 16U << 10U;
constexpr std::size_t kMostReplyBytes = 16U << 20U;
constexpr std::size_t kMostDownloadBytes = 32U << 20U;
constexpr int kMostGaps = 3;

enum class Kind { Nonce, Session, Hello, Push, Upload, Pack, Pull, Download };

}  // namespace

struct SyncEngine::Impl {
    Impl(SyncStore& in_store, Random& in_random) : store(in_store), random(in_random), uploader(in_store) {}

    SyncStore& store;
    Random& random;
    std::vector<Action> actions;
    std::int64_t now = 0;
    std::int64_t wall = 0;

    bool started = false;
    bool online = true;
    bool paused = false;
    bool open = true;

    struct Request {
        std::uint64_t id = 0;
        Kind kind = Kind::Nonce;
    };
    std::optional<Request> waiting;
    std::uint64_t last_request = 0;

    Bytes nonce;
    std::vector<Uuid> registering;
    std::set<Uuid> refused_authors;  // a code lives through few wrong tries: the same one is not tried again
    std::string token;
    std::int64_t token_until = 0;
    std::int64_t token_since = 0;

    bool hello_done = false;
    bool epoch_doubted = false;
    std::vector<PackInfo> packs;
    std::vector<std::string> orders;
    std::map<std::pair<Uuid, std::uint32_t>, std::uint64_t> server_heads;
    std::set<std::pair<Uuid, std::uint32_t>> forks;

    Outbox sent;
    std::size_t push_bytes = kFirstPushBytes;
    std::size_t most_push_bytes = kMaxPushBytes;
    int gaps = 0;
    bool saved_lately = false;

    Uploader uploader;

    bool pull_due = true;
    bool pull_refused = false;
    int fresh_pulls = 0;  // since hello: a server that never agrees with itself is not asked without end
    Hash wanted{};

    int failures = 0;
    std::int64_t wait_until = 0;
    std::int64_t news_poll_ms = kFirstNewsPollMs;
    std::int64_t progress_at = 0;
    SyncPhase trouble = SyncPhase::Waiting;
    ErrorCode trouble_code = ErrorCode::Network;

    SyncStatus status;
    SyncStatus told;
    bool told_once = false;

    // -- asking

    void send(Kind kind, std::string method, std::string path, Bytes body, std::map<std::string, std::string> headers,
              std::int64_t deadline_ms, std::size_t most = kMostReplyBytes) {
        waiting = Request{++last_request, kind};
        if (kind != Kind::Nonce && kind != Kind::Session) headers["Authorization"] = "Bearer " + token;
        actions.push_back(Send{last_request, std::move(method), std::move(path), std::move(headers), std::move(body),
                               deadline_ms, most});
    }
    void sendMessage(Kind kind, std::string path, const Bytes& message, std::int64_t deadline_ms) {
        send(kind, "POST", std::move(path), deflateBytes(message),
             {{"Content-Type", std::string(kCborType)},
              {"Content-Encoding", "deflate"},
              {"Accept", std::string(kCborType)}},
             deadline_ms);
    }
    void setTimer(int timer, std::int64_t delay_ms) { actions.push_back(SetTimer{timer, delay_ms}); }

    // -- trouble

    void waitMs(std::int64_t delay_ms) {
        wait_until = now + delay_ms;
        setTimer(kRetryTimer, delay_ms);
    }
    /// 1 s, doubling to 5 min, give or take a quarter: a thousand tablets do not come back together (hazard H39).
    void backOff(SyncPhase phase, ErrorCode code, std::optional<std::uint64_t> after_seconds = std::nullopt) {
        auto delay = std::min(kLastRetryMs, kFirstRetryMs << std::min(failures, 9));
        ++failures;
        const auto jitter = static_cast<std::int64_t>(random.next() % static_cast<std::uint64_t>(delay / 2 + 1));
        delay = delay - delay / 4 + jitter;
        if (after_seconds) {
            const auto asked = static_cast<std::int64_t>(std::min<std::uint64_t>(*after_seconds, 3'600)) * 1'000;
            delay = std::max(
                delay, asked + static_cast<std::int64_t>(random.next() % static_cast<std::uint64_t>(asked / 4 + 1)));
        }
        trouble = phase;
        trouble_code = code;
        waitMs(delay);
    }
    void storeFailed(const Error& error) { backOff(SyncPhase::StoreFailed, error.code); }
    /// False, and the engine waits, when the store could not.
    bool kept(const Status& result) {
        if (!result) storeFailed(result.error());
        return result.has_value();
    }
    void succeeded() {
        failures = 0;
        wait_until = 0;
        status.last_contact_ms = wall;
    }
    void dropRequest() {
        if (waiting) actions.push_back(CancelRequest{waiting->id});
        waiting.reset();
        static_cast<void>(uploader.step(UploadsStopped{}));
    }
    void beginAgain() {
        token.clear();
        nonce.clear();
        hello_done = false;
    }

    // -- choosing what comes next

    void advance() {
        if (!started || paused || !open) {
            dropRequest();
            for (const int timer : {kRetryTimer, kPollTimer, kSavedTimer, kWatchTimer}) setTimer(timer, -1);
            setPhase(SyncPhase::Off);
            return;
        }
        if (!online) {
            dropRequest();
            setTimer(kPollTimer, -1);
            setPhase(SyncPhase::Offline);
            return;
        }
        if (waiting) return;
        if (now < wait_until) {
            setPhase(trouble);
            return;
        }
        if (auto next = choose(); !next) storeFailed(next.error());
        if (!waiting && now < wait_until) setPhase(trouble);
    }

    Status choose() {
        if (token.empty() || now >= token_until - kSessionMarginMs) {
            setPhase(SyncPhase::SigningIn);
            return openSession();
        }
        if (!hello_done) return hello();
        ASSIGN(const auto counts, store.counts());
        if (counts.sendable > 0 && !saved_lately) {
            setPhase(SyncPhase::Sending);
            return push();
        }
        if (!orders.empty() && counts.sendable == 0) {
            // A wipe is told when what the officer saved is safe with the server.
            for (const auto& order : std::exchange(orders, {})) actions.push_back(Order{order});
        }
        if (uploader.underWay() || counts.blobs_waiting > 0) {
            ASSIGN(const bool asked, uploadNext());
            if (asked) return {};
        }
        if (!packs.empty()) {
            setPhase(SyncPhase::Receiving);
            send(Kind::Pack, "GET", "/v1/packs/" + packs.front().id, {}, {}, kLongDeadlineMs);
            return {};
        }
        if (pull_due && !pull_refused) {
            setPhase(SyncPhase::Receiving);
            return pull();
        }
        if (!pull_refused) {
            ASSIGN(const auto download, store.nextDownload());
            if (download) {
                wanted = *download;
                setPhase(SyncPhase::Receiving);
                send(Kind::Download, "GET", "/v1/blobs/" + toHex(wanted), {}, {}, kLongDeadlineMs, kMostDownloadBytes);
                return {};
            }
        }
        rest(counts);
        return {};
    }

    void rest(const SyncCounts& counts) {
        setPhase(pull_refused ? SyncPhase::Refused : SyncPhase::UpToDate);
        if (counts.news_expected && !pull_refused) {
            setTimer(kPollTimer, news_poll_ms);
            news_poll_ms = std::min(kLastNewsPollMs, news_poll_ms * 3 / 2);
        } else {
            const auto jitter = static_cast<std::int64_t>(random.next() % (kPollMs / 8));
            setTimer(kPollTimer, kPollMs - kPollMs / 16 + jitter);
        }
    }

    Status openSession() {
        ASSIGN(const auto who, store.identity());
        SessionRequest request;
        request.device = who.device;
        if (nonce.empty()) {
            sendMessage(Kind::Nonce, "/v1/sessions", encode(request), kShortDeadlineMs);
            return {};
        }
        request.nonce = nonce;
        request.signature = signEd25519(who.device_secret, sessionMessage(who.device, nonce, who.ca_key_hash));
        if (who.store_secret) {
            request.store_key = KeyPair::fromSecret(*who.store_secret).public_key;
            request.store_signature = signEd25519(*who.store_secret, storeMessage(who.device, nonce, who.ca_key_hash));
        }
        registering.clear();
        ASSIGN(const auto authors, store.unregisteredAuthors());
        for (const auto& author : authors) {
            if (refused_authors.contains(author.author)) continue;
            auto signature =
                store.signAsAuthor(author.author, authorMessage(author.author, author.officer, nonce, who.ca_key_hash));
            if (!signature) continue;
            request.authors.push_back(
                {author.author, author.officer, author.code, author.author_key, std::move(*signature)});
            registering.push_back(author.author);
        }
        nonce.clear();
        sendMessage(Kind::Session, "/v1/sessions", encode(request), kShortDeadlineMs);
        return {};
    }

    Status hello() {
        ASSIGN(const auto who, store.identity());
        ASSIGN(auto position, store.position());
        HelloRequest request;
        request.app = who.app;
        request.epoch = position.epoch;
        request.heads = std::move(position.heads);
        request.cursors = std::move(position.cursors);
        request.pending = position.pending;
        sendMessage(Kind::Hello, "/v1/sync/hello", encode(request), kShortDeadlineMs);
        return {};
    }

    Status push() {
        ASSIGN(const auto position, store.pullPosition());
        ASSIGN(sent, store.outbox(push_bytes));
        if (sent.segments.empty()) return fail(ErrorCode::Internal, "counts and outbox differ");
        PushRequest request;
        request.epoch = position.epoch;
        request.keys = sent.keys;
        request.segments = sent.segments;
        sendMessage(Kind::Push, "/v1/sync/push", encode(request), kLongDeadlineMs);
        return {};
    }

    Status pull() {
        ASSIGN(auto position, store.pullPosition());
        PullRequest request;
        request.epoch = position.epoch;
        request.cursors = std::move(position.cursors);
        request.full = position.full;
        sendMessage(Kind::Pull, "/v1/sync/pull", encode(request), kLongDeadlineMs);
        return {};
    }

    /// False when no image is to be sent now.
    Result<bool> uploadNext() {
        TRY(uploads(UploadTurn{}));
        if (waiting) setPhase(SyncPhase::SendingImages);
        return waiting.has_value();
    }

    Status uploads(const UploadEvent& event) {
        ASSIGN(auto asked, uploader.step(event));
        if (asked.moved) succeeded();
        if (!asked.done.empty()) {
            actions.push_back(ClaimsChanged{std::move(asked.done)});
            progress_at = now;
        }
        if (asked.wait) backOff(SyncPhase::Waiting, *asked.wait);
        if (asked.send) {
            send(Kind::Upload, std::move(asked.send->method), std::move(asked.send->path), std::move(asked.send->body),
                 std::move(asked.send->headers), asked.send->deadline_ms);
        }
        status.blob_sent = uploader.sent();
        status.blob_size = uploader.size();
        return {};
    }

    // -- answers

    void replied(const Replied& reply) {
        if (!waiting || waiting->id != reply.request) return;
        const auto kind = waiting->kind;
        waiting.reset();
        if (!isGood(reply.status)) {
            refused(kind, reply);
            return;
        }
        Status result;
        switch (kind) {
            case Kind::Nonce:
                result = nonceCame(reply);
                break;
            case Kind::Session:
                result = sessionCame(reply);
                break;
            case Kind::Hello:
                result = helloCame(reply);
                break;
            case Kind::Push:
                result = pushCame(reply);
                break;
            case Kind::Upload:
                result = uploads(reply);
                break;
            case Kind::Pack:
                result = packCame(reply);
                break;
            case Kind::Pull:
                result = pullCame(reply);
                break;
            case Kind::Download:
                result = downloadCame(reply);
                break;
        }
        if (!result) {
            // A reply that is not understood is the server's fault, all else the store's.
            if (result.error().code == ErrorCode::BadInput) {
                backOff(SyncPhase::Waiting, ErrorCode::BadInput);
            } else {
                storeFailed(result.error());
            }
        }
    }

    Status nonceCame(const Replied& reply) {
        ASSIGN(const auto message, decode<SessionReply>(reply.body));
        if (message.nonce.empty()) return fail(ErrorCode::BadInput, "a session without a nonce");
        nonce = message.nonce;
        return {};
    }

    Status sessionCame(const Replied& reply) {
        ASSIGN(const auto message, decode<SessionReply>(reply.body));
        if (message.token.empty()) return fail(ErrorCode::BadInput, "a session without a token");
        token = message.token;
        token_since = now;
        token_until = now + message.lasts_ms;
        hello_done = false;
        for (const auto& author : registering) {
            const auto refusal = message.refused.find(author.text());
            if (refusal == message.refused.end()) {
                TRY(store.authorRegistered(author));
            } else {
                refused_authors.insert(author);
                TRY(store.authorRefused(author, refusal->second));
                actions.push_back(OfficerRefused{author, refusal->second});
            }
        }
        return {};
    }

    Status helloCame(const Replied& reply) {
        ASSIGN(const auto message, decode<HelloReply>(reply.body));
        ASSIGN(const auto before, store.position());
        if (!before.epoch.isNil() && before.epoch != message.epoch) {
            TRY(store.epochChanged(message.epoch));
            server_heads.clear();
        } else if (epoch_doubted) {
            TRY(store.beginFreshPull());
        }
        epoch_doubted = false;
        ASSIGN(const auto others, store.helloReceived(message, wall));
        for (const auto& head : message.received) server_heads[{head.author, head.incarnation}] = head.counter;
        for (const auto& head : others) TRY(forkFound(head.author, head.incarnation));
        ASSIGN(packs, store.packsToFetch(message.packs));
        orders.clear();
        for (const auto& order : message.orders) {
            if (order == "wipe") {
                orders.push_back(order);
            } else {
                actions.push_back(Order{order});
            }
        }
        most_push_bytes =
            std::max<std::size_t>(kLeastPushBytes, std::min<std::size_t>(kMaxPushBytes, message.max_push_bytes));
        push_bytes = std::min(push_bytes, most_push_bytes);
        hello_done = true;
        pull_due = true;
        pull_refused = false;
        fresh_pulls = 0;
        actions.push_back(OfficersChanged{});
        succeeded();
        return {};
    }

    Status forkFound(const Uuid& author, std::uint32_t incarnation) {
        if (!forks.insert({author, incarnation}).second) return {};
        TRY(store.forked(author, incarnation));
        actions.push_back(Forked{author});
        return {};
    }

    Status pushCame(const Replied& reply) {
        ASSIGN(const auto message, decode<PushReply>(reply.body));
        if (message.results.size() != sent.segments.size())
            return fail(ErrorCode::BadInput, "push: another number of results");
        ASSIGN(const auto before, store.counts());
        TRY(store.pushReceived(sent, message));
        bool gap = false;
        for (const auto& result : message.results) {
            server_heads[{result.author, result.incarnation}] = result.through;
            gap = gap || result.outcome == PushOutcome::Gap;
            if (result.outcome == PushOutcome::Fork) TRY(forkFound(result.author, result.incarnation));
        }
        ASSIGN(const auto after, store.counts());
        actions.push_back(ClaimsChanged{claimsOf(sent)});
        sent = Outbox();
        gaps = gap ? gaps + 1 : 0;
        if (gaps > kMostGaps ||
            (!gap && after.sendable >= before.sendable && after.acknowledged <= before.acknowledged)) {
            backOff(SyncPhase::Waiting, ErrorCode::Conflict);
            return {};
        }
        if (after.acknowledged > before.acknowledged) progress_at = now;
        push_bytes = std::min(most_push_bytes, push_bytes * 2);
        pull_due = true;
        news_poll_ms = kFirstNewsPollMs;
        succeeded();
        return {};
    }

    static std::vector<std::string> claimsOf(const Outbox& outbox) {
        std::set<std::string> claims;
        for (const auto& segment : outbox.segments) {
            for (const auto& bytes : segment.change_sets) {
                const auto raw = splitChangeSet(bytes);
                if (!raw) continue;
                if (const auto header = decodeHeader(raw->header_bytes)) claims.insert(header->claim);
            }
        }
        return {claims.begin(), claims.end()};
    }

    Status packCame(const Replied& reply) {
        const auto pack = packs.front();
        packs.erase(packs.begin());
        if (sha256(reply.body) != pack.digest) return fail(ErrorCode::BadInput, "a pack that is not what hello said");
        TRY(store.packReceived(pack, reply.body));
        actions.push_back(PackArrived{pack.id});
        succeeded();
        return {};
    }

    Status pullCame(const Replied& reply) {
        ASSIGN(const auto message, decode<PullReply>(reply.body));
        ASSIGN(const auto position, store.pullPosition());
        if (message.epoch != position.epoch) {
            epoch_doubted = true;
            hello_done = false;
            return {};
        }
        ASSIGN(auto outcome, store.pullReceived(message));
        pull_due = message.more;
        succeeded();
        if (!outcome.claims.empty()) {
            actions.push_back(ClaimsChanged{std::move(outcome.claims)});
            news_poll_ms = kFirstNewsPollMs;
        }
        if (outcome.fresh_needed) {
            if (++fresh_pulls > 2) {
                backOff(SyncPhase::Waiting, ErrorCode::Damaged);
                return {};
            }
            TRY(store.beginFreshPull());
            pull_due = true;
        }
        return {};
    }

    Status downloadCame(const Replied& reply) {
        succeeded();
        if (sha256(reply.body) != wanted) return store.downloadRefused(wanted);
        return store.downloaded(wanted, reply.body);
    }

    // -- refusals and failures

    void refused(Kind kind, const Replied& reply) {
        if (const auto handled = refusedOf(kind, reply); !handled) storeFailed(handled.error());
    }

    Status refusedOf(Kind kind, const Replied& reply) {
        const int code = reply.status;
        if (code == kNotSignedIn) {
            const bool at_once = kind != Kind::Nonce && kind != Kind::Session && now - token_since > kFirstRetryMs;
            beginAgain();
            if (!at_once) backOff(SyncPhase::Waiting, ErrorCode::NotSignedIn);
            return {};
        }
        if (code == kTooMany || code == kNotAvailable) {
            backOff(SyncPhase::Waiting, ErrorCode::Busy, numberAt(reply.headers, "retry-after"));
            return {};
        }
        switch (kind) {
            case Kind::Nonce:
            case Kind::Session:
                if (code == kNotAllowed) {
                    backOff(SyncPhase::Refused, ErrorCode::NotAllowed, kLastRetryMs / 1'000);
                    return {};
                }
                break;
            case Kind::Hello:
                if (code == errorInfo(ErrorCode::Unsupported).http_status) {
                    backOff(SyncPhase::TooOld, ErrorCode::Unsupported, kLastRetryMs / 1'000);
                    return {};
                }
                break;
            case Kind::Push:
                if (code == kConflict) return epochDoubted();
                if (code == kTooLarge && push_bytes > kLeastPushBytes) {
                    push_bytes = std::max(kLeastPushBytes, push_bytes / 2);
                    return {};
                }
                break;
            case Kind::Pull:
                if (code == kConflict) return epochDoubted();
                if (code == kGone) return store.beginFreshPull();
                if (code == kNotAllowed) {
                    pull_refused = true;
                    return {};
                }
                break;
            case Kind::Upload:
                return uploads(reply);
            case Kind::Pack:
                packs.erase(packs.begin());
                break;
            case Kind::Download:
                if (code == kNotFound || code == kNotAllowed) return store.downloadRefused(wanted);
                break;
        }
        backOff(SyncPhase::Waiting, code >= 500 ? ErrorCode::Network : ErrorCode::BadInput);
        return {};
    }

    Status epochDoubted() {
        if (epoch_doubted) {
            backOff(SyncPhase::Waiting, ErrorCode::EpochChanged);
        }
        epoch_doubted = true;
        hello_done = false;
        return {};
    }

    void failed(const Failed& failure) {
        if (!waiting || waiting->id != failure.request) return;
        const auto kind = waiting->kind;
        waiting.reset();
        if (kind == Kind::Push) push_bytes = std::max(kLeastPushBytes, push_bytes / 2);
        if (kind == Kind::Upload) static_cast<void>(uploads(failure));
        if (failure.kind == FailureKind::Untrusted) {
            backOff(SyncPhase::Untrusted, ErrorCode::Untrusted);
        } else {
            backOff(SyncPhase::Waiting, ErrorCode::Network);
        }
    }

    // -- what is shown

    void setPhase(SyncPhase phase) { status.phase = phase; }

    void tell() {
        if (open && started) {
            if (const auto counts = store.counts()) {
                status.saved = counts->saved;
                status.acknowledged = counts->acknowledged;
                status.set_aside = counts->set_aside;
                status.blobs_waiting = counts->blobs_waiting;
                watch(*counts);
            }
        }
        const bool in_trouble = !waiting && now < wait_until;
        status.error = in_trouble ? trouble_code : ErrorCode::Internal;
        status.retry_in_ms = in_trouble ? wait_until - now : 0;
        if (status.phase != SyncPhase::SendingImages) status.blob_sent = status.blob_size = 0;
        if (told_once && status == told) return;
        told = status;
        told_once = true;
        actions.push_back(StatusChanged{status});
    }

    /// "The tablet says 412, the server holds 411" (hazard H40).
    void watch(const SyncCounts& counts) {
        const bool to_send = counts.acknowledged < counts.saved || counts.blobs_waiting > 0;
        if (!to_send || !online || paused) progress_at = now;
        status.stalled = to_send && online && now - progress_at >= kStallMs;
        if (to_send && online && !paused) setTimer(kWatchTimer, kWatchMs);
        if (server_heads.empty()) return;
        const auto position = store.position();
        if (!position) return;
        status.server_holds = 0;
        for (const auto& head : position->heads) {
            const std::pair<Uuid, std::uint32_t> key{head.author, head.incarnation};
            const auto found = server_heads.find(key);
            status.server_holds += forks.contains(key) ? head.counter : found == server_heads.end() ? 0 : found->second;
        }
        status.counts_differ = counts.acknowledged == counts.saved && status.server_holds != counts.saved;
    }
};

SyncEngine::SyncEngine(SyncStore& store, Random& random) : m_impl(std::make_unique<Impl>(store, random)) {}
SyncEngine::~SyncEngine() = default;

const SyncStatus& SyncEngine::status() const { return m_impl->status; }

bool SyncEngine::idle() const {
    return m_impl->started && !m_impl->waiting && !m_impl->saved_lately &&
           (m_impl->status.phase == SyncPhase::UpToDate || m_impl->status.phase == SyncPhase::Refused);
}

std::vector<Action> SyncEngine::step(const Event& event) {
    auto& impl = *m_impl;
    impl.actions.clear();
    impl.now = event.now_ms;
    impl.wall = event.wall_ms;
    std::visit(
        [&](const auto& what) {
            using What = std::decay_t<decltype(what)>;
            if constexpr (std::is_same_v<What, Started>) {
                impl.started = true;
                impl.progress_at = impl.now;
            } else if constexpr (std::is_same_v<What, NetworkChanged>) {
                if (what.online && !impl.online) impl.wait_until = 0;
                impl.online = what.online;
            } else if constexpr (std::is_same_v<What, Saved>) {
                if (!impl.saved_lately) impl.setTimer(kSavedTimer, kSavedDelayMs);
                impl.saved_lately = true;
                impl.news_poll_ms = kFirstNewsPollMs;
            } else if constexpr (std::is_same_v<What, SyncNow>) {
                impl.wait_until = 0;
                impl.pull_due = true;
                impl.saved_lately = false;
            } else if constexpr (std::is_same_v<What, PauseChanged>) {
                impl.paused = what.paused;
            } else if constexpr (std::is_same_v<What, StoreChanged>) {
                impl.open = what.open;
                impl.beginAgain();
            } else if constexpr (std::is_same_v<What, OfficerChanged>) {
                impl.refused_authors.clear();
                impl.dropRequest();
                impl.beginAgain();
            } else if constexpr (std::is_same_v<What, TimerFired>) {
                if (what.timer == kRetryTimer) impl.wait_until = 0;
                if (what.timer == kSavedTimer) impl.saved_lately = false;
                if (what.timer == kPollTimer) impl.pull_due = true;
            } else if constexpr (std::is_same_v<What, Replied>) {
                impl.replied(what);
            } else {
                impl.failed(what);
            }
        },
        event.what);
    impl.advance();
    impl.tell();
    return std::move(impl.actions);
}

}  // namespace fieldclaim::tablet
