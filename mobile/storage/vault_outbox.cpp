#include <algorithm>
#include <set>

#include "mobile/storage/vault_impl.h"
#include "mobile/storage/vault_names.h"
#include "mobile/storage/vault_sync_store.h"

// What the tablet pushes, and what the server said to it.
namespace fieldclaim::tablet {
namespace {

constexpr std::size_t kMaxRunChangeSets = 1'000;

Status setAsideFork(Database& store, const Segment& segment, const SegmentResult& result) {
    ASSIGN(auto update,
           store.prepareCached("UPDATE own_change_set SET state = 3, note = ? WHERE id = ? AND state NOT IN (4, 5)"));
    for (const auto& bytes : segment.change_sets) {
        ASSIGN(const auto raw, splitChangeSet(bytes));  // its claim may have been dropped: the header alone is there
        ASSIGN(const auto header, decodeHeader(raw.header_bytes));
        const bool known = std::any_of(result.notes.begin(), result.notes.end(), [&](const PushNote& note) {
            return note.kind == NoteKind::Duplicate && note.counter == header.counter;
        });
        if (!known) TRY(update.run(result.reason, idOf(bytes)));
    }
    return {};
}

}  // namespace

Result<Outbox> VaultSyncStore::outbox(std::size_t most_bytes) {
    ASSIGN(auto* const store, m_vault.m_impl->db());
    Outbox out;
    std::set<std::string> claims;
    std::uint64_t last_counter = 0;
    ASSIGN(
        auto select,
        store->prepareCached(
            "SELECT o.author, o.incarnation, o.counter, o.bytes, o.signature, o.claim FROM own_change_set o "
            "JOIN author a ON a.id = o.author WHERE o.state = 0 AND a.registered = 1 AND a.refused = '' AND NOT EXISTS("
            "SELECT 1 FROM chain c WHERE c.author = o.author AND c.incarnation = o.incarnation AND c.missing < 0) "
            "ORDER BY o.saved LIMIT ?"));
    TRY(select.query(kMaxRunChangeSets + 1, [&](const SqlStatement& row) -> Status {
        const auto bytes = row.blob(3);
        if (out.more) return {};
        if (out.change_sets > 0 && (out.bytes + bytes.size() > most_bytes || out.change_sets == kMaxRunChangeSets)) {
            out.more = true;
            return {};
        }
        ASSIGN(const auto author, Uuid::fromBytes(row.blob(0)));
        const auto incarnation = static_cast<std::uint32_t>(row.int64(1));
        const auto counter = static_cast<std::uint64_t>(row.int64(2));
        if (out.segments.empty() || out.segments.back().author != author ||
            out.segments.back().incarnation != incarnation || counter != last_counter + 1) {
            out.segments.push_back({author, incarnation, {}, {}});
        }
        last_counter = counter;
        out.segments.back().change_sets.push_back(toBytes(bytes));
        out.segments.back().signature = toBytes(row.blob(4));
        out.bytes += bytes.size();
        ++out.change_sets;
        claims.emplace(row.text(5));
        return {};
    }));
    ASSIGN(auto keys,
           store->prepareCached("SELECT key FROM claim WHERE crn = ? AND server_knows = 0 AND key IS NOT NULL"));
    for (const auto& crn : claims) {
        TRY(keys.query(crn, [&](const SqlStatement& row) -> Status {
            ASSIGN(const auto key, toArray<32>(row.blob(0)));
            out.keys.emplace(crn, key);
            return {};
        }));
    }
    ASSIGN(const auto fresh, m_vault.m_impl->setting("fresh"));
    VaultNames names(*store, {}, !fresh.empty());
    for (auto& segment : out.segments) TRY(packSegment(segment, names));
    return out;
}

Status VaultSyncStore::pushReceived(const Outbox& sent, const PushReply& reply) {
    auto& impl = *m_vault.m_impl;
    ASSIGN(auto* const store, impl.db());
    ASSIGN(auto transaction, Transaction::begin(*store));
    ASSIGN(auto receive,
           store->prepareCached("UPDATE own_change_set INDEXED BY own_unreceived SET state = 1, note = '' "
                                "WHERE author = ? AND incarnation = ? AND counter <= ? AND state = 0"));
    ASSIGN(auto note,
           store->prepareCached("UPDATE own_change_set SET state = ?, note = ? "
                                "WHERE author = ? AND incarnation = ? AND counter = ? AND state NOT IN (4, 5)"));
    ASSIGN(auto claim_of, store->prepareCached(
                              "SELECT claim FROM own_change_set WHERE author = ? AND incarnation = ? AND counter = ?"));
    std::set<std::string> set_aside;
    for (std::size_t i = 0; i < reply.results.size() && i < sent.segments.size(); ++i) {
        const auto& result = reply.results[i];
        if (result.author != sent.segments[i].author)
            return fail(ErrorCode::BadInput, "push: a result of another author");
        // Of a store that was copied the server may have received more, from the other copy, than was sent from here.
        ASSIGN(const auto raw, splitChangeSet(sent.segments[i].change_sets.back()));
        ASSIGN(const auto last_sent, decodeHeader(raw.header_bytes));
        const auto through = std::min(result.through, last_sent.counter);
        switch (result.outcome) {
            case PushOutcome::Received:
                TRY(receive.run(result.author.bytes, result.incarnation, through));
                break;
            case PushOutcome::Fork:
                // The server keeps this branch beside the other one; what it knew already is marked duplicate.
                TRY(receive.run(result.author.bytes, result.incarnation, through));
                TRY(setAsideFork(*store, sent.segments[i], result));
                break;
            case PushOutcome::Gap:
                TRY(rewind(result.author, result.incarnation, result.through));
                break;
            case PushOutcome::Refused:
                TRY(authorRefused(result.author, result.reason.empty() ? "The server did not take this officer's work"
                                                                       : result.reason));
                break;
            case PushOutcome::SendWhole:
                break;
        }
        for (const auto& one : result.notes) {
            if (one.kind == NoteKind::Duplicate) continue;
            const auto state = one.kind == NoteKind::Parked ? OwnState::Parked : OwnState::SetAside;
            TRY(note.run(static_cast<int>(state), one.reason, result.author.bytes, result.incarnation, one.counter));
            TRY(claim_of.query(result.author.bytes, result.incarnation, one.counter,
                               [&](const SqlStatement& row) { set_aside.emplace(row.text(0)); }));
        }
    }
    TRY(noteKnownClaims());
    // What is offered again after it was refused is still refused.
    for (const auto& crn : set_aside) {
        ASSIGN(const auto base, impl.baseOf(crn));
        TRY(impl.markRefused(crn, base));
    }
    TRY(transaction.commit());
    // Who has one of these claims open sees it marked.
    if (!set_aside.empty() && impl.on_pulled) impl.on_pulled({set_aside.begin(), set_aside.end()});
    return {};
}

Status VaultSyncStore::noteKnownClaims() {
    ASSIGN(auto* const store, m_vault.m_impl->db());
    return store->exec(
        "UPDATE claim INDEXED BY claim_unknown SET server_knows = 1 WHERE server_knows = 0 AND EXISTS("
        "SELECT 1 FROM own_change_set o WHERE o.claim = claim.crn AND o.state > 0)");
}

Status VaultSyncStore::rewind(const Uuid& author, std::uint32_t incarnation, std::uint64_t head) {
    ASSIGN(auto* const store, m_vault.m_impl->db());
    ASSIGN(
        auto pending,
        store->prepareCached(
            "UPDATE own_change_set SET state = 0 WHERE author = ? AND incarnation = ? AND counter > ? AND state <> 0"));
    TRY(pending.run(author.bytes, incarnation, head));
    ASSIGN(auto received, store->prepareCached("UPDATE own_change_set INDEXED BY own_unreceived SET state = 1 "
                                               "WHERE author = ? AND incarnation = ? AND counter <= ? AND state = 0"));
    return received.run(author.bytes, incarnation, head);
}

Status VaultSyncStore::forked(const Uuid& author, std::uint32_t incarnation) {
    ASSIGN(auto* const store, m_vault.m_impl->db());
    ASSIGN(auto update,
           store->prepareCached("UPDATE author SET incarnation = incarnation + 1 WHERE id = ? AND incarnation = ?"));
    return update.run(author.bytes, incarnation);
}

}  // namespace fieldclaim::tablet
