#include "sync-server/service/one_time_code.h"

namespace fieldclaim::server {
namespace {

constexpr std::size_t kDigits = 12;

std::string canonical(std::string_view typed) {
    std::string out;
    for (char c : typed) {
        if (c == '-' || c == ' ') continue;
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
        if (c == 'O') c = '0';
        if (c == 'I' || c == 'L') c = '1';
        out += c;
    }
    return out;
}

}  // namespace

std::string makeOneTimeCode(Random& random) {
    std::array<std::uint8_t, 8> bytes{};
    random.fill(bytes.data(), bytes.size());
    const auto digits = toBase32(bytes).substr(0, kDigits);
    return digits.substr(0, 4) + "-" + digits.substr(4, 4) + "-" + digits.substr(8);
}

Hash oneTimeCodeHash(const Uuid& officer, std::string_view typed) {
    return sha256({asBytes("fieldclaim/officer-code/1"), officer.bytes, asBytes(canonical(typed))});
}

}  // namespace fieldclaim::server
