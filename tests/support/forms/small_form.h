#pragma once

#include <string>

#include "shared/forms/evaluation.h"

namespace fieldclaim {

/// A pack with a survey of a test's own. `survey` and `choices` hold whole tables, the row of columns first; the
/// columns that every survey has are added where they are missing.
struct SmallForm {
    std::string survey;
    std::string choices = "list_name,name,label::English (en)\nyes_no,yes,Yes\nyes_no,no,No\n";
    std::string warnings = "id,when,text::English (en)\n";

    PackFiles files() const;
    /// Ends the process with the errors of a pack that does not load.
    std::shared_ptr<const FormPack> pack() const;
    /// The errors, one a line; empty for a pack that loads.
    std::string errors() const;
};

}  // namespace fieldclaim
