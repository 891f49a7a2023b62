#pragma once

#include <map>
#include <string>

#include "shared/document/statement_renderer.h"

namespace fieldclaim {

/// The claim of Gwen O'Brien (tests/support/customers) on 15 January 2007, with what a test adds to its answers.
ClaimReview gwensReview(const std::map<std::string, Answer>& more = {});
/// Its statement, with one proof seen and one that is not available.
Statement gwensStatement(const ClaimReview& of, Language language);

}  // namespace fieldclaim
