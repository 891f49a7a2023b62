#include "mobile/sync/sync_engine.h"

#include <algorithm>
#include <optional>
#include <set>

#include "mobile/sync/back_off.h"
#include "mobile/sync/http_reply.h"
#include "mobile/sync/snapshot_download.h"
#include "mobile/sync/uploader.h"
#include "shared/wire/cbor.h"
#include "shared/wire/compression.h"

namespace fieldclaim::tablet {
namespace {

constexpr int kRetryTimer = 1;
constexpr int kPollTimer = 2;
constexpr int kSavedTimer = 3;
constexpr int kWatchTimer = 4;
constexpr int kUploadTimer = 5;
constexpr int kWipeTimer = 9;

constexpr std::int64_t kPollMs = 60'000;
constexpr std::int64_t kFirstNewsPollMs = 2'000;
constexpr std::int64_t kLastNewsPollMs = 15'000;
constexpr std::int64_t kSavedDelayMs = 500;  // fields left quickly one after another go together
constexpr std::int64_t kStallMs = 300'000;
constexpr std::int64_t kWatchMs = 60'000;
constexpr std::int64_t kWipeWaitMs = 600'000;  // for what can still be sent before a wipe
constexpr std::int64_t kHelloMs = 120'000;     // orders reach an unlocked tablet by hello
constexpr std::int64_t kSessionMarginMs = 30'000;
constexpr std::int64_t kShortDeadlineMs = 30'000;
constexpr std::int64_t kLongDeadlineMs = 120'000;

constexpr std::size_t kFirstPushBytes = 256U << 10U;
constexpr std::size_t kLeastPushBytes = 16U << 10U;
constexpr std::size_t kLeastPullBytes = 16U << 10U;
constexpr std::size_t kMostReplyBytes = 16U << 20U;
constexpr std::size_t kMostDownloadBytes = 32U << 20U;
constexpr int kMostGaps = 3;

enum class Kind { Nonce, Session, Hello, Push, Pack, Pull, Snapshot, Download };

}  // namespace

struct SyncEngine::Impl {
    Impl(SyncStore& in_store, Random& in_random)
        : store(in_store), random(in_random), uploader(in_store, in_random), snapshots(in_store) {}

    SyncStore& store;
    Random& random;
    std::vector<Action> actions;
    std::int64_t now = 0;
    std::int64_t wall = 0;

    bool started = false;
    bool online = true;
    bool metered = false;
    bool images_unmetered_only = false;
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
    bool wipe_waits = false;
    std::int64_t hello_at = 0;
    std::map<std::pair<Uuid, std::uint32_t>, std::uint64_t> server_heads;
    std::set<std::pair<Uuid, std::uint32_t>> forks;

    Outbox sent;
    std::size_t push_bytes = kFirstPushBytes;
    std::size_t most_push_bytes = kMaxPushBytes;
    int gaps = 0;
    bool push_whole = false;  // the server could not unpack the last push
    bool pull_whole = false;  // nor we its last reply
    bool saved_lately = false;

    Uploader uploader;
    std::uint64_t upload_request = 0;  // under way; 0: none
    std::string upload_token;          // that it was sent with
    std::int64_t upload_wait_until = 0;

    SnapshotDownload snapshots;
    BackOff snapshot_back_off;
    bool pull_due = true;
    std::size_t pull_bytes = kMaxPullBytes;
    bool pull_refused = false;
    int fresh_pulls = 0;  // since hello: a server that never agrees with itself is asked ever more seldom
    Hash wanted{};

