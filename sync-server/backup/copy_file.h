#pragma once

#include <filesystem>

#include "shared/base/bytes.h"
#include "shared/base/result.h"

namespace fieldclaim::server {

/// SHA-256 of a file, read in parts. NotFound without it.
Result<Hash> hashFile(const std::filesystem::path& path);

/// Copies a file beside its new name, syncs it, gives it mode 0600 and its name; gives the SHA-256 of what was copied.
/// NotFound without the source; DiskFull.
Result<Hash> copyFile(const std::filesystem::path& from, const std::filesystem::path& to);

/// Makes the folder, for its owner alone.
Status makeFolder(const std::filesystem::path& folder);

}  // namespace fieldclaim::server
