#pragma once

#include "shared/wire/value.h"

namespace fieldclaim {

/// Bounds on what is decoded. One above them is refused before memory is spent on it.
struct CborLimits {
    std::size_t bytes = 4U << 20U;
    std::size_t depth = 16;
    std::size_t items = 200'000;  ///< all values together
};

/// The one deterministic form (RFC 8949 section 4.2.1): shortest heads, definite lengths, keys in canonical order.
Bytes encodeCbor(const Value& value);

/// Refuses (BadInput) whatever is not that one form: floats, tags, other key types, duplicate or unordered keys,
/// indefinite lengths, long heads, text that is not UTF-8 in form C, trailing bytes; TooLarge above the limits.
Result<Value> decodeCbor(ByteView bytes, const CborLimits& limits = {});

}  // namespace fieldclaim
