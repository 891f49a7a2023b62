#pragma once

#include <vector>

#include "shared/base/date.h"
#include "shared/merge/claim_state.h"

// Dates of legal weight (architecture, part 4): benefit is paid from the date of first contact, so that once it stands
// it is corrected by an intent with a reason, and never by an edit.
namespace fieldclaim {

constexpr std::string_view kFirstContact = "first_contact";  ///< the answer's key

/// True when one of the edits takes such a date away or puts another in its place. What does not stand may be edited:
/// one that is not there yet, is no date, or lies after `today`. An edit that does not name it leaves it standing, and
/// so changes nothing: two officers who wrote two dates unseen have a conflict, which a correction ends.
bool changesProtectedDate(const ClaimState& state, const std::vector<Edit>& edits, Date today);

}  // namespace fieldclaim
