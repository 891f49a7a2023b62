#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace fieldclaim::tablet {

/// Headers of a reply; names in lower case.
using ReplyHeaders = std::map<std::string, std::string>;

constexpr int kNotSignedIn = 401;
constexpr int kNotAllowed = 403;
constexpr int kNotFound = 404;
constexpr int kConflict = 409;
constexpr int kGone = 410;
constexpr int kPreconditionFailed = 412;
constexpr int kTooLarge = 413;
constexpr int kRangeRefused = 416;
constexpr int kTooMany = 429;
constexpr int kNotAvailable = 503;

inline bool isGood(int status) { return status >= 200 && status < 300; }
/// Nothing when the header is missing or is no whole number.
std::optional<std::uint64_t> numberAt(const ReplyHeaders& headers, const std::string& name);
/// "bytes 0-499/1234".
struct ContentRange {
    std::uint64_t first = 0;
    std::uint64_t size = 0;  ///< of the whole
};
std::optional<ContentRange> contentRange(const ReplyHeaders& headers);
/// The path of an absolute or relative URL: what the server says about another host is passed over. Empty when there
/// is none.
std::string pathOf(const std::string& location);

}  // namespace fieldclaim::tablet
