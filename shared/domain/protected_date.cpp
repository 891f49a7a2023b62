#include "shared/domain/protected_date.h"

#include <algorithm>

#include "shared/domain/claim_answers.h"

namespace fieldclaim {

bool changesProtectedDate(const ClaimState& state, const std::vector<Edit>& edits, Date today) {
    const auto path = answerPath(kFirstContact);
    const auto* const found = state.find(path);
    if (found == nullptr) return false;
    return std::any_of(edits.begin(), edits.end(), [&](const Edit& edit) {
        if (edit.path != path) return false;
        return std::any_of(found->siblings().begin(), found->siblings().end(), [&](const Sibling& standing) {
            if (standing.value.text() == nullptr || standing.value == edit.value) return false;
            const auto date = Date::parse(*standing.value.text());
            const auto named = std::find(edit.replaces.begin(), edit.replaces.end(), standing.id);
            return date && *date <= today && named != edit.replaces.end();
        });
    });
}

}  // namespace fieldclaim
