#include "sync-server/service/sync_service.h"

#include <algorithm>

#include "sync-server/service/audit.h"
#include "sync-server/service/claim_intake.h"
#include "sync-server/service/device_service.h"
#include "sync-server/service/enrolment_service.h"
#include "sync-server/service/ledger_names.h"
#include "sync-server/service/pull_page.h"
#include "sync-server/service/snapshot_service.h"
#include "sync-server/service/tablet_scopes.h"

namespace fieldclaim::server {
namespace {

constexpr std::size_t kMostHeads = 256;

std::string refusalOf(const Error& error) {
    switch (error.code) {
        case ErrorCode::BadSignature:
            return "The officer's key did not sign this work.";
        case ErrorCode::Unsupported:
            return "This work was written by a newer app. Update the server.";
        default:
            return "This work cannot be read. Call support: nothing was lost.";
    }
}

// A failure of the store is every segment's.
bool isStoresOwn(ErrorCode code) {
    return code == ErrorCode::DiskFull || code == ErrorCode::Storage || code == ErrorCode::Busy ||
           code == ErrorCode::Damaged;
}

// What was applied is not worth a word, and of what was erased there is none to say.
bool isNoted(Disposition disposition) {
    return disposition != Disposition::Applied && disposition != Disposition::Erased;
}

PushNote noteOf(std::uint64_t counter, Disposition disposition, const std::string& reason) {
    return {counter, disposition == Disposition::Parked ? NoteKind::Parked : NoteKind::Quarantined, reason};
}

// What a tablet wrote before it heard of this history says to have read what had another's numbers.
Status noteLostNumbers(LedgerTransaction& tx, const Uuid& device, const std::vector<Head>& heads) {
    for (const auto& head : heads) {
        ASSIGN(const auto author, tx.directory().author(head.author));
        if (!author || author->device != device) continue;
        TRY(tx.chains().putWrittenElsewhere(head.author, head.incarnation, head.counter));
    }
    return {};
}

}  // namespace

SyncService::SyncService(LedgerStore& store, const LedgerIdentity& identity, const ClaimWorkflow& workflow,
                         const PackShelf& packs, const Clock& clock, Metrics& metrics, const ServerKeys& keys,
                         std::uint64_t most_behind)
    : m_store(store),
      m_identity(identity),
      m_workflow(workflow),
      m_packs(packs),
      m_clock(clock),
      m_recovery_key(keys.recovery.public_key),
      m_packs_key{keys.packs.public_key, keys.ca.sign(packsKeyMessage(keys.packs.public_key))},
      m_most_behind(most_behind),
      m_received(
          metrics.counter("change_sets_total", "Change sets by what became of them", {{"disposition", "applied"}})),
      m_parked(metrics.counter("change_sets_total", "Change sets by what became of them", {{"disposition", "parked"}})),
      m_quarantined(
          metrics.counter("change_sets_total", "Change sets by what became of them", {{"disposition", "quarantined"}})),
      m_duplicates(
          metrics.counter("change_sets_total", "Change sets by what became of them", {{"disposition", "duplicate"}})),
      m_refused(metrics.counter("segments_total", "Segments that were not received", {{"outcome", "refused"}})),
      m_forks(metrics.counter("segments_total", "Segments that were not received", {{"outcome", "fork"}})),
      m_gaps(metrics.counter("segments_total", "Segments that were not received", {{"outcome", "gap"}})),
      m_not_unpacked(
          metrics.counter("segments_total", "Segments that were not received", {{"outcome", "send_whole"}})) {
    if (!keys.next_ca) return;
    const auto next = keys.next_ca->certificatePem();
    m_next_authority = VouchedAuthority{next, keys.ca.sign(nextAuthorityMessage(next))};
}

Status SyncService::requireEpoch(const Uuid& epoch) const {
    if (epoch == m_identity.epoch) return {};
    return fail(ErrorCode::EpochChanged, "the ledger's history is another one");
}

Result<HelloReply> SyncService::hello(const Session& session, const HelloRequest& request) {
    if (request.protocol < kLeastProtocolVersion || request.protocol > kProtocolVersion) {
        return fail(ErrorCode::Unsupported,
                    "protocol version " + std::to_string(request.protocol) + ": this server speaks " +
                        std::to_string(kLeastProtocolVersion) + " to " + std::to_string(kProtocolVersion) +
                        (request.protocol > kProtocolVersion ? "; update the server" : "; update the app"));
    }
    if (request.heads.size() > kMostHeads) return fail(ErrorCode::TooLarge, "more than 256 heads");
    if (request.views.size() > kMostViews) return fail(ErrorCode::TooLarge, "more than 500 views");
    HelloReply reply;
    reply.protocol = request.protocol;
    reply.epoch = m_identity.epoch;
    reply.server_time = m_clock.wallMs();
    reply.server_author = m_identity.author;
    reply.scopes = session.scopes;
    reply.recovery_key = m_recovery_key;
    if (!session.revoked) {
        reply.packs = m_packs.inUse();
        reply.packs_key = m_packs_key;
        reply.next_authority = m_next_authority;
    }
    const Status read = m_store.read([&](const LedgerSnapshot& now) -> Status {
        for (const auto& asked : request.heads) {
            ASSIGN(const auto head, now.chains().head(asked.author, asked.incarnation));
            reply.received.push_back({asked.author, asked.incarnation, head.counter, head.hash});
            ASSIGN(const auto durable, now.durability().durableThrough(asked.author, asked.incarnation));
            if (durable > 0) reply.durable.push_back({asked.author, asked.incarnation, durable, Hash{}});
        }
        if (session.revoked) return {};
        for (const auto& scope : session.scopes) {
            const auto site = siteOfScope(scope);
            if (site.empty()) continue;
            ASSIGN(auto officers, officersOf(now, site));
            std::move(officers.begin(), officers.end(), std::back_inserter(reply.officers));
        }
        return {};
    });
    TRY(read);
    const Status noted = m_store.write([&](LedgerTransaction& tx) -> Status {
        ASSIGN(auto device, tx.directory().device(session.device));
        if (!device) return fail(ErrorCode::NotSignedIn);
        device->last_seen_ms = reply.server_time;
        device->pending = request.pending;
        device->pending_ms = reply.server_time;
        ASSIGN(device->pending_received, receivedFrom(tx, session.device));
        reply.orders = ordersTo(*device);
        device->app = request.app;
        TRY(auditViews(tx, reply.server_time, session.device, request.views));
        if (!request.epoch.isNil() && request.epoch != m_identity.epoch) {
            TRY(noteLostNumbers(tx, session.device, request.heads));
        }
        return tx.directory().putDevice(*device);
    });
    TRY(noted);
    reply.views_noted = request.views.size();
    return reply;
}

struct SyncService::CheckedPush {
    std::optional<CheckedSegment> segment;  ///< none: refused, as `result` says
    std::vector<Arrival> arrivals;
    SegmentResult result;
};

Result<PushReply> SyncService::push(const Session& session, const PushRequest& request) {
    TRY(requireEpoch(request.epoch));
    const auto now_ms = m_clock.wallMs();
    std::vector<CheckedPush> checked;
    const Status read = m_store.read([&](const LedgerSnapshot& now) -> Status {
        LedgerNames names(now, request.keys);
        std::size_t room = kMaxInflatedBytes;
        for (auto segment : request.segments) {
            CheckedPush one;
            one.result = {segment.author, segment.incarnation, PushOutcome::Refused, 0, {}, {}};
            ASSIGN(const auto head, now.chains().head(segment.author, segment.incarnation));
            one.result.through = head.counter;
            ASSIGN(const auto author, now.directory().author(segment.author));
            if (!author) {
                one.result.reason = "This officer is not registered on this tablet. Sign in with a one-time code.";
            } else {
                const bool packed = !segment.packed.isNull();
                auto right =
                    unpackSegment(segment, names, room).and_then([&] { return checkSegment(segment, author->key); });
                if (right) {
                    one.segment = std::move(*right);
                } else if (isStoresOwn(right.error().code)) {
                    return tl::unexpected<Error>(right.error());
                } else if (packed) {
                    // What is refused for good is refused by its own bytes, not by our reading of the packed form.
                    one.result.outcome = PushOutcome::SendWhole;
                } else {
                    one.result.reason = refusalOf(right.error());
                }
            }
            checked.push_back(std::move(one));
        }
        return {};
    });
    TRY(read);
    for (auto& one : checked) {
        if (!one.segment) continue;
        for (auto& item : one.segment->items) {
            one.arrivals.push_back(makeArrival(item.header, item.hash, std::move(item.header_bytes),
                                               std::move(item.payload_bytes), session.device, now_ms));
        }
    }

    PushReply reply{m_identity.epoch, now_ms, {}};
    const Status written = m_store.write([&](LedgerTransaction& tx) -> Status {
        reply.results.clear();
        for (auto& one : checked) {
            if (!one.segment) {
                reply.results.push_back(one.result);
                continue;
            }
            SegmentResult result;
            const Status kept = tx.nested([&]() -> Status {
                ASSIGN(result, receive(tx, session, request.keys, *one.segment, one.arrivals));
                return {};
            });
            if (!kept) {
                if (isStoresOwn(kept.error().code)) return kept;
                // What this segment does to the server is its own: the others go on (hazard H18).
                result = one.result;
                result.reason = "The server could not take this work. Call support: nothing was lost.";
            }
            reply.results.push_back(std::move(result));
        }
        return {};
    });
    TRY(written);
    for (std::size_t i = 0; i < checked.size(); ++i)
        count(reply.results[i], checked[i].segment ? checked[i].segment->items.size() : 0);
    return reply;
}

Status SyncService::keepKey(LedgerTransaction& tx, const ClaimKeys& keys, const std::string& crn) {
    const auto offered = keys.find(crn);
    if (offered == keys.end()) return {};
    // Another key: the number is another claim's. What was written under it goes to quarantine, and the rest of the
    // segment goes on (hazard H18).
    ASSIGN(const auto known, tx.claims().claimKey(crn));
    ASSIGN(const auto claim, tx.claims().claim(crn));
    const bool erased = claim && claim->erased_ms != 0;
    if (known || erased) return {};
    return tx.claims().addClaimKey(crn, offered->second);
}

Result<SegmentResult> SyncService::receive(LedgerTransaction& tx, const Session& session, const ClaimKeys& keys,
                                           const CheckedSegment& segment, std::vector<Arrival>& arrivals) const {
    SegmentResult result{segment.author, segment.incarnation, PushOutcome::Received, 0, {}, {}};
    ASSIGN(auto head, tx.chains().head(segment.author, segment.incarnation));
    result.through = head.counter;
    // A branch that is longer than one segment goes on beside its chain.
    const auto& before = segment.items.front().header.previous;
    ASSIGN(const auto branch, tx.chains().fork(before));
    const bool on_branch = branch && branch->author == segment.author && branch->incarnation == segment.incarnation;
    if (segment.firstCounter() > head.counter + 1 && !on_branch) {
        result.outcome = PushOutcome::Gap;
        return result;
    }

    // What is here already gets the answer that it got.
    std::size_t next = 0;
    for (; next < arrivals.size() && segment.items[next].header.counter <= head.counter; ++next) {
        const auto counter = segment.items[next].header.counter;
        ASSIGN(const auto known, tx.chains().changeSet(segment.author, segment.incarnation, counter));
        ENSURE(known.has_value());
        if (known->hash != segment.items[next].hash) break;
        if (!isNoted(known->disposition)) {
            result.notes.push_back({counter, NoteKind::Duplicate, {}});
        } else {
            result.notes.push_back(noteOf(counter, known->disposition, known->reason));
        }
    }
    if (next == arrivals.size()) return result;

    if (segment.items[next].header.counter <= head.counter || segment.items[next].header.previous != head.hash) {
        // Two histories of one author: this one is kept beside the other, and a person is told (hazard H07).
        result.outcome = PushOutcome::Fork;
        result.reason = "This tablet was restored or copied. Its work is kept; it begins a new chain.";
        for (std::size_t i = next; i < arrivals.size(); ++i) {
            const auto& item = arrivals[i].change_set;
            TRY(tx.chains().addFork({item.hash, Disposition::Quarantined, item.header.claim, segment.author,
                                     segment.incarnation, item.header.counter, session.device, arrivals[i].received_ms,
                                     result.reason, encodeChangeSet(item)}));
            // Without it nobody could read, release or refuse what began on this branch.
            TRY(keepKey(tx, keys, item.header.claim));
        }
        TRY(audit(tx, m_clock.wallMs(), auditName("device", session.device), "fork-found", {}, segment.author.text()));
        return result;
    }

    // Claims in the order in which they come up; within each, the author's own order.
    std::vector<std::string> claims;
    std::map<std::string, std::vector<Arrival>> by_claim;
    for (std::size_t i = next; i < arrivals.size(); ++i) {
        const auto& crn = arrivals[i].change_set.header.claim;
        auto& group = by_claim[crn];
        if (group.empty()) claims.push_back(crn);
        group.push_back(arrivals[i]);
    }
    for (const auto& crn : claims) TRY(keepKey(tx, keys, crn));
    ClaimIntake intake(tx, m_workflow);
    for (const auto& crn : claims) {
        const auto& group = by_claim[crn];
        ASSIGN(const auto fates, intake.take(crn, group));
        for (std::size_t i = 0; i < group.size(); ++i) {
            if (!isNoted(fates[i].disposition)) continue;
            result.notes.push_back(noteOf(group[i].change_set.header.counter, fates[i].disposition, fates[i].reason));
        }
    }
    std::sort(result.notes.begin(), result.notes.end(),
              [](const PushNote& a, const PushNote& b) { return a.counter < b.counter; });
    result.through = segment.lastCounter();
    TRY(tx.chains().putHead(segment.author, segment.incarnation, {segment.lastCounter(), segment.items.back().hash}));
    return result;
}

void SyncService::count(const SegmentResult& result, std::size_t change_sets) {
    if (result.outcome == PushOutcome::Refused) m_refused.add();
    if (result.outcome == PushOutcome::Fork) m_forks.add();
    if (result.outcome == PushOutcome::Gap) m_gaps.add();
    if (result.outcome == PushOutcome::SendWhole) m_not_unpacked.add();
    for (const auto& note : result.notes) {
        if (note.kind == NoteKind::Parked) m_parked.add();
        if (note.kind == NoteKind::Quarantined) m_quarantined.add();
        if (note.kind == NoteKind::Duplicate) m_duplicates.add();
    }
    if (result.outcome == PushOutcome::Received) m_received.add(change_sets - result.notes.size());
}

Result<PullReply> SyncService::pull(const Session& session, const PullRequest& request) const {
    if (session.revoked) return fail(ErrorCode::NotAllowed, "this tablet was revoked");
    TRY(requireEpoch(request.epoch));
    if (!request.purged.empty()) {
        TRY(m_store.write([&](LedgerTransaction& tx) {
            return confirmPurges(tx, session.device, request.purged, m_clock.wallMs());
        }));
    }
    PullReply reply;
    reply.epoch = m_identity.epoch;
    reply.server_time = m_clock.wallMs();
    bool told_more = false;
    const Status read = m_store.read([&](const LedgerSnapshot& now) -> Status {
        const auto own = request.full ? Uuid() : session.device;
        for (const auto& scope : session.scopes) {
            const auto asked = request.cursors.find(scope);
            const auto cursor = asked == request.cursors.end() ? 0 : asked->second;
            if (request.full && cursor > 0) continue;
            ASSIGN(const bool too_far, needsSnapshot(now, scope, cursor, own, m_most_behind));
            if (too_far) return fail(ErrorCode::SnapshotNeeded, "too far behind in " + scope);
        }
        LedgerNames names(now, {});
        PullPage page(now, session, request, reply, names);
        for (const auto& scope : session.scopes) TRY(page.add(scope));
        if (!request.whole) TRY(packRows(reply, names));
        for (const auto& [scope, cursor] : reply.cursors) {
            ASSIGN(const auto served, now.tablets().served(session.device, scope));
            told_more = told_more || cursor > served;
        }
        if (reply.more) return {};
        ASSIGN(reply.purge, purgesFor(now, session.device));
        return {};
    });
    TRY(read);
    if (reply.more) reply.checksums.clear();
    if (!told_more) return reply;
    // Before the tablet hears of it: what it may say to have seen is never more than this (architecture, part 5).
    const Status kept = m_store.write([&](LedgerTransaction& tx) -> Status {
        for (const auto& [scope, cursor] : reply.cursors) TRY(tx.tablets().putServed(session.device, scope, cursor));
        return {};
    });
    TRY(kept);
    return reply;
}

}  // namespace fieldclaim::server
