#include <algorithm>
#include <array>

#include "shared/base/date.h"
#include "shared/targets/answer_rules.h"
#include "shared/targets/payload_json.h"

namespace fieldclaim {
namespace {

using nlohmann::json;

// A council gets what Housing and Council Tax Benefit need and nothing else: these are lists of what may leave, so a
// question that is added to a pack stays here until someone puts it in. The customer's illness, safety and immigration
// are not in them; of health only what sets the amount is (ch_dla, ct_reductions, institution).
constexpr auto kQuestions = std::to_array<std::string_view>({"ad_age",
                                                             "ad_gross",
                                                             "ad_name",
                                                             "ad_status",
                                                             "ad_type",
                                                             "answering_for",
                                                             "away_from_home",
                                                             "ben_partner",
                                                             "ben_waiting",
                                                             "ben_you",
                                                             "ch_cb",
                                                             "ch_dla",
                                                             "ch_dob",
                                                             "ch_name",
                                                             "children_here",
                                                             "claim_from",
                                                             "ct_others",
                                                             "ct_reductions",
                                                             "education",
                                                             "email",
                                                             "hours",
                                                             "institution",
                                                             "la_evidence_share",
                                                             "la_name",
                                                             "la_ref",
                                                             "landlord",
                                                             "landlord_related",
                                                             "marital",
                                                             "moved_in",
                                                             "other_names",
                                                             "others_here",
                                                             "p_first_names",
                                                             "p_nino",
                                                             "p_surname",
                                                             "partner",
                                                             "partner_dob",
                                                             "partner_hours",
                                                             "partner_working",
                                                             "pay_landlord",
                                                             "pays_ctax",
                                                             "pays_rent",
                                                             "phone",
                                                             "phone_alt",
                                                             "rent_amount",
                                                             "rent_freq",
                                                             "rent_includes",
                                                             "rep_name",
                                                             "rooms",
                                                             "settled",
                                                             "tenancy_start",
                                                             "tenure",
                                                             "working"});
constexpr auto kIncomeAndCapital = std::to_array<std::string_view>(
    {"cap_disposed", "capital_band", "cp_balance", "cp_provider", "cp_special", "cp_type", "has_capital", "jb_employer",
     "jb_freq", "jb_kind", "jb_net", "oi_amount", "oi_freq", "oi_type", "other_income", "pension_weekly", "pj_net",
     "property_detail", "property_other"});
constexpr auto kProofs = std::to_array<std::string_view>(
    {"address_proof", "appointee_bf56", "benefit_award_letter", "child_benefit_letter", "child_birth_certificate",
     "council_tax_bill", "identity", "identity_for_nino", "marriage_certificate", "name_change", "nino_proof",
     "nondep_income_proof", "partner_identity", "partner_nino_proof", "poa_or_deputyship", "rent_book",
     "student_letter", "tenancy_agreement"});
constexpr auto kIncomeAndCapitalProofs =
    std::to_array<std::string_view>({"bank_statement", "income_proof", "partner_payslips", "payslips",
                                     "pension_statement", "property_details", "self_employed_accounts"});

template <typename List>
bool has(const List& list, std::string_view value) {
    return std::find(list.begin(), list.end(), value) != list.end();
}

class NoticeMap final : public TargetMap {
public:
    /// Little, on purpose: a notice leaves at the signature even when much is still missing (domain 3.4, row 7).
    std::vector<PreflightProblem> preflight(const TransferSubject& subject) const override {
        ProblemList problems(subject);
        if (!Date::parse(subject.first_contact)) {
            problems.add("E104", "first_contact", "Enter the date of first contact as a real date.");
        }
        problems.name("first_names", "the customer's first names");
        problems.name("surname", "the customer's last name");
        problems.text("la_name", "the council", 80, true);
        return problems.take();
    }

    Result<TargetPayload> map(const TransferSubject& subject) const override {
        if (subject.seal.digest.empty()) return fail(ErrorCode::BadInput, "the claim is not signed");
        json benefits = json::array();
        for (const char* benefit : {"ctb", "hb"}) {
            if (subject.benefits.contains(benefit)) benefits.push_back(benefit);
        }
        if (benefits.empty()) return fail(ErrorCode::BadInput, "the claim is for no benefit of a council");
        json main = json::array();
        for (const char* benefit : {"ib", "is", "jsa_cb", "jsa_ib"}) {
            if (subject.benefits.contains(benefit)) main.push_back(benefit);
        }
        // Income Support and income-based JSA already test means; the council takes over their result (domain 7.5).
        const bool passported = subject.benefits.contains("is") || subject.benefits.contains("jsa_ib");
        const auto proofLeaves = [&](const std::string& code) {
            return has(kProofs, code) || (!passported && has(kIncomeAndCapitalProofs, code));
        };
        json answers = json::array();
        for (const auto& [path, value] : subject.facts) {
            const auto question = std::string_view(path).substr(path.rfind('/') + 1);
            if (value.empty() || !(has(kQuestions, question) || (!passported && has(kIncomeAndCapital, question)))) {
                continue;
            }
            answers.push_back({{"id", path}, {"value", value}});
        }
        std::vector<ProofSeen> proofs;
        std::copy_if(subject.proofs.begin(), subject.proofs.end(), std::back_inserter(proofs),
                     [&](const auto& proof) { return proofLeaves(proof.code); });
        std::vector<OutstandingAction> outstanding;
        std::copy_if(subject.outstanding.begin(), subject.outstanding.end(), std::back_inserter(outstanding),
                     [&](const auto& action) { return proofLeaves(action.code); });
        json content{{"crn", subject.crn},
                     {"kind", kindName(subject.kind)},
                     {"council", subject.fact("la_name")},
                     {"benefits", benefits},
                     {"mainBenefits", main},
                     {"passported", passported},
                     {"dateOfClaim", subject.date_of_claim},
                     {"firstContact", subject.first_contact},
                     {"language", subject.language},
                     {"urgent", subject.urgent},
                     {"customer", claimantJson(subject)},
                     {"address", addressJson(subject)},
                     {"answers", answers},
                     {"evidence", evidenceJson(proofs)},
                     {"outstanding", outstandingJson(outstanding)},
                     {"signature", signatureJson(subject)}};
        if (!subject.supplements.empty()) content["supplements"] = subject.supplements;
        return finishPayload(std::move(content));
    }
};

}  // namespace

std::unique_ptr<TargetMap> makeNoticeMap() { return std::make_unique<NoticeMap>(); }

}  // namespace fieldclaim
