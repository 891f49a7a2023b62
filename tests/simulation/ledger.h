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
    /// Claims of a scope that begin at or below a cursor.
    std::set<std::string> claims(const std::string& scope, std::uint64_t cursor) const;

private:
    std::map<std::string, std::vector<Row>> m_scopes;
    std::set<ChangeSetId> m_ids;
};

}  // namespace fieldclaim::sim
