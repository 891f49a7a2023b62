#include "tests/support/forms/small_form.h"

#include <cstdio>
#include <cstdlib>

namespace fieldclaim {
namespace {

/// Those that the loader wants, and that say nothing where they are empty.
constexpr const char* kColumns[] = {"relevant",    "required", "constraint", "constraint_message::English (en)",
                                    "calculation", "page",     "section",    "stage",
                                    "normalise",   "declared", "sensitive",  "benefits",
                                    "evidence"};

}  // namespace

PackFiles SmallForm::files() const {
    auto table = survey;
    auto header = table.substr(0, table.find('\n'));
    const auto length = header.size();
    for (const char* column : kColumns) {
        if (("," + header + ",").find("," + std::string(column) + ",") == std::string::npos)
            header += "," + std::string(column);
    }
    table.replace(0, length, header);
    return {
        {"settings.csv", "form_title,form_id,version\nSmall,small,1\n"},
        {"sections.csv", "id,title::English (en),order\nfirst,First,1\nlast,Last,2\n"},
        {"params.csv", "key,from_date,value,unit,source,confidence\n"},
        {"choices.csv", choices},
        {"survey.csv", table},
        {"proofs.csv", "code,label::English (en),when,accepts::English (en),min_level,blocks\n"},
        {"prescreen.csv", "benefit,verdict,when,reason::English (en),change::English (en),not_with\n"},
        {"warnings.csv", warnings},
        {"declarations.csv", "id,version,when,text::English (en)\n"},
    };
}

std::shared_ptr<const FormPack> SmallForm::pack() const {
    const auto loaded = FormPack::load(files());
    if (!loaded) {
        std::fprintf(stderr, "%s\n", loaded.error().detail.c_str());
        std::abort();
    }
    return *loaded;
}

std::string SmallForm::errors() const {
    const auto loaded = FormPack::load(files());
    return loaded ? std::string() : loaded.error().detail;
}

}  // namespace fieldclaim
