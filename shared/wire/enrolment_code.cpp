#include <algorithm>

#include "shared/wire/protocol.h"

namespace fieldclaim {
namespace {

// 128 bits of hash, 60 of secret, 12 of check: 25 bytes, 40 characters.
constexpr std::size_t kCodeBytes = 25;
constexpr std::size_t kCodeGroup = 5;

Bytes packCode(const EnrolmentCode& code, unsigned check) {
    Bytes out(code.ca_key_hash.begin(), code.ca_key_hash.end());
    for (std::size_t i = 0; i < 8; ++i) {
        const auto next = i < 7 ? unsigned{code.secret[i + 1]} >> 4U : check >> 8U;
        out.push_back(static_cast<std::uint8_t>((unsigned{code.secret[i]} << 4U) | next));
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

}  // namespace fieldclaim
