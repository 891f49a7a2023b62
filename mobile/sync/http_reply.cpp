#include "mobile/sync/http_reply.h"

#include <charconv>

namespace fieldclaim::tablet {

namespace {

std::optional<std::uint64_t> number(std::string_view text) {
    std::uint64_t out = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (failed != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return out;
}

}  // namespace

std::optional<std::uint64_t> numberAt(const ReplyHeaders& headers, const std::string& name) {
    const auto found = headers.find(name);
    return found == headers.end() ? std::nullopt : number(found->second);
}

std::optional<ContentRange> contentRange(const ReplyHeaders& headers) {
    constexpr std::string_view kUnit = "bytes ";
    const auto found = headers.find("content-range");
    if (found == headers.end() || !found->second.starts_with(kUnit)) return std::nullopt;
    const auto text = std::string_view(found->second).substr(kUnit.size());
    const auto dash = text.find('-');
    const auto slash = text.find('/');
    if (dash == std::string_view::npos || slash == std::string_view::npos) return std::nullopt;
    const auto first = number(text.substr(0, dash));
    const auto size = number(text.substr(slash + 1));
    if (!first || !size) return std::nullopt;
    return ContentRange{*first, *size};
}

std::string pathOf(const std::string& location) {
    if (location.starts_with('/')) return location;
    const auto scheme = location.find("://");
    if (scheme == std::string::npos) return {};
    const auto slash = location.find('/', scheme + 3);
    return slash == std::string::npos ? std::string() : location.substr(slash);
}

}  // namespace fieldclaim::tablet
