#include "shared/base/bytes.h"

namespace fieldclaim {
namespace {

constexpr std::string_view kHex = "0123456789abcdef";
constexpr std::string_view kUrl = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::string_view kStd = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kCrockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

std::string encodeBits(ByteView bytes, std::string_view alphabet, unsigned bits) {
    std::string out;
    out.reserve((bytes.size() * 8 + bits - 1) / bits);
    std::uint32_t buffer = 0;
    unsigned held = 0;
    for (auto byte : bytes) {
        buffer = (buffer << 8U) | byte;
        held += 8;
        while (held >= bits) {
            held -= bits;
            out += alphabet[(buffer >> held) & ((1U << bits) - 1U)];
        }
        buffer &= (1U << held) - 1U;
    }
    if (held > 0) out += alphabet[(buffer << (bits - held)) & ((1U << bits) - 1U)];
    return out;
}

// The bits left over at the end must be zero, so that one text has one meaning.
Result<Bytes> decodeBits(std::string_view text, std::string_view alphabet, unsigned bits) {
    Bytes out;
    std::uint32_t buffer = 0;
    unsigned held = 0;
    for (char c : text) {
        const auto digit = alphabet.find(c);
        if (digit == std::string_view::npos) return fail(ErrorCode::BadInput, "a character outside the alphabet");
        buffer = (buffer << bits) | static_cast<std::uint32_t>(digit);
        held += bits;
        if (held >= 8) {
            held -= 8;
            out.push_back(static_cast<std::uint8_t>((buffer >> held) & 0xFFU));
            buffer &= (1U << held) - 1U;
        }
    }
    if (held >= bits || buffer != 0) return fail(ErrorCode::BadInput, "the text ends in the middle of a byte");
    return out;
}

}  // namespace

std::string toHex(ByteView bytes) { return encodeBits(bytes, kHex, 4); }

Result<Bytes> fromHex(std::string_view text) {
    std::string lower(text);
    for (auto& c : lower) {
        if (c >= 'A' && c <= 'F') c = static_cast<char>(c - 'A' + 'a');
    }
    if (lower.size() % 2 != 0) return fail(ErrorCode::BadInput, "hexadecimal has an odd number of digits");
    return decodeBits(lower, kHex, 4);
}

std::string toBase64Url(ByteView bytes) { return encodeBits(bytes, kUrl, 6); }
Result<Bytes> fromBase64Url(std::string_view text) { return decodeBits(text, kUrl, 6); }

std::string toBase64(ByteView bytes) {
    auto out = encodeBits(bytes, kStd, 6);
    while (out.size() % 4 != 0) out += '=';
    return out;
}

Result<Bytes> fromBase64(std::string_view text) {
    if (text.size() % 4 != 0) return fail(ErrorCode::BadInput, "base 64 is not padded");
    for (int i = 0; i < 2 && !text.empty() && text.back() == '='; ++i) text.remove_suffix(1);
    return decodeBits(text, kStd, 6);
}

std::string toBase32(ByteView bytes) { return encodeBits(bytes, kCrockford, 5); }

Result<Bytes> fromBase32(std::string_view text) {
    std::string plain;
    for (char c : text) {
        if (c == '-' || c == ' ') continue;
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
        if (c == 'I' || c == 'L') c = '1';
        if (c == 'O') c = '0';
        plain += c;
    }
    return decodeBits(plain, kCrockford, 5);
}

}  // namespace fieldclaim
