#include "shared/wire/map_reader.h"

// Push and pull.
namespace fieldclaim {
namespace {

Value encodeKeys(const ClaimKeys& keys) {
    Value::Map out;
    for (const auto& [crn, key] : keys) out.emplace(crn, key);
    return out;
}

Result<ClaimKeys> decodeKeys(const Value::Map& map) {
    ClaimKeys out;
    for (const auto& [crn, key] : map) {
        if (key.bytes() == nullptr) return fail(ErrorCode::BadInput, "a claim's key is not bytes");
        ASSIGN(auto hash, toArray<32>(*key.bytes()));
        if (Crn::parse(crn) != crn) return fail(ErrorCode::BadInput, "a key for what is not a claim number");
        out.emplace(crn, hash);
    }
    return out;
}

Value encodeResult(const SegmentResult& result) {
    return Value::List{result.author.bytes,
                       std::int64_t{result.incarnation},
                       static_cast<int>(result.outcome),
                       natural(result.through),
                       result.reason,
                       listOf(result.notes, [](const PushNote& note) -> Value {
                           return Value::List{natural(note.counter), static_cast<int>(note.kind), note.reason};
                       })};
}

Result<SegmentResult> decodeResult(const Value& value) {
    ListReader in(value, "result", 6);
    SegmentResult result;
    result.author.bytes = in.array<16>();
    const auto incarnation = in.natural();
    const auto outcome = in.natural();
    result.through = in.natural();
    result.reason = in.text();
    const auto& notes = in.list();
    TRY(in.finish());
    if (incarnation > UINT32_MAX) return fail(ErrorCode::BadInput, "result: incarnation out of range");
    result.incarnation = static_cast<std::uint32_t>(incarnation);
    if (outcome > 4) return fail(ErrorCode::BadInput, "an unknown outcome");
    result.outcome = static_cast<PushOutcome>(outcome);
    for (const auto& item : notes) {
        ListReader note(item, "note", 3);
        PushNote out;
        out.counter = note.natural();
        const auto kind = note.natural();
        out.reason = note.text();
        TRY(note.finish());
        if (kind > 2) return fail(ErrorCode::BadInput, "an unknown note");
        out.kind = static_cast<NoteKind>(kind);
        result.notes.push_back(std::move(out));
    }
    return result;
}

Value encodePurge(const PurgeEntry& entry) {
    return Value::List{entry.claim, static_cast<int>(entry.kind), natural(entry.seq)};
}
Result<PurgeEntry> decodePurge(const Value& value) {
    ListReader in(value, "purge", 3);
    PurgeEntry out;
    out.claim = in.text();
    const auto kind = in.natural();
    out.seq = in.natural();
    TRY(in.finish());
    if (kind > static_cast<std::uint64_t>(PurgeKind::Erase)) return fail(ErrorCode::BadInput, "purge: no such kind");
    out.kind = static_cast<PurgeKind>(kind);
    return out;
}

Value encodeRow(const PullRow& row) {
    return Value::List{row.scope, natural(row.seq), row.claim,
                       listOf(row.change_sets, [](const Bytes& bytes) { return Value(bytes); })};
}

Result<PullRow> decodeRow(const Value& value) {
    ListReader in(value, "row", 4);
    PullRow row;
    row.scope = in.text();
    row.seq = in.natural();
    row.claim = in.text();
    const auto& change_sets = in.list();
    TRY(in.finish());
    for (const auto& item : change_sets) {
        if (item.bytes() == nullptr) return fail(ErrorCode::BadInput, "a change set is not bytes");
        row.change_sets.push_back(*item.bytes());
    }
    return row;
}

}  // namespace

Value encodeCursors(const Cursors& cursors) {
    Value::Map out;
    for (const auto& [scope, seq] : cursors) out.emplace(scope, natural(seq));
    return out;
}

Result<Cursors> decodeCursors(const Value::Map& map) {
    if (map.size() > 64) return fail(ErrorCode::TooLarge, "more than 64 scopes");
    Cursors out;
    for (const auto& [scope, seq] : map) {
        if (seq.integer() == nullptr || *seq.integer() < 0)
            return fail(ErrorCode::BadInput, "a cursor is not a number");
        out.emplace(scope, static_cast<std::uint64_t>(*seq.integer()));
    }
    return out;
}

std::uint64_t rowChecksum(std::uint64_t seq, std::string_view claim, const std::vector<ChangeSetId>& ids) {
    Value::List list;
    for (const auto& id : ids) list.emplace_back(id);
    const auto hash = sha256(encodeCbor(Value::List{natural(seq), claim, std::move(list)}));
    std::uint64_t out = 0;
    for (std::size_t i = 0; i < 8; ++i) out = (out << 8U) | hash[i];
    return out >> 1U;
}

Bytes encode(const PushRequest& m) {
    return encodeCbor(Value::Map{
        {"epoch", m.epoch.bytes}, {"keys", encodeKeys(m.keys)}, {"segments", listOf(m.segments, encodeSegment)}});
}
template <>
Result<PushRequest> decode<PushRequest>(ByteView bytes) {
    ASSIGN(const auto value, decodeCbor(bytes, kMessageLimits));
    MapReader in(value, "push");
    PushRequest m;
    m.epoch = in.uuid("epoch");
    const auto& keys = in.map("keys");
    m.segments = in.listOf<Segment>("segments", decodeSegment);
    TRY(in.finish());
    ASSIGN(m.keys, decodeKeys(keys));
    return m;
}

Bytes encode(const PushReply& m) {
    return encodeCbor(
        Value::Map{{"epoch", m.epoch.bytes}, {"time", m.server_time}, {"results", listOf(m.results, encodeResult)}});
}
template <>
Result<PushReply> decode<PushReply>(ByteView bytes) {
    ASSIGN(const auto value, decodeCbor(bytes, kMessageLimits));
    MapReader in(value, "pushed");
    PushReply m;
    m.epoch = in.uuid("epoch");
    m.server_time = in.integer("time");
    m.results = in.listOf<SegmentResult>("results", decodeResult);
    TRY(in.finish());
    return m;
}

Bytes encode(const PullRequest& m) {
    Value::Map out{{"epoch", m.epoch.bytes},
                   {"cursors", encodeCursors(m.cursors)},
                   {"full", m.full},
                   {"whole", m.whole},
                   {"most_bytes", natural(m.most_bytes)}};
    if (!m.entering.empty()) out.emplace("entering", encodeCursors(m.entering));
    if (!m.purged.empty()) out.emplace("purged", listOf(m.purged, encodePurge));
    return encodeCbor(std::move(out));
}
template <>
Result<PullRequest> decode<PullRequest>(ByteView bytes) {
    ASSIGN(const auto value, decodeCbor(bytes, kMessageLimits));
    MapReader in(value, "pull");
    PullRequest m;
    m.epoch = in.uuid("epoch");
    const auto& cursors = in.map("cursors");
    m.full = in.boolean("full");
    m.whole = in.boolean("whole");
    m.most_bytes = in.natural("most_bytes");
    const auto& entering = in.optionalMap("entering");
    if (in.has("purged")) m.purged = in.listOf<PurgeEntry>("purged", decodePurge);
    TRY(in.finish());
    ASSIGN(m.cursors, decodeCursors(cursors));
    ASSIGN(m.entering, decodeCursors(entering));
    return m;
}

Bytes encode(const PullReply& m) {
    Value::Map out{{"epoch", m.epoch.bytes},
                   {"time", m.server_time},
                   {"rows", listOf(m.rows, encodeRow)},
                   {"packed", m.packed},
                   {"keys", encodeKeys(m.keys)},
                   {"cursors", encodeCursors(m.cursors)},
                   {"more", m.more},
                   {"checksums", encodeCursors(m.checksums)}};
    if (!m.entering.empty()) out.emplace("entering", encodeCursors(m.entering));
    if (!m.purge.empty()) out.emplace("purge", listOf(m.purge, encodePurge));
    return encodeCbor(std::move(out));
}
template <>
Result<PullReply> decode<PullReply>(ByteView bytes) {
    ASSIGN(const auto value, decodeCbor(bytes, kMessageLimits));
    MapReader in(value, "pulled");
    PullReply m;
    m.epoch = in.uuid("epoch");
    m.server_time = in.integer("time");
    m.rows = in.listOf<PullRow>("rows", decodeRow);
    m.packed = in.any("packed");
    const auto& keys = in.map("keys");
    const auto& cursors = in.map("cursors");
    m.more = in.boolean("more");
    const auto& checksums = in.map("checksums");
    const auto& entering = in.optionalMap("entering");
    if (in.has("purge")) m.purge = in.listOf<PurgeEntry>("purge", decodePurge);
    TRY(in.finish());
    ASSIGN(m.keys, decodeKeys(keys));
    ASSIGN(m.cursors, decodeCursors(cursors));
    ASSIGN(m.checksums, decodeCursors(checksums));
    ASSIGN(m.entering, decodeCursors(entering));
    return m;
}

}  // namespace fieldclaim
