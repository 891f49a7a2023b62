#include "shared/wire/change_set.h"

#include <algorithm>

#include "shared/wire/cbor.h"

namespace fieldclaim {
namespace {

constexpr std::int64_t kEdits = 0;
constexpr std::int64_t kIntent = 1;
constexpr std::size_t kHeaderItems = 11;
constexpr std::size_t kMaxHeaderBytes = 4U << 10U;
constexpr std::size_t kMaxSeen = 64;

Result<Edit> decodeEdit(const Value& value) {
    ListReader in(value, "edit", 3);
    Edit edit;
    edit.path = in.text();
    edit.value = in.any();
    const auto& replaces = in.list();
    TRY(in.finish());
    if (!isPath(edit.path)) return fail(ErrorCode::BadInput, "an edit's path is malformed");
    if (replaces.size() > kMaxReplaces) return fail(ErrorCode::TooLarge, "an edit replaces more than 2,000 edits");
    for (const auto& item : replaces) {
        ASSIGN(auto id, decodeEditId(item));
        if (!edit.replaces.empty() && !(edit.replaces.back() < id)) {
            return fail(ErrorCode::BadInput, "the ids that an edit replaces are not in order");
        }
        edit.replaces.push_back(id);
    }
    return edit;
}

}  // namespace

Bytes encodeHeader(const ChangeSetHeader& header) {
    Value::Map seen;
    for (const auto& [scope, seq] : header.seen) seen.emplace(scope, static_cast<std::int64_t>(seq));
    return encodeCbor(Value::List{kChangeSetVersion, header.author.bytes, std::int64_t{header.incarnation},
                                  static_cast<std::int64_t>(header.counter), header.previous, std::move(seen),
                                  header.claim, header.device_time, header.device_uptime, header.pack,
                                  header.payload_hash});
}

Bytes encodePayload(const Payload& payload) {
    if (payload.intent) return encodeCbor(Value::List{kIntent, *payload.intent});
    Value::List edits;
    for (const auto& edit : payload.edits) {
        Value::List replaces;
        for (const auto& id : edit.replaces) replaces.push_back(encodeEditId(id));
        edits.push_back(Value::List{edit.path, edit.value, std::move(replaces)});
    }
    return encodeCbor(Value::List{kEdits, std::move(edits)});
}

ChangeSetId ChangeSet::id() const {
    ChangeSetId out{};
    std::copy_n(hash.begin(), out.size(), out.begin());
    return out;
}

bool isPath(std::string_view path) {
    if (path.empty() || path.size() > kMaxPathBytes || path.front() == '/' || path.back() == '/') return false;
    char before = 0;
    for (const char c : path) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
                           c == '-' || c == '.';
        if (!plain && c != '/') return false;
        if (c == '/' && before == '/') return false;
        before = c;
    }
    return true;
}

Value encodeEditId(const EditId& id) { return Value::List{id.change_set, std::int64_t{id.index}}; }

Result<EditId> decodeEditId(const Value& value) {
    ListReader in(value, "edit id", 2);
    EditId id;
    id.change_set = in.array<16>();
    const auto index = in.natural();
    TRY(in.finish());
    if (index >= kMaxEdits) return fail(ErrorCode::BadInput, "an edit id's index is beyond any change set");
    id.index = static_cast<std::uint32_t>(index);
    return id;
}

Hash payloadSalt(const ClaimKey& key, const Uuid& author, std::uint64_t counter) {
    return hmacSha256(key, encodeCbor(Value::List{author.bytes, static_cast<std::int64_t>(counter)}));
}

bool payloadMatches(const ChangeSetHeader& header, ByteView payload_bytes, const ClaimKey& key) {
    return sha256({payloadSalt(key, header.author, header.counter), payload_bytes}) == header.payload_hash;
}

