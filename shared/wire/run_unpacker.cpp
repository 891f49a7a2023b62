#include <algorithm>
#include <map>

#include "shared/wire/cbor.h"
#include "shared/wire/packed_columns.h"

namespace fieldclaim {
namespace {

constexpr std::size_t kMostTableText = 4'096;
constexpr std::size_t kMostScopes = 64;

tl::unexpected<Error> malformed(const char* why) { return fail(ErrorCode::BadInput, std::string("packed: ") + why); }
tl::unexpected<Error> unknown(const char* what) {
    return fail(ErrorCode::NotFound, std::string("packed: it names ") + what + " that is not here");
}

Result<std::vector<std::string>> texts(const Value::List& list, std::size_t most = kMostTableText) {
    std::vector<std::string> out;
    for (const auto& item : list) {
        if (item.text() == nullptr || item.text()->size() > most) return malformed("a table's text");
        out.push_back(*item.text());
    }
    return out;
}

/// Steps through a table by differences.
class Cursor {
public:
    explicit Cursor(std::int64_t at = 0) : m_at(at) {}
    template <typename T>
    const T* step(const std::vector<T>& table, std::int64_t by) {
        if (by < -static_cast<std::int64_t>(kMaxPackedItems) * 50 ||
            by > static_cast<std::int64_t>(kMaxPackedItems) * 50)
            return nullptr;
        m_at += by;
        if (m_at < 0 || static_cast<std::size_t>(m_at) >= table.size()) return nullptr;
        return &table[static_cast<std::size_t>(m_at)];
    }

private:
    std::int64_t m_at;
};

struct PackedAuthor {
    Uuid author;
    std::uint32_t incarnation = 0;
};

/// Takes the items one by one; every table and column is bounded by the message that brought it.
class RunUnpacker {
public:
    RunUnpacker(const Value& packed, UnpackingNames& names, std::size_t most_bytes)
        : m_in(packed, "packed run", 23),
          m_names(names),
          m_room(most_bytes),
          m_items(m_in.natural()),
          m_authors_in(m_in.list()),
          m_claims_in(m_in.list()),
          m_packs_in(m_in.list()),
          m_shapes_in(m_in.list()),
          m_kind(m_in.list()),
          m_author(m_in.list()),
          m_counter(m_in.list()),
          m_claim(m_in.list()),
          m_pack(m_in.list()),
          m_shape(m_in.list()),
          m_seen(m_in.list()),
          m_time(m_in.list()),
          m_uptime(m_in.list()),
          m_previous(m_in.list()),
          m_edits(m_in.list()),
          m_paths_in(m_in.list()),
          m_path(m_in.list()),
          m_values(m_in.list()),
          m_replaces(m_in.list()),
          m_references(m_in.list()),
          m_index(m_in.list()),
          m_whole(m_in.list()) {}

    Result<std::vector<RunItem>> all();

private:
    Status tables();
    Result<RunItem> next();
    Result<ChainPlace> place();
    Result<RunItem> packed(const std::string& claim);
    Result<Payload> payload(const ChangeSetHeader& header);
    Result<ChangeSetId> reference(const ChangeSetHeader& header);
    Result<ClaimKey> keyOf(const std::string& claim);
    Status spend(std::size_t bytes) {
        if (bytes > m_room) return fail(ErrorCode::TooLarge, "packed: more comes out than may");
        m_room -= bytes;
        return {};
    }
    const Value* taken(const Value::List& list, std::size_t& at) { return at < list.size() ? &list[at++] : nullptr; }

    ListReader m_in;
    UnpackingNames& m_names;
    std::size_t m_room;
    std::uint64_t m_items;
    const Value::List &m_authors_in, &m_claims_in, &m_packs_in, &m_shapes_in;
    ColumnReader m_kind, m_author, m_counter, m_claim, m_pack, m_shape, m_seen, m_time, m_uptime;
    const Value::List& m_previous;
    ColumnReader m_edits;
    const Value::List& m_paths_in;
    ColumnReader m_path;
    const Value::List& m_values;
    ColumnReader m_replaces;
    const Value::List& m_references;
    ColumnReader m_index;
    const Value::List& m_whole;

    std::vector<PackedAuthor> m_authors;
    std::vector<std::string> m_claims, m_packs, m_paths;
    std::vector<std::vector<std::string>> m_shapes;
    Cursor m_at_author, m_at_claim, m_at_pack, m_at_shape, m_at_path{-1};
    std::size_t m_at_previous = 0, m_at_value = 0, m_at_reference = 0, m_at_whole = 0;

