#include "sync-server/backoffice/set_aside_view.h"

#include "shared/base/date.h"
#include "shared/base/ids.h"
#include "shared/document/statement_renderer.h"
#include "shared/domain/claim_answers.h"
#include "shared/domain/same_person.h"
#include "shared/domain/seal.h"

namespace fieldclaim::server {
namespace {

constexpr std::string_view kAnswers = "a/";

// "job/<uuid>/jb_net" -> "jb_net", "job/<uuid>"
std::pair<std::string, std::string> splitKey(std::string_view key) {
    const auto last = key.rfind('/');
    if (last == std::string_view::npos) return {std::string(key), {}};
    return {std::string(key.substr(last + 1)), std::string(key.substr(0, last))};
}

// National Insurance numbers and account numbers: enough to compare, not enough to use.
bool isSecret(std::string_view question) {
    return question.ends_with("nino") || question == "pay_sort" || question == "pay_roll" ||
           question.find("account") != std::string_view::npos;
}

std::string masked(const std::string& text) {
    constexpr std::size_t kShown = 2;
    if (text.size() <= 2 * kShown) return "** **";
    return text.substr(0, kShown) + " ** ** " + text.substr(text.size() - kShown);
}

class Words {
public:
    Words(std::shared_ptr<const FormPack> pack, const ClaimState& now, const ClaimState& then, Date today)
        : m_now(now), m_pack(std::move(pack)) {
        if (m_pack == nullptr) return;
        // Labels and choices as they would be with it applied.
        m_evaluation.emplace(Evaluation::of(m_pack, answersOf(then), today));
    }

    SetAsideChange change(const Edit& edit) const {
        const auto& path = edit.path;
        if (path.starts_with(kAnswers)) return answer(path.substr(kAnswers.size()), edit.value);
        return {label(path), edit.value.isNull() ? "Taken away" : value(path, edit.value), {}};
    }

private:
    SetAsideChange answer(const std::string& key, const Value& value) const {
        const auto parts = splitKey(key);
        const auto& id = parts.first;
        const auto& prefix = parts.second;
        const auto* question = m_pack == nullptr ? nullptr : m_pack->find(id);
        if (question == nullptr) {
            // A whole job or child, or a question of another pack.
            return {key.substr(0, key.find('/')),
                    value.isNull() ? "Taken away, with all that stands under it" : "Kept",
                    {}};
        }
        const auto say = [&](const Value& what) -> std::string {
            const auto given = decodeAnswer(what);
            if (!given) return {};
            const auto text = answerInWords(*m_evaluation, *question, prefix, *given, Language::English);
            return isSecret(id) && given->kind == Answer::Kind::Given ? masked(text) : text;
        };
        return {m_evaluation->fill(question->label.english, prefix, Language::English),
                value.isNull() ? "Taken away" : say(value), say(m_now.value(answerPath(key)))};
    }

    static std::string label(const std::string& path) {
        if (path.starts_with("proof/")) return "Evidence: " + path.substr(6, path.find('/', 6) - 6);
        if (path.starts_with("seal/")) return "Signature";
        if (path.starts_with("visit/")) return "Appointment";
        if (path.starts_with("note/")) return "Note";
        if (path.starts_with(kLinkPrefix))
            return "Whether it is one person's with claim " + Crn::display(path.substr(kLinkPrefix.size()));
        if (path == kSitePath) return "Site of the claim";
        if (isServerPath(path)) return "A decision of the server";
        return path;
    }

    static std::string value(const std::string& path, const Value& value) {
        if (path.starts_with("proof/")) {
            const auto missing = value.textAt("unavailable");
            return missing.empty() ? value.textAt("what") + " (" + value.textAt("level") + ")"
                                   : "Not available: " + missing;
        }
        if (path.starts_with("seal/")) {
            const auto seal = decodeSeal(path.substr(5), value);
            return seal ? "Signed by " + seal->signer : "Signed";
        }
        if (path.starts_with(kLinkPrefix)) {
            const auto link = decodeLink(path.substr(kLinkPrefix.size()), value);
            if (!link) return "Taken away";
            return link->same ? "One person's" : "Kept apart: " + link->reason;
        }
        if (path.starts_with("visit/")) return value.textAt("date") + " " + value.textAt("time");
        return value.text() != nullptr ? *value.text() : "Written";
    }

    const ClaimState& m_now;
    std::shared_ptr<const FormPack> m_pack;
    std::optional<Evaluation> m_evaluation;
};

std::string intentInWords(std::string_view kind) {
    if (kind == kIntentSubmit) return "Sends the claim in";
    if (kind == kIntentWithdraw) return "Withdraws the claim";
    if (kind == kIntentCorrectDate) return "Corrects the date of first contact";
    return std::string(kind);
}

}  // namespace

Result<SetAsideLine> readSetAsideLine(const LedgerSnapshot& now, const SetAsideCase& one) {
    const auto& row = one.row;
    SetAsideLine out;
    out.hash = row.hash;
    out.crn = row.claim;
    ASSIGN(const auto claim, loadClaim(now, row.claim));
    if (claim.begun()) out.customer = viewOf(claim).name;
    ASSIGN(const auto author, now.directory().author(row.author));
    if (author) {
        ASSIGN(const auto officer, now.directory().officer(author->officer));
        ASSIGN(const auto device, now.directory().device(author->device));
        if (officer) out.officer = officer->name;
        if (device) out.tablet = device->name;
        out.tablet_revoked = device && device->revoked_ms != 0;
    }
    out.at_ms = row.at_ms;
    out.reason = row.reason;
    out.fork = row.fork;
    out.parked = row.kind == Disposition::Parked;
    out.only_refusable = one.only_refusable;
    ASSIGN(const auto arrival, arrivalOf(row));
    out.changes = arrival.change_set.payload.edits.size();
    return out;
}

Result<SetAsideView> readSetAsideView(const LedgerSnapshot& now, const SetAsideCase& one,
                                      const std::shared_ptr<const FormPack>& pack, Date today) {
    SetAsideView out;
    ASSIGN(out.line, readSetAsideLine(now, one));
    ASSIGN(const auto claim, loadClaim(now, one.row.claim));
    ASSIGN(const auto arrival, arrivalOf(one.row));
    const auto& change_set = arrival.change_set;
    out.device_time = change_set.header.device_time;
    auto then = claim.state;
    then.applyRegardless(change_set);
    const Words words(pack, claim.state, then, today);
    for (const auto& edit : change_set.payload.edits) out.changes.push_back(words.change(edit));
    if (change_set.payload.intent) {
        const auto& intent = *change_set.payload.intent;
        out.changes.push_back({"Asks for a decision",
                               intentInWords(intent.textAt("intent")) +
                                   (intent.textAt("reason").empty() ? "" : ": " + intent.textAt("reason")),
                               {}});
    }
    return out;
}

}  // namespace fieldclaim::server
