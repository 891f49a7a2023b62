#pragma once

#include <string>
#include <vector>

#include "shared/domain/claim_review.h"

namespace fieldclaim {

/// What a customer takes home beside the statement: what was claimed, what is still to be brought and by when, and whom
/// to call. Texts are in the language of the papers.
struct ClaimOutlook {
    struct Proof {
        std::string label;
        std::vector<std::string> accepted;  ///< one of these will do
        bool original = false;              ///< a copy will not
    };
    std::vector<std::string> benefits;
    std::string date_of_claim;  ///< in words; empty while not known
    std::vector<Proof> to_bring;
    std::string bring_by;  ///< in words; empty: as soon as possible
    std::string office;    ///< the site's name
    std::string officer;
    std::string telephone;  ///< empty where the pack has none
};

/// `bring_by` is the pack's evidence_deadline_is (months) after the first contact: what comes later may cost the date
/// of claim (domain.md 3.3). `telephone` is its parameter office_telephone.
ClaimOutlook outlookOf(const ClaimReview& review, Language language, const std::string& office,
                       const std::string& officer);

/// The pack's label for a benefit claimed ("jsa_ib"); the name itself for one that it does not know.
std::string benefitLabel(const FormPack& pack, const std::string& name, Language language);

}  // namespace fieldclaim