    std::vector<ChangeSetId> m_ids;
    std::map<ChainPlace, Hash> m_hashes;
    std::map<std::pair<Uuid, std::uint32_t>, PackedTrack> m_tracks;
    PackedTrack m_last;
    std::map<std::string, std::uint64_t> m_seen_last;
    std::map<std::string, ClaimKey> m_keys;
};

Status RunUnpacker::tables() {
    for (const auto& item : m_authors_in) {
        ListReader in(item, "packed author", 2);
        PackedAuthor author{Uuid{in.array<16>()}, 0};
        const auto incarnation = in.natural();
        TRY(in.finish());
        if (incarnation > 0xFFFFFFFFU) return malformed("an incarnation out of range");
        author.incarnation = static_cast<std::uint32_t>(incarnation);
        m_authors.push_back(author);
    }
    ASSIGN(m_claims, texts(m_claims_in));
    ASSIGN(m_packs, texts(m_packs_in));
    ASSIGN(m_paths, texts(m_paths_in, kMaxPathBytes));
    for (const auto& item : m_shapes_in) {
        if (item.list() == nullptr || item.list()->size() > kMostScopes) return malformed("its scopes");
        ASSIGN(auto scopes, texts(*item.list()));
        m_shapes.push_back(std::move(scopes));
    }
    return {};
}

Result<std::vector<RunItem>> RunUnpacker::all() {
    TRY(m_in.finish());
    if (m_items == 0) return malformed("nothing in it");
    if (m_items > kMaxPackedItems) return fail(ErrorCode::TooLarge, "packed: more than 20,000 change sets");
    TRY(tables());
    std::vector<RunItem> out;
    for (std::uint64_t i = 0; i < m_items; ++i) {
        ASSIGN(auto item, next());
        TRY(spend(item.bytes.size()));
        out.push_back(std::move(item));
    }
    const bool finished = m_kind.finished() && m_author.finished() && m_counter.finished() && m_claim.finished() &&
                          m_pack.finished() && m_shape.finished() && m_seen.finished() && m_time.finished() &&
                          m_uptime.finished() && m_edits.finished() && m_path.finished() && m_replaces.finished() &&
                          m_index.finished() && m_at_previous == m_previous.size() && m_at_value == m_values.size() &&
                          m_at_reference == m_references.size() && m_at_whole == m_whole.size();
    if (!finished) return malformed("a column has more than the items, or what is no number");
    return out;
}

Result<RunItem> RunUnpacker::next() {
    const auto* claim = m_at_claim.step(m_claims, m_claim.next());
    if (claim == nullptr) return malformed("a claim outside the table");
    switch (m_kind.next()) {
        case static_cast<int>(PackedKind::Packed):
            return packed(*claim);
        case static_cast<int>(PackedKind::Named): {
            ASSIGN(const auto where, place());
            ASSIGN(const auto id, m_names.atChain(where));
            if (!id) return unknown("a change set of this tablet");
            m_ids.push_back(*id);
            return RunItem{*claim, Bytes(id->begin(), id->end())};
        }
        case static_cast<int>(PackedKind::Whole): {
            const auto* bytes = taken(m_whole, m_at_whole);
            if (bytes == nullptr || bytes->bytes() == nullptr) return malformed("a whole change set");
            m_ids.push_back(idOf(*bytes->bytes()));
            return RunItem{*claim, *bytes->bytes()};
        }
        default:
            return malformed("an item of unknown kind");
    }
}

Result<ChainPlace> RunUnpacker::place() {
    const auto* author = m_at_author.step(m_authors, m_author.next());
    if (author == nullptr) return malformed("an author outside the table");
    auto& track =
        m_tracks.try_emplace({author->author, author->incarnation}, PackedTrack{0, m_last.time, m_last.uptime})
            .first->second;
    track.counter = sum(track.counter + 1, m_counter.next());
    return ChainPlace{author->author, author->incarnation, track.counter};
}

Result<RunItem> RunUnpacker::packed(const std::string& claim) {
    ASSIGN(const auto where, place());
    auto& track = m_tracks.at({where.author, where.incarnation});
    const auto* pack = m_at_pack.step(m_packs, m_pack.next());
    const auto* shape = m_at_shape.step(m_shapes, m_shape.next());
    if (pack == nullptr || shape == nullptr) return malformed("a pack or scope outside the table");
    ChangeSetHeader header;
    header.author = where.author;
    header.incarnation = where.incarnation;
    header.counter = where.counter;
    header.claim = claim;
    header.pack = *pack;
    for (const auto& scope : *shape) {
        auto& last = m_seen_last[scope];
        last = sum(last, m_seen.next());
        header.seen[scope] = last;
    }
    const auto passed = m_time.next();
    track.uptime = sum(sum(track.uptime, passed), m_uptime.next());
    track.time = sum(track.time, passed);
    m_last = track;
    header.device_time = static_cast<std::int64_t>(track.time);
    header.device_uptime = static_cast<std::int64_t>(track.uptime);
    if (header.counter > 1) {
        const auto before = m_hashes.find({where.author, where.incarnation, where.counter - 1});
        if (before != m_hashes.end()) {
            header.previous = before->second;
        } else {
            const auto* given = taken(m_previous, m_at_previous);
            if (given == nullptr || given->bytes() == nullptr) return malformed("a hash that is not there");
            ASSIGN(header.previous, toArray<32>(*given->bytes()));
        }
    }
    ASSIGN(auto content, payload(header));
    auto payload_bytes = encodePayload(content);
    ASSIGN(const auto key, keyOf(claim));
    header.payload_hash = sha256({payloadSalt(key, header.author, header.counter), payload_bytes});
    auto header_bytes = encodeHeader(header);
    const auto hash = sha256(header_bytes);
    m_hashes.insert_or_assign(where, hash);
    ChangeSetId id{};
    std::copy_n(hash.begin(), id.size(), id.begin());
    m_ids.push_back(id);
    return RunItem{claim, encodeCbor(Value::List{std::move(header_bytes), std::move(payload_bytes)})};
}

Result<Payload> RunUnpacker::payload(const ChangeSetHeader& header) {
    const auto edits = m_edits.next();
    if (edits < -1 || edits >= static_cast<std::int64_t>(kMaxEdits)) return malformed("a number of edits");
    Payload out;
    if (edits == -1) {
        const auto* intent = taken(m_values, m_at_value);
        if (intent == nullptr) return malformed("an intent that is not there");
        out.intent = *intent;
        return out;
    }
    for (std::int64_t i = 0; i <= edits; ++i) {
        const auto* path = m_at_path.step(m_paths, m_path.next() + 1);
        const auto* value = taken(m_values, m_at_value);
        if (path == nullptr || value == nullptr) return malformed("an edit without a path or value");
        Edit edit{*path, *value, {}};
        const auto replaced = m_replaces.next();
        if (replaced < 0 || replaced > static_cast<std::int64_t>(kMaxReplaces))
            return malformed("what an edit replaces");
        for (std::int64_t k = 0; k < replaced; ++k) {
            ASSIGN(const auto id, reference(header));
            const auto index = m_index.next();
            if (index < 0 || index >= static_cast<std::int64_t>(kMaxEdits)) return malformed("an edit's index");
            edit.replaces.push_back({id, static_cast<std::uint32_t>(index)});
        }
        out.edits.push_back(std::move(edit));
    }
    return out;
}

Result<ChangeSetId> RunUnpacker::reference(const ChangeSetHeader& header) {
    const auto* name = taken(m_references, m_at_reference);
    if (name == nullptr) return malformed("a reference that is not there");
    if (name->bytes() != nullptr) return toArray<16>(*name->bytes());
    if (const auto* back = name->integer()) {
        if (*back > 0) {
            if (static_cast<std::uint64_t>(*back) > m_ids.size()) return malformed("a reference before the run");
            return m_ids[m_ids.size() - static_cast<std::size_t>(*back)];
        }
        ASSIGN(const auto id, m_names.atChain({header.author, header.incarnation, sum(header.counter, *back)}));
        if (!id) return unknown("a change set of its author");
        return *id;
    }
    ListReader in(*name, "packed reference", 2);
    LedgerPlace where;
    where.seq = in.natural();
    where.place = in.natural();
    TRY(in.finish());
    ASSIGN(const auto id, m_names.atLedger(header.claim, where));
    if (!id) return unknown("a row of the ledger");
    return *id;
}

Result<ClaimKey> RunUnpacker::keyOf(const std::string& claim) {
    const auto found = m_keys.find(claim);
    if (found != m_keys.end()) return found->second;
    ASSIGN(const auto key, m_names.claimKey(claim));
    if (!key) return unknown("a claim");
    m_keys.emplace(claim, *key);
    return *key;
}

}  // namespace

Result<std::vector<RunItem>> unpackRun(const Value& packed, UnpackingNames& names, std::size_t most_bytes) {
    return RunUnpacker(packed, names, most_bytes).all();
}

}  // namespace fieldclaim
