#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.h"

namespace fieldclaim {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;
/// A SHA-256, or anything else of 32 bytes.
using Hash = std::array<std::uint8_t, 32>;

inline ByteView asBytes(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
inline std::string_view asText(ByteView bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }
inline Bytes toBytes(ByteView view) { return {view.begin(), view.end()}; }

/// Lower-case hexadecimal, two digits a byte (RFC 4648 section 8, in lower case).
std::string toHex(ByteView bytes);
/// Either case; ErrorCode::BadInput on an odd length or another character.
Result<Bytes> fromHex(std::string_view text);

/// RFC 4648 section 5 (URL-safe alphabet), without padding.
std::string toBase64Url(ByteView bytes);
Result<Bytes> fromBase64Url(std::string_view text);
/// RFC 4648 section 4, with padding.
std::string toBase64(ByteView bytes);
Result<Bytes> fromBase64(std::string_view text);

/// Crockford's base 32 (no I, L, O, U), five bits a character, upper case, the last one filled with zero bits.
std::string toBase32(ByteView bytes);
/// Either case; reads I and L as 1, O as 0; hyphens and spaces are passed over. Whole bytes only.
Result<Bytes> fromBase32(std::string_view text);

/// Copies exactly N bytes; ErrorCode::BadInput for any other length.
template <std::size_t N>
Result<std::array<std::uint8_t, N>> toArray(ByteView bytes) {
    if (bytes.size() != N) {
        return fail(ErrorCode::BadInput,
                    "expected " + std::to_string(N) + " bytes, got " + std::to_string(bytes.size()));
    }
    std::array<std::uint8_t, N> out{};
    std::copy(bytes.begin(), bytes.end(), out.begin());
    return out;
}

}  // namespace fieldclaim
