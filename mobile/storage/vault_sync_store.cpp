#include "mobile/storage/vault_sync_store.h"

#include <algorithm>
#include <set>

#include "mobile/storage/vault_impl.h"
#include "mobile/storage/vault_names.h"
#include "shared/crypto/certificates.h"
#include "shared/wire/cbor.h"

namespace fieldclaim::tablet {
namespace {

constexpr std::string_view kApp = "fieldclaim-tablet/0.1.0";
constexpr std::size_t kMaxRunChangeSets = 1'000;

bool isOn(const Bytes& setting) { return !setting.empty(); }

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

Result<SyncIdentity> VaultSyncStore::identity() {
    TRY(m_vault.m_impl->db());
    const auto& setup = m_vault.setup();
    ASSIGN(const auto ca, sha256OfPublicKey(setup.ca_pem));
    ASSIGN(const auto store_secret, m_vault.m_impl->storeSecret());
    return SyncIdentity{setup.device, m_vault.deviceKey().pair().secret, ca, std::string(kApp), store_secret};
}

Result<std::vector<UnregisteredAuthor>> VaultSyncStore::unregisteredAuthors() {
    ASSIGN(auto* const store, m_vault.m_impl->db());
    std::vector<UnregisteredAuthor> out;
    ASSIGN(auto select,
           store->prepareCached("SELECT id, officer, code, public_key FROM author WHERE registered = 0 ORDER BY id"));
    TRY(select.query([&](const SqlStatement& row) -> Status {
        UnregisteredAuthor author;
        ASSIGN(author.author, Uuid::fromBytes(row.blob(0)));
        ASSIGN(author.officer, Uuid::fromBytes(row.blob(1)));
        author.code = row.text(2);
        ASSIGN(author.author_key, toArray<32>(row.blob(3)));
        out.push_back(std::move(author));
        return {};
    }));
    return out;
}

std::optional<Bytes> VaultSyncStore::signAsAuthor(const Uuid& author, ByteView message) {
    const auto& signed_in = m_vault.m_impl->signed_in;
    if (!signed_in || signed_in->author != author) return std::nullopt;
    return signEd25519(signed_in->secret, message);
}

Status VaultSyncStore::authorRegistered(const Uuid& author) {
    ASSIGN(auto* const store, m_vault.m_impl->db());
    ASSIGN(auto update, store->prepareCached("UPDATE author SET registered = 1, code = '', refused = '' WHERE id = ?"));
    return update.run(author.bytes);
}

Status VaultSyncStore::authorRefused(const Uuid& author, const std::string& reason) {
    ASSIGN(auto* const store, m_vault.m_impl->db());
    ASSIGN(auto update, store->prepareCached("UPDATE author SET refused = ? WHERE id = ?"));
    return update.run(reason, author.bytes);
}

Result<SyncPosition> VaultSyncStore::position() {
    ASSIGN(auto* const store, m_vault.m_impl->db());
    SyncPosition out;
    ASSIGN(const auto pull, pullPosition());
    out.epoch = pull.epoch;
    out.cursors = pull.cursors;
    ASSIGN(auto heads,
           store->prepareCached("SELECT author, incarnation, counter, hash FROM chain ORDER BY author, incarnation"));
    TRY(heads.query([&](const SqlStatement& row) -> Status {
        Head head;
        ASSIGN(head.author, Uuid::fromBytes(row.blob(0)));
        head.incarnation = static_cast<std::uint32_t>(row.int64(1));
        head.counter = static_cast<std::uint64_t>(row.int64(2));
        ASSIGN(head.hash, toArray<32>(row.blob(3)));
        out.heads.push_back(head);
        return {};
    }));
    ASSIGN(auto pending, store->prepareCached("SELECT count(*) FROM own_change_set WHERE state = 0"));
    TRY(pending.query([&](const SqlStatement& row) { out.pending = static_cast<std::uint64_t>(row.int64(0)); }));
    return out;
}

Result<std::vector<Head>> VaultSyncStore::helloReceived(const HelloReply& reply, std::int64_t wall_ms) {
    auto& impl = *m_vault.m_impl;
    ASSIGN(auto* const store, impl.db());
    std::vector<Head> other_chain;
    ASSIGN(auto transaction, Transaction::begin(*store));
    TRY(impl.putSetting("epoch", reply.epoch.bytes));
    TRY(impl.putSetting("server_author", reply.server_author.bytes));
    TRY(impl.putSetting("last_contact", encodeCbor(Value(wall_ms))));
    if (!reply.officers.empty()) TRY(impl.putSetting("officers", encodeOfficers(reply.officers)));
    ASSIGN(auto scope,
           store->prepareCached(
               "INSERT INTO scope(staged, name) SELECT s.staged, ?1 FROM (SELECT 0 AS staged UNION SELECT 1) s "
               "WHERE s.staged = 0 OR EXISTS(SELECT 1 FROM setting WHERE key = 'fresh') ON CONFLICT DO NOTHING"));
    for (const auto& name : reply.scopes) TRY(scope.run(name));
    // A site that this tablet is enrolled for no more: should it be again, it is read from the beginning.
    if (!reply.scopes.empty()) {
        std::vector<std::string> ended;
        ASSIGN(auto known, store->prepareCached("SELECT DISTINCT name FROM scope"));
        TRY(known.query([&](const SqlStatement& row) {
            if (std::find(reply.scopes.begin(), reply.scopes.end(), row.text(0)) == reply.scopes.end())
                ended.emplace_back(row.text(0));
        }));
        ASSIGN(auto end, store->prepareCached("DELETE FROM scope WHERE name = ?"));
        ASSIGN(auto unwanted, store->prepareCached("DELETE FROM snapshot WHERE scope = ?"));
        for (const auto& name : ended) {
            TRY(impl.unstage(name));
            TRY(end.run(name));
            TRY(unwanted.run(name));
        }
    }
    TRY(store->exec(
        "UPDATE author SET refused = ''; UPDATE upload SET refused = ''; UPDATE wanted_blob SET refused = 0;"));

    ASSIGN(auto known, store->prepareCached("SELECT counter FROM chain WHERE author = ? AND incarnation = ?"));
    ASSIGN(
        auto at_counter,
        store->prepareCached("SELECT hash FROM own_change_set WHERE author = ? AND incarnation = ? AND counter = ?"));
    ASSIGN(auto goes_on, store->prepareCached("SELECT 1 FROM author WHERE id = ? AND incarnation = ?"));
    for (const auto& head : reply.received) {
        std::uint64_t ours = 0;
        TRY(known.query(head.author.bytes, head.incarnation,
                        [&](const SqlStatement& row) { ours = static_cast<std::uint64_t>(row.int64(0)); }));
        if (ours == 0) continue;
        bool differs = head.counter > ours;
        if (!differs && head.counter > 0 && head.hash != Hash{}) {
            TRY(at_counter.query(head.author.bytes, head.incarnation, head.counter, [&](const SqlStatement& row) {
                differs = !equalConstantTime(row.blob(0), head.hash);
            }));
        }
        if (differs) {
            // One that was left behind for its fork differs for ever, and its officer has been told.
            bool current = false;
            TRY(goes_on.query(head.author.bytes, head.incarnation, [&](const SqlStatement&) { current = true; }));
            if (current) other_chain.push_back(head);
        } else {
            TRY(rewind(head.author, head.incarnation, head.counter));
            TRY(impl.mendChain(head));
        }
    }
    ASSIGN(auto durable, store->prepareCached("UPDATE chain SET durable = ? WHERE author = ? AND incarnation = ?"));
    for (const auto& head : reply.durable) TRY(durable.run(head.counter, head.author.bytes, head.incarnation));
    TRY(transaction.commit());
    if (!reply.officers.empty()) impl.setup.officers = reply.officers;
    if (reply.recovery_key) TRY(impl.keepRecoveryKey(*reply.recovery_key));
    return other_chain;
}

Result<std::vector<PackInfo>> VaultSyncStore::packsToFetch(const std::vector<PackInfo>& offered) {
    ASSIGN(auto* const store, m_vault.m_impl->db());
    std::vector<PackInfo> out;
    ASSIGN(auto select, store->prepareCached("SELECT 1 FROM pack WHERE id = ? AND digest = ?"));
    for (const auto& pack : offered) {
        bool here = false;
        TRY(select.query(pack.id, pack.digest, [&](const SqlStatement&) { here = true; }));
        if (!here) out.push_back(pack);
    }
    return out;
}

Status VaultSyncStore::packReceived(const PackInfo& pack, ByteView archive) {
    ASSIGN(auto* const store, m_vault.m_impl->db());
    ASSIGN(auto put, store->prepareCached(
                         "INSERT INTO pack(id, version, digest, archive) VALUES(?, ?, ?, ?) ON CONFLICT(id) DO UPDATE "
                         "SET version = excluded.version, digest = excluded.digest, archive = excluded.archive"));
    return put.run(pack.id, pack.version, pack.digest, archive);
}

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
    VaultNames names(*store, {}, isOn(fresh));
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
    TRY(
        store->exec("UPDATE claim INDEXED BY claim_unknown SET server_knows = 1 WHERE server_knows = 0 AND EXISTS("
                    "SELECT 1 FROM own_change_set o WHERE o.claim = claim.crn AND o.state > 0)"));
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

Result<std::vector<BlobUpload>> VaultSyncStore::uploads() {
    ASSIGN(auto* const store, m_vault.m_impl->db());
    std::vector<BlobUpload> out;
    ASSIGN(auto select,
           store->prepareCached("SELECT u.sha256, u.claim, b.size, u.url, u.blocking FROM upload u "
                                "JOIN blob b ON b.sha256 = u.sha256 JOIN claim c ON c.crn = u.claim "
                                "WHERE u.sent = 0 AND u.refused = '' AND c.server_knows = 1 ORDER BY u.saved"));
    TRY(select.query([&](const SqlStatement& row) -> Status {
        BlobUpload upload;
        ASSIGN(upload.sha256, toArray<32>(row.blob(0)));
        upload.claim = row.text(1);
        upload.size = static_cast<std::uint64_t>(row.int64(2));
        upload.url = row.text(3);
        upload.blocking = row.int64(4) != 0;
        out.push_back(std::move(upload));
        return {};
    }));
    return out;
}

Result<Bytes> VaultSyncStore::blobPart(const Hash& name, std::uint64_t offset, std::size_t most) {
    ASSIGN(auto* const store, m_vault.m_impl->db());
    Bytes out;
    ASSIGN(auto select,
           store->prepareCached(
               "SELECT place, bytes FROM blob_chunk WHERE sha256 = ? AND place BETWEEN ? AND ? ORDER BY place"));
    const auto first = offset / kBlobChunkBytes;
    TRY(select.query(name, first, (offset + most) / kBlobChunkBytes, [&](const SqlStatement& row) {
        auto part = row.blob(1);
        const auto begins = static_cast<std::uint64_t>(row.int64(0)) * kBlobChunkBytes;
        if (begins < offset) part = part.subspan(std::min<std::size_t>(part.size(), offset - begins));
        part = part.first(std::min(part.size(), most - out.size()));
        out.insert(out.end(), part.begin(), part.end());
    }));
    return out;
}

Status VaultSyncStore::uploadAt(const BlobKey& key, const std::string& url) {
    ASSIGN(auto* const store, m_vault.m_impl->db());
    ASSIGN(auto update, store->prepareCached("UPDATE upload SET url = ? WHERE sha256 = ? AND claim = ?"));
    return update.run(url, key.sha256, key.claim);
}

Status VaultSyncStore::uploaded(const BlobKey& key) {
    ASSIGN(auto* const store, m_vault.m_impl->db());
    ASSIGN(auto update, store->prepareCached("UPDATE upload SET sent = 1, url = '' WHERE sha256 = ? AND claim = ?"));
    return update.run(key.sha256, key.claim);
}

Status VaultSyncStore::uploadRefused(const BlobKey& key, const std::string& reason) {
    ASSIGN(auto* const store, m_vault.m_impl->db());
    ASSIGN(auto update, store->prepareCached("UPDATE upload SET refused = ?, url = '' WHERE sha256 = ? AND claim = ?"));
    return update.run(reason.empty() ? "refused" : reason, key.sha256, key.claim);
}

Result<PullPosition> VaultSyncStore::pullPosition() {
    auto& impl = *m_vault.m_impl;
    ASSIGN(auto* const store, impl.db());
    PullPosition out;
    ASSIGN(const auto epoch, impl.setting("epoch"));
    if (!epoch.empty()) {
        ASSIGN(out.epoch, Uuid::fromBytes(epoch));
    }
    ASSIGN(const auto fresh, impl.setting("fresh"));
    out.full = isOn(fresh);
    ASSIGN(const auto entering, impl.setting("entering"));
    if (!entering.empty()) {
        ASSIGN(const auto kept, decodeCbor(entering));
        if (kept.map() == nullptr) return fail(ErrorCode::Damaged, "the claim that enters is not a map");
        ASSIGN(out.entering, decodeCursors(*kept.map()));
    }
    ASSIGN(auto dropped, store->prepareCached("SELECT claim, kind, seq FROM purge WHERE dropped = 1 ORDER BY claim"));
    TRY(dropped.query([&](const SqlStatement& row) {
        out.purged.push_back(
            {std::string(row.text(0)), static_cast<PurgeKind>(row.int64(1)), static_cast<std::uint64_t>(row.int64(2))});
    }));
    ASSIGN(auto scopes, store->prepareCached("SELECT name, cursor FROM scope WHERE staged = ?"));
    TRY(scopes.query(out.full ? 1 : 0, [&](const SqlStatement& row) {
        out.cursors.emplace(row.text(0), static_cast<std::uint64_t>(row.int64(1)));
    }));
    return out;
}

Result<PullOutcome> VaultSyncStore::pullReceived(const PullReply& reply) {
    auto& impl = *m_vault.m_impl;
    ASSIGN(auto* const store, impl.db());
    ASSIGN(const auto position, pullPosition());
    const int staged = position.full ? 1 : 0;
    PullOutcome outcome;
    VaultNames names(*store, reply.keys, position.full);
    const auto rows = unpackRows(reply, names);
    if (!rows) {
        if (!wantsWhole(rows.error())) return tl::unexpected<Error>(rows.error());
        outcome.whole_needed = true;
        return outcome;
    }
    std::map<std::string, std::int64_t> touched;  // claim -> newest device time

    ASSIGN(auto transaction, Transaction::begin(*store));
    TRY(impl.keepKeys(reply.keys));
    ASSIGN(const bool known, impl.keepRows(*rows, staged, touched));
    outcome.fresh_needed = !known;
    if (!known) return outcome;
    ASSIGN(auto advance, store->prepareCached("INSERT INTO scope(staged, name, cursor) VALUES(?, ?, ?) "
                                              "ON CONFLICT DO UPDATE SET cursor = excluded.cursor"));
    for (const auto& [scope, cursor] : reply.cursors) TRY(advance.run(staged, scope, cursor));
    TRY(impl.putSetting("entering", reply.entering.empty() ? Bytes() : encodeCbor(encodeCursors(reply.entering))));

    bool differs = false;
    if (!reply.more) {
        ASSIGN(const auto sums, impl.scopeSums(staged, reply.purge));
        for (const auto& [scope, checksum] : reply.checksums) {
            const auto ours = sums.find(scope);
            differs = differs || (ours == sums.end() ? 0 : ours->second) != checksum;
        }
    }
    if (staged == 1 && !reply.more) {
        if (differs) {
            outcome.fresh_needed = true;
            return outcome;
        }
        ASSIGN(auto select, store->prepareCached("SELECT crn FROM claim"));
        touched.clear();
        TRY(select.query([&](const SqlStatement& row) { touched.emplace(row.text(0), 0); }));
        TRY(store->exec(
            "DELETE FROM ledger_change_set WHERE staged = 0; UPDATE ledger_change_set SET staged = 0;"
            "DELETE FROM scope WHERE staged = 0; UPDATE scope SET staged = 0; DELETE FROM setting WHERE key = 'fresh';"
            "DELETE FROM claim_scope WHERE staged = 0; UPDATE claim_scope SET staged = 0;"
            "UPDATE own_change_set SET state = 1 WHERE state = 4;"
            "UPDATE own_change_set SET state = 4, note = '' WHERE id IN (SELECT id FROM ledger_change_set);"));
        for (const auto& [crn, newest] : touched) TRY(impl.foldAgain(crn));
        TRY(
            store->exec("DELETE FROM claim WHERE NOT EXISTS(SELECT 1 FROM ledger_change_set l WHERE l.claim = crn)"
                        " AND NOT EXISTS(SELECT 1 FROM own_change_set o WHERE o.claim = crn)"));
    } else if (staged == 0) {
        for (const auto& [crn, newest] : touched) {
            ASSIGN(auto base, impl.baseOf(crn));
            TRY(impl.applyParked(crn, base));
            TRY(impl.putBase(crn, base, newest));
        }
        outcome.fresh_needed = differs;
    }
    bool dropped = false;
    if (!reply.more && !differs) {
        ASSIGN(const auto gone, impl.applyPurges(reply.purge));
        for (const auto& crn : gone) touched.emplace(crn, 0);
        dropped = !gone.empty();
    }
    TRY(transaction.commit());
    // What was dropped is not to be read from the log either.
    if (dropped) static_cast<void>(store->exec("PRAGMA wal_checkpoint(TRUNCATE)"));
    if (staged == 0 || !reply.more) {
        for (const auto& [crn, newest] : touched) outcome.claims.push_back(crn);
    }
    if (!outcome.claims.empty() && m_vault.m_impl->on_pulled) m_vault.m_impl->on_pulled(outcome.claims);
    return outcome;
}

Status VaultSyncStore::beginFreshPull() {
    auto& impl = *m_vault.m_impl;
    ASSIGN(auto* const store, impl.db());
    ASSIGN(auto transaction, Transaction::begin(*store));
    TRY(impl.stageAnew());
    return transaction.commit();
}

Status VaultSyncStore::epochChanged(const Uuid& epoch) {
    auto& impl = *m_vault.m_impl;
    ASSIGN(auto* const store, impl.db());
    ASSIGN(auto transaction, Transaction::begin(*store));
    TRY(impl.stageAnew());
    TRY(store->exec("UPDATE claim SET server_knows = 0; UPDATE upload SET sent = 0, url = '';"));
    TRY(impl.putSetting("epoch", epoch.bytes));
    return transaction.commit();
}

Result<std::optional<Hash>> VaultSyncStore::nextDownload() {
    ASSIGN(auto* const store, m_vault.m_impl->db());
    std::optional<Hash> out;
    ASSIGN(auto select,
           store->prepareCached("SELECT sha256 FROM wanted_blob WHERE refused = 0 ORDER BY sha256 LIMIT 1"));
    TRY(select.query([&](const SqlStatement& row) -> Status {
        ASSIGN(out, toArray<32>(row.blob(0)));
        return {};
    }));
    return out;
}

Status VaultSyncStore::downloaded(const Hash& name, ByteView bytes) {
    auto& impl = *m_vault.m_impl;
    ASSIGN(auto* const store, impl.db());
    ASSIGN(auto transaction, Transaction::begin(*store));
    std::string crn;
    ASSIGN(auto select, store->prepareCached("SELECT claim FROM wanted_blob WHERE sha256 = ?"));
    TRY(select.query(name, [&](const SqlStatement& row) { crn = row.text(0); }));
    TRY(impl.putBlob(crn, name, bytes));
    ASSIGN(auto drop, store->prepareCached("DELETE FROM wanted_blob WHERE sha256 = ?"));
    TRY(drop.run(name));
    ASSIGN(auto stale, store->prepareCached("UPDATE claim SET summary = NULL WHERE crn = ?"));
    TRY(stale.run(crn));
    TRY(transaction.commit());
    if (impl.on_pulled) impl.on_pulled({crn});
    return {};
}

Status VaultSyncStore::downloadRefused(const Hash& name) {
    ASSIGN(auto* const store, m_vault.m_impl->db());
    ASSIGN(auto update, store->prepareCached("UPDATE wanted_blob SET refused = 1 WHERE sha256 = ?"));
    return update.run(name);
}

Result<SyncCounts> VaultSyncStore::counts() {
    ASSIGN(auto* const store, m_vault.m_impl->db());
    SyncCounts out;
    // Asked for several times a step: all of it is read from indexes, none of it from the rows.
    ASSIGN(auto select,
           store->prepareCached(
               "SELECT (SELECT count(*) FROM own_change_set), (SELECT count(*) FROM own_change_set WHERE state = 0),"
               " (SELECT count(*) FROM own_change_set WHERE state = 3),"
               " (SELECT coalesce(sum((SELECT count(*) FROM own_change_set o INDEXED BY own_unreceived"
               "   WHERE o.state = 0 AND o.author = a.id)), 0)"
               "  FROM author a WHERE a.registered = 1 AND a.refused = '') -"
               " (SELECT coalesce(sum((SELECT count(*) FROM own_change_set o INDEXED BY own_unreceived"
               "   WHERE o.state = 0 AND o.author = c.author AND o.incarnation = c.incarnation)), 0)"
               "  FROM chain c JOIN author a ON a.id = c.author"
               "  WHERE c.missing < 0 AND a.registered = 1 AND a.refused = ''),"
               " (SELECT count(*) FROM upload WHERE sent = 0), EXISTS(SELECT 1 FROM claim WHERE news = 1)"));
    TRY(select.query([&](const SqlStatement& row) {
        out.saved = static_cast<std::uint64_t>(row.int64(0));
        out.acknowledged = static_cast<std::uint64_t>(row.int64(0) - row.int64(1));
        out.set_aside = static_cast<std::uint64_t>(row.int64(2));
        out.sendable = static_cast<std::uint64_t>(row.int64(3));
        out.blobs_waiting = static_cast<std::uint64_t>(row.int64(4));
        out.news_expected = row.int64(5) != 0;
    }));
    ASSIGN(auto missing, store->prepareCached("SELECT coalesce(sum(max(missing, 0)), 0) FROM chain"));
    TRY(missing.query([&](const SqlStatement& row) {
        out.saved += static_cast<std::uint64_t>(row.int64(0));
        out.acknowledged += static_cast<std::uint64_t>(row.int64(0));
    }));
    return out;
}

}  // namespace fieldclaim::tablet
