#include "shared/wire/work_export.h"

#include "shared/crypto/sealed_box.h"
#include "shared/wire/map_reader.h"

namespace fieldclaim {
namespace {

enum Kind : std::int64_t { kStart = 0, kRecords = 1, kBlobPart = 2, kEnd = 3 };
constexpr CborLimits kPartLimits{kMostExportPart, 16, 400'000};

Bytes keyContext(const ExportHead& head) {
    return encodeCbor(Value::List{"fieldclaim/export-key/1", head.device.bytes, head.id});
}

Value valueOf(const ExportStart& start) {
    Value::List authors;
    for (const auto& one : start.authors) {
        authors.push_back(
            Value::List{one.author.bytes, one.officer.bytes, one.code, one.author_key, Value(one.signature)});
    }
    return Value::List{std::int64_t{kStart}, start.app, std::move(authors)};
}
Value valueOf(const ExportRecords& records) {
    Value::Map keys;
    for (const auto& [crn, key] : records.keys) keys.emplace(crn, key);
    return Value::List{std::int64_t{kRecords}, std::move(keys), listOf(records.segments, encodeSegment)};
}
Value valueOf(const ExportBlobPart& part) {
    return Value::List{std::int64_t{kBlobPart}, part.sha256,          part.claim,
                       natural(part.size),      natural(part.offset), part.bytes};
}
Value valueOf(const ExportEnd& end) {
    return Value::List{std::int64_t{kEnd}, natural(end.change_sets), natural(end.blobs), end.device_signature,
                       end.store_key,      end.store_signature};
}

Result<ExportFrame> readStart(const Value& value) {
    ListReader in(value, "export start", 3);
    in.integer();
    ExportStart out;
    out.app = in.text();
    const auto& authors = in.list();
    TRY(in.finish());
    for (const auto& item : authors) {
        ListReader fields(item, "export author", 5);
        AuthorRegistration one;
        one.author.bytes = fields.array<16>();
        one.officer.bytes = fields.array<16>();
        one.code = fields.text();
        one.author_key = fields.array<32>();
        one.signature = fields.bytes();
        TRY(fields.finish());
        out.authors.push_back(std::move(one));
    }
    return out;
}
Result<ExportFrame> readRecords(const Value& value) {
    ListReader in(value, "export records", 3);
    in.integer();
    const auto& keys = in.map();
    const auto& segments = in.list();
    TRY(in.finish());
    ExportRecords out;
    for (const auto& [crn, key] : keys) {
        const auto bytes = key.bytes() != nullptr ? toArray<32>(*key.bytes()) : toArray<32>(Bytes());
        if (!bytes) return fail(ErrorCode::BadInput, "export: a claim's key has 32 bytes");
        out.keys.emplace(crn, *bytes);
    }
    for (const auto& item : segments) {
        ASSIGN(auto segment, decodeSegment(item));
        if (!segment.packed.isNull()) return fail(ErrorCode::BadInput, "export: a segment is whole");
        out.segments.push_back(std::move(segment));
    }
    return out;
}
Result<ExportFrame> readBlobPart(const Value& value) {
    ListReader in(value, "export image", 6);
    in.integer();
    ExportBlobPart out;
    out.sha256 = in.array<32>();
    out.claim = in.text();
    out.size = in.natural();
    out.offset = in.natural();
    out.bytes = in.bytes();
    TRY(in.finish());
    if (out.offset > out.size || out.bytes.size() > out.size - out.offset)
        return fail(ErrorCode::BadInput, "export: an image's part lies past its end");
    return out;
}
Result<ExportFrame> readEnd(const Value& value) {
    ListReader in(value, "export end", 6);
    in.integer();
    ExportEnd out;
    out.change_sets = in.natural();
    out.blobs = in.natural();
    out.device_signature = in.bytes();
    out.store_key = in.array<32>();
    out.store_signature = in.bytes();
    TRY(in.finish());
    return out;
}

}  // namespace

Bytes exportDeviceMessage(const Uuid& device, const Hash& digest) {
    return encodeCbor(Value::List{"fieldclaim/export-device/1", device.bytes, digest});
}
Bytes exportStoreMessage(const Uuid& device, const Hash& digest) {
    return encodeCbor(Value::List{"fieldclaim/export-store/1", device.bytes, digest});
}

Bytes encodeExportHead(const ExportHead& head) {
    return encodeCbor(Value::List{"fieldclaim/export/1", head.device.bytes, head.id, Value(head.made_ms),
                                  head.recovery_key, head.ca_key_hash, head.sealed_key});
}
Result<ExportHead> decodeExportHead(ByteView bytes) {
    ASSIGN(const auto value, decodeCbor(bytes, kPartLimits));
    ListReader in(value, "export", 7);
    const auto tag = in.text();
    ExportHead head;
    head.device.bytes = in.array<16>();
    head.id = in.array<16>();
    head.made_ms = in.integer();
    head.recovery_key = in.array<32>();
    head.ca_key_hash = in.array<32>();
    head.sealed_key = in.bytes();
    TRY(in.finish());
    if (tag != "fieldclaim/export/1") return fail(ErrorCode::Unsupported, "an export of another version");
    return head;
}

Bytes encodeExportFrame(const ExportFrame& frame) {
    return encodeCbor(std::visit([](const auto& one) { return valueOf(one); }, frame));
}
Result<ExportFrame> decodeExportFrame(ByteView bytes) {
    ASSIGN(const auto value, decodeCbor(bytes, kPartLimits));
    const auto* const list = value.list();
    const auto* const kind = list != nullptr && !list->empty() ? list->front().integer() : nullptr;
    if (kind == nullptr) return fail(ErrorCode::BadInput, "export: a frame is a list that begins with its kind");
    switch (*kind) {
        case kStart:
            return readStart(value);
        case kRecords:
            return readRecords(value);
        case kBlobPart:
            return readBlobPart(value);
        case kEnd:
            return readEnd(value);
        default:
            return fail(ErrorCode::Unsupported, "an export with frames that this version does not know");
    }
}

Bytes framedExportPart(ByteView part) {
    ENSURE(part.size() <= kMostExportPart);
    Bytes out;
    out.reserve(kExportLengthBytes + part.size());
    for (std::size_t i = kExportLengthBytes; i-- > 0;)
        out.push_back(static_cast<std::uint8_t>(part.size() >> (8U * i)));
    out.insert(out.end(), part.begin(), part.end());
    return out;
}

Result<ExportCipher> ExportCipher::begin(ExportHead& head, Random& random) {
    Hash key{};
    random.fill(key.data(), key.size());
    ASSIGN(head.sealed_key, sealTo(head.recovery_key, key, keyContext(head), random));
    return ExportCipher(key, sha256(encodeExportHead(head)));
}

Result<ExportCipher> ExportCipher::open(const ExportHead& head, const Hash& recovery_secret) {
    ASSIGN(const auto plain, openSealed(recovery_secret, head.sealed_key, keyContext(head)));
    ASSIGN(const auto key, toArray<32>(plain));
    return ExportCipher(key, sha256(encodeExportHead(head)));
}

Bytes ExportCipher::context() const {
    return encodeCbor(Value::List{"fieldclaim/export-frame/1", m_head_digest, natural(m_number)});
}

Bytes ExportCipher::seal(const ExportFrame& frame, Random& random) {
    auto sealed = sealAesGcm(m_key, encodeExportFrame(frame), context(), random);
    ++m_number;
    return sealed;
}

Result<ExportFrame> ExportCipher::open(ByteView sealed) {
    ASSIGN(const auto plain, openAesGcm(m_key, sealed, context()));
    ++m_number;
    return decodeExportFrame(plain);
}

}  // namespace fieldclaim
