#pragma once

#include <string>
#include <string_view>

#include "shared/base/ids.h"
#include "shared/crypto/crypto.h"

namespace fieldclaim::server {

/// An officer's one-time code: 60 random bits as XXXX-XXXX-XXXX in Crockford's base 32. The server keeps its hash
/// alone.
std::string makeOneTimeCode(Random& random);
/// The same for every way of typing it (case, hyphens, O for 0). The officer's id is in it, so equal codes differ.
Hash oneTimeCodeHash(const Uuid& officer, std::string_view typed);

constexpr int kMaxCodeTries = 5;

}  // namespace fieldclaim::server
