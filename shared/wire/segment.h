#pragma once

#include "shared/wire/change_set.h"

namespace fieldclaim {

constexpr std::size_t kMaxSegmentChangeSets = 5'000;

/// A run of one author's consecutive change sets. The signature over the last one's hash covers all before it, because
/// each names its predecessor's hash.
struct Segment {
    Uuid author;
    std::uint32_t incarnation = 0;
    std::vector<Bytes> change_sets;  ///< each as encodeChangeSet gives it, in counter order
    Bytes signature;                 ///< Ed25519, by the author's key
    Value packed = {};               ///< the change sets as they travel (packing.h), or null: whole
};

/// What is signed: CBOR ["fieldclaim/segment/1", author, incarnation, counter, hash].
Bytes segmentMessage(const Uuid& author, std::uint32_t incarnation, std::uint64_t counter, const Hash& hash);

Value encodeSegment(const Segment& segment);
Result<Segment> decodeSegment(const Value& value);

/// A segment whose headers are decoded and chained: nothing about payloads is known yet.
struct CheckedSegment {
    Uuid author;
    std::uint32_t incarnation = 0;
    struct Item {
        ChangeSetHeader header;
        Hash hash{};
        Bytes header_bytes;
        Bytes payload_bytes;
    };
    std::vector<Item> items;
    Bytes signature;
    std::uint64_t firstCounter() const { return items.front().header.counter; }
    std::uint64_t lastCounter() const { return items.back().header.counter; }
};

/// Decodes the headers and checks that they are one author's, consecutive and chained, and that the signature is right.
/// BadInput for a malformed one, BadSignature for one that the author did not write.
Result<CheckedSegment> checkSegment(const Segment& segment, const Hash& author_key);

}  // namespace fieldclaim
