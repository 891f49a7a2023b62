#include "tests/simulation/model.h"

namespace fieldclaim::sim {
namespace {

bool covers(const std::string& above, const std::string& path) {
    return path == above ||
           (path.size() > above.size() && path.compare(0, above.size(), above) == 0 && path[above.size()] == '/');
}

std::string nameOf(const EditId& id, const std::string& path) {
    return path + " (" + toHex(ByteView(id.change_set).first(4)) + "." + std::to_string(id.index) + ")";
}

}  // namespace

void ReferenceClaim::add(const ChangeSet& change_set) { m_change_sets.emplace(change_set.id(), change_set.payload); }

std::map<EditId, ReferenceClaim::Standing> ReferenceClaim::current() const {
    std::map<EditId, Standing> out;
    for (const auto& [id, payload] : m_change_sets) {
        for (std::uint32_t i = 0; i < payload.edits.size(); ++i) {
            out.emplace(EditId{id, i}, Standing{payload.edits[i].path, payload.edits[i].value});
        }
    }
    for (const auto& [id, payload] : m_change_sets) {
        for (const auto& edit : payload.edits) {
            for (const auto& named : m_ledger.resolved(edit.replaces)) {
                const auto found = out.find(named);
                if (found != out.end() && covers(edit.path, found->second.path)) out.erase(found);
            }
        }
    }
    return out;
}

std::string ReferenceClaim::difference(const ClaimState& state) const {
    auto expected = current();
    for (const auto& [path, reg] : state.registers()) {
        std::set<Bytes> values;
        for (const auto& sibling : reg.siblings()) {
            const auto found = expected.find(sibling.id);
            if (found == expected.end()) return nameOf(sibling.id, path) + " stands and should not";
            if (found->second.path != path) return nameOf(sibling.id, path) + " stands at the wrong path";
            if (!(found->second.value == sibling.value)) return nameOf(sibling.id, path) + " has another value";
            expected.erase(found);
        }
        bool several = false;
        for (const auto& sibling : reg.siblings()) several = several || !(sibling.value == reg.siblings()[0].value);
        if (several != reg.inConflict()) return path + ": whether it is a conflict";
    }
    if (expected.empty()) return {};
    return nameOf(expected.begin()->first, expected.begin()->second.path) + " should stand and is gone";
}

std::string ReferenceClaim::lost(const std::vector<const ChangeSet*>& saved, const ClaimState& state) const {
    std::set<EditId> accounted;
    for (const auto& [path, reg] : state.registers()) {
        for (const auto& sibling : reg.siblings()) accounted.insert(sibling.id);
    }
    for (const auto& [id, payload] : m_change_sets) {
        for (const auto& edit : payload.edits) accounted.merge(m_ledger.resolved(edit.replaces));
    }
    for (const auto* change_set : saved) {
        for (std::size_t i = 0; i < change_set->payload.edits.size(); ++i) {
            const auto id = change_set->editId(i);
            if (!accounted.contains(id)) return nameOf(id, change_set->payload.edits[i].path);
        }
    }
    return {};
}

}  // namespace fieldclaim::sim
