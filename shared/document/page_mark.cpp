#include "shared/document/page_mark.h"

#include <algorithm>
#include <charconv>

#include "shared/base/ids.h"
#include "shared/base/text.h"

namespace fieldclaim {
namespace {

constexpr std::string_view kTag = "FC1";
constexpr std::string_view kCopyTag = "FC1C";

std::optional<int> countIn(std::string_view text) {
    int out = 0;
    const auto* const end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, out);
    if (read.ec != std::errc() || read.ptr != end || out < 1 || out > kMostPages) return std::nullopt;
    return out;
}

}  // namespace

StatementMark markOf(const Hash& digest) {
    StatementMark out{};
    std::copy_n(digest.begin(), out.size(), out.begin());
    return out;
}

std::string encodePageMark(const PageMark& mark) {
    return std::string(mark.to_sign ? kTag : kCopyTag) + ":" + mark.crn + ":" + toBase32(mark.statement) + ":" +
           std::to_string(mark.page) + "/" + std::to_string(mark.pages);
}

std::optional<PageMark> decodePageMark(std::string_view text) {
    const auto parts = split(text, ':');
    if (parts.size() != 4 || (parts[0] != kTag && parts[0] != kCopyTag)) return std::nullopt;
    const auto crn = Crn::parse(parts[1]);
    const auto bytes = fromBase32(parts[2]);
    const auto counts = split(parts[3], '/');
    if (!crn || !bytes || counts.size() != 2) return std::nullopt;
    const auto statement = toArray<16>(*bytes);
    const auto page = countIn(counts[0]);
    const auto pages = countIn(counts[1]);
    if (!statement || !page || !pages || *page > *pages) return std::nullopt;
    return PageMark{*crn, *statement, *page, *pages, parts[0] == kTag};
}

std::string inGroups(const Hash& digest) {
    std::string out;
    for (const char c : toHex(digest)) {
        if (out.size() % 5 == 4) out += ' ';
        out += c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    return out;
}

}  // namespace fieldclaim
