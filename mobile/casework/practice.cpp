#include "mobile/casework/practice.h"

#include <charconv>
#include <filesystem>
#include <map>

#include "shared/base/practice_crn.h"
#include "shared/base/text.h"
#include "shared/domain/claim_answers.h"
#include "shared/forms/csv.h"

namespace fieldclaim::tablet {
namespace {

constexpr std::string_view kFile = "practice.csv";
constexpr std::string_view kEnglish = "::English (en)";
constexpr std::string_view kWelsh = "::Cymraeg (cy)";

LocalText textOf(const CsvTable& table, const CsvTable::Row& row, const std::string& column) {
    return {std::string(table.cell(row, column + std::string(kEnglish))),
            std::string(table.cell(row, column + std::string(kWelsh)))};
}

/// "@-3" is three days ago; anything else is what it is.
std::string dated(std::string_view value, Date today) {
    if (!value.starts_with('@')) return std::string(value);
    int days = 0;
    const auto digits = value.substr(1);
    const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), days);
    if (failed != std::errc() || end != digits.data() + digits.size()) return std::string(value);
    return Date{today.days + days}.iso();
}

/// "capital/1/cp_type": the instance gets a name of its own.
class Keys {
public:
    Keys(const Clock& clock, Random& random) : m_clock(clock), m_random(random) {}

    std::string path(std::string_view key) {
        const auto parts = split(key, '/');
        if (parts.size() != 3) return answerPath(key);
        auto& instance = m_instances[parts[0] + "/" + parts[1]];
        if (instance.empty()) instance = Uuid::make(m_clock, m_random).text();
        return answerPath(parts[0] + "/" + instance + "/" + parts[2]);
    }

private:
    const Clock& m_clock;
    Random& m_random;
    std::map<std::string, std::string> m_instances;
};

/// What one customer brings, as it is gathered from the rows.
struct Draft {
    std::string crn;
    std::vector<Edit> edits;  ///< of the colleague who took the claim
    std::vector<Edit> other;  ///< of the officer, who did not see those
};

NewOfficer officerNamed(const std::string& name, const std::string& passphrase, const Clock& clock, Random& random) {
    return {{Uuid::make(clock, random), name, "officer", std::string(kPracticeSite)}, {}, passphrase};
}

std::string drawnPassphrase(Random& random) {
    Bytes bytes(32);
    random.fill(bytes.data(), bytes.size());
    return toHex(bytes);
}

Result<PracticeTask::Check> checkNamed(std::string_view name) {
    using Check = PracticeTask::Check;
    if (name == "first_contact") return Check::FirstContact;
    if (name == "answer") return Check::Answer;
    if (name == "proof") return Check::Proof;
    if (name == "settled") return Check::Settled;
    if (name == "signed") return Check::Signed;
    return fail(ErrorCode::BadPack, "practice.csv: no such check");
}

}  // namespace

bool PracticeTask::isDone(const OpenClaim& claim) const {
    const auto standsAs = [&](const std::string& expected) {
        const auto* found = claim.state.find(answerPath(key));
        return found != nullptr && !found->inConflict() && found->value() == Value(expected);
    };
    switch (check) {
        case Check::FirstContact:
            return claim.summary.contact_done;
        case Check::Answer:
        case Check::Settled:
            return standsAs(value);
        case Check::Proof: {
            const auto proof = proofOf(claim.state, key);
            for (const auto& need : claim.review.evaluation.proofs()) {
                if (need.key() == key && proof) return levelRank(proof->level) >= levelRank(need.rule->min_level);
            }
            return false;
        }
        case Check::Signed:
            return claim.review.seal_state == SealState::Valid;
    }
    return false;
}

void Practice::removeLeft(const std::string& folder) {
    std::error_code ignored;
    std::filesystem::remove_all(folder, ignored);
}

Practice::~Practice() {
    m_vault.reset();
    removeLeft(m_folder);
}

