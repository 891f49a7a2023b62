#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "shared/merge/claim_state.h"
#include "tests/simulation/ledger.h"

namespace fieldclaim::sim {

/// What a claim should be, from the definition in architecture part 4 and without the merge code: an edit stands at its
/// path until an applied edit at that path or above it names it, or names one that a person refused and that named it.
/// Knows no order, so any order of its input is as good.
class ReferenceClaim {
public:
    /// Borrows the ledger's decisions: the edits of what was refused are transparent.
    explicit ReferenceClaim(const Ledger& ledger) : m_ledger(ledger) {}
    void add(const ChangeSet& change_set);
    bool has(const ChangeSetId& id) const { return m_change_sets.contains(id); }
    std::size_t size() const { return m_change_sets.size(); }

    /// Empty when the state says the same; else what differs.
    std::string difference(const ClaimState& state) const;
    /// Empty when every value is current or named by an edit that replaced it (I5); else one that is neither.
    std::string lost(const std::vector<const ChangeSet*>& saved, const ClaimState& state) const;

private:
    struct Standing {
        std::string path;
        Value value;
    };
    std::map<EditId, Standing> current() const;

    const Ledger& m_ledger;
    std::map<ChangeSetId, Payload> m_change_sets;
};

}  // namespace fieldclaim::sim
