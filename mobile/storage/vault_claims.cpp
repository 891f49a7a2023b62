#include <algorithm>
#include <set>

#include "mobile/storage/vault_impl.h"
#include "shared/domain/records.h"
#include "shared/domain/seal.h"
#include "shared/wire/cbor.h"

// What officers do with claims: saves, and reading them back.
namespace fieldclaim::tablet {
namespace {

struct ChainHead {
    std::uint32_t incarnation = 1;
    std::uint64_t counter = 0;
    Hash hash{};
};

Result<ChainHead> headOf(Database& store, const Uuid& author) {
    ChainHead head;
    ASSIGN(auto select, store.prepareCached(
                            "SELECT a.incarnation, coalesce(c.counter, 0), c.hash FROM author a "
                            "LEFT JOIN chain c ON c.author = a.id AND c.incarnation = a.incarnation WHERE a.id = ?"));
    bool found = false;
    TRY(select.query(author.bytes, [&](const SqlStatement& row) -> Status {
        found = true;
        head.incarnation = static_cast<std::uint32_t>(row.int64(0));
        head.counter = static_cast<std::uint64_t>(row.int64(1));
        if (row.isNull(2)) return {};
        ASSIGN(head.hash, toArray<32>(row.blob(2)));
        return {};
    }));
    if (!found) return fail(ErrorCode::Damaged, "the officer's author is not in the vault");
    return head;
}

// makeChangeSet ends the program on what is over a limit; an officer's long note is told instead.
Status checkLimits(const Payload& payload) {
    if (payload.edits.size() > kMaxEdits) return fail(ErrorCode::TooLarge, "more than 1,000 edits in one save");
    for (const auto& edit : payload.edits) {
        if (!isPath(edit.path)) return fail(ErrorCode::BadInput, "an edit's path is malformed");
        if (edit.replaces.size() > kMaxReplaces)
            return fail(ErrorCode::TooLarge, "an edit replaces more than 2,000 edits");
    }
    std::size_t bytes = 64;
    for (const auto& edit : payload.edits)
        bytes += encodeCbor(edit.value).size() + edit.path.size() + 32 * edit.replaces.size() + 16;
    if (payload.intent) bytes += encodeCbor(*payload.intent).size();
    if (bytes > kMaxPayloadBytes) return fail(ErrorCode::TooLarge, "more than 256 KiB in one save");
    return {};
}

constexpr std::string_view kClaimColumns =
    "SELECT c.crn, c.site, c.summary, c.summary_day, c.last_change,"
    " (SELECT count(*) FROM own_change_set o WHERE o.claim = c.crn AND o.state = 0),"
    " (SELECT count(*) FROM upload u WHERE u.claim = c.crn AND u.sent = 0),"
    " (SELECT count(*) FROM own_change_set o WHERE o.claim = c.crn AND o.state <> 0),"
    " (SELECT count(*) FROM own_change_set o WHERE o.claim = c.crn AND o.state = 3),"
    " (SELECT count(*) FROM own_change_set o WHERE o.claim = c.crn AND o.state = 2),"
    " (SELECT count(*) FROM own_change_set o WHERE o.claim = c.crn AND o.state = 5),"
    " coalesce((SELECT o.note FROM own_change_set o WHERE o.claim = c.crn AND o.note <> '' AND o.state <> 5"
    "  ORDER BY o.state = 3 DESC, o.saved DESC LIMIT 1), ''),"
    " coalesce((SELECT o.note FROM own_change_set o WHERE o.claim = c.crn AND o.note <> '' AND o.state = 5"
    "  ORDER BY o.saved DESC LIMIT 1), ''), c.server_knows"
    " FROM claim c ";

ClaimRow rowOf(const SqlStatement& row) {
    ClaimRow out;
    out.crn = row.text(0);
    out.site = row.text(1);
    out.summary = toBytes(row.blob(2));
    out.summary_day = static_cast<std::int32_t>(row.int64(3));
    out.last_change = row.int64(4);
    const auto count = [&](int column) { return static_cast<std::uint64_t>(row.int64(column)); };
    out.pending = count(5);
    out.pending_blobs = count(6);
    out.received = count(7);
    out.set_aside = count(8);
    out.parked = count(9);
    out.refused = count(10);
    out.note = row.text(11);
    out.refusal = row.text(12);
    out.server_knows = row.int64(13) != 0;
    return out;
}

}  // namespace

Status Vault::Impl::putBlob(const std::string& crn, const Hash& name, ByteView bytes) {
    ASSIGN(auto* const store, db());
    ASSIGN(auto insert,
           store->prepareCached("INSERT INTO blob(sha256, claim, size) VALUES(?, ?, ?) ON CONFLICT DO NOTHING"));
    TRY(insert.run(name, crn, bytes.size()));
    if (store->changes() == 0) return {};
    ASSIGN(auto chunk, store->prepareCached("INSERT INTO blob_chunk(sha256, place, bytes) VALUES(?, ?, ?)"));
    for (std::size_t place = 0; place * kBlobChunkBytes < bytes.size(); ++place) {
        const auto at = place * kBlobChunkBytes;
        TRY(chunk.run(name, place, bytes.subspan(at, std::min(kBlobChunkBytes, bytes.size() - at))));
    }
    return {};
}

Result<ChangeSet> Vault::save(const SaveRequest& request) {
    ASSIGN(auto* const store, m_impl->db());
    if (!m_impl->signed_in) return fail(ErrorCode::NotSignedIn, "no officer is signed in");
    TRY(checkLimits(request.payload));
    if (Crn::parse(request.crn) != request.crn) return fail(ErrorCode::BadInput, "not a claim number");
    const auto& officer = *m_impl->signed_in;
    const auto wall = m_impl->clock.wallMs();

    ASSIGN(auto transaction, Transaction::begin(*store));
    ClaimKey key{};
    if (request.begins) {
        key = *request.begins;
        ASSIGN(auto insert, store->prepareCached("INSERT INTO claim(crn, key, site) VALUES(?, ?, ?)"));
        TRY(insert.run(request.crn, key, request.site));
    } else {
        bool found = false;
        ASSIGN(auto select, store->prepareCached("SELECT key FROM claim WHERE crn = ?"));
        TRY(select.query(request.crn, [&](const SqlStatement& row) -> Status {
            if (row.isNull(0)) return {};
            ASSIGN(key, toArray<32>(row.blob(0)));
            found = true;
            return {};
        }));
        if (!found) return fail(ErrorCode::NotFound, "no such claim on this tablet");
        ASSIGN(const bool left, hasLeft(request.crn));
        if (left) return fail(ErrorCode::NotAllowed, std::string(kClaimHasLeft));
    }

    ASSIGN(const auto head, headOf(*store, officer.author));
    ChangeSetHeader header;
    header.author = officer.author;
    header.incarnation = head.incarnation;
    header.counter = head.counter + 1;
    header.previous = head.hash;
    ASSIGN(auto scopes, store->prepareCached("SELECT name, cursor FROM scope WHERE staged = 0"));
    TRY(scopes.query(
        [&](const SqlStatement& row) { header.seen.emplace(row.text(0), static_cast<std::uint64_t>(row.int64(1))); }));
    header.claim = request.crn;
    header.device_time = wall;
    header.device_uptime = m_impl->clock.uptimeMs();
    header.pack = request.pack;
    auto made = makeChangeSet(std::move(header), request.payload, key);

    const auto signature =
        signEd25519(officer.secret, segmentMessage(officer.author, head.incarnation, made.header.counter, made.hash));
    const auto intent = made.payload.intent ? made.payload.intent->textAt("intent") : std::string();
    ASSIGN(auto insert,
           store->prepareCached(
               "INSERT INTO own_change_set(id, author, incarnation, counter, hash, claim, bytes, signature, intent) "
               "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)"));
    TRY(insert.run(made.id(), officer.author.bytes, head.incarnation, made.header.counter, made.hash, request.crn,
                   encodeChangeSet(made), signature, intent));
    ASSIGN(auto chain,
           store->prepareCached("INSERT INTO chain(author, incarnation, counter, hash) VALUES(?, ?, ?, ?) "
                                "ON CONFLICT DO UPDATE SET counter = excluded.counter, hash = excluded.hash"));
    TRY(chain.run(officer.author.bytes, head.incarnation, made.header.counter, made.hash));
    ASSIGN(auto touch,
           store->prepareCached("UPDATE claim SET summary = NULL, last_change = ?, news = max(news, ?) WHERE crn = ?"));
    TRY(touch.run(wall, intent.empty() ? 0 : 1, request.crn));
    std::set<Hash> sealed;
    for (const auto& edit : request.payload.edits) {
        if (!edit.path.starts_with("seal/")) continue;
        if (const auto seal = decodeSeal(edit.path.substr(5), edit.value)) sealed.insert(seal->digest);
    }
    ASSIGN(auto upload, store->prepareCached("INSERT INTO upload(sha256, claim, blocking) VALUES(?, ?, ?) "
                                             "ON CONFLICT DO UPDATE SET blocking = max(blocking, excluded.blocking)"));
    for (const auto& bytes : request.blobs) {
        const auto name = sha256(bytes);
        TRY(m_impl->putBlob(request.crn, name, bytes));
        TRY(upload.run(name, request.crn, sealed.contains(name) ? 1 : 0));
    }
    TRY(transaction.commit());
    m_impl->copyHead();
    return made;
}

Result<ClaimState> Vault::baseState(std::string_view crn) const { return m_impl->baseOf(crn); }

Result<ClaimState> Vault::claimState(std::string_view crn) const {
    ASSIGN(auto state, m_impl->baseOf(crn));
    ASSIGN(const auto own, m_impl->ownNotInLedger(crn));
    // What an own edit builds on was here when it was made; should it be gone (a fresh download without what is parked
    // on the server), the officer's own words are shown all the same.
    for (const auto& change_set : own) state.applyRegardless(change_set);
    return state;
}

Result<std::vector<ClaimRow>> Vault::claims() const {
    ASSIGN(auto* const store, m_impl->db());
    std::vector<ClaimRow> out;
    ASSIGN(auto select, store->prepareCached(std::string(kClaimColumns) +
                                             "WHERE c.key IS NOT NULL ORDER BY c.last_change DESC, c.crn"));
    TRY(select.query([&](const SqlStatement& row) { out.push_back(rowOf(row)); }));
    return out;
}

Result<ClaimRow> Vault::claim(std::string_view crn) const {
    ASSIGN(auto* const store, m_impl->db());
    std::optional<ClaimRow> out;
    ASSIGN(auto select, store->prepareCached(std::string(kClaimColumns) + "WHERE c.crn = ? AND c.key IS NOT NULL"));
    TRY(select.query(crn, [&](const SqlStatement& row) { out = rowOf(row); }));
    if (!out) return fail(ErrorCode::NotFound, "no such claim on this tablet");
    return *out;
}

Result<std::vector<ClaimRow>> Vault::search(std::string_view folded, std::size_t limit) const {
    ASSIGN(auto* const store, m_impl->db());
    std::vector<ClaimRow> out;
    ASSIGN(auto select,
           store->prepareCached(
               std::string(kClaimColumns) +
               "WHERE c.key IS NOT NULL AND instr(c.folded, ?) > 0 ORDER BY c.last_change DESC, c.crn LIMIT ?"));
    TRY(select.query(folded, limit, [&](const SqlStatement& row) { out.push_back(rowOf(row)); }));
    return out;
}

Result<std::vector<StoredChangeSet>> Vault::changeSets(std::string_view crn) const {
    ASSIGN(auto* const store, m_impl->db());
    std::vector<StoredChangeSet> out;
    const auto read = [&](const SqlStatement& row, bool in_ledger) -> Status {
        if (row.isNull(0)) return {};
        auto decoded = decodeChangeSet(row.blob(0));
        if (!decoded) return {};  // kept, but nothing to show
        StoredChangeSet stored{std::move(*decoded), row.int64(1) != 0, OwnState::InLedger, std::string(row.text(3))};
        if (!in_ledger) stored.state = static_cast<OwnState>(row.int64(2));
        out.push_back(std::move(stored));
        return {};
    };
    ASSIGN(auto ledger,
           store->prepareCached("SELECT coalesce(l.bytes, o.bytes), o.id IS NOT NULL, 4, '' FROM ledger_change_set l "
                                "LEFT JOIN own_change_set o ON o.id = l.id WHERE l.claim = ? AND l.staged = 0 ORDER BY "
                                "l.seq, l.place"));
    TRY(ledger.query(crn, [&](const SqlStatement& row) { return read(row, true); }));
    ASSIGN(auto own, store->prepareCached("SELECT bytes, 1, state, note FROM own_change_set WHERE claim = ? AND state "
                                          "<> 4 AND content = 1 ORDER BY saved"));
    TRY(own.query(crn, [&](const SqlStatement& row) { return read(row, false); }));
    return out;
}

Result<std::vector<StoredChangeSet>> Vault::notApplied(std::string_view crn) const {
    ASSIGN(auto* const store, m_impl->db());
    std::vector<StoredChangeSet> out;
    ASSIGN(auto select, store->prepareCached("SELECT bytes, state, note FROM own_change_set WHERE claim = ? AND state "
                                             "IN (2, 3, 5) AND content = 1 ORDER BY saved"));
    TRY(select.query(crn, [&](const SqlStatement& row) {
        auto decoded = decodeChangeSet(row.blob(0));
        if (!decoded) return;  // kept, but nothing to show
        out.push_back({std::move(*decoded), true, static_cast<OwnState>(row.int64(1)), std::string(row.text(2))});
    }));
    return out;
}

Result<std::vector<Value>> Vault::openIntents(std::string_view crn, std::string_view kind) const {
    ASSIGN(auto* const store, m_impl->db());
    ASSIGN(const auto base, m_impl->baseOf(crn));
    std::vector<Value> out;
    ASSIGN(auto select,
           store->prepareCached(
               "SELECT bytes FROM own_change_set WHERE claim = ? AND intent = ? AND content = 1 ORDER BY saved"));
    TRY(select.query(crn, kind, [&](const SqlStatement& row) -> Status {
        ASSIGN(const auto change_set, decodeChangeSet(row.blob(0)));
        if (base.find(intentPath(change_set.id())) == nullptr) out.push_back(*change_set.payload.intent);
        return {};
    }));
    return out;
}

Result<std::set<ChangeSetId>> Vault::ownIntents(std::string_view crn, std::string_view kind) const {
    ASSIGN(auto* const store, m_impl->db());
    std::set<ChangeSetId> out;
    ASSIGN(auto select, store->prepareCached("SELECT id FROM own_change_set WHERE claim = ? AND intent = ?"));
    TRY(select.query(crn, kind, [&](const SqlStatement& row) -> Status {
        ASSIGN(const auto id, toArray<16>(row.blob(0)));
        out.insert(id);
        return {};
    }));
    return out;
}

Result<Bytes> Vault::blob(const Hash& name) const {
    ASSIGN(auto* const store, m_impl->db());
    Bytes out;
    bool found = false;
    ASSIGN(auto select, store->prepareCached("SELECT c.bytes FROM blob b LEFT JOIN blob_chunk c ON c.sha256 = b.sha256 "
                                             "WHERE b.sha256 = ? ORDER BY c.place"));
    TRY(select.query(name, [&](const SqlStatement& row) {
        found = true;
        const auto part = row.blob(0);
        out.insert(out.end(), part.begin(), part.end());
    }));
    if (!found) return fail(ErrorCode::NotFound, "the blob is not on this tablet");
    if (sha256(out) != name) return fail(ErrorCode::Damaged, "a blob's bytes are not those of its name");
    return out;
}

Status Vault::wantBlob(std::string_view crn, const Hash& name) {
    ASSIGN(auto* const store, m_impl->db());
    ASSIGN(auto want,
           store->prepareCached("INSERT INTO wanted_blob(sha256, claim) SELECT ?1, ?2 WHERE NOT EXISTS(SELECT 1 FROM "
                                "blob WHERE sha256 = ?1) ON CONFLICT DO UPDATE SET refused = 0"));
    return want.run(name, crn);
}

Status Vault::dropBlob(std::string_view crn, const Hash& name) {
    ASSIGN(auto* const store, m_impl->db());
    ASSIGN(auto transaction, Transaction::begin(*store));
    ASSIGN(auto upload, store->prepareCached("DELETE FROM upload WHERE sha256 = ? AND claim = ?"));
    TRY(upload.run(name, crn));
    ASSIGN(auto bytes, store->prepareCached("DELETE FROM blob WHERE sha256 = ?1 AND claim = ?2 AND NOT EXISTS(SELECT 1 "
                                            "FROM upload WHERE upload.sha256 = ?1)"));
    TRY(bytes.run(name, crn));
    return transaction.commit();
}

Result<VaultTotals> Vault::totals() const {
    ASSIGN(auto* const store, m_impl->db());
    VaultTotals out;
    const auto natural = [](const SqlStatement& row, int column) {
        return static_cast<std::uint64_t>(row.int64(column));
    };
    ASSIGN(auto own, store->prepareCached("SELECT (SELECT count(*) FROM own_change_set), (SELECT count(*) FROM "
                                          "own_change_set WHERE state = 0), (SELECT count(*) FROM own_change_set WHERE "
                                          "state = 3)"));
    TRY(own.query([&](const SqlStatement& row) {
        out.saved_here = natural(row, 0);
        out.acknowledged = natural(row, 0) - natural(row, 1);
        out.set_aside = natural(row, 2);
    }));
    ASSIGN(auto missing, store->prepareCached("SELECT coalesce(sum(max(missing, 0)), 0) FROM chain"));
    TRY(missing.query([&](const SqlStatement& row) {
        out.saved_here += natural(row, 0);
        out.acknowledged += natural(row, 0);
    }));
    ASSIGN(auto waiting,
           store->prepareCached("SELECT (SELECT count(*) FROM upload WHERE sent = 0), (SELECT count(*) FROM claim c "
                                "WHERE EXISTS(SELECT 1 FROM own_change_set o WHERE o.claim = c.crn AND o.state = 0) OR "
                                "EXISTS(SELECT 1 FROM upload u WHERE u.claim = c.crn AND u.sent = 0))"));
    TRY(waiting.query([&](const SqlStatement& row) {
        out.blobs_waiting = natural(row, 0);
        out.claims_waiting = natural(row, 1);
    }));
    ASSIGN(const auto contact, m_impl->setting("last_contact"));
    if (!contact.empty()) {
        ASSIGN(const auto value, decodeCbor(contact));
        if (value.integer() != nullptr) out.last_contact_ms = *value.integer();
    }
    return out;
}

}  // namespace fieldclaim::tablet
