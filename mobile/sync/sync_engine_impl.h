#pragma once

#include <algorithm>
#include <optional>
#include <set>

#include "mobile/sync/back_off.h"
#include "mobile/sync/http_reply.h"
#include "mobile/sync/snapshot_download.h"
#include "mobile/sync/sync_engine.h"
#include "mobile/sync/uploader.h"

// Inside mobile/sync: what sync_engine.cpp (what comes next), sync_requests.cpp, sync_replies.cpp and sync_failures.cpp
// share.
namespace fieldclaim::tablet {

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

struct SyncEngine::Impl {
    enum class Kind { Nonce, Session, Hello, Push, Pack, Pull, Snapshot, Download };

    Impl(SyncStore& in_store, Random& in_random, PartBodies bodies)
        : store(in_store), random(in_random), uploader(in_store, in_random, bodies), snapshots(in_store) {}

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
    bool hello_wanted = false;  ///< once what was saved is sent
    bool epoch_doubted = false;
    std::vector<Head> hello_heads;  ///< as the last hello told them
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
    BackOff receive_back_off;
    bool pull_due = true;
    std::size_t pull_bytes = kMaxPullBytes;
    bool pull_refused = false;
    int fresh_pulls = 0;  // since it last agreed: a server that never agrees with itself is asked ever more seldom
    Hash wanted{};

    BackOff back_off;
    bool poll_set = false;
    std::int64_t wait_until = 0;
    std::int64_t receive_at = 0;  ///< what could not be read is tried again then; sending does not wait for it
    std::int64_t news_poll_ms = kFirstNewsPollMs;
    std::int64_t progress_at = 0;
    SyncPhase trouble = SyncPhase::Waiting;
    ErrorCode trouble_code = ErrorCode::Network;

    SyncStatus status;
    SyncStatus told;
    bool told_once = false;

    // -- asking

    void send(Kind kind, std::string method, std::string path, Bytes body, std::map<std::string, std::string> headers,
              std::int64_t deadline_ms, std::size_t most = kMostReplyBytes);
    void sendMessage(Kind kind, std::string path, const Bytes& message, std::int64_t deadline_ms);
    void setTimer(int timer, std::int64_t delay_ms) { actions.push_back(SetTimer{timer, delay_ms}); }

    // -- trouble

    void waitMs(std::int64_t delay_ms);
    void backOff(SyncPhase phase, ErrorCode code, std::optional<std::uint64_t> after_seconds = std::nullopt);
    void storeFailed(const Error& error) { backOff(SyncPhase::StoreFailed, error.code); }
    /// False, and the engine waits, when the store could not.
    bool kept(const Status& result);
    /// The waits after errors are over.
    void hurry();
    void succeeded();
    void dropRequest();
    void dropUpload();
    void beginAgain();

    // -- choosing what comes next

    void advance();
    void advanceRecords();
    /// Beside the records, when there is a session and the records are not waiting after an error.
    void advanceUploads();
    Status uploads(const UploadEvent& event);
    void uploadAnswered(const Replied& reply);
    void signInAgain(bool at_once);
    Status choose();
    void rest(const SyncCounts& counts);
    void tellOrders();
    Status openSession();
    Status hello();
    Status push();
    Status pull();

    // -- answers

    void replied(const Replied& reply);
    Status nonceCame(const Replied& reply);
    Status sessionCame(const Replied& reply);
    Status noteRegistrations(const SessionReply& message);
    Status helloCame(const Replied& reply);
    /// The next authority, when it is new here, and the packs that are to be fetched and may be (server_trust.h).
    Status noteTrusted(const HelloReply& message);
    Status forkFound(const Uuid& author, std::uint32_t incarnation);
    Status pushCame(const Replied& reply);
    static std::vector<std::string> claimsOf(const Outbox& outbox);
    Status packCame(const Replied& reply);
    Status pullCame(const Replied& reply);
    Status snapshotCame(const Replied& reply);
    // It may be of a scope that is this tablet's no more, or of a history before a restore: hello knows, and what hello
    // says well does not make the snapshot any better.
    void receiveLater(ErrorCode why);
    Status downloadCame(const Replied& reply);

    // -- refusals and failures

    void refused(Kind kind, const Replied& reply);
    Status refusedOf(Kind kind, const Replied& reply);
    Status epochDoubted();
    void failed(const Failed& failure);

    // -- what is shown

    void setPhase(SyncPhase phase) { status.phase = phase; }

    void tell();
    /// "The tablet says 412, the server holds 411" (hazard H40).
    void watch(const SyncCounts& counts);
};

}  // namespace fieldclaim::tablet
