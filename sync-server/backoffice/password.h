#pragma once

#include <string>
#include <string_view>

#include "shared/crypto/crypto.h"

namespace fieldclaim::server {

/// "scrypt$n$r$p$salt$hash", salt and hash in URL-safe base 64. n = 2^15, r = 8, p = 1: about a tenth of a second.
Result<std::string> hashPassword(std::string_view password, Random& random, const ScryptParams& params = {1U << 15U, 8, 1});
/// False for a wrong password, an empty or a malformed hash.
bool verifyPassword(std::string_view password, std::string_view stored);
/// Four groups of four letters and digits, 80 bits: for a first password that is shown once.
std::string generatePassword(Random& random);

}  // namespace fieldclaim::server
