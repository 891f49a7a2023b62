#include "mobile/sync/memory_sync_store.h"

#include <algorithm>

#include "mobile/sync/memory_names.h"

namespace fieldclaim::tablet {

MemorySyncStore::MemorySyncStore(SyncIdentity identity, UnregisteredAuthor author, KeyPair author_key)
    : m_identity(std::move(identity)), m_author(std::move(author)), m_key(author_key) {}

ChangeSet MemorySyncStore::save(const std::string& crn, Payload payload, std::int64_t device_time,
                                std::optional<ClaimKey> begins) {
    if (begins) m_keys.emplace(crn, *begins);
    ENSURE(m_keys.contains(crn));
    const auto& head = m_heads[m_incarnation];
    ChangeSetHeader header;
    header.author = m_author.author;
    header.incarnation = m_incarnation;
    header.counter = head.counter + 1;
    header.previous = head.hash;
    header.seen = m_ledger.cursors;
    header.claim = crn;
    header.device_time = device_time;
    header.pack = "working-age/1";
    auto made = makeChangeSet(std::move(header), std::move(payload), m_keys.at(crn));
    m_heads[m_incarnation] = {m_author.author, m_incarnation, made.header.counter, made.hash};
    m_own.push_back(
        {made,
         signEd25519(m_key.secret, segmentMessage(m_author.author, m_incarnation, made.header.counter, made.hash)),
         false,
         false,
         false,
         {}});
    return made;
}

void MemorySyncStore::saveBlob(const std::string& crn, Bytes bytes, bool blocking) {
    const auto name = sha256(bytes);
    if (uploadOf({name, crn}) == nullptr) m_uploads.push_back({{name, crn}, {}, blocking, false, false});
    m_blobs.emplace(name, std::move(bytes));
}

const ChangeSet* MemorySyncStore::find(const ChangeSetId& id) const {
    const auto pulled = m_pulled.find(id);
    if (pulled != m_pulled.end()) return &pulled->second;
    const auto own =
        std::find_if(m_own.begin(), m_own.end(), [&](const Own& each) { return each.change_set.id() == id; });
    return own == m_own.end() ? nullptr : &own->change_set;
}

ClaimState MemorySyncStore::fold(const std::string& crn) const {
    std::vector<const ChangeSet*> waiting;
    for (const auto& [seq, row] : m_ledger.rows) {
        if (row.claim != crn) continue;
        for (const auto& id : row.ids) {
            if (const auto* change_set = find(id)) waiting.push_back(change_set);
        }
    }
    ClaimState state;
    for (bool again = true; again;) {
        again = false;
        std::erase_if(waiting, [&](const ChangeSet* change_set) {
            const bool applied = state.apply(*change_set) != ApplyOutcome::Waiting;
            again = again || applied;
            return applied;
        });
    }
    return state;
}

ClaimState MemorySyncStore::state(const std::string& crn) const {
    auto out = fold(crn);
    for (const auto& own : m_own) {
        if (own.change_set.header.claim == crn && !own.in_ledger && own.content) out.applyRegardless(own.change_set);
    }
    return out;
}

std::set<std::string> MemorySyncStore::claims() const {
    std::set<std::string> out;
    for (const auto& [crn, key] : m_keys) out.insert(crn);
    return out;
}

Result<std::vector<UnregisteredAuthor>> MemorySyncStore::unregisteredAuthors() {
    if (m_registered) return std::vector<UnregisteredAuthor>();
    return std::vector<UnregisteredAuthor>{m_author};
}

std::optional<Bytes> MemorySyncStore::signAsAuthor(const Uuid& author, ByteView message) {
    if (author != m_author.author) return std::nullopt;
    return signEd25519(m_key.secret, message);
}

Status MemorySyncStore::authorRegistered(const Uuid&) {
    m_registered = true;
    return {};
}

Status MemorySyncStore::authorRefused(const Uuid&, const std::string&) {
    m_refused = true;
    return {};
}

Result<SyncPosition> MemorySyncStore::position() {
    SyncPosition out;
    ASSIGN(auto pull, pullPosition());
    out.epoch = pull.epoch;
    out.cursors = std::move(pull.cursors);
    for (const auto& [incarnation, head] : m_heads) {
        if (head.counter > 0) out.heads.push_back(head);
    }
    out.pending = static_cast<std::uint64_t>(
        std::count_if(m_own.begin(), m_own.end(), [](const Own& own) { return !own.acknowledged; }));
    return out;
}

Result<std::vector<Head>> MemorySyncStore::helloReceived(const HelloReply& reply, std::int64_t) {
    m_epoch = reply.epoch;
    m_refused = false;
    for (auto& upload : m_uploads) upload.refused = false;
    for (const auto& scope : reply.scopes) {
        m_ledger.cursors.emplace(scope, 0);
        if (m_staged) m_staged->cursors.emplace(scope, 0);
    }
    // A site that this tablet is enrolled for no more: should it be again, it is read from the beginning.
    if (!reply.scopes.empty()) {
        const auto ended = [&](const auto& entry) {
            return std::find(reply.scopes.begin(), reply.scopes.end(), entry.first) == reply.scopes.end();
        };
        std::erase_if(m_ledger.cursors, ended);
        if (m_staged) {
            for (const auto& entry : Cursors(m_staged->cursors)) {
                if (ended(entry)) m_staged->forget(entry.first);
            }
            std::erase_if(m_staged->cursors, ended);
            std::erase_if(m_staged->snapshots, ended);
        }
    }
    std::vector<Head> others;
    for (const auto& head : reply.received) {
        const auto ours = m_heads.find(head.incarnation);
        if (head.author != m_author.author || ours == m_heads.end() || ours->second.counter == 0) continue;
        const auto* same = ownAt(head.incarnation, head.counter);
        const bool differs = head.counter > ours->second.counter ||
                             (same != nullptr && head.hash != Hash{} && same->change_set.hash != head.hash);
        if (differs) {
            // One that was left behind for its fork differs for ever, and its officer has been told.
            if (head.incarnation == m_incarnation) others.push_back(head);
        } else {
            TRY(rewind(head.author, head.incarnation, head.counter));
        }
    }
    return others;
}

Result<std::vector<PackInfo>> MemorySyncStore::packsToFetch(const std::vector<PackInfo>& offered) {
    std::vector<PackInfo> out;
    for (const auto& pack : offered) {
        if (std::find(m_packs.begin(), m_packs.end(), pack) == m_packs.end()) out.push_back(pack);
    }
    return out;
}

Status MemorySyncStore::packReceived(const PackInfo& pack, ByteView) {
    m_packs.push_back(pack);
    return {};
}

Result<Outbox> MemorySyncStore::outbox(std::size_t most_bytes) {
    Outbox out;
    std::uint64_t last = 0;
    if (!m_registered || m_refused) return out;
    for (const auto& own : m_own) {
        if (own.acknowledged) continue;
        auto bytes = encodeChangeSet(own.change_set);
        if (out.change_sets > 0 && out.bytes + bytes.size() > most_bytes) {
            out.more = true;
            break;
        }
        const auto& header = own.change_set.header;
        const bool follows = !out.segments.empty() && out.segments.back().incarnation == header.incarnation &&
                             header.counter == last + 1;
        if (!follows) out.segments.push_back({header.author, header.incarnation, {}, {}});
        last = header.counter;
        out.bytes += bytes.size();
        ++out.change_sets;
        out.segments.back().change_sets.push_back(std::move(bytes));
        out.segments.back().signature = own.signature;
        const auto key = m_keys.find(header.claim);
        if (!m_known_to_server.contains(header.claim) && key != m_keys.end()) out.keys.insert(*key);
    }
    MemoryNames names(*this);
    for (auto& segment : out.segments) TRY(packSegment(segment, names));
    return out;
}

Status MemorySyncStore::pushReceived(const Outbox& sent, const PushReply& reply) {
    for (std::size_t i = 0; i < reply.results.size() && i < sent.segments.size(); ++i) {
        const auto& result = reply.results[i];
        if (result.outcome == PushOutcome::Refused) m_refused = true;
        if (result.outcome == PushOutcome::Gap) TRY(rewind(result.author, result.incarnation, result.through));
        std::set<std::uint64_t> duplicates;
        for (const auto& note : result.notes) {
            if (note.kind == NoteKind::Duplicate) duplicates.insert(note.counter);
        }
        // Of a store that was copied the server may have received more, from the other copy, than was sent from here.
        std::uint64_t last_sent = 0;
        for (const auto& bytes : sent.segments[i].change_sets) {
            ASSIGN(const auto raw,
                   splitChangeSet(bytes));  // its claim may have been dropped: the header alone is there
            ASSIGN(const auto header, decodeHeader(raw.header_bytes));
            last_sent = header.counter;
            auto* const own = ownAt(result.incarnation, header.counter);
            if (own == nullptr) continue;
            if (result.outcome == PushOutcome::Fork && !duplicates.contains(header.counter)) {
                own->acknowledged = own->set_aside = true;
                own->note = result.reason;
            }
        }
        if (result.outcome == PushOutcome::Received || result.outcome == PushOutcome::Fork) {
            for (auto& own : m_own) {
                const auto& header = own.change_set.header;
                if (header.incarnation != result.incarnation || own.acknowledged ||
                    header.counter > std::min(result.through, last_sent))
                    continue;
                own.acknowledged = true;
                m_known_to_server.insert(header.claim);
            }
        }
        for (const auto& note : result.notes) {
            auto* const own = ownAt(result.incarnation, note.counter);
            if (own == nullptr || note.kind == NoteKind::Duplicate) continue;
            own->set_aside = note.kind == NoteKind::Quarantined && !own->refused;
            own->note = note.reason;
        }
    }
    return {};
}

Status MemorySyncStore::rewind(const Uuid& author, std::uint32_t incarnation, std::uint64_t head) {
    if (author != m_author.author) return {};
    for (auto& own : m_own) {
        if (own.change_set.header.incarnation != incarnation) continue;
        own.acknowledged = own.change_set.header.counter <= head;
        if (own.acknowledged) {
            m_known_to_server.insert(own.change_set.header.claim);
        } else {
            own.set_aside = false;
        }
    }
    return {};
}

Status MemorySyncStore::forked(const Uuid& author, std::uint32_t incarnation) {
    if (author == m_author.author && incarnation == m_incarnation) ++m_incarnation;
    return {};
}

MemorySyncStore::Upload* MemorySyncStore::uploadOf(const BlobKey& key) {
    const auto found =
        std::find_if(m_uploads.begin(), m_uploads.end(), [&](const Upload& upload) { return upload.key == key; });
    return found == m_uploads.end() ? nullptr : &*found;
}

Result<std::vector<BlobUpload>> MemorySyncStore::uploads() {
    std::vector<BlobUpload> out;
    for (const auto& upload : m_uploads) {
        const auto& [name, claim] = upload.key;
        if (upload.sent || upload.refused || !m_known_to_server.contains(claim)) continue;
        out.push_back({name, claim, m_blobs.at(name).size(), upload.url, upload.blocking});
    }
    return out;
}

Result<Bytes> MemorySyncStore::blobPart(const Hash& name, std::uint64_t offset, std::size_t most) {
    const auto& bytes = m_blobs.at(name);
    const auto from = std::min<std::size_t>(offset, bytes.size());
    if (m_on_part) m_on_part(name, from, std::min(most, bytes.size() - from));
    return toBytes(ByteView(bytes).subspan(from, std::min(most, bytes.size() - from)));
}

Status MemorySyncStore::uploadAt(const BlobKey& key, const std::string& url) {
    if (auto* const upload = uploadOf(key)) upload->url = url;
    return {};
}

Status MemorySyncStore::uploaded(const BlobKey& key) {
    if (auto* const upload = uploadOf(key)) upload->sent = true;
    if (m_on_part && m_blobs.contains(key.sha256)) m_on_part(key.sha256, m_blobs.at(key.sha256).size(), 0);
    return {};
}

Status MemorySyncStore::uploadRefused(const BlobKey& key, const std::string&) {
    if (auto* const upload = uploadOf(key)) upload->refused = true;
    return {};
}

Result<PullPosition> MemorySyncStore::pullPosition() {
    const auto& ledger = m_staged ? *m_staged : m_ledger;
    PullPosition out{m_epoch, ledger.cursors, m_staged.has_value(), ledger.entering, {}};
    for (const auto& [crn, purge] : m_purges) {
        if (purge.dropped) out.purged.push_back(purge.entry);
    }
    return out;
}

Result<bool> MemorySyncStore::putRows(Ledger& ledger, const std::vector<PullRow>& rows, Pulled& pulled) const {
    for (const auto& row : rows) {
        // A reply that came twice, or a claim that comes back and was not dropped: its rows are here already.
        ledger.scopes[row.claim] = row.scope;
        if (ledger.rows.contains(row.seq)) continue;
        Row kept{row.claim, {}, 0};
        for (const auto& bytes : row.change_sets) {
            ChangeSetId id{};
            if (bytes.size() == id.size()) {
                std::copy(bytes.begin(), bytes.end(), id.begin());
                const auto* const known = find(id);
                if (known == nullptr || known->payload_bytes.empty()) return false;
            } else {
                ASSIGN(auto change_set, decodeChangeSet(bytes));
                id = change_set.id();
                pulled.insert_or_assign(id, std::move(change_set));
            }
            kept.ids.push_back(id);
        }
        kept.checksum = rowChecksum(row.seq, row.claim, kept.ids);
        ledger.rows.emplace(row.seq, std::move(kept));
    }
    return true;
}

Result<PullOutcome> MemorySyncStore::pullReceived(const PullReply& reply) {
    PullOutcome outcome;
    MemoryNames names(*this, reply.keys);
    const auto rows = unpackRows(reply, names);
    if (!rows) {
        if (!wantsWhole(rows.error())) return tl::unexpected<Error>(rows.error());
        outcome.whole_needed = true;
        return outcome;
    }
    auto ledger = m_staged ? *m_staged : m_ledger;
    Pulled pulled;
    ASSIGN(const bool known, putRows(ledger, *rows, pulled));
    outcome.fresh_needed = !known;
    if (!known) return outcome;
    std::set<std::string> touched;
    for (const auto& row : *rows) touched.insert(row.claim);
    for (const auto& [name, cursor] : reply.cursors) ledger.cursors[name] = cursor;
    ledger.entering = reply.entering;
    bool differs = false;
    if (!reply.more) {
        for (const auto& [name, checksum] : reply.checksums)
            differs = differs || sumOf(ledger, name, reply.purge) != checksum;
    }
    outcome.fresh_needed = differs;
    if (differs && m_staged) return outcome;
    for (const auto& [crn, key] : reply.keys) m_keys.insert_or_assign(crn, key);
    m_pulled.merge(pulled);
    for (const auto& crn : touched) m_known_to_server.insert(crn);
    if (m_staged && reply.more) {
        m_staged = std::move(ledger);
        return outcome;
    }
    if (m_staged) {
        for (const auto& [crn, scope] : ledger.scopes) touched.insert(crn);
    }
    m_ledger = std::move(ledger);
    m_staged.reset();
    if (!reply.more && !differs) applyPurges(reply.purge, touched);
    markLedger();
    outcome.claims.assign(touched.begin(), touched.end());
    return outcome;
}

std::uint64_t MemorySyncStore::sumOf(const Ledger& ledger, const std::string& scope,
                                     const std::vector<PurgeEntry>& purge) const {
    std::set<std::string> leaving;
    for (const auto& entry : purge) leaving.insert(entry.claim);
    std::uint64_t out = 0;
    for (const auto& [seq, row] : ledger.rows) {
        const auto in = ledger.scopes.find(row.claim);
        if (in != ledger.scopes.end() && in->second == scope && !leaving.contains(row.claim)) out ^= row.checksum;
    }
    return out;
}

bool MemorySyncStore::hasUnsent(const std::string& crn) const {
    return std::any_of(m_own.begin(), m_own.end(),
                       [&](const Own& own) { return own.change_set.header.claim == crn && !own.acknowledged; }) ||
           std::any_of(m_uploads.begin(), m_uploads.end(),
                       [&](const Upload& upload) { return upload.key.claim == crn && !upload.sent; });
}

// All of it but the headers of own change sets, which the chain needs.
void MemorySyncStore::drop(const std::string& crn) {
    for (auto& own : m_own) {
        if (own.change_set.header.claim != crn) continue;
        own.change_set.payload = {};
        own.change_set.payload_bytes.clear();
        own.content = own.in_ledger = own.set_aside = own.refused = false;
        own.note.clear();
    }
    for (const auto& [seq, row] : m_ledger.rows) {
        if (row.claim != crn) continue;
        for (const auto& id : row.ids) m_pulled.erase(id);
    }
    std::erase_if(m_ledger.rows, [&](const auto& entry) { return entry.second.claim == crn; });
    m_ledger.scopes.erase(crn);
    std::set<Hash> of_it;
    for (const auto& upload : m_uploads) {
        if (upload.key.claim == crn) of_it.insert(upload.key.sha256);
    }
    std::erase_if(m_uploads, [&](const Upload& upload) { return upload.key.claim == crn; });
    for (const auto& upload : m_uploads) of_it.erase(upload.key.sha256);  // another claim's too
    for (const auto& name : of_it) m_blobs.erase(name);
    m_keys.erase(crn);
    m_known_to_server.insert(crn);
}

void MemorySyncStore::applyPurges(const std::vector<PurgeEntry>& listed, std::set<std::string>& touched) {
    std::map<std::string, Purge> now;
    for (const auto& entry : listed) {
        const auto known = m_purges.find(entry.claim);
        Purge purge{entry, known != m_purges.end() && known->second.dropped && known->second.entry.seq == entry.seq};
        // What was written here goes up first (hazard H24); erasure by law waits for nothing (hazard H38).
        const bool goes = entry.kind == PurgeKind::Erase || (entry.kind == PurgeKind::Drop && !hasUnsent(entry.claim));
        if (goes && !purge.dropped) {
            drop(entry.claim);
            purge.dropped = true;
            touched.insert(entry.claim);
        }
        now.emplace(entry.claim, std::move(purge));
    }
    m_purges = std::move(now);
}

void MemorySyncStore::markLedger() {
    std::set<ChangeSetId> ids;
    for (const auto& [seq, row] : m_ledger.rows) ids.insert(row.ids.begin(), row.ids.end());
    for (auto& own : m_own) {
        own.in_ledger = ids.contains(own.change_set.id());
        if (own.in_ledger) own.acknowledged = true;
        const auto whole = m_pulled.find(own.change_set.id());
        if (own.in_ledger && !own.content && whole != m_pulled.end()) {
            // What was dropped here and came back is offered whole again, should the server be restored.
            own.change_set = whole->second;
            own.content = true;
        }
        if (own.in_ledger) {
            own.set_aside = own.refused = false;
            own.note.clear();
        }
        if (!own.set_aside && !own.refused) continue;
        const auto base = fold(own.change_set.header.claim);
        own.refused = base.isRefused(own.change_set.id());
        if (!own.refused) continue;
        own.set_aside = false;
        const auto decision = decodeDecision(base.value(decisionPath(own.change_set.id())));
        own.note = decision ? decision->reason : std::string();
    }
}

Status MemorySyncStore::beginFreshPull() {
    m_staged.emplace();
    for (const auto& [name, cursor] : m_ledger.cursors) m_staged->cursors.emplace(name, 0);
    return {};
}

Status MemorySyncStore::epochChanged(const Uuid& epoch) {
    m_epoch = epoch;
    m_known_to_server.clear();
    for (auto& upload : m_uploads) {
        upload.sent = false;
        upload.url.clear();
    }
    return beginFreshPull();
}

MemorySyncStore::Own* MemorySyncStore::ownAt(std::uint32_t incarnation, std::uint64_t counter) {
    const auto found = std::find_if(m_own.begin(), m_own.end(), [&](const Own& own) {
        return own.change_set.header.incarnation == incarnation && own.change_set.header.counter == counter;
    });
    return found == m_own.end() ? nullptr : &*found;
}

Result<SyncCounts> MemorySyncStore::counts() {
    SyncCounts out;
    for (const auto& own : m_own) {
        ++out.saved;
        if (own.acknowledged) ++out.acknowledged;
        if (own.set_aside) ++out.set_aside;
    }
    if (m_registered && !m_refused) out.sendable = out.saved - out.acknowledged;
    for (const auto& upload : m_uploads) out.blobs_waiting += upload.sent ? 0 : 1;
    return out;
}

}  // namespace fieldclaim::tablet
