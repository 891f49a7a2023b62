#include "mobile/sync/sync_engine_impl.h"
#include "shared/wire/compression.h"

// What the engine asks of the server.
namespace fieldclaim::tablet {

void SyncEngine::Impl::send(Kind kind, std::string method, std::string path, Bytes body,
                            std::map<std::string, std::string> headers, std::int64_t deadline_ms, std::size_t most) {
    waiting = Request{++last_request, kind};
    poll_set = false;
    if (kind != Kind::Nonce && kind != Kind::Session) headers["Authorization"] = "Bearer " + token;
    actions.push_back(
        Send{last_request, std::move(method), std::move(path), std::move(headers), std::move(body), deadline_ms, most});
}

void SyncEngine::Impl::sendMessage(Kind kind, std::string path, const Bytes& message, std::int64_t deadline_ms) {
    send(
        kind, "POST", std::move(path), deflateBytes(message),
        {{"Content-Type", std::string(kCborType)}, {"Content-Encoding", "deflate"}, {"Accept", std::string(kCborType)}},
        deadline_ms);
}

void SyncEngine::Impl::advanceUploads() {
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

Status SyncEngine::Impl::uploads(const UploadEvent& event) {
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
                               kMostReplyBytes, asked.send->part});
    }
    return {};
}

Status SyncEngine::Impl::openSession() {
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

Status SyncEngine::Impl::hello() {
    ASSIGN(const auto who, store.identity());
    ASSIGN(auto position, store.position());
    HelloRequest request;
    request.app = who.app;
    request.epoch = position.epoch;
    request.heads = std::move(position.heads);
    hello_heads = request.heads;
    request.cursors = std::move(position.cursors);
    request.pending = position.pending;
    request.views = std::move(position.views);
    sendMessage(Kind::Hello, "/v1/sync/hello", encode(request), kShortDeadlineMs);
    return {};
}

Status SyncEngine::Impl::push() {
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

Status SyncEngine::Impl::pull() {
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

}  // namespace fieldclaim::tablet
