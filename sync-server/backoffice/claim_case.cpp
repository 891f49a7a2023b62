#include "sync-server/backoffice/claim_case.h"

#include <algorithm>

#include "shared/base/ids.h"
#include "shared/domain/same_person.h"

namespace fieldclaim::server {
namespace {

// Names of authors, each looked up once.
class Names {
public:
    explicit Names(const LedgerSnapshot& now) : m_now(now) {}

    Result<std::string> of(const Uuid& author) {
        const auto known = m_names.find(author);
        if (known != m_names.end()) return known->second;
        std::string name = "Fieldclaim server";
        ASSIGN(const auto row, m_now.directory().author(author));
        if (row) {
            ASSIGN(const auto officer, m_now.directory().officer(row->officer));
            name = officer ? officer->name : "An officer no longer listed";
        }
        m_names.emplace(author, name);
        return name;
    }

    /// What a decision about the claim's scope says.
    Result<std::string> ofScope(const std::string& scope) const {
        if (scope.empty()) return std::string("Left the tablets");
        if (const auto officer = officerOfScope(scope)) {
            ASSIGN(const auto row, m_now.directory().officer(*officer));
            return "Assigned to " + (row ? row->name : std::string("an officer"));
        }
        const auto site = scope.substr(scope.find('/') + 1);
        ASSIGN(const auto row, m_now.directory().site(site));
        return "Moved to " + (row ? row->name : site);
    }

private:
    const LedgerSnapshot& m_now;
    std::map<Uuid, std::string> m_names;
};

std::string counted(std::size_t n, const char* one, const char* many) {
    return n == 1 ? one : std::to_string(n) + many;
}

std::string targetName(std::string_view target) {
    if (target == "iscs") return "ISCS";
    if (target == "jsaps") return "JSAPS";
    if (target.starts_with("council:")) return "the council (" + std::string(target.substr(8)) + ")";
    return std::string(target);
}

// "tenancy_agreement" or "payslips/<instance>" by the label of its rule.
std::string proofLabel(const FormPack& pack, std::string_view key) {
    const auto code = key.substr(0, key.find('/'));
    for (const auto& rule : pack.proofRules()) {
        if (rule.code == code) return rule.label.english;
    }
    return std::string(code);
}

void describeEdit(const FormPack& pack, const Edit& edit, std::size_t& answers,
                  std::vector<std::pair<std::string, std::string>>& out) {
    const std::string_view path = edit.path;
    const auto& value = edit.value;
    if (path.starts_with("a/")) {
        ++answers;
    } else if (path.starts_with("proof/")) {
        const auto what = proofLabel(pack, path.substr(6));
        if (value.isNull()) {
            out.emplace_back("proof", "Took back the proof: " + what);
        } else if (!value.textAt("unavailable").empty()) {
            out.emplace_back("proof", "Proof not available: " + what);
        } else {
            out.emplace_back("proof", "Proof seen: " + what + " (" + value.textAt("level") + ")");
        }
    } else if (path.starts_with("seal/")) {
        out.emplace_back("signature", "Statement signed");
    } else if (path.starts_with("visit/")) {
        out.emplace_back("visit", "Appointment on " + value.textAt("date") + " at " + value.textAt("time"));
    } else if (path.starts_with("intent/")) {
        const auto* accepted = value.at("accepted").boolean();
        const bool yes = accepted != nullptr && *accepted;
        out.emplace_back("decision", (yes ? "Accepted: " : "Refused: ") + value.textAt("kind") +
                                         (yes ? "" : " (" + value.textAt("reason") + ")"));
    } else if (path.starts_with("transfer/")) {
        auto text = "Transfer to " + targetName(value.textAt("target")) + ": ";
        const auto* overtaken = value.at("overtaken").boolean();
        if (overtaken != nullptr && *overtaken) {
            out.emplace_back("transfer", text + "the refusal is settled");
            return;
        }
        text += value.textAt("state");
        if (!value.textAt("ref").empty()) text += ", their reference " + value.textAt("ref");
        if (!value.textAt("reason").empty()) text += " (" + value.textAt("reason") + ")";
        out.emplace_back("transfer", std::move(text));
    } else if (path.starts_with("note/")) {
        out.emplace_back("note", "Note: " + value.textAt("text"));
    } else if (path.starts_with(kLinkPrefix)) {
        const auto other = path.substr(kLinkPrefix.size());
        const auto link = decodeLink(other, value);
        out.emplace_back("link", !link        ? "Took back what was decided about claim " + Crn::display(other)
                                 : link->same ? "Linked: the same person as in claim " + Crn::display(other)
                                              : "Kept apart from claim " + Crn::display(other) + ": " + link->reason);
    } else if (path.starts_with(kDecisionPrefix)) {
        if (const auto decision = decodeDecision(value)) {
            const auto* what = decision->kind == Decision::Kind::Refuse  ? "Refused what was set aside: "
                               : decision->kind == Decision::Kind::Apply ? "Applied what had waited: "
                                                                         : "Released what was set aside: ";
            out.emplace_back("decision", what + decision->reason);
        }
    } else if (path == kSitePath) {
        out.emplace_back("begun", "Claim begun");
    }
}

// Saves come one answer at a time; a run of them by one officer within half an hour is one line.
constexpr std::int64_t kRunMs = std::int64_t{30} * 60 * 1000;

struct AnswerRun {
    std::size_t answers = 0;
    std::int64_t last_ms = 0;
    std::string who;
};

void flush(AnswerRun& run, std::vector<TimelineEntry>& out) {
    if (run.answers > 0)
        out.push_back({run.last_ms, run.who, "answers", counted(run.answers, "Saved 1 answer", " answers saved")});
    run = {};
}

Result<std::vector<TimelineEntry>> timelineOf(const FormPack& pack, const std::vector<LedgerRow>& rows, Names& names) {
    std::vector<TimelineEntry> out;
    AnswerRun run;
    for (const auto& row : rows) {
        for (const auto& bytes : row.change_sets) {
            const auto change_set = decodeChangeSet(bytes);
            if (!change_set) continue;  // erased, or shown in quarantine
            ASSIGN(const auto who, names.of(change_set->header.author));
            const auto at = change_set->header.device_time;
            std::size_t answers = 0;
            std::vector<std::pair<std::string, std::string>> lines;
            if (change_set->payload.intent)
                lines.emplace_back("intent", "Asked: " + change_set->payload.intent->textAt("intent"));
            for (const auto& edit : change_set->payload.edits) {
                describeEdit(pack, edit, answers, lines);
                if (edit.path != kScopePath) continue;
                ASSIGN(const auto where, names.ofScope(edit.value.textAt("scope")));
                lines.emplace_back("decision", where + ": " + edit.value.textAt("reason"));
            }
            if (answers > 0) {
                if (run.who != who || at - run.last_ms > kRunMs) flush(run, out);
                run = {run.answers + answers, at, who};
            }
            if (lines.empty()) continue;
            flush(run, out);
            for (auto& [kind, text] : lines) out.push_back({at, who, std::move(kind), std::move(text)});
        }
    }
    flush(run, out);
    std::reverse(out.begin(), out.end());
    return out;
}

}  // namespace

Result<ClaimCase> readClaimCase(const LedgerSnapshot& now, const std::string& crn, const ClaimReviewer& reviewer,
                                const TransferPlanner& planner) {
    ASSIGN(auto claim, loadClaim(now, crn));
    if (!claim.begun()) return fail(ErrorCode::NotFound, "no such claim");
    auto review = reviewer.review(now, claim);
    if (!review) return fail(ErrorCode::BadPack, "no form pack is loaded");
    ASSIGN(auto plan, planner.plan(now, claim, *review));
    std::erase_if(plan.targets, [](const TargetDecision& target) { return target.held_by.empty(); });
    auto view = viewOf(claim);
    ClaimCase out{
        std::move(claim.row),    std::move(view),         std::move(claim.state), std::move(*review), {}, {}, {},
        std::move(plan.targets), std::move(plan.unrouted)};
    for (auto& file : filesOf(out.state, out.review)) {
        bool here = false;
        if (file.digest) {
            ASSIGN(here, now.blobs().hasBlob(crn, *file.digest));
        }
        out.files.push_back({std::move(file), here});
    }
    ASSIGN(out.parked_saves, now.chains().countSetAside(crn, Disposition::Parked));
    ASSIGN(out.set_aside_saves, now.chains().countSetAside(crn, Disposition::Quarantined));
    Names names(now);
    for (const auto& [path, reg] : out.state.registers()) {
        const auto* first = reg.first();
        if (first == nullptr) continue;
        ASSIGN(auto who, names.of(first->author));
        out.provenance.emplace(path, Provenance{std::move(who), first->device_time});
    }
    ASSIGN(const auto rows, now.claims().rowsOfClaim(crn));
    ASSIGN(out.timeline, timelineOf(out.review.evaluation.pack(), rows, names));
    ASSIGN(out.transfers, now.transfers().ofClaim(crn));
    return out;
}

}  // namespace fieldclaim::server
