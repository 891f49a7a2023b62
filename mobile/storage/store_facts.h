#pragma once

#include <cstdint>
#include <string>

namespace fieldclaim::tablet {

/// What the store takes, and what it is made with: for Settings, and for who helps from afar. Nothing of what is in it.
struct StoreFacts {
    std::uint64_t bytes = 0;  ///< of all files of the store
    std::uint64_t free = 0;   ///< bytes left where it lies
    int schema = 0;           ///< the number of the last migration
    std::string sqlite;       ///< "3.51.3"
};

/// `folder` as of Vault. What cannot be read counts as nothing.
StoreFacts storeFacts(const std::string& folder);

}  // namespace fieldclaim::tablet
