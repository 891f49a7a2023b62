#include "shared/base/ids.h"

#include <algorithm>
#include <optional>

#include "shared/base/practice_crn.h"

namespace fieldclaim {

Uuid Uuid::make(const Clock& clock, Random& random) {
    Uuid id;
    random.fill(id.bytes.data(), id.bytes.size());
    const auto ms = static_cast<std::uint64_t>(clock.wallMs());
    for (unsigned i = 0; i < 6; ++i) id.bytes[i] = static_cast<std::uint8_t>(ms >> (8U * (5U - i)));
    id.bytes[6] = static_cast<std::uint8_t>((id.bytes[6] & 0x0FU) | 0x70U);
    id.bytes[8] = static_cast<std::uint8_t>((id.bytes[8] & 0x3FU) | 0x80U);
    return id;
}

Result<Uuid> Uuid::fromBytes(ByteView bytes) {
    ASSIGN(auto array, toArray<16>(bytes));
    return Uuid{array};
}

Result<Uuid> Uuid::parse(std::string_view text) {
    if (text.size() != 36 || text[8] != '-' || text[13] != '-' || text[18] != '-' || text[23] != '-') {
        return fail(ErrorCode::BadInput, "not a UUID");
    }
    std::string digits(text);
    std::erase(digits, '-');
    ASSIGN(auto bytes, fromHex(digits));
    return fromBytes(bytes);
}

std::string Uuid::text() const {
    auto out = toHex(bytes);
    for (std::size_t at : {8U, 13U, 18U, 23U}) out.insert(at, 1, '-');
    return out;
}

bool Uuid::isNil() const {
    return std::all_of(bytes.begin(), bytes.end(), [](auto byte) { return byte == 0; });
}

namespace {

constexpr std::string_view kDigits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U";
constexpr std::size_t kCrnDigits = 12;

// A letter of 37 might be one of the five signs that Crockford adds; a number is drawn again until it is not.
char checkOf(std::uint64_t value) { return kDigits[value % 37]; }

constexpr std::string_view kPractice = "PRACT";

/// The number with its check character; nullopt where that is none of the 32 digits, which is hard to read out.
std::optional<std::string> crnOf(std::uint64_t value) {
    const char check = checkOf(value);
    if (kDigits.find(check) >= 32) return std::nullopt;
    std::string out(kCrnDigits, '0');
    for (std::size_t i = 0; i < kCrnDigits; ++i) out[kCrnDigits - 1 - i] = kDigits[(value >> (5U * i)) & 31U];
    return out + check;
}

}  // namespace

std::string Crn::make(Random& random) {
    for (;;) {
        const auto made = crnOf(random.next() >> 4U);
        if (made && !isPracticeCrn(*made)) return *made;
    }
}

std::string makePracticeCrn(Random& random) {
    constexpr unsigned kPrefixBits = 5 * kPractice.size();
    std::uint64_t prefix = 0;
    for (const char c : kPractice) prefix = prefix * 32 + kDigits.find(c);
    for (;;) {
        const auto rest = random.next() >> (4U + kPrefixBits);
        if (const auto made = crnOf((prefix << (60U - kPrefixBits)) | rest)) return *made;
    }
}

bool isPracticeCrn(std::string_view crn) { return crn.starts_with(kPractice); }

Result<std::string> Crn::parse(std::string_view text) {
    std::string plain;
    for (char c : text) {
        if (c == '-' || c == ' ') continue;
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
        if (c == 'I' || c == 'L') c = '1';
        if (c == 'O') c = '0';
        plain += c;
    }
    if (plain.size() != kCrnDigits + 1) return fail(ErrorCode::BadInput, "a claim number has 13 letters and digits");
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < kCrnDigits; ++i) {
        const auto digit = kDigits.find(plain[i]);
        if (digit >= 32) return fail(ErrorCode::BadInput, "a claim number has no such letter");
        value = value * 32 + digit;
    }
    const auto right = crnOf(value);
    if (!right || plain != *right)
        return fail(ErrorCode::BadInput, "the claim number has a mistake in it: check each letter");
    return plain;
}

std::string Crn::display(std::string_view crn) {
    std::string out(crn);
    if (out.size() == kCrnDigits + 1) {
        out.insert(8, 1, '-');
        out.insert(4, 1, '-');
    }
    return out;
}

}  // namespace fieldclaim
