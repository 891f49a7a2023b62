#include "tests/simulation/ledger.h"

namespace fieldclaim::sim {

void Ledger::readOn(server::Server& server) {
    const Status read = server.store().readJob([&](const server::LedgerSnapshot& now) -> Status {
        ASSIGN(const auto heads, now.claims().scopeHeads());
        for (const auto& [scope, rows] : m_scopes) {
            require(rows.empty() || (heads.contains(scope) && heads.at(scope).seq >= rows.back().seq), "I1",
                    "the ledger is shorter than it was");
        }
        for (const auto& [scope, head] : heads) {
            auto& known = m_scopes[scope];
            ASSIGN(const auto fresh,
                   now.claims().rowsAfter(scope, known.empty() ? 0 : known.back().seq, std::size_t{1} << 30U));
            for (const auto& row : fresh) {
                require(known.empty() || row.seq > known.back().seq, "I6", "rows are not in the order of seq");
                Row next{row.seq, row.claim, {}};
                for (const auto& bytes : row.change_sets) {
                    ASSIGN(auto change_set, decodeChangeSet(bytes));
                    require(m_ids.insert(change_set.id()).second, "I2",
                            "a change set is in the ledger twice: row " + std::to_string(row.seq));
                    next.change_sets.push_back(std::move(change_set));
                }
                known.push_back(std::move(next));
            }
        }
        return {};
    });
    if (!read) throw Violation("harness", describe(read.error()));
}

std::set<std::string> Ledger::claims(const std::string& scope, std::uint64_t cursor) const {
    std::set<std::string> out;
    const auto found = m_scopes.find(scope);
    if (found == m_scopes.end()) return out;
    for (const auto& row : found->second) {
        if (row.seq <= cursor) out.insert(row.claim);
    }
    return out;
}

}  // namespace fieldclaim::sim