ChangeSet makeChangeSet(ChangeSetHeader header, Payload payload, const ClaimKey& key) {
    for (auto& edit : payload.edits) {
        ENSURE(isPath(edit.path));
        std::sort(edit.replaces.begin(), edit.replaces.end());
        edit.replaces.erase(std::unique(edit.replaces.begin(), edit.replaces.end()), edit.replaces.end());
    }
    ENSURE(payload.edits.size() <= kMaxEdits && payload.edits.empty() == payload.intent.has_value());
    ChangeSet out;
    out.payload_bytes = encodePayload(payload);
    ENSURE(out.payload_bytes.size() <= kMaxPayloadBytes);
    header.payload_hash = sha256({payloadSalt(key, header.author, header.counter), out.payload_bytes});
    out.header_bytes = encodeHeader(header);
    out.header = std::move(header);
    out.payload = std::move(payload);
    out.hash = sha256(out.header_bytes);
    return out;
}

Bytes encodeChangeSet(const ChangeSet& change_set) {
    return encodeCbor(Value::List{change_set.header_bytes, change_set.payload_bytes});
}

Result<RawChangeSet> splitChangeSet(ByteView bytes) {
    ASSIGN(const auto value, decodeCbor(bytes));
    ListReader in(value, "change set", 2);
    RawChangeSet out;
    out.header_bytes = in.bytes();
    out.payload_bytes = in.bytes();
    TRY(in.finish());
    return out;
}

Result<ChangeSetHeader> decodeHeader(ByteView header_bytes) {
    ASSIGN(const auto value, decodeCbor(header_bytes, {kMaxHeaderBytes, 3, 256}));
    ListReader in(value, "header", kHeaderItems);
    ChangeSetHeader header;
    const auto version = in.integer();
    header.author.bytes = in.array<16>();
    const auto incarnation = in.natural();
    header.counter = in.natural();
    header.previous = in.array<32>();
    const auto& seen = in.map();
    header.claim = in.text();
    header.device_time = in.integer();
    header.device_uptime = in.integer();
    header.pack = in.text();
    header.payload_hash = in.array<32>();
    TRY(in.finish());
    if (version != kChangeSetVersion)
        return fail(ErrorCode::Unsupported, "change set version " + std::to_string(version));
    if (incarnation > 0xFFFFFFFFU || header.counter == 0)
        return fail(ErrorCode::BadInput, "header: counter or incarnation out of range");
    if (seen.size() > kMaxSeen) return fail(ErrorCode::TooLarge, "header: more than 64 scopes");
    header.incarnation = static_cast<std::uint32_t>(incarnation);
    for (const auto& [scope, seq] : seen) {
        if (seq.integer() == nullptr || *seq.integer() < 0)
            return fail(ErrorCode::BadInput, "header: seen is not a number");
        header.seen.emplace(scope, static_cast<std::uint64_t>(*seq.integer()));
    }
    if (Crn::parse(header.claim) != header.claim) return fail(ErrorCode::BadInput, "header: not a claim number");
    return header;
}

Result<Payload> decodePayload(ByteView payload_bytes) {
    if (payload_bytes.size() > kMaxPayloadBytes) return fail(ErrorCode::TooLarge, "a payload of more than 256 KiB");
    ASSIGN(const auto value, decodeCbor(payload_bytes));
    ListReader in(value, "payload", 2);
    const auto kind = in.integer();
    const auto& content = in.any();
    TRY(in.finish());
    Payload payload;
    if (kind == kIntent) {
        if (content.textAt("intent").empty()) return fail(ErrorCode::BadInput, "an intent without its kind");
        payload.intent = content;
        return payload;
    }
    if (kind != kEdits || content.list() == nullptr) return fail(ErrorCode::BadInput, "a payload of unknown kind");
    if (content.list()->empty()) return fail(ErrorCode::BadInput, "a payload without edits");
    if (content.list()->size() > kMaxEdits) return fail(ErrorCode::TooLarge, "more than 1,000 edits");
    for (const auto& item : *content.list()) {
        ASSIGN(auto edit, decodeEdit(item));
        payload.edits.push_back(std::move(edit));
    }
    return payload;
}

Result<ChangeSet> decodeChangeSet(ByteView bytes) {
    ASSIGN(auto raw, splitChangeSet(bytes));
    ChangeSet out;
    ASSIGN(out.header, decodeHeader(raw.header_bytes));
    ASSIGN(out.payload, decodePayload(raw.payload_bytes));
    out.hash = sha256(raw.header_bytes);
    out.header_bytes = std::move(raw.header_bytes);
    out.payload_bytes = std::move(raw.payload_bytes);
    return out;
}

}  // namespace fieldclaim
