#include "shared/wire/protocol.h"

#include <algorithm>

#include "shared/wire/cbor.h"

namespace fieldclaim {
namespace {

constexpr CborLimits kMessageLimits{kMaxInflatedBytes, 16, 400'000};
constexpr CborLimits kArchiveLimits{16U << 20U, 2, 1'000};

// Takes a map of known keys apart; keeps the first error.
class MapReader {
public:
    MapReader(const Value& value, std::string_view what) : m_map(value.map()), m_what(what) {
        if (m_map == nullptr) m_error = m_what + " is not a map";
    }

    std::int64_t integer(std::string_view key) {
        const auto* found = get(key).integer();
        if (found == nullptr) refuse(key, "an integer");
        return found != nullptr ? *found : 0;
    }
    std::uint64_t natural(std::string_view key) {
        const auto value = integer(key);
        if (value < 0) refuse(key, "zero or more");
        return value < 0 ? 0 : static_cast<std::uint64_t>(value);
    }
    bool boolean(std::string_view key) {
        const auto* found = get(key).boolean();
        if (found == nullptr) refuse(key, "true or false");
        return found != nullptr && *found;
    }
    std::string text(std::string_view key, std::size_t most = 4'096) {
        const auto* found = get(key).text();
        if (found == nullptr || found->size() > most) {
            refuse(key, "a text");
            return {};
        }
        return *found;
    }
    Bytes bytes(std::string_view key) {
        const auto* found = get(key).bytes();
        if (found == nullptr) refuse(key, "bytes");
        return found != nullptr ? *found : Bytes();
    }
    const Value& any(std::string_view key) {
        if (m_map != nullptr && !m_map->contains(std::string(key))) refuse(key, "there");
        return get(key);
    }
    template <std::size_t N>
    std::array<std::uint8_t, N> array(std::string_view key) {
        auto out = toArray<N>(bytes(key));
        if (!out) refuse(key, "bytes of the right length");
        return out.value_or(std::array<std::uint8_t, N>{});
    }
    Uuid uuid(std::string_view key) { return Uuid{array<16>(key)}; }
    bool has(std::string_view key) { return !get(key).isNull(); }
    /// Empty when the key is not there.
    const Value::Map& optionalMap(std::string_view key) {
        static const Value::Map kNone;
        return has(key) ? map(key) : kNone;
    }
    /// Nothing when the key is not there.
    std::optional<Hash> optionalHash(std::string_view key) {
        if (get(key).isNull()) return std::nullopt;
        return array<32>(key);
    }
    const Value::List& list(std::string_view key) {
        static const Value::List kNone;
        const auto* found = get(key).list();
        if (found == nullptr) refuse(key, "a list");
        return found != nullptr ? *found : kNone;
    }
    const Value::Map& map(std::string_view key) {
        static const Value::Map kNone;
        const auto* found = get(key).map();
        if (found == nullptr) refuse(key, "a map");
        return found != nullptr ? *found : kNone;
    }
    template <typename T, typename Read>
    std::vector<T> listOf(std::string_view key, Read read) {
        std::vector<T> out;
        for (const auto& item : list(key)) {
            auto one = read(item);
            if (!one) {
                if (m_error.empty()) m_error = m_what + "." + std::string(key) + ": " + one.error().detail;
                break;
            }
            out.push_back(std::move(*one));
        }
        return out;
    }
    Status finish() const {
        if (!m_error.empty()) return fail(ErrorCode::BadInput, m_error);
        return {};
    }

private:
    const Value& get(std::string_view key) {
        static const Value kNull;
        if (m_map == nullptr) return kNull;
        const auto found = m_map->find(std::string(key));
        return found == m_map->end() ? kNull : found->second;
    }
    void refuse(std::string_view key, std::string_view wanted) {
        if (m_error.empty()) m_error = m_what + "." + std::string(key) + " is not " + std::string(wanted);
    }

    const Value::Map* m_map;
    std::string m_what;
    std::string m_error;
};

template <typename T, typename Write>
Value::List listOf(const std::vector<T>& items, Write write) {
    Value::List out;
    out.reserve(items.size());
    for (const auto& item : items) out.push_back(write(item));
    return out;
}

Value natural(std::uint64_t value) { return Value(static_cast<std::int64_t>(value)); }

Value encodeHead(const Head& head) {
    return Value::List{head.author.bytes, std::int64_t{head.incarnation}, natural(head.counter), head.hash};
}

Result<Head> decodeHead(const Value& value) {
    ListReader in(value, "head", 4);
    Head head;
    head.author.bytes = in.array<16>();
    head.incarnation = static_cast<std::uint32_t>(in.natural() & 0xFFFFFFFFU);
    head.counter = in.natural();
    head.hash = in.array<32>();
    TRY(in.finish());
    return head;
}

Value encodeOfficer(const OfficerInfo& officer) {
    return Value::List{officer.id.bytes, officer.name, officer.role, officer.site};
}

Result<OfficerInfo> decodeOfficer(const Value& value) {
    ListReader in(value, "officer", 4);
    OfficerInfo officer;
    officer.id.bytes = in.array<16>();
    officer.name = in.text();
    officer.role = in.text();
    officer.site = in.text();
    TRY(in.finish());
    return officer;
}

Value encodePackInfo(const PackInfo& pack) { return Value::List{pack.id, pack.version, pack.digest}; }

Result<PackInfo> decodePackInfo(const Value& value) {
    ListReader in(value, "pack", 3);
    PackInfo pack;
    pack.id = in.text();
    pack.version = in.text();
    pack.digest = in.array<32>();
    TRY(in.finish());
    return pack;
}

Result<std::string> decodeText(const Value& value) {
    if (value.text() == nullptr) return fail(ErrorCode::BadInput, "not a text");
    return *value.text();
}

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

Value encodeRegistration(const AuthorRegistration& author) {
    return Value::List{author.author.bytes, author.officer.bytes, author.code, author.author_key, author.signature};
}

Result<AuthorRegistration> decodeRegistration(const Value& value) {
    ListReader in(value, "author", 5);
    AuthorRegistration author;
    author.author.bytes = in.array<16>();
    author.officer.bytes = in.array<16>();
    author.code = in.text();
    author.author_key = in.array<32>();
    author.signature = in.bytes();
    TRY(in.finish());
    return author;
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
    result.incarnation = static_cast<std::uint32_t>(in.natural() & 0xFFFFFFFFU);
    const auto outcome = in.natural();
    result.through = in.natural();
    result.reason = in.text();
    const auto& notes = in.list();
    TRY(in.finish());
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

Bytes enrolMessage(ByteView secret, const Hash& device_key) {
    return encodeCbor(Value::List{"fieldclaim/enrol/1", secret, device_key});
}
Bytes sessionMessage(const Uuid& device, ByteView nonce, const Hash& ca_key_hash) {
    return encodeCbor(Value::List{"fieldclaim/session/1", device.bytes, nonce, ca_key_hash});
}
Bytes storeMessage(const Uuid& device, ByteView nonce, const Hash& ca_key_hash) {
    return encodeCbor(Value::List{"fieldclaim/store/1", device.bytes, nonce, ca_key_hash});
}

Bytes authorMessage(const Uuid& author, const Uuid& officer, ByteView nonce, const Hash& ca_key_hash) {
    return encodeCbor(Value::List{"fieldclaim/author/1", author.bytes, officer.bytes, nonce, ca_key_hash});
}

std::uint64_t rowChecksum(std::uint64_t seq, std::string_view claim, const std::vector<ChangeSetId>& ids) {
    Value::List list;
    for (const auto& id : ids) list.emplace_back(id);
    const auto hash = sha256(encodeCbor(Value::List{natural(seq), claim, std::move(list)}));
    std::uint64_t out = 0;
    for (std::size_t i = 0; i < 8; ++i) out = (out << 8U) | hash[i];
    return out >> 1U;
}

Bytes encode(const EnrolRequest& m) {
    return encodeCbor(
        Value::Map{{"secret", m.secret}, {"device_key", m.device_key}, {"name", m.device_name}, {"proof", m.proof}});
}
template <>
Result<EnrolRequest> decode<EnrolRequest>(ByteView bytes) {
    ASSIGN(const auto value, decodeCbor(bytes, kMessageLimits));
    MapReader in(value, "enrol");
    EnrolRequest m;
    m.secret = in.bytes("secret");
    m.device_key = in.array<32>("device_key");
    m.device_name = in.text("name", 200);
    m.proof = in.bytes("proof");
    TRY(in.finish());
    return m;
}

Bytes encode(const EnrolReply& m) {
    Value::Map map{{"device", m.device.bytes},
                   {"site", m.site},
                   {"site_name", m.site_name},
                   {"officers", listOf(m.officers, encodeOfficer)}};
    if (m.recovery_key) map.emplace("recovery_key", *m.recovery_key);
    return encodeCbor(map);
}
template <>
Result<EnrolReply> decode<EnrolReply>(ByteView bytes) {
    ASSIGN(const auto value, decodeCbor(bytes, kMessageLimits));
    MapReader in(value, "enrolled");
    EnrolReply m;
    m.device = in.uuid("device");
    m.site = in.text("site");
    m.site_name = in.text("site_name");
    m.officers = in.listOf<OfficerInfo>("officers", decodeOfficer);
    m.recovery_key = in.optionalHash("recovery_key");
    TRY(in.finish());
    return m;
}

Bytes encode(const SessionRequest& m) {
    Value::Map map{{"device", m.device.bytes},
                   {"nonce", m.nonce},
                   {"signature", m.signature},
                   {"authors", listOf(m.authors, encodeRegistration)}};
    if (m.store_key) {
        map.emplace("store_key", *m.store_key);
        map.emplace("store_signature", m.store_signature);
    }
    return encodeCbor(map);
}
template <>
Result<SessionRequest> decode<SessionRequest>(ByteView bytes) {
    ASSIGN(const auto value, decodeCbor(bytes, kMessageLimits));
    MapReader in(value, "session");
    SessionRequest m;
    m.device = in.uuid("device");
    m.nonce = in.bytes("nonce");
    m.signature = in.bytes("signature");
    m.authors = in.listOf<AuthorRegistration>("authors", decodeRegistration);
    m.store_key = in.optionalHash("store_key");
    if (m.store_key) m.store_signature = in.bytes("store_signature");
    TRY(in.finish());
    return m;
}

Bytes encode(const SessionReply& m) {
    Value::Map refused;
    for (const auto& [author, reason] : m.refused) refused.emplace(author, reason);
    return encodeCbor(
        Value::Map{{"nonce", m.nonce}, {"token", m.token}, {"lasts_ms", m.lasts_ms}, {"refused", std::move(refused)}});
}
template <>
Result<SessionReply> decode<SessionReply>(ByteView bytes) {
    ASSIGN(const auto value, decodeCbor(bytes, kMessageLimits));
    MapReader in(value, "session");
    SessionReply m;
    m.nonce = in.bytes("nonce");
    m.token = in.text("token");
    m.lasts_ms = in.integer("lasts_ms");
    for (const auto& [author, reason] : in.map("refused")) {
        ASSIGN(m.refused[author], decodeText(reason));
    }
    TRY(in.finish());
    return m;
}

Bytes encode(const HelloRequest& m) {
    return encodeCbor(Value::Map{{"protocol", m.protocol},
                                 {"app", m.app},
                                 {"epoch", m.epoch.bytes},
                                 {"heads", listOf(m.heads, encodeHead)},
                                 {"cursors", encodeCursors(m.cursors)},
                                 {"pending", natural(m.pending)}});
}
template <>
Result<HelloRequest> decode<HelloRequest>(ByteView bytes) {
    ASSIGN(const auto value, decodeCbor(bytes, kMessageLimits));
    MapReader in(value, "hello");
    HelloRequest m;
    m.protocol = static_cast<int>(in.integer("protocol"));
    m.app = in.text("app", 200);
    m.epoch = in.uuid("epoch");
    m.heads = in.listOf<Head>("heads", decodeHead);
    const auto& cursors = in.map("cursors");
    m.pending = in.natural("pending");
    TRY(in.finish());
    ASSIGN(m.cursors, decodeCursors(cursors));
    return m;
}

Bytes encode(const HelloReply& m) {
    Value::Map map{{"protocol", m.protocol},
                   {"epoch", m.epoch.bytes},
                   {"time", m.server_time},
                   {"author", m.server_author.bytes},
                   {"received", listOf(m.received, encodeHead)},
                   {"durable", listOf(m.durable, encodeHead)},
                   {"scopes", listOf(m.scopes, [](const std::string& scope) { return Value(scope); })},
                   {"packs", listOf(m.packs, encodePackInfo)},
                   {"officers", listOf(m.officers, encodeOfficer)},
                   {"orders", listOf(m.orders, [](const std::string& order) { return Value(order); })},
                   {"max_push_bytes", natural(m.max_push_bytes)},
                   {"least_protocol", m.least_protocol},
                   {"most_protocol", m.most_protocol}};
    if (m.recovery_key) map.emplace("recovery_key", *m.recovery_key);
    return encodeCbor(map);
}
template <>
Result<HelloReply> decode<HelloReply>(ByteView bytes) {
    ASSIGN(const auto value, decodeCbor(bytes, kMessageLimits));
    MapReader in(value, "hello");
    HelloReply m;
    m.protocol = static_cast<int>(in.integer("protocol"));
    m.epoch = in.uuid("epoch");
    m.server_time = in.integer("time");
    m.server_author = in.uuid("author");
    m.received = in.listOf<Head>("received", decodeHead);
    m.durable = in.listOf<Head>("durable", decodeHead);
    m.scopes = in.listOf<std::string>("scopes", decodeText);
    m.packs = in.listOf<PackInfo>("packs", decodePackInfo);
    m.officers = in.listOf<OfficerInfo>("officers", decodeOfficer);
    m.orders = in.listOf<std::string>("orders", decodeText);
    m.max_push_bytes = in.natural("max_push_bytes");
    m.least_protocol = static_cast<int>(in.integer("least_protocol"));
    m.most_protocol = static_cast<int>(in.integer("most_protocol"));
    m.recovery_key = in.optionalHash("recovery_key");
    TRY(in.finish());
    return m;
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

namespace {

// 128 bits of hash, 60 of secret, 12 of check: 25 bytes, 40 characters.
constexpr std::size_t kCodeBytes = 25;
constexpr std::size_t kCodeGroup = 5;

Bytes packCode(const EnrolmentCode& code, unsigned check) {
    Bytes out(code.ca_key_hash.begin(), code.ca_key_hash.end());
    for (std::size_t i = 0; i < 8; ++i) {
        const auto next = i < 7 ? code.secret[i + 1] >> 4U : check >> 8U;
        out.push_back(static_cast<std::uint8_t>((code.secret[i] << 4U) | next));
    }
    out.push_back(static_cast<std::uint8_t>(check & 0xFFU));
    return out;
}

unsigned checkOf(const EnrolmentCode& code) {
    const auto hash = sha256({asBytes("fieldclaim/code/1"), code.ca_key_hash, code.secret});
    return static_cast<unsigned>((hash[0] << 4U) | (hash[1] >> 4U));
}

}  // namespace

EnrolmentCode EnrolmentCode::make(const Hash& ca_key_hash, Random& random) {
    EnrolmentCode code;
    std::copy_n(ca_key_hash.begin(), code.ca_key_hash.size(), code.ca_key_hash.begin());
    code.secret.resize(8);
    random.fill(code.secret.data(), code.secret.size());
    code.secret[0] &= 0x0FU;
    return code;
}

std::string EnrolmentCode::text() const {
    auto plain = toBase32(packCode(*this, checkOf(*this)));
    std::string out;
    for (std::size_t i = 0; i < plain.size(); ++i) {
        if (i > 0 && i % kCodeGroup == 0) out += '-';
        out += plain[i];
    }
    return out;
}

Result<EnrolmentCode> EnrolmentCode::parse(std::string_view text) {
    const auto bytes = fromBase32(text);
    if (!bytes || bytes->size() != kCodeBytes) {
        return fail(ErrorCode::BadCode, "an enrolment code has 8 groups of 5 letters and digits");
    }
    EnrolmentCode code;
    std::copy_n(bytes->begin(), 16, code.ca_key_hash.begin());
    code.secret.assign(8, 0);
    for (std::size_t i = 0; i < 8; ++i) {
        const auto high = i == 0 ? 0U : static_cast<unsigned>((*bytes)[15 + i] & 0x0FU) << 4U;
        code.secret[i] = static_cast<std::uint8_t>(high | static_cast<unsigned>((*bytes)[16 + i] >> 4U));
    }
    const unsigned check = (static_cast<unsigned>((*bytes)[23] & 0x0FU) << 8U) | (*bytes)[24];
    if (check != checkOf(code))
        return fail(ErrorCode::BadCode, "the enrolment code has a typing mistake: check each group");
    return code;
}

Bytes encodeArchive(const std::map<std::string, std::string>& files) {
    Value::Map out;
    for (const auto& [name, content] : files) out.emplace(name, Value(asBytes(content)));
    return encodeCbor(out);
}

Result<std::map<std::string, std::string>> decodeArchive(ByteView bytes) {
    ASSIGN(const auto value, decodeCbor(bytes, kArchiveLimits));
    if (value.map() == nullptr) return fail(ErrorCode::BadPack, "the pack is not an archive");
    std::map<std::string, std::string> files;
    for (const auto& [name, content] : *value.map()) {
        if (content.bytes() == nullptr) return fail(ErrorCode::BadPack, name + " is not a file");
        files.emplace(name, std::string(asText(*content.bytes())));
    }
    return files;
}

}  // namespace fieldclaim
