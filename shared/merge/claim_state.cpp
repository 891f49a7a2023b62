#include "shared/merge/claim_state.h"

#include <algorithm>

namespace fieldclaim {
namespace {

const Value kNull;

bool isAtOrUnder(std::string_view path, std::string_view root) {
    return path.starts_with(root) && (path.size() == root.size() || path[root.size()] == '/');
}

}  // namespace

bool Register::inConflict() const {
    return std::any_of(m_siblings.begin(), m_siblings.end(),
                       [this](const Sibling& sibling) { return !(sibling.value == m_siblings.front().value); });
}

const Value& Register::value() const { return m_siblings.empty() ? kNull : m_siblings.front().value; }

std::vector<EditId> Register::ids() const {
    std::vector<EditId> out;
    out.reserve(m_siblings.size());
    for (const auto& sibling : m_siblings) out.push_back(sibling.id);
    return out;
}

void Register::insert(Sibling sibling) {
    const auto at = std::lower_bound(m_siblings.begin(), m_siblings.end(), sibling.id,
                                     [](const Sibling& a, const EditId& id) { return a.id < id; });
    ENSURE(at == m_siblings.end() || at->id != sibling.id);
    m_siblings.insert(at, std::move(sibling));
}

bool Register::erase(const EditId& id) {
    return std::erase_if(m_siblings, [&](const Sibling& sibling) { return sibling.id == id; }) > 0;
}

std::vector<EditId> ClaimState::resolved(const std::vector<EditId>& replaces) const {
    std::vector<EditId> out;
    std::vector<EditId> todo(replaces.rbegin(), replaces.rend());
    std::set<EditId> met;
    while (!todo.empty()) {
        const auto id = todo.back();
        todo.pop_back();
        if (!met.insert(id).second) continue;
        const auto refused = m_refused.find(id.change_set);
        if (refused == m_refused.end()) {
            out.push_back(id);
        } else if (id.index < refused->second.size()) {
            const auto& names = refused->second[id.index];
            todo.insert(todo.end(), names.begin(), names.end());
        }
    }
    return out;
}

std::vector<EditId> ClaimState::missing(const ChangeSet& change_set) const {
    std::vector<EditId> out;
    for (const auto& edit : change_set.payload.edits) {
        for (const auto& id : resolved(edit.replaces)) {
            if (!m_applied.contains(id.change_set)) out.push_back(id);
        }
    }
    return out;
}

// A replaced edit stands at the replacing edit's path or, where an instance is removed, somewhere below it.
void ClaimState::eraseEverywhere(const EditId& id, std::string_view near_path) {
    for (auto at = m_registers.lower_bound(near_path); at != m_registers.end() && at->first.starts_with(near_path);
         ++at) {
        if (!isAtOrUnder(at->first, near_path)) continue;
        if (at->second.erase(id)) {
            if (at->second.empty()) m_registers.erase(at);
            return;
        }
    }
}

void ClaimState::replace(const EditId& id, const std::string& by_path) {
    if (m_applied.contains(id.change_set)) {
        eraseEverywhere(id, by_path);
    } else {
        m_replaced_ahead[id].insert(by_path);
    }
}

bool ClaimState::isReplacedAlready(const EditId& id, std::string_view path) const {
    const auto found = m_replaced_ahead.find(id);
    return found != m_replaced_ahead.end() &&
           std::any_of(found->second.begin(), found->second.end(),
                       [&](const std::string& by_path) { return isAtOrUnder(path, by_path); });
}

ApplyOutcome ClaimState::applyEdits(const ChangeSet& change_set) {
    const auto& edits = change_set.payload.edits;
    for (std::size_t i = 0; i < edits.size(); ++i) {
        for (const auto& id : resolved(edits[i].replaces)) replace(id, edits[i].path);
        if (isReplacedAlready(change_set.editId(i), edits[i].path)) continue;
        m_registers[edits[i].path].insert(
            {change_set.editId(i), edits[i].value, change_set.header.author, change_set.header.device_time});
    }
    m_applied.insert(change_set.id());
    std::erase_if(m_replaced_ahead, [id = change_set.id()](const auto& entry) { return entry.first.change_set == id; });
    for (const auto& edit : edits) {
        const auto about = decidedAt(edit.path);
        if (!about) continue;
        auto decision = decodeDecision(edit.value);
        if (decision && decision->kind == Decision::Kind::Refuse) refuse(*about, std::move(decision->names));
    }
    return ApplyOutcome::Applied;
}

ApplyOutcome ClaimState::apply(const ChangeSet& change_set) {
    if (m_applied.contains(change_set.id()) || m_refused.contains(change_set.id())) return ApplyOutcome::Duplicate;
    if (!missing(change_set).empty()) {
        const auto decision = decodeDecision(value(decisionPath(change_set.id())));
        if (!decision || decision->kind != Decision::Kind::Apply) return ApplyOutcome::Waiting;
    }
    return applyEdits(change_set);
}

ApplyOutcome ClaimState::applyRegardless(const ChangeSet& change_set) {
    if (m_applied.contains(change_set.id()) || m_refused.contains(change_set.id())) return ApplyOutcome::Duplicate;
    return applyEdits(change_set);
}

void ClaimState::refuse(const ChangeSetId& id, std::vector<std::vector<EditId>> names) {
    if (m_applied.contains(id) || m_refused.contains(id)) return;
    m_refused.emplace(id, std::move(names));
    // Who was applied before what it names came has now named what this one named.
    const auto first = m_replaced_ahead.lower_bound(EditId{id, 0});
    auto last = first;
    std::vector<std::pair<EditId, std::set<std::string>>> passed_on;
    for (; last != m_replaced_ahead.end() && last->first.change_set == id; ++last) passed_on.push_back(*last);
    m_replaced_ahead.erase(first, last);
    for (const auto& [edit, by_paths] : passed_on) {
        for (const auto& name : resolved({edit})) {
            for (const auto& by_path : by_paths) replace(name, by_path);
        }
    }
}

const Register* ClaimState::find(std::string_view path) const {
    const auto found = m_registers.find(path);
    return found == m_registers.end() ? nullptr : &found->second;
}

const Value& ClaimState::value(std::string_view path) const {
    const auto* found = find(path);
    return found == nullptr ? kNull : found->value();
}

std::vector<std::string> ClaimState::pathsUnder(std::string_view path) const {
    std::vector<std::string> out;
    for (auto at = m_registers.lower_bound(path); at != m_registers.end() && at->first.starts_with(path); ++at) {
        if (isAtOrUnder(at->first, path)) out.push_back(at->first);
    }
    return out;
}

std::vector<std::string> ClaimState::conflicts() const {
    std::vector<std::string> out;
    const auto removed = [](const Register& reg) {
        return std::any_of(reg.siblings().begin(), reg.siblings().end(),
                           [](const Sibling& sibling) { return sibling.value.isNull(); });
    };
    for (const auto& [path, reg] : m_registers) {
        bool conflict = reg.inConflict();
        if (!conflict && removed(reg)) {
            const auto below = pathsUnder(path);
            conflict = std::any_of(below.begin(), below.end(), [&, &instance = path](const std::string& under) {
                return under != instance && !find(under)->value().isNull();
            });
        }
        if (!conflict) continue;
        // What stands under an instance in question is part of the one question about the instance.
        if (!out.empty() && isAtOrUnder(path, out.back())) continue;
        out.push_back(path);
    }
    return out;
}

Edit ClaimState::edit(std::string path, Value value) const {
    Edit out{std::move(path), std::move(value), {}};
    if (const auto* found = find(out.path)) out.replaces = found->ids();
    return out;
}

Edit ClaimState::removal(std::string_view instance_path) const {
    Edit out{std::string(instance_path), Value(), {}};
    for (const auto& path : pathsUnder(instance_path)) {
        const auto ids = find(path)->ids();
        out.replaces.insert(out.replaces.end(), ids.begin(), ids.end());
    }
    std::sort(out.replaces.begin(), out.replaces.end());
    return out;
}

}  // namespace fieldclaim
