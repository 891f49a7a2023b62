#pragma once

#include <filesystem>
#include <iosfwd>

#include "shared/base/result.h"

namespace fieldclaim::server {

/// What a form author asks: loads a pack as the server and the tablets would and says what it holds, and each thing
/// that was read and has no effect. BadPack with every error, one a line; Storage when the folder cannot be read.
Status checkPack(const std::filesystem::path& folder, std::ostream& out);

}  // namespace fieldclaim::server
