#pragma once

#include <nlohmann/json.hpp>

#include "mobile/headless/arguments.h"
#include "shared/base/clock.h"

namespace fieldclaim::tablet {

/// Runs one command and gives what it prints. Opens and closes the vault; runs the application's event loop for sync.
Result<nlohmann::json> runCommand(const Arguments& arguments, const Clock& clock, Random& random);

}  // namespace fieldclaim::tablet
