#pragma once

#include <string>
#include <string_view>

#include "shared/base/clock.h"

namespace fieldclaim {

/// A practice claim's number begins with PRACT, and no other one does (Crn::make): the server refuses it, should it
/// ever come.
std::string makePracticeCrn(Random& random);
bool isPracticeCrn(std::string_view crn);

}  // namespace fieldclaim
