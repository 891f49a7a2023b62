#include "shared/base/date.h"
#include "shared/forms/modulus.h"
#include "shared/targets/answer_rules.h"
#include "shared/targets/payload_json.h"

namespace fieldclaim {
namespace {

using nlohmann::json;

constexpr std::size_t kAddressLine = 35;
constexpr int kDaysAhead = 91;
constexpr int kDaysBack = 366;

/// What differs between the two systems.
struct PushSystem {
    std::string_view benefit;
    std::vector<std::pair<std::string, std::string>> parts;  ///< our benefit -> the system's part
    bool nino_suffix_needed;
};

PushSystem systemOf(std::string_view name) {
    if (name == "ISCS") return {"IS", {{"is", "IS"}}, true};
    ENSURE(name == "JSAPS");
    return {"JSA", {{"jsa_ib", "JSA_IB"}, {"jsa_cb", "JSA_CB"}}, false};
}

class PushMap final : public TargetMap {
public:
    explicit PushMap(std::string_view system) : m_system(systemOf(system)) {}

    std::vector<PreflightProblem> preflight(const TransferSubject& subject) const override {
        ProblemList problems(subject);
        checkDates(subject, problems);
        problems.name("first_names", "the customer's first names");
        problems.name("surname", "the customer's last name");
        checkNino(subject, problems);
        checkAddress(subject, problems);
        if (subject.fact("partner") == "yes") checkPartner(subject, problems);
        if (subject.fact("pay_method") == "account") checkAccount(subject, problems);
        return problems.take();
    }

    Result<TargetPayload> map(const TransferSubject& subject) const override {
        if (subject.seal.digest.empty()) return fail(ErrorCode::BadInput, "the claim is not signed");
        json parts = json::array();
        for (const auto& [benefit, part] : m_system.parts) {
            if (subject.benefits.contains(benefit)) parts.push_back(part);
        }
        if (parts.empty()) return fail(ErrorCode::BadInput, "the claim is for no benefit of this target");
        json answers = json::array();
        for (const auto& [question, value] : subject.facts) {
            if (!value.empty()) answers.push_back({{"id", question}, {"value", value}});
        }
        json content{{"crn", subject.crn},
                     {"kind", kindName(subject.kind)},
                     {"benefit", m_system.benefit},
                     {"parts", parts},
                     {"packId", subject.pack_id},
                     {"dateOfClaim", subject.date_of_claim},
                     {"firstContact", subject.first_contact},
                     {"language", subject.language},
                     {"urgent", subject.urgent},
                     {"claimant", claimantJson(subject)},
                     {"address", addressJson(subject)},
                     {"answers", answers},
                     {"evidence", evidenceJson(subject.proofs)},
                     {"outstanding", outstandingJson(subject.outstanding)},
                     {"signature", signatureJson(subject)}};
        if (!subject.supplements.empty()) content["supplements"] = subject.supplements;
        if (subject.fact("pay_method") == "account") content["payment"] = paymentJson(subject);
        return finishPayload(std::move(content));
    }

private:
    static json paymentJson(const TransferSubject& subject) {
        // As the bank writes it (domain V6); the statement keeps what the customer read out.
        const auto bank = bankAccountOf(subject.fact("pay_sort"), subject.fact("pay_account"));
        json out{{"sortCode", bank ? bank->sort_code : subject.fact("pay_sort")},
                 {"account", bank ? bank->account : subject.fact("pay_account")},
                 {"holder", subject.fact("pay_name")}};
        if (const auto roll = subject.fact("pay_roll"); !roll.empty()) out["roll"] = roll;
        return out;
    }

