#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/simulation/server_end.h"

namespace fieldclaim::sim {

/// The server's ledger as read from outside, row by row as it grows: what was seen once must stay as it was (I1), come
/// once (I2) and in order (I6).
class Ledger {
public:
    struct Row {
        std::uint64_t seq = 0;
        std::string claim;
        std::vector<ChangeSet> change_sets;
    };
    void readOn(server::Server& server);

    const std::map<std::string, std::vector<Row>>& scopes() const { return m_scopes; }
    bool has(const ChangeSetId& id) const { return m_ids.contains(id); }
    const std::set<ChangeSetId>& ids() const { return m_ids; }
    /// What supervisors decided, as the ledger says it: with what was refused, what its edits named.
    struct Decisions {
        std::set<ChangeSetId> applied;  ///< released, or applied all the same
        std::map<ChangeSetId, std::vector<std::vector<EditId>>> refused;
    };
    const Decisions& decisions() const { return m_decisions; }
    /// `named` with what was refused replaced by what that named.
    std::set<EditId> resolved(const std::vector<EditId>& named) const;
    /// Claims of a scope that begin at or below a cursor.
    std::set<std::string> claims(const std::string& scope, std::uint64_t cursor) const;

private:
    std::map<std::string, std::vector<Row>> m_scopes;
    void noteDecision(const Edit& edit);

    std::set<ChangeSetId> m_ids;
    Decisions m_decisions;
};

}  // namespace fieldclaim::sim
