#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "shared/base/bytes.h"

namespace fieldclaim {

/// The beginning of a statement's digest, as much of it as a page's QR code holds.
using StatementMark = std::array<std::uint8_t, 16>;
StatementMark markOf(const Hash& digest);

/// What the QR code of a printed page says: of which claim and which statement it is, and which page of how many. As a
/// text `FC1:<crn>:<mark in Crockford's base 32>:<page>/<pages>`: characters of a QR code's alphanumeric mode alone. A
/// page that nobody is to sign (copy, receipt) has `FC1C`.
struct PageMark {
    std::string crn;
    StatementMark statement{};
    int page = 0;
    int pages = 0;
    bool to_sign = true;
    bool operator==(const PageMark&) const = default;
};
constexpr int kMostPages = 999;

std::string encodePageMark(const PageMark& mark);
/// nullopt for any other text: a QR code of somebody else's.
std::optional<PageMark> decodePageMark(std::string_view text);

/// The whole digest as people read it: sixteen groups of four hexadecimal digits, "8F3A 22C1 ...".
std::string inGroups(const Hash& digest);

}  // namespace fieldclaim
