#include <algorithm>

#include "mobile/sync/memory_names.h"
#include "mobile/sync/memory_sync_store.h"

// What the tablet sends, and what the server said to it.
namespace fieldclaim::tablet {

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
                m_known_to_server.insert(header.claim);
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

}  // namespace fieldclaim::tablet
