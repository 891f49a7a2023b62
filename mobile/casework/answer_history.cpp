#include "mobile/casework/answer_history.h"

#include <algorithm>

#include "shared/domain/claim_answers.h"
#include "shared/domain/protected_date.h"
#include "shared/domain/records.h"

namespace fieldclaim::tablet {
namespace {

/// "site/llanrwst" -> "llanrwst": what a tablet had pulled says where it is enrolled, when that is one site.
std::string siteOf(const ChangeSetHeader& header) {
    constexpr std::string_view kPrefix = "site/";
    std::string found;
    for (const auto& [scope, seq] : header.seen) {
        if (!scope.starts_with(kPrefix)) continue;
        if (!found.empty()) return {};
        found = scope.substr(kPrefix.size());
    }
    return found;
}

/// "a/job/<id>/jb_net" -> "a/job/<id>"; empty for an answer outside a repeat.
std::string instancePath(const std::string& path) {
    return std::count(path.begin(), path.end(), '/') == 3 ? path.substr(0, path.rfind('/')) : std::string();
}

/// Which change set asked for what the server decided in this one.
const StoredChangeSet* askedFor(const std::vector<StoredChangeSet>& all, const ChangeSet& decision) {
    for (const auto& edit : decision.payload.edits) {
        if (!edit.path.starts_with("intent/")) continue;
        const auto found = std::find_if(all.begin(), all.end(), [&](const StoredChangeSet& each) {
            return each.change_set.payload.intent && intentPath(each.change_set.id()) == edit.path;
        });
        if (found != all.end()) return &*found;
    }
    return nullptr;
}

/// Who wrote it and where, as far as this tablet knows.
void sign(AnswerVersion& version, const Vault& vault, const Uuid& author, bool own) {
    version.officer = vault.officerName(author);
    version.on_server = version.officer == "Server";
    version.this_tablet = own;
}

}  // namespace

void addTo(EditLog& log, const ChangeSet& change_set) {
    const auto& edits = change_set.payload.edits;
    for (std::size_t i = 0; i < edits.size(); ++i) log.emplace(change_set.editId(i), edits[i]);
}

AnswerHistory answerHistoryOf(const std::vector<StoredChangeSet>& change_sets, const ClaimState& state,
                              const Vault& vault, std::string_view key) {
    const auto path = answerPath(key);
    const auto whole = instancePath(path);
    const auto* const now = state.find(path);
    const auto standing = now == nullptr ? std::vector<EditId>() : now->ids();
    EditLog log;
    for (const auto& stored : change_sets) addTo(log, stored.change_set);

    AnswerHistory out;
    std::vector<EditId> met;
    for (const auto& stored : change_sets) {
        const auto& header = stored.change_set.header;
        const auto& edits = stored.change_set.payload.edits;
        for (std::size_t i = 0; i < edits.size(); ++i) {
            const auto& edit = edits[i];
            if (edit.path != path && (edit.path != whole || !edit.value.isNull())) continue;
            AnswerVersion version;
            version.id = stored.change_set.editId(i);
            version.answer = decodeAnswer(edit.value);
            version.device_time = header.device_time;
            sign(version, vault, header.author, stored.own);
            version.site = siteOf(header);
            version.here_only = stored.own && stored.state == OwnState::Pending;
            met.push_back(version.id);
            for (const auto& id : edit.replaces) {
                const auto before = log.find(id);
                if (before == log.end()) {
                    out.incomplete = out.incomplete || edit.path == path;
                } else if (before->second.path == path) {
                    auto answer = decodeAnswer(before->second.value);
                    version.confirms = version.confirms || (answer && answer == version.answer);
                    const auto known = std::find(version.instead_of.begin(), version.instead_of.end(), answer);
                    if (known == version.instead_of.end()) version.instead_of.push_back(std::move(answer));
                }
            }
            if (std::find(standing.begin(), standing.end(), version.id) != standing.end()) {
                version.fate = now->inConflict() ? AnswerFate::Differs : AnswerFate::Stands;
            } else if (state.isRefused(stored.change_set.id())) {
                version.fate = AnswerFate::Refused;
                version.reason = stored.note;
                if (const auto decision = decodeDecision(state.value(decisionPath(stored.change_set.id()))))
                    version.reason = decision->reason;
            }
            if (version.on_server) {
                if (const auto* asked = askedFor(change_sets, stored.change_set)) {
                    version.reason = asked->change_set.payload.intent->textAt("reason");
                    version.asked_by = vault.officerName(asked->change_set.header.author);
                }
            }
            out.versions.push_back(std::move(version));
        }
    }
    // Of a claim that came as a snapshot, what stands is known, and not what went before.
    for (const auto& sibling : now == nullptr ? std::vector<Sibling>() : now->siblings()) {
        if (std::find(met.begin(), met.end(), sibling.id) != met.end()) continue;
        out.incomplete = true;
        AnswerVersion version;
        version.id = sibling.id;
        version.answer = decodeAnswer(sibling.value);
        version.device_time = sibling.device_time;
        sign(version, vault, sibling.author, sibling.author == vault.author());
        version.fate = now->inConflict() ? AnswerFate::Differs : AnswerFate::Stands;
        out.versions.insert(out.versions.begin(), std::move(version));
    }
    return out;
}

std::optional<LastChange> lastChangeOf(const ClaimState& state, const EditLog& log, const std::string& path) {
    const auto* const now = state.find(path);
    if (now == nullptr || now->inConflict()) return std::nullopt;
    std::vector<EditId> todo;
    for (const auto& sibling : now->siblings()) {
        const auto written = log.find(sibling.id);
        if (written == log.end()) return std::nullopt;
        todo.insert(todo.end(), written->second.replaces.begin(), written->second.replaces.end());
    }
    std::vector<Value> before;
    // What a supervisor refused never stood: what it had named did.
    for (std::size_t at = 0; at < todo.size(); ++at) {
        const auto id = todo[at];
        const auto written = log.find(id);
        if (written == log.end()) return std::nullopt;
        if (state.isRefused(id.change_set)) {
            for (const auto& next : written->second.replaces) {
                if (std::find(todo.begin(), todo.end(), next) == todo.end()) todo.push_back(next);
            }
        } else if (std::find(before.begin(), before.end(), written->second.value) == before.end()) {
            before.push_back(written->second.value);
        }
    }
    if (before.empty()) return now->value().isNull() ? std::nullopt : std::optional(LastChange{Value(), true});
    if (before.size() > 1 || before.front() == now->value()) return std::nullopt;
    return LastChange{before.front(), false};
}

std::optional<DateCorrection> lastCorrectionOf(const std::vector<StoredChangeSet>& change_sets,
                                               const ClaimState& state) {
    const auto asked = std::find_if(change_sets.rbegin(), change_sets.rend(), [](const StoredChangeSet& each) {
        const auto& intent = each.change_set.payload.intent;
        return intent && intent->textAt("intent") == kIntentCorrectDate && intent->textAt("key") == kFirstContact;
    });
    if (asked == change_sets.rend()) return std::nullopt;
    const auto& intent = *asked->change_set.payload.intent;
    DateCorrection out{DateCorrection::State::Asked, intent.textAt("date"), intent.textAt("reason"), {}};
    const auto id = toHex(asked->change_set.id());
    for (const auto& answer : intentAnswersOf(state)) {
        if (answer.id != id) continue;
        out.state = answer.accepted ? DateCorrection::State::Accepted : DateCorrection::State::Refused;
        out.answer = answer.reason;
    }
    return out;
}

}  // namespace fieldclaim::tablet