Result<std::unique_ptr<Practice>> Practice::begin(const Setup& setup, const Clock& clock, Random& random) {
    removeLeft(setup.folder);
    std::unique_ptr<Practice> out(new Practice());
    out->m_folder = setup.folder;
    std::error_code failed;
    std::filesystem::create_directories(setup.folder, failed);
    if (failed) return fail(ErrorCode::Storage, "no folder for practice can be made");
    TRY(out->fill(setup, clock, random));
    return out;
}

Status Practice::fill(const Setup& setup, const Clock& clock, Random& random) {
    const auto file = setup.files->find(std::string(kFile));
    if (file == setup.files->end()) return fail(ErrorCode::NotFound, "the pack has no customers to practise with");
    ASSIGN(const auto table, CsvTable::parse(file->second));
    const auto today = Date::fromWallMs(clock.wallMs());
    std::string site;
    std::string officer = setup.officer;
    std::string colleague;
    std::map<std::string, Draft> drafts;
    Keys keys(clock, random);
    for (const auto& row : table.rows()) {
        const auto kind = table.cell(row, "kind");
        const auto name = std::string(table.cell(row, "customer"));
        const auto key = table.cell(row, "key");
        const auto value = dated(table.cell(row, "value"), today);
        const auto text = textOf(table, row, "text");
        if (kind == "site") site = text.in(setup.language);
        if (kind == "officer" && officer.empty()) officer = text.in(setup.language);
        if (kind == "colleague") colleague = value;
        if (name.empty()) continue;
        auto& draft = drafts[name];
        if (draft.crn.empty()) {
            draft.crn = makePracticeCrn(random);
            draft.edits.push_back({std::string(kSitePath), Value(kPracticeSite), {}});
        }
        if (kind == "customer") {
            m_customers.push_back({draft.crn, text});
        } else if (kind == "visit") {
            draft.edits.push_back({"visit/" + Uuid::make(clock, random).text(),
                                   encodeVisit({{}, today.iso(), std::string(key), {}, text.in(setup.language)}),
                                   {}});
        } else if (kind == "answer") {
            draft.edits.push_back({keys.path(key), Value(value), {}});
        } else if (kind == "other") {
            draft.other.push_back({keys.path(key), Value(value), {}});
        } else if (kind == "task") {
            ASSIGN(const auto check, checkNamed(key));
            const auto equals = value.find('=');
            m_tasks.push_back({check, draft.crn, value.substr(0, equals),
                               equals == std::string::npos ? std::string() : value.substr(equals + 1), text,
                               textOf(table, row, "help")});
        }
    }
    if (m_customers.empty() || m_tasks.empty() || colleague.empty())
        return fail(ErrorCode::BadPack, "practice.csv has no customers, tasks or colleague");

    // Never enrolled: no server, no authority, no device. The passphrases are drawn and forgotten; they are as strong
    // as a key, so that nothing has to be made slow.
    DeviceSetup device;
    device.site = kPracticeSite;
    device.site_name = site;
    const auto first = officerNamed(colleague, drawnPassphrase(random), clock, random);
    const auto second = officerNamed(officer, drawnPassphrase(random), clock, random);
    device.officers = {first.info, second.info};
    Vault::Options options;
    options.scrypt = {16, 1, 1};
    ASSIGN(m_vault, Vault::create(m_folder, device, first, clock, random, options));
    const auto save = [&](const Draft& draft, const std::vector<Edit>& edits, bool begins) -> Status {
        SaveRequest request{draft.crn, {edits, std::nullopt}, setup.pack->id() + "/" + setup.pack->version(), {}, {},
                            {}};
        if (begins) {
            request.begins.emplace();
            random.fill(request.begins->data(), request.begins->size());
            request.site = kPracticeSite;
        }
        TRY(m_vault->save(request));
        return {};
    };
    for (const auto& [name, draft] : drafts) TRY(save(draft, draft.edits, true));
    TRY(m_vault->addOfficer(second));
    m_vault->signOut();
    TRY(m_vault->unlock(second.info.id, second.passphrase));
    for (const auto& [name, draft] : drafts) {
        if (!draft.other.empty()) TRY(save(draft, draft.other, false));
    }
    return {};
}

}  // namespace fieldclaim::tablet