    BackOff back_off;
    bool poll_set = false;
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
        poll_set = false;
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
    void backOff(SyncPhase phase, ErrorCode code, std::optional<std::uint64_t> after_seconds = std::nullopt) {
        trouble = phase;
        trouble_code = code;
        waitMs(back_off.next(random, after_seconds));
    }
    void storeFailed(const Error& error) { backOff(SyncPhase::StoreFailed, error.code); }
    /// False, and the engine waits, when the store could not.
    bool kept(const Status& result) {
        if (!result) storeFailed(result.error());
        return result.has_value();
    }
    /// The waits after errors are over.
    void hurry() {
        wait_until = 0;
        static_cast<void>(uploader.step(now, UploadsHurried{}));
    }
    void succeeded() {
        back_off.succeeded();
        wait_until = 0;
        status.last_contact_ms = wall;
    }
    void dropRequest() {
        if (waiting) actions.push_back(CancelRequest{waiting->id});
        waiting.reset();
        dropUpload();
    }
    void dropUpload() {
        if (upload_request != 0) actions.push_back(CancelRequest{upload_request});
        upload_request = 0;
        static_cast<void>(uploader.step(now, UploadsStopped{}));
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
            for (const int timer : {kRetryTimer, kPollTimer, kSavedTimer, kWatchTimer, kUploadTimer})
                setTimer(timer, -1);
            poll_set = false;
            setPhase(SyncPhase::Off);
            return;
        }
        if (!online) {
            dropRequest();
            setTimer(kPollTimer, -1);
            poll_set = false;
            setPhase(SyncPhase::Offline);
            return;
        }
        advanceRecords();
        advanceUploads();
    }

    void advanceRecords() {
        if (waiting) return;
        if (now < wait_until) {
            setPhase(trouble);
            return;
        }
        if (auto next = choose(); !next) storeFailed(next.error());
        if (!waiting && now < wait_until) setPhase(trouble);
    }

    /// Beside the records, when there is a session and the records are not waiting after an error.
    void advanceUploads() {
        const bool images = !metered || !images_unmetered_only;
        if (!images && uploader.askingForImage()) dropUpload();
        const bool ready = hello_done && !token.empty() && now < token_until - kSessionMarginMs && now >= wait_until;
        if (ready && upload_request == 0) {
            if (const auto turned = uploads(UploadTurn{images}); !turned) storeFailed(turned.error());
        }
        status.images_held = uploader.imagesHeld();
        if (status.phase != SyncPhase::UpToDate) return;
        if (upload_request != 0) {
            setPhase(SyncPhase::SendingImages);
        } else if (now < upload_wait_until) {
            setPhase(SyncPhase::Waiting);
        }
    }

    Status uploads(const UploadEvent& event) {
        ASSIGN(auto asked, uploader.step(now, event));
        if (asked.answered) status.last_contact_ms = wall;
        if (asked.moved) progress_at = now;
        if (!asked.done.empty()) {
            ASSIGN(const auto counts, store.counts());
            // What a submit waited for is there now: its answer is news.
            if (counts.news_expected) pull_due = true;
            actions.push_back(ClaimsChanged{std::move(asked.done)});
        }
        upload_wait_until = 0;
        if (asked.wake_in_ms) {
            upload_wait_until = now + *asked.wake_in_ms;
            setTimer(kUploadTimer, *asked.wake_in_ms);
        }
        if (asked.send) {
            upload_request = ++last_request;
            upload_token = token;
            asked.send->headers["Authorization"] = "Bearer " + token;
            actions.push_back(Send{upload_request, std::move(asked.send->method), std::move(asked.send->path),
                                   std::move(asked.send->headers), std::move(asked.send->body), asked.send->deadline_ms,
                                   kMostReplyBytes});
        }
        return {};
    }

    void uploadAnswered(const Replied& reply) {
        upload_request = 0;
        // One that was sent with an older token says nothing about this one.
        if (reply.status == kNotSignedIn && upload_token == token) signInAgain(now - token_since > BackOff::kFirstMs);
        if (const auto done = uploads(reply); !done) {
            if (done.error().code != ErrorCode::BadInput) storeFailed(done.error());
        }
    }

