#include <algorithm>

#include "mobile/casework/casework_impl.h"
#include "mobile/casework/history.h"
#include "shared/base/text.h"
#include "shared/domain/claim_answers.h"

// Where officers wrote without seeing each other: a person chooses, and the edit names all that stood there.
namespace fieldclaim::tablet {

Status Casework::Impl::settle(std::string_view crn, Edit edit, std::string_view note) {
    ASSIGN(const auto* const state, cache.state(crn));
    ASSIGN(const auto why, toNfc(trim(note)));
    const bool removal = edit.value.isNull() && state->pathsUnder(edit.path).size() > 1;
    if (!removal && stands(*state, edit.path, edit.value)) return {};
    const auto path = edit.path;
    std::vector<Edit> edits{std::move(edit)};
    if (changesProtectedDate(*state, edits, today())) return fail(ErrorCode::NotAllowed, std::string(kDateIsProtected));
    if (!why.empty()) {
        edits.push_back(
            state->edit("note/" + Uuid::make(clock, random).text(), Value::Map{{"about", path}, {"text", why}}));
    }
    return save(crn, std::move(edits));
}

Status Casework::resolve(std::string_view crn, std::string_view key, const std::optional<Answer>& chosen,
                         std::string_view note) {
    ASSIGN(const auto* const state, m_impl->cache.state(crn));
    const auto path = answerPath(key);
    // An instance is "job/<id>"; everything else is an answer, whether the pack at hand asks for it or not.
    if (std::count(key.begin(), key.end(), '/') != 1) {
        if (!chosen) return m_impl->settle(crn, state->edit(path, Value()), note);
        auto kept = *chosen;
        const auto pack = m_impl->packs.of(crn);
        const auto* question = pack->find(questionId(key));
        if (question != nullptr && kept.kind == Answer::Kind::Given) kept.text = normaliseAnswer(*question, kept.text);
        ASSIGN(kept.text, toNfc(kept.text));
        return m_impl->settle(crn, state->edit(path, encodeAnswer(kept)), note);
    }
    // One officer removed the instance, another wrote in it (hazard H53).
    if (state->find(path) == nullptr) return fail(ErrorCode::NotFound, "nothing to choose at this key");
    if (!chosen) return m_impl->settle(crn, state->removal(path), note);
    return m_impl->settle(crn, state->edit(path, Value::Map{{"kept", true}}), note);
}

Status Casework::resolveRecord(std::string_view crn, const std::string& path, const EditId& chosen,
                               std::string_view note) {
    ASSIGN(const auto* const state, m_impl->cache.state(crn));
    if (const auto* found = state->find(path)) {
        for (const auto& sibling : found->siblings()) {
            if (sibling.id == chosen) return m_impl->settle(crn, state->edit(path, sibling.value), note);
        }
    }
    return fail(ErrorCode::NotFound, "this is not what stands there any more");
}

Result<std::map<Uuid, Writer>> Casework::writers(std::string_view crn) const {
    ASSIGN(const auto change_sets, m_impl->vault.changeSets(crn));
    return writersOf(change_sets, m_impl->vault);
}

}  // namespace fieldclaim::tablet
