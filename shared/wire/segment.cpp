#include "shared/wire/segment.h"

#include "shared/wire/cbor.h"

namespace fieldclaim {

Bytes segmentMessage(const Uuid& author, std::uint32_t incarnation, std::uint64_t counter, const Hash& hash) {
    return encodeCbor(Value::List{"fieldclaim/segment/1", author.bytes, std::int64_t{incarnation},
                                  static_cast<std::int64_t>(counter), hash});
}

Value encodeSegment(const Segment& segment) {
    Value::List change_sets;
    if (segment.packed.isNull()) {
        for (const auto& bytes : segment.change_sets) change_sets.emplace_back(bytes);
    }
    return Value::List{segment.author.bytes, std::int64_t{segment.incarnation}, std::move(change_sets), segment.packed,
                       segment.signature};
}

Result<Segment> decodeSegment(const Value& value) {
    ListReader in(value, "segment", 5);
    Segment segment;
    segment.author.bytes = in.array<16>();
    const auto incarnation = in.natural();
    const auto& change_sets = in.list();
    segment.packed = in.any();
    segment.signature = in.bytes();
    TRY(in.finish());
    if (incarnation > 0xFFFFFFFFU) return fail(ErrorCode::BadInput, "segment: incarnation out of range");
    segment.incarnation = static_cast<std::uint32_t>(incarnation);
    if (change_sets.empty() == segment.packed.isNull())
        return fail(ErrorCode::BadInput, "segment: its change sets are to be whole or packed");
    if (change_sets.size() > kMaxSegmentChangeSets)
        return fail(ErrorCode::TooLarge, "segment: more than 5,000 change sets");
    for (const auto& item : change_sets) {
        if (item.bytes() == nullptr) return fail(ErrorCode::BadInput, "segment: a change set is not a byte string");
        segment.change_sets.push_back(*item.bytes());
    }
    return segment;
}

Result<CheckedSegment> checkSegment(const Segment& segment, const Hash& author_key) {
    CheckedSegment out;
    out.author = segment.author;
    out.incarnation = segment.incarnation;
    out.signature = segment.signature;
    for (const auto& bytes : segment.change_sets) {
        ASSIGN(auto raw, splitChangeSet(bytes));
        CheckedSegment::Item item;
        ASSIGN(item.header, decodeHeader(raw.header_bytes));
        item.hash = sha256(raw.header_bytes);
        item.header_bytes = std::move(raw.header_bytes);
        item.payload_bytes = std::move(raw.payload_bytes);
        const auto& header = item.header;
        if (header.author != segment.author || header.incarnation != segment.incarnation) {
            return fail(ErrorCode::BadInput, "segment: a change set of another author");
        }
        if (!out.items.empty() &&
            (header.counter != out.lastCounter() + 1 || header.previous != out.items.back().hash)) {
            return fail(ErrorCode::BadInput,
                        "segment: the chain is broken at counter " + std::to_string(header.counter));
        }
        out.items.push_back(std::move(item));
    }
    if (out.items.empty()) return fail(ErrorCode::BadInput, "segment: no change sets");
    if (!verifyEd25519(author_key,
                       segmentMessage(out.author, out.incarnation, out.lastCounter(), out.items.back().hash),
                       segment.signature)) {
        return fail(ErrorCode::BadSignature, "segment: not signed by its author");
    }
    return out;
}

}  // namespace fieldclaim
