#include "mobile/sync/memory_sync_store.h"

#include <algorithm>

#include "shared/crypto/certificates.h"

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
    const bool restored = !m_epoch.isNil() && m_epoch != reply.epoch;
    if (restored) {
        m_known_to_server.clear();
        for (auto& upload : m_uploads) {
            upload.sent = false;
            upload.url.clear();
        }
        TRY(beginFreshPull());
        // Until that is here, nothing of this history was read: what is saved meanwhile says so.
        for (auto& [scope, cursor] : m_ledger.cursors) cursor = 0;
    }
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
            // What the lost history had of ours, in its chain or beside it, this one may not have.
            if (restored) TRY(rewind(head.author, head.incarnation, 0));
        } else {
            TRY(rewind(head.author, head.incarnation, head.counter));
        }
    }
    return others;
}

Status MemorySyncStore::authoritiesLearned(const TrustedAuthorities& trusted) {
    ASSIGN(m_identity.ca_key_hash, sha256OfPublicKey(trusted.ca_pem));
    m_identity.ca_pem = trusted.ca_pem;
    m_identity.next_ca_pem = trusted.next_ca_pem;
    return {};
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
