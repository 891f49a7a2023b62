#include "mobile/sync/http_reply.h"

#include <charconv>

namespace fieldclaim::tablet {

std::optional<std::uint64_t> numberAt(const ReplyHeaders& headers, const std::string& name) {
    const auto found = headers.find(name);
    if (found == headers.end()) return std::nullopt;
    std::uint64_t out = 0;
    const auto& text = found->second;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (failed != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return out;
}

std::string pathOf(const std::string& location) {
    if (location.starts_with('/')) return location;
    const auto scheme = location.find("://");
    if (scheme == std::string::npos) return {};
    const auto slash = location.find('/', scheme + 3);
    return slash == std::string::npos ? std::string() : location.substr(slash);
}

}  // namespace fieldclaim::tablet
