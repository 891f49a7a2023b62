#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "shared/base/bytes.h"
#include "shared/base/clock.h"
#include "shared/base/result.h"

namespace fieldclaim {

/// Names a record: device, officer, author, transfer, proof. UUID version 7 (RFC 9562 section 5.7): sorts by the time
/// at which it was made, by the maker's clock; nothing may be decided by that order.
struct Uuid {
    std::array<std::uint8_t, 16> bytes{};

    static Uuid make(const Clock& clock, Random& random);
    /// 8-4-4-4-12 hexadecimal digits, either case.
    static Result<Uuid> parse(std::string_view text);
    static Result<Uuid> fromBytes(ByteView bytes);
    std::string text() const;
    bool isNil() const;

    auto operator<=>(const Uuid&) const = default;
};

/// The claim's number, made where the claim begins: 60 random bits as 12 characters of Crockford's base 32 and one
/// check character (mod 37), shown as XXXX-XXXX-XXXXC. Kept and sent without hyphens: 13 characters.
struct Crn {
    static std::string make(Random& random);
    /// Takes hyphens, spaces and either case; gives the 13-character form, or BadInput with what is wrong.
    static Result<std::string> parse(std::string_view text);
    static std::string display(std::string_view crn);
};

}  // namespace fieldclaim
