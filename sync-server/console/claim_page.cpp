#include <algorithm>

#include "shared/base/ids.h"
#include "shared/document/statement_renderer.h"
#include "shared/domain/claim_answers.h"
#include "shared/domain/same_person.h"
#include "sync-server/console/pages.h"
#include "sync-server/console/words.h"

namespace fieldclaim::server {
namespace {

using List = kainjow::mustache::data;

PageData answerRow(const ClaimCase& claim, const QuestionState& state, const Answer& answer) {
    const auto prefix = state.instance.empty() ? std::string() : state.question->repeat + "/" + state.instance + "/";
    PageData row;
    const auto label = claim.review.evaluation.fill(state.question->label.english, prefix, Language::English);
    row.set("label", label);
    row.set("value",
            answerInWords(claim.review.evaluation, *state.question,
                          prefix.empty() ? prefix : prefix.substr(0, prefix.size() - 1), answer, Language::English));
    const auto origin = claim.provenance.find(answerPath(state.key));
    row.set("who", origin == claim.provenance.end()
                       ? ""
                       : origin->second.who + ", " + timeInWords(origin->second.device_time));
    const auto& changed = claim.review.changed_facts;
    row.set("changed", PageData(std::find(changed.begin(), changed.end(), state.key) != changed.end()));
    row.set("differs", PageData(state.look_again));
    setFiles(row, claim, ClaimFile::Of::Answer, state.key, label);
    return row;
}

List sectionsOf(const ClaimCase& claim) {
    const auto answers = answersOf(claim.state);
    List sections{List::type::list};
    for (const auto& section : claim.review.evaluation.pack().sections()) {
        List rows{List::type::list};
        bool any = false;
        for (const auto& state : claim.review.evaluation.questions()) {
            const auto found = answers.answers.find(state.key);
            if (state.question->section != section.id || !state.relevant || found == answers.answers.end()) continue;
            rows << answerRow(claim, state, found->second);
            any = true;
        }
        if (!any) continue;
        PageData one;
        one.set("id", section.id);
        one.set("title", section.title.english);
        one.set("rows", rows);
        sections << one;
    }
    return sections;
}

void setSeal(const ClaimCase& claim, PageData& out) {
    const auto& review = claim.review;
    out.set("sealed", PageData(review.seal.has_value()));
    out.set("statement_here", PageData(review.statement != nullptr));
    switch (review.seal_state) {
        case SealState::None:
            out.set("seal_text", "Not signed yet.");
            break;
        case SealState::Valid:
            out.set("seal_text", "The signature holds: every answer is as it was signed.");
            break;
        case SealState::Partial:
            out.set("seal_text", "One of two signatures is there.");
            break;
        case SealState::Void:
            out.set("seal_text", "The signature no longer holds: an answer changed after it. It must be signed again.");
            break;
        case SealState::Unknown:
            out.set("seal_text", "Signed; the signed statement has not arrived yet.");
            break;
    }
    out.set("seal_void", PageData(review.seal_state == SealState::Void));
    if (!review.seal) return;
    const auto& seal = *review.seal;
    out.set("signer", seal.signer);
    out.set("sign_method", seal.method == "tablet" ? "On the tablet"
                           : seal.method == "mark" ? "A mark, with the witness " + seal.witness
                                                   : "In ink, on the printed statement");
    out.set("signed_at", timeInWords(seal.device_time));
    out.set("digest", toHex(seal.digest));
    PageData scans;
    setFiles(scans, claim, ClaimFile::Of::Seal, {}, "signed in ink");
    out.set("scans", scans);
}

}  // namespace

namespace {

std::string saves(std::uint64_t count, const char* one, const char* many) {
    return count == 1 ? one : std::to_string(count) + many;
}

List listOf(const std::vector<std::string>& texts) {
    List out{List::type::list};
    for (const auto& text : texts) {
        PageData row;
        row.set("text", text);
        out << row;
    }
    return out;
}

// What holds every target back is said once, and under each what holds back that one besides.
void setWaits(const ClaimCase& claim, PageData& out) {
    std::vector<std::string> all;
    for (const auto& unrouted : claim.unrouted) all.push_back(unrouted);
    if (claim.parked_saves > 0) {
        all.push_back(saves(claim.parked_saves,
                            "1 save of this claim waits for what it builds on, and is added when that comes.",
                            " saves of this claim wait for what they build on, and are added when that comes."));
    }
    const auto inAll = [&](const std::string& why) {
        return std::all_of(claim.waits.begin(), claim.waits.end(), [&](const TargetDecision& target) {
            return std::find(target.held_by.begin(), target.held_by.end(), why) != target.held_by.end();
        });
    };
    const bool several = claim.waits.size() > 1;
    if (several) {
        for (const auto& why : claim.waits.front().held_by) {
            if (inAll(why)) all.push_back(why);
        }
    }
    List targets{List::type::list};
    bool any_target = false;
    for (const auto& target : claim.waits) {
        std::vector<std::string> own;
        for (const auto& why : target.held_by) {
            if (!several || !inAll(why)) own.push_back(why);
        }
        if (own.empty()) continue;
        PageData row;
        row.set("target", targetInWords(target.target));
        row.set("reasons", listOf(own));
        targets << row;
        any_target = true;
    }
    out.set("waits_for_all", listOf(all));
    out.set("any_for_all", PageData(!all.empty()));
    out.set("waits", targets);
    out.set("set_aside", claim.set_aside_saves == 0
                             ? std::string()
                             : saves(claim.set_aside_saves, "1 save of this claim is", " saves of this claim are"));
    out.set("one_set_aside", PageData(claim.set_aside_saves == 1));
    out.set("any_set_aside", PageData(claim.set_aside_saves > 0));
    out.set("any_waits", PageData(any_target || !all.empty() || claim.set_aside_saves > 0));
}

void setForms(const ClaimCase& claim, const ClaimForms& forms, PageData& out) {
    out.set("crn", claim.row.crn);
    out.set("may_decide", PageData(forms.may_decide));
    std::vector<std::pair<std::string, std::string>> sites;  // name, scope
    std::vector<std::pair<std::string, std::string>> officers;
    for (const auto& [scope, name] : forms.scopes) {
        if (scope.empty() || scope == claim.row.scope) continue;
        (officerOfScope(scope) ? officers : sites).emplace_back(name, scope);
    }
    const auto options = [](std::vector<std::pair<std::string, std::string>>& from) {
        std::sort(from.begin(), from.end());
        List list{List::type::list};
        for (const auto& [name, scope] : from) {
            PageData row;
            row.set("id", scope);
            row.set("name", name);
            list << row;
        }
        return list;
    };
    out.set("any_elsewhere", PageData(!sites.empty() || !officers.empty()));
    out.set("any_other_site", PageData(!sites.empty()));
    out.set("any_officer", PageData(!officers.empty()));
    out.set("other_sites", options(sites));
    out.set("officers", options(officers));
    out.set("error", forms.error);
    out.set("has_error", PageData(!forms.error.empty()));
    out.set("typed", forms.reason);
}

}  // namespace

PageData claimData(const ClaimCase& claim, const std::string& site_name, const ClaimForms& forms) {
    const auto& review = claim.review;
    PageData out;
    out.set("number", Crn::display(claim.row.crn));
    const auto name = review.crnNameLine();
    out.set("name", name.empty() ? "Name not known yet" : name);
    out.set("site", site_name);
    std::string benefits;
    for (const auto& benefit : review.evaluation.benefitsClaimed()) benefits += benefit + " ";
    out.set("benefits", benefitsInWords(benefits, &review.evaluation.pack()));
    out.set("date_of_claim", dateInWords(review.evaluation.value("claim_from")));
    out.set("first_contact", dateInWords(review.evaluation.value("first_contact")));
    out.set("urgent", PageData(claim.view.urgent));
    const auto tag = stageTag(claim.view.stage);
    PageData tag_data;
    tag_data.set("text", tag.text);
    tag_data.set("colour", tag.colour);
    out.set("tag", tag_data);
    setSeal(claim, out);

    List actions{List::type::list};
    const auto unanswered =
        static_cast<std::size_t>(std::count_if(review.actions.begin(), review.actions.end(), [](const Action& action) {
            return action.kind == ActionKind::Missing;
        }));
    if (unanswered > 0) {
        PageData row;
        row.set("text", unansweredInWords(unanswered));
        row.set("blocking", PageData(true));
        actions << row;
    }
    for (const auto& action : review.actions) {
        if (action.kind == ActionKind::Missing) continue;
        PageData row;
        row.set("text", action.text.english);
        row.set("blocking", PageData(action.blocking));
        actions << row;
    }
    out.set("actions", actions);
    out.set("any_actions", PageData(!review.actions.empty()));

    List transfers{List::type::list};
    for (const auto& transfer : claim.transfers) transfers << transferData(transfer);
    out.set("transfers", transfers);
    out.set("any_transfers", PageData(!claim.transfers.empty()));

    setWaits(claim, out);

    List proofs{List::type::list};
    bool any_proofs = false;
    for (const auto& need : review.evaluation.proofs()) {
        const auto proof = proofOf(claim.state, need.key());
        PageData row;
        row.set("label", need.rule->label.english);
        const bool met = proof && levelRank(proof->level) >= levelRank(need.rule->min_level);
        row.set("met", PageData(met));
        row.set("blocks", PageData(need.rule->blocks && !met));
        row.set("text", !proof ? "Not seen yet"
                        : !proof->unavailable.empty()
                            ? "Not available: " + proof->unavailable
                            : proof->what + " (" + proof->level + "), seen on " + dateInWords(proof->seen_on));
        setFiles(row, claim, ClaimFile::Of::Proof, need.key(), need.rule->label.english);
        proofs << row;
        any_proofs = true;
    }
    PageData others;
    setFiles(others, claim, ClaimFile::Of::Claim, {}, "kept with the claim");
    const bool any_others = others.get("any_files")->is_true();
    if (any_others) {
        others.set("label", "Kept with the claim");
        others.set("text", "For no proof that is needed now.");
        others.set("met", PageData(false));
        others.set("blocks", PageData(false));
        proofs << others;
    }
    out.set("proofs", proofs);
    out.set("any_proofs", PageData(any_proofs || any_others));
    out.set("sections", sectionsOf(claim));

    List links{List::type::list};
    const auto decided = linksOf(claim.state);
    for (const auto& link : decided) {
        const auto origin = claim.provenance.find(linkPath(link.other));
        PageData row;
        row.set("crn", link.other);
        row.set("number", Crn::display(link.other));
        row.set("text", link.same ? "The same person" : "Kept apart: " + link.reason);
        row.set("who", origin == claim.provenance.end()
                           ? ""
                           : origin->second.who + ", " + timeInWords(origin->second.device_time));
        links << row;
    }
    out.set("links", links);
    out.set("any_links", PageData(!decided.empty()));

    List timeline{List::type::list};
    for (const auto& entry : claim.timeline) {
        PageData row;
        row.set("at", timeInWords(entry.at_ms));
        row.set("who", entry.who);
        row.set("text", entry.text);
        timeline << row;
    }
    out.set("timeline", timeline);
    setForms(claim, forms, out);
    return out;
}

}  // namespace fieldclaim::server
