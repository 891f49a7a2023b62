#include "sync-server/backoffice/password.h"

#include <charconv>

#include "shared/base/text.h"

namespace fieldclaim::server {
namespace {

template <typename T>
bool readNumber(const std::string& text, T& out) {
    const auto end = text.data() + text.size();
    const auto result = std::from_chars(text.data(), end, out);
    return result.ec == std::errc() && result.ptr == end;
}

}  // namespace

Result<std::string> hashPassword(std::string_view password, Random& random, const ScryptParams& params) {
    Bytes salt(16);
    random.fill(salt.data(), salt.size());
    ASSIGN(const auto hash, scrypt(password, salt, params));
    return "scrypt$" + std::to_string(params.n) + "$" + std::to_string(params.r) + "$" + std::to_string(params.p) + "$" + toBase64Url(salt) +
           "$" + toBase64Url(hash);
}

bool verifyPassword(std::string_view password, std::string_view stored) {
    const auto parts = split(stored, '$');
    ScryptParams params;
    if (parts.size() != 6 || parts[0] != "scrypt" || !readNumber(parts[1], params.n) || !readNumber(parts[2], params.r) ||
        !readNumber(parts[3], params.p)) {
        return false;
    }
    const auto salt = fromBase64Url(parts[4]);
    const auto expected = fromBase64Url(parts[5]);
    if (!salt || !expected) return false;
    const auto hash = scrypt(password, *salt, params);
    return hash && equalConstantTime(*hash, *expected);
}

std::string generatePassword(Random& random) {
    Bytes bytes(10);
    random.fill(bytes.data(), bytes.size());
    auto text = toBase32(bytes);
    for (const std::size_t at : {12U, 8U, 4U}) text.insert(at, 1, '-');
    return text;
}

}  // namespace fieldclaim::server
