#pragma once

#include <filesystem>

#include "shared/forms/form_pack.h"

namespace fieldclaim {

/// The *.csv files that lie in a folder, by name; not those of its subfolders. NotFound when it is not a folder,
/// TooLarge past FormPack::kMaxBytes in all or 64 files, Storage when a file cannot be read. Holds nothing open.
Result<PackFiles> readPackFolder(const std::filesystem::path& folder);

}  // namespace fieldclaim
