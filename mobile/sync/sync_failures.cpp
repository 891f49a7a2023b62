#include "mobile/sync/sync_engine_impl.h"

// What the engine makes of refusals and of requests that were cut.
namespace fieldclaim::tablet {

void SyncEngine::Impl::waitMs(std::int64_t delay_ms) {
    wait_until = now + delay_ms;
    setTimer(kRetryTimer, delay_ms);
}

void SyncEngine::Impl::backOff(SyncPhase phase, ErrorCode code, std::optional<std::uint64_t> after_seconds) {
    trouble = phase;
    trouble_code = code;
    waitMs(back_off.next(random, after_seconds));
}

void SyncEngine::Impl::receiveLater(ErrorCode why) {
    trouble = SyncPhase::Waiting;
    trouble_code = why;
    receive_at = now + receive_back_off.next(random);
    hello_wanted = true;  // first of all: the server may be another by then
}

bool SyncEngine::Impl::kept(const Status& result) {
    if (!result) storeFailed(result.error());
    return result.has_value();
}

void SyncEngine::Impl::hurry() {
    wait_until = receive_at = 0;
    static_cast<void>(uploader.step(now, UploadsHurried{}));
}

void SyncEngine::Impl::succeeded() {
    back_off.succeeded();
    wait_until = 0;
    status.last_contact_ms = wall;
}

void SyncEngine::Impl::signInAgain(bool at_once) {
    beginAgain();
    if (!at_once) backOff(SyncPhase::Waiting, ErrorCode::NotSignedIn);
}

void SyncEngine::Impl::refused(Kind kind, const Replied& reply) {
    if (const auto handled = refusedOf(kind, reply); !handled) storeFailed(handled.error());
}

Status SyncEngine::Impl::refusedOf(Kind kind, const Replied& reply) {
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
                receiveLater(ErrorCode::Damaged);
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

Status SyncEngine::Impl::epochDoubted() {
    if (epoch_doubted) {
        backOff(SyncPhase::Waiting, ErrorCode::EpochChanged);
    }
    epoch_doubted = true;
    hello_done = false;
    return {};
}

void SyncEngine::Impl::failed(const Failed& failure) {
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

}  // namespace fieldclaim::tablet
