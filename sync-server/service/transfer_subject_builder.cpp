#include "sync-server/service/transfer_subject_builder.h"

#include <algorithm>

#include "shared/domain/claim_answers.h"

namespace fieldclaim::server {
namespace {

std::string codeOf(ActionKind kind) {
    switch (kind) {
        case ActionKind::Conflict:
            return "conflict";
        case ActionKind::Missing:
            return "missing";
        case ActionKind::Invalid:
            return "invalid";
        case ActionKind::NotKnown:
            return "not_known";
        case ActionKind::Refused:
            return "refused";
        case ActionKind::Proof:
            return "proof";
        case ActionKind::Sign:
            return "sign";
        case ActionKind::SignAgain:
            return "sign_again";
        case ActionKind::LookAgain:
            return "look_again";
        case ActionKind::Warning:
        case ActionKind::TransferRefused:
        case ActionKind::WithOffice:
        case ActionKind::SubmitRefused:
            break;
    }
    return {};
}

bool concerns(const std::vector<std::string>& benefits, const std::set<std::string>& wanted) {
    return benefits.empty() ||
           std::any_of(benefits.begin(), benefits.end(), [&](const std::string& one) { return wanted.contains(one); });
}

}  // namespace

std::string packBenefit(const std::string& benefit) {
    if (benefit == "hb" || benefit == "ctb") return "LA";
    std::string out = benefit;
    std::transform(out.begin(), out.end(), out.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    return out;
}

TransferSubject buildSubject(const ClaimState& state, const ClaimReview& review, const std::string& crn,
                             const std::set<std::string>& target_benefits) {
    const auto& evaluation = review.evaluation;
    TransferSubject subject;
    subject.crn = crn;
    const auto claimed = evaluation.benefitsClaimed();
    subject.benefits = {claimed.begin(), claimed.end()};
    std::set<std::string> wanted;
    for (const auto& benefit : claimed) {
        if (target_benefits.contains(benefit)) wanted.insert(packBenefit(benefit));
    }
    subject.pack_id = evaluation.pack().id() + "/" + evaluation.pack().version();

    const auto answers = answersOf(state);
    const std::set<std::string> conflicts(answers.conflicts.begin(), answers.conflicts.end());
    for (const auto& question : evaluation.questions()) {
        if (!question.relevant || !question.answered || conflicts.contains(question.key)) continue;
        if (!concerns(question.question->benefits, wanted)) continue;
        const auto answer = answers.answers.find(question.key);
        if (answer == answers.answers.end() || answer->second.kind != Answer::Kind::Given ||
            answer->second.text.empty())
            continue;
        subject.facts.emplace(question.key, answer->second.text);
    }
    subject.first_contact = evaluation.value("first_contact");
    subject.date_of_claim = evaluation.value("claim_from");
    if (subject.date_of_claim.empty()) subject.date_of_claim = subject.first_contact;
    const auto language = evaluation.value("language");
    subject.language = language == "cy" ? "cy" : "en";
    const auto urgent = evaluation.value("urgent_need");
    subject.urgent = !urgent.empty() && urgent != "no";

    for (const auto& need : evaluation.proofs()) {
        const auto proof = proofOf(state, need.key());
        if (!proof || levelRank(proof->level) == 0) continue;
        subject.proofs.push_back({need.rule->code, proof->level, proof->what, proof->seen_on, proof->officer.text()});
    }
    for (const auto& action : review.actions) {
        auto code = codeOf(action.kind);
        // What was refused or sent before is no matter between the customer and this target.
        if (code.empty() || !concerns(action.benefits, wanted)) continue;
        if (action.kind == ActionKind::Proof) code = action.about.substr(0, action.about.find('/'));
        subject.outstanding.push_back({std::move(code), action.text.english, action.blocking});
    }
    if (review.seal && review.seal_state == SealState::Valid) {
        const auto& seal = *review.seal;
        subject.seal = {toHex(seal.digest), seal.method, seal.role, seal.signer, isoTime(seal.device_time)};
    }
    return subject;
}

}  // namespace fieldclaim::server
