#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "shared/base/result.h"

// Files that only the server may read (mode 0600), written whole or not at all.
namespace fieldclaim::server {

/// Nothing when there is no such file; Storage when it cannot be read.
Result<std::optional<std::string>> readSecretFile(const std::filesystem::path& path);
/// Written beside, synced, renamed, and the folder synced: after a power cut there is the old file or the new one.
Status writeSecretFile(const std::filesystem::path& path, std::string_view bytes);
/// Syncs a folder, so that a file renamed into it stays there.
Status syncFolder(const std::filesystem::path& folder);

}  // namespace fieldclaim::server
