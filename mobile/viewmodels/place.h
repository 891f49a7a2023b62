#pragma once

#include <string>

namespace fieldclaim::tablet {

/// Where the officer is: kept in the vault at every step, so that the app reopens there (hazard H43).
struct Place {
    std::string page =
        "today";  ///< today, search, claim, question, benefits, check, evidence, proof, sign, receipt, ...
    std::string crn;
    std::string detail;    ///< a form page's id, a proof's key
    std::string instance;  ///< of a repeat; of a picture: "answer" or "code" when it is a question's, "scan" of a page
                           ///< signed in ink

    bool operator==(const Place&) const = default;

    std::string encode() const { return page + '\n' + crn + '\n' + detail + '\n' + instance; }
    static Place decode(const std::string& text) {
        Place place;
        std::string* parts[] = {&place.page, &place.crn, &place.detail, &place.instance};
        std::size_t from = 0;
        for (auto* part : parts) {
            const auto end = text.find('\n', from);
            *part = text.substr(from, end - from);
            if (end == std::string::npos) break;
            from = end + 1;
        }
        if (place.page.empty()) place.page = "today";
        return place;
    }
};

}  // namespace fieldclaim::tablet