    void signInAgain(bool at_once) {
        beginAgain();
        if (!at_once) backOff(SyncPhase::Waiting, ErrorCode::NotSignedIn);
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
        // A wipe is told when what the officer saved is safe with the server, or when kWipeTimer fires.
        if (counts.sendable == 0 && counts.blobs_waiting == 0) tellOrders();
        if (!packs.empty()) {
            setPhase(SyncPhase::Receiving);
            send(Kind::Pack, "GET", "/v1/packs/" + packs.front().id, {}, {}, kLongDeadlineMs);
            return {};
        }
        if (pull_due && !pull_refused) {
            setPhase(SyncPhase::Receiving);
            ASSIGN(auto part, snapshots.next());
            if (!part) return pull();
            send(Kind::Snapshot, std::move(part->method), std::move(part->path), {}, std::move(part->headers),
                 part->deadline_ms, part->most_bytes);
            return {};
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
        // Uploads come by here with every answer, and must not put the next poll off for ever.
        if (std::exchange(poll_set, true)) return;
        if (counts.news_expected && !pull_refused) {
            setTimer(kPollTimer, news_poll_ms);
            news_poll_ms = std::min(kLastNewsPollMs, news_poll_ms * 3 / 2);
        } else {
            const auto jitter = static_cast<std::int64_t>(random.next() % (kPollMs / 8));
            setTimer(kPollTimer, kPollMs - kPollMs / 16 + jitter);
        }
    }

    void tellOrders() {
        for (const auto& order : std::exchange(orders, {})) actions.push_back(Order{order});
        wipe_waits = false;
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
        if (push_whole) {
            for (auto& segment : request.segments) segment.packed = {};
        }
        sendMessage(Kind::Push, "/v1/sync/push", encode(request), kLongDeadlineMs);
        return {};
    }

    Status pull() {
        ASSIGN(auto position, store.pullPosition());
        PullRequest request;
        request.epoch = position.epoch;
        request.cursors = std::move(position.cursors);
        request.full = position.full;
        request.entering = std::move(position.entering);
        request.purged = std::move(position.purged);
        request.whole = pull_whole;
        request.most_bytes = pull_bytes;
        sendMessage(Kind::Pull, "/v1/sync/pull", encode(request), kLongDeadlineMs);
        return {};
    }

    // -- answers

    void replied(const Replied& reply) {
        if (upload_request != 0 && upload_request == reply.request) return uploadAnswered(reply);
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
            case Kind::Pack:
                result = packCame(reply);
                break;
            case Kind::Pull:
                result = pullCame(reply);
                break;
            case Kind::Snapshot:
                result = snapshotCame(reply);
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
        const auto noted = noteRegistrations(message);
        // The store could not: the next session registers them again, and gets the same answer.
        if (!noted) beginAgain();
        return noted;
    }

    Status noteRegistrations(const SessionReply& message) {
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
        if (message.protocol != kProtocolVersion) {
            backOff(SyncPhase::TooOld, ErrorCode::Unsupported, BackOff::kLastMs / 1'000);
            return {};
        }
        ASSIGN(const auto before, store.position());
        if (!before.epoch.isNil() && before.epoch != message.epoch) {
            dropUpload();
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
                if (!wipe_waits) setTimer(kWipeTimer, kWipeWaitMs);
                wipe_waits = true;
            } else {
                actions.push_back(Order{order});
            }
        }
        most_push_bytes =
            std::max<std::size_t>(kLeastPushBytes, std::min<std::size_t>(kMaxPushBytes, message.max_push_bytes));
        push_bytes = std::min(push_bytes, most_push_bytes);
        hello_done = true;
        hello_at = now;
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
        bool whole = false;
        for (const auto& result : message.results) {
            server_heads[{result.author, result.incarnation}] = result.through;
            gap = gap || result.outcome == PushOutcome::Gap;
            whole = whole || result.outcome == PushOutcome::SendWhole;
            if (result.outcome == PushOutcome::Fork) TRY(forkFound(result.author, result.incarnation));
        }
        ASSIGN(const auto after, store.counts());
        actions.push_back(ClaimsChanged{claimsOf(sent)});
        sent = Outbox();
        gaps = gap ? gaps + 1 : 0;
        if (gaps > kMostGaps || (whole && push_whole) ||
            (!gap && !whole && after.sendable >= before.sendable && after.acknowledged <= before.acknowledged)) {
            backOff(SyncPhase::Waiting, ErrorCode::Conflict);
            return {};
        }
        push_whole = whole;
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
        if (outcome.whole_needed) {
            if (pull_whole) return fail(ErrorCode::BadInput, "pull: packed, and asked for whole");
            pull_whole = true;
            return {};
        }
        pull_whole = false;
        pull_bytes = std::min(kMaxPullBytes, pull_bytes * 2);
        pull_due = message.more || outcome.fresh_needed;
        const bool agrees_never = outcome.fresh_needed && ++fresh_pulls > 2;
        if (!agrees_never) succeeded();
        if (!outcome.claims.empty()) {
            actions.push_back(ClaimsChanged{std::move(outcome.claims)});
            news_poll_ms = kFirstNewsPollMs;
        }
        if (outcome.fresh_needed) TRY(store.beginFreshPull());
        // What is here is known not to be what the server has: it is tried again, ever more seldom, and until then
        // nobody is told that all is up to date.
        if (agrees_never) backOff(SyncPhase::Waiting, ErrorCode::Damaged);
        return {};
    }

    Status snapshotCame(const Replied& reply) {
        ASSIGN(const auto answer, snapshots.replied(reply));
        if (answer == SnapshotDownload::Answer::Useless) {
            snapshotUseless();
            return {};
        }
        snapshot_back_off.succeeded();
        succeeded();
        return {};
    }
    // It may be of a scope that is this tablet's no more, or of a history before a restore: hello knows, and what hello
    // says well does not make the snapshot any better.
    void snapshotUseless() {
        hello_done = false;
        trouble = SyncPhase::Waiting;
        trouble_code = ErrorCode::Damaged;
        waitMs(snapshot_back_off.next(random));
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
            signInAgain(kind != Kind::Nonce && kind != Kind::Session && now - token_since > BackOff::kFirstMs);
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
                    backOff(SyncPhase::Refused, ErrorCode::NotAllowed, BackOff::kLastMs / 1'000);
                    return {};
                }
                break;
            case Kind::Hello:
                if (code == errorInfo(ErrorCode::Unsupported).http_status) {
                    backOff(SyncPhase::TooOld, ErrorCode::Unsupported, BackOff::kLastMs / 1'000);
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
                if (code == kGone) return store.snapshotsNeeded();
                if (code == kNotAllowed) {
                    pull_refused = true;
                    return {};
                }
                break;
            case Kind::Snapshot: {
                ASSIGN(const bool another, snapshots.refused(code));
                if (another) return {};
                if (code == kNotFound) {
                    snapshotUseless();
                    return {};
                }
                if (code == kNotAllowed) {
                    pull_refused = true;
                    return {};
                }
                break;
            }
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
        if (upload_request != 0 && upload_request == failure.request) {
            upload_request = 0;
            if (const auto noted = uploads(failure); !noted) storeFailed(noted.error());
            return;
        }
        if (!waiting || waiting->id != failure.request) return;
        const auto kind = waiting->kind;
        waiting.reset();
        if (kind == Kind::Push) push_bytes = std::max(kLeastPushBytes, push_bytes / 2);
        if (kind == Kind::Pull) pull_bytes = std::max(kLeastPullBytes, pull_bytes / 2);
        if (kind == Kind::Snapshot) snapshots.cut();
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
        const bool upload_in_trouble = !in_trouble && status.phase == SyncPhase::Waiting;
        status.error = in_trouble ? trouble_code : upload_in_trouble ? uploader.trouble() : ErrorCode::Internal;
        status.retry_in_ms = in_trouble ? wait_until - now : upload_in_trouble ? upload_wait_until - now : 0;
        status.blob_sent = uploader.sent();
        status.blob_size = uploader.size();
        if (told_once && status == told) return;
        told = status;
        told_once = true;
        actions.push_back(StatusChanged{status});
    }

    /// "The tablet says 412, the server holds 411" (hazard H40).
    void watch(const SyncCounts& counts) {
        const bool to_send = counts.acknowledged < counts.saved || (counts.blobs_waiting > 0 && !status.images_held);
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
    return m_impl->started && !m_impl->waiting && m_impl->upload_request == 0 && !m_impl->saved_lately &&
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
                if (what.online && !impl.online) impl.hurry();
                impl.online = what.online;
                impl.metered = what.metered;
            } else if constexpr (std::is_same_v<What, ImageRuleChanged>) {
                impl.images_unmetered_only = what.unmetered_only;
            } else if constexpr (std::is_same_v<What, Saved>) {
                if (!impl.saved_lately) impl.setTimer(kSavedTimer, kSavedDelayMs);
                impl.saved_lately = true;
                impl.news_poll_ms = kFirstNewsPollMs;
            } else if constexpr (std::is_same_v<What, SyncNow>) {
                impl.hurry();
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
                if (what.timer == kWipeTimer) impl.tellOrders();
                if (what.timer == kPollTimer) {
                    impl.pull_due = true;
                    impl.poll_set = false;
                    if (impl.now - impl.hello_at >= kHelloMs) impl.hello_done = false;
                }
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
