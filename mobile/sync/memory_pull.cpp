#include <algorithm>

#include "mobile/sync/memory_names.h"
#include "mobile/sync/memory_sync_store.h"

// What the tablet pulls, and what it drops.
namespace fieldclaim::tablet {

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
        // Of a claim that the new copy does not have nothing is left but what was written here.
        auto here = touched;
        for (const auto& own : m_own) here.insert(own.change_set.header.claim);
        std::erase_if(m_keys, [&](const auto& entry) { return !here.contains(entry.first); });
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

}  // namespace fieldclaim::tablet