    static void checkDates(const TransferSubject& subject, ProblemList& problems) {
        const auto claim = Date::parse(subject.date_of_claim);
        const auto contact = Date::parse(subject.first_contact);
        if (!contact) problems.add("E104", "first_contact", "Enter the date of first contact as a real date.");
        if (!claim) {
            problems.add("E104", "claim_from", "Enter the date of claim as a real date.");
        } else if (contact && (claim->days > contact->days + kDaysAhead || claim->days < contact->days - kDaysBack)) {
            problems.add(
                "E104", "claim_from",
                "Change the date of claim: it may be at most 3 months after, or 1 year before, first contact.");
        }
        const auto birth = Date::parse(subject.fact("dob"));
        if (!birth) {
            problems.add("E104", "dob", "Enter the customer's date of birth as a real date.");
        } else if (birth->year() < 1900 || (claim && *birth >= *claim)) {
            problems.add("E203", "dob",
                         "Check the customer's date of birth: it must be after 1900 and before the claim.");
        }
    }

    void checkNino(const TransferSubject& subject, ProblemList& problems) const {
        const auto status = subject.fact("has_nino");
        if (status == "trace" || status == "apply") return;
        if (status != "yes") {
            problems.add(
                "E201", "has_nino",
                "Say whether the customer has a National Insurance number, or that it must be traced or applied for.");
        } else if (!isNino(normaliseNino(subject.fact("nino")), m_system.nino_suffix_needed)) {
            problems.add(
                "E201", "nino",
                m_system.nino_suffix_needed
                    ? "Check the National Insurance number: 2 letters, 6 digits and a last letter A to D."
                    : "Check the National Insurance number: 2 letters, 6 digits and, if known, a last letter A to D.");
        }
    }

    static void checkAddress(const TransferSubject& subject, ProblemList& problems) {
        if (subject.fact("settled") == "no") {
            // Letters of the target need somewhere to go: a care-of address (domain V11).
            problems.text("corr_address", "an address for letters, such as care of a friend or office", 200, true);
            return;
        }
        problems.text("addr1", "the first line of the address", kAddressLine, true);
        problems.text("addr2", "the second line of the address", kAddressLine, false);
        problems.text("town", "the town or city", kAddressLine, true);
        if (!isPostcode(subject.fact("postcode"))) {
            problems.add("E108", "postcode", "Check the postcode, such as LL55 4SU.");
        }
    }

    void checkPartner(const TransferSubject& subject, ProblemList& problems) const {
        // Contribution-based claims ask nothing about a partner but whether there is one.
        if (subject.fact("p_surname").empty() && subject.fact("p_first_names").empty()) return;
        problems.name("p_first_names", "the partner's first names");
        problems.name("p_surname", "the partner's last name");
        const auto nino = normaliseNino(subject.fact("p_nino"));
        if (!nino.empty() && !isNino(nino, m_system.nino_suffix_needed)) {
            problems.add("E201", "p_nino", "Check the partner's National Insurance number.");
        } else if (!nino.empty() && nino == normaliseNino(subject.fact("nino"))) {
            problems.add("E201", "p_nino", "The partner's National Insurance number is the same as the customer's.");
        }
        if (const auto birth = subject.fact("partner_dob"); !birth.empty() && !Date::parse(birth)) {
            problems.add("E104", "partner_dob", "Enter the partner's date of birth as a real date.");
        }
    }

    static void checkAccount(const TransferSubject& subject, ProblemList& problems) {
        problems.text("pay_name", "the name on the account", 70, true);
        if (!isDigits(subject.fact("pay_sort"), 6, 6)) {
            problems.add("E106", "pay_sort", "Check the sort code: it has 6 digits.");
        }
        if (!isDigits(subject.fact("pay_account"), 6, 10)) {
            problems.add("E107", "pay_account", "Check the account number: it has 6 to 10 digits.");
        }
    }

    PushSystem m_system;
};

}  // namespace

std::unique_ptr<TargetMap> makePushMap(std::string_view system) { return std::make_unique<PushMap>(system); }

Result<std::unique_ptr<TargetMap>> makeTargetMap(std::string_view system) {
    if (system == "ISCS" || system == "JSAPS") return makePushMap(system);
    if (system == "notice") return makeNoticeMap();
    return fail(ErrorCode::BadInput, "no map for the system '" + std::string(system) + "'");
}

}  // namespace fieldclaim
