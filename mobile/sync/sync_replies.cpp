#include "mobile/sync/server_trust.h"
#include "mobile/sync/sync_engine_impl.h"
#include "shared/wire/cbor.h"

// What the engine makes of answers.
namespace fieldclaim::tablet {

void SyncEngine::Impl::uploadAnswered(const Replied& reply) {
    upload_request = 0;
    // One that was sent with an older token says nothing about this one.
    if (reply.status == kNotSignedIn && upload_token == token) signInAgain(now - token_since > BackOff::kFirstMs);
    if (const auto done = uploads(reply); !done) {
        if (done.error().code != ErrorCode::BadInput) storeFailed(done.error());
    }
}

void SyncEngine::Impl::replied(const Replied& reply) {
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
            const bool read = kind == Kind::Pull || kind == Kind::Snapshot || kind == Kind::Download;
            if (read) {
                receiveLater(ErrorCode::BadInput);
            } else {
                backOff(SyncPhase::Waiting, ErrorCode::BadInput);
            }
        } else {
            storeFailed(result.error());
        }
    }
}

Status SyncEngine::Impl::nonceCame(const Replied& reply) {
    ASSIGN(const auto message, decode<SessionReply>(reply.body));
    if (message.nonce.empty()) return fail(ErrorCode::BadInput, "a session without a nonce");
    nonce = message.nonce;
    return {};
}

Status SyncEngine::Impl::sessionCame(const Replied& reply) {
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

Status SyncEngine::Impl::noteRegistrations(const SessionReply& message) {
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

Status SyncEngine::Impl::helloCame(const Replied& reply) {
    ASSIGN(const auto message, decode<HelloReply>(reply.body));
    if (message.protocol != kProtocolVersion) {
        backOff(SyncPhase::TooOld, ErrorCode::Unsupported, BackOff::kLastMs / 1'000);
        return {};
    }
    ASSIGN(const auto before, store.position());
    if (!before.epoch.isNil() && before.epoch != message.epoch) {
        // What was saved since hello was said has read the lost history too: the server is told of it as of the rest.
        if (before.heads != hello_heads) {
            hello_done = false;
            return {};
        }
        dropUpload();
        server_heads.clear();
    } else if (epoch_doubted) {
        TRY(store.beginFreshPull());
    }
    epoch_doubted = false;
    ASSIGN(const auto others, store.helloReceived(message, wall));
    for (const auto& head : message.received) server_heads[{head.author, head.incarnation}] = head.counter;
    for (const auto& head : others) TRY(forkFound(head.author, head.incarnation));
    TRY(noteTrusted(message));
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
    hello_wanted = false;
    hello_at = now;
    pull_due = true;
    pull_refused = false;
    actions.push_back(OfficersChanged{});
    succeeded();
    return {};
}

Status SyncEngine::Impl::noteTrusted(const HelloReply& message) {
    ASSIGN(packs, store.packsToFetch(message.packs));
    status.pack_refused = false;
    if (packs.empty() && !message.next_authority) return {};
    ASSIGN(const auto who, store.identity());
    if (const auto learned = learnAuthority(who, message)) {
        TRY(store.authoritiesLearned(*learned));
        actions.push_back(AuthoritiesLearned{learned->pem()});
    }
    // What is here is used on, and all else of the sync goes on too.
    const auto refused = std::erase_if(packs, [&](const PackInfo& pack) { return !checkPack(who, message, pack); });
    status.pack_refused = refused > 0;
    return {};
}

Status SyncEngine::Impl::forkFound(const Uuid& author, std::uint32_t incarnation) {
    if (!forks.insert({author, incarnation}).second) return {};
    TRY(store.forked(author, incarnation));
    actions.push_back(Forked{author});
    return {};
}

Status SyncEngine::Impl::pushCame(const Replied& reply) {
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

std::vector<std::string> SyncEngine::Impl::claimsOf(const Outbox& outbox) {
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

Status SyncEngine::Impl::packCame(const Replied& reply) {
    const auto pack = packs.front();
    packs.erase(packs.begin());
    if (sha256(reply.body) != pack.digest) return fail(ErrorCode::BadInput, "a pack that is not what hello said");
    TRY(store.packReceived(pack, reply.body));
    actions.push_back(PackArrived{pack.id});
    succeeded();
    return {};
}

Status SyncEngine::Impl::pullCame(const Replied& reply) {
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
    if (!outcome.fresh_needed) {
        receive_back_off.succeeded();
        if (!message.more) fresh_pulls = 0;
    }
    succeeded();
    if (!outcome.claims.empty()) {
        actions.push_back(ClaimsChanged{std::move(outcome.claims)});
        news_poll_ms = kFirstNewsPollMs;
    }
    if (outcome.fresh_needed) TRY(store.beginFreshPull());
    // What is here is known not to be what the server has: it is tried again, ever more seldom, and until then
    // nobody is told that all is up to date.
    if (agrees_never) receiveLater(ErrorCode::Damaged);
    return {};
}

Status SyncEngine::Impl::snapshotCame(const Replied& reply) {
    ASSIGN(const auto answer, snapshots.replied(reply));
    if (answer == SnapshotDownload::Answer::Useless) {
        receiveLater(ErrorCode::Damaged);
        return {};
    }
    receive_back_off.succeeded();
    succeeded();
    return {};
}

Status SyncEngine::Impl::downloadCame(const Replied& reply) {
    succeeded();
    if (sha256(reply.body) != wanted) return store.downloadRefused(wanted);
    return store.downloaded(wanted, reply.body);
}

}  // namespace fieldclaim::tablet
