#include "mobile/sync/sync_engine.h"

#include <algorithm>

#include "mobile/sync/sync_engine_impl.h"

namespace fieldclaim::tablet {

void SyncEngine::Impl::dropRequest() {
    if (waiting) actions.push_back(CancelRequest{waiting->id});
    waiting.reset();
    dropUpload();
}

void SyncEngine::Impl::dropUpload() {
    if (upload_request != 0) actions.push_back(CancelRequest{upload_request});
    upload_request = 0;
    static_cast<void>(uploader.step(now, UploadsStopped{}));
}

void SyncEngine::Impl::beginAgain() {
    token.clear();
    nonce.clear();
    hello_done = false;
}

void SyncEngine::Impl::advance() {
    if (!started || paused || !open) {
        dropRequest();
        for (const int timer : {kRetryTimer, kPollTimer, kSavedTimer, kWatchTimer, kUploadTimer}) setTimer(timer, -1);
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

void SyncEngine::Impl::advanceRecords() {
    if (waiting) return;
    if (now < wait_until) {
        setPhase(trouble);
        return;
    }
    if (auto next = choose(); !next) storeFailed(next.error());
    if (!waiting && now < std::max(wait_until, receive_at)) setPhase(trouble);
}

Status SyncEngine::Impl::choose() {
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
    // What only hello brings: orders, form packs, another try for images that were refused.
    if (hello_wanted && now >= receive_at) return hello();
    // A wipe is told when what the officer saved is safe with the server, or when kWipeTimer fires.
    if (counts.sendable == 0 && counts.blobs_waiting == 0) tellOrders();
    if (now < receive_at) {
        setTimer(kRetryTimer, receive_at - now);
        return {};
    }
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

void SyncEngine::Impl::rest(const SyncCounts& counts) {
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

void SyncEngine::Impl::tellOrders() {
    for (const auto& order : std::exchange(orders, {})) actions.push_back(Order{order});
    wipe_waits = false;
}

void SyncEngine::Impl::tell() {
    if (open && started) {
        if (const auto counts = store.counts()) {
            status.saved = counts->saved;
            status.acknowledged = counts->acknowledged;
            status.set_aside = counts->set_aside;
            status.blobs_waiting = counts->blobs_waiting;
            watch(*counts);
        }
    }
    const auto again_at = now < wait_until ? wait_until : receive_at;
    const bool in_trouble = !waiting && now < again_at;
    const bool upload_in_trouble = !in_trouble && status.phase == SyncPhase::Waiting;
    status.error = in_trouble ? trouble_code : upload_in_trouble ? uploader.trouble() : ErrorCode::Internal;
    status.retry_in_ms = in_trouble ? again_at - now : upload_in_trouble ? upload_wait_until - now : 0;
    status.blob_sent = uploader.sent();
    status.blob_size = uploader.size();
    if (told_once && status == told) return;
    told = status;
    told_once = true;
    actions.push_back(StatusChanged{status});
}

void SyncEngine::Impl::watch(const SyncCounts& counts) {
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

SyncEngine::SyncEngine(SyncStore& store, Random& random, PartBodies bodies)
    : m_impl(std::make_unique<Impl>(store, random, bodies)) {}
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
                impl.hello_wanted = true;
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
