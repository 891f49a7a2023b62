#pragma once

#include <vector>

#include "mobile/viewmodels/export_view_model.h"

namespace fieldclaim::tablet {

/// The sticks and cards that are in the tablet and can be written: what the system has mounted where it mounts what
/// people put in. GUI thread.
std::vector<Drive> removableDrives();

}  // namespace fieldclaim::tablet
