#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tests/simulation/server_end.h"

namespace fieldclaim::sim {

/// The server's ledger as read from outside, row by row as it grows: what was seen once must stay as it was (I1), come
/// once (I2) and in order (I6), until the server is restored and another history begins.
class Ledger {
public:
    struct Row {
        std::uint64_t seq = 0;
        std::string scope;  ///< that the claim is in from here on; empty: on no tablet
        std::vector<ChangeSet> change_sets;
    };
    void readOn(server::Server& server);
    /// The server was restored from a backup: what follows is read from its beginning.
    void beginAgain();
    /// This history does not know that the claim was moved.
    void loseMove(const std::string& crn) { m_lost_moves.insert(crn); }

    /// Each claim's rows in the order of seq. Of an erased claim the rows up to its erasure have headers alone.
    const std::map<std::string, std::vector<Row>>& claims() const { return m_claims; }
    const std::vector<Row>& rowsOf(const std::string& crn) const;
    bool has(const ChangeSetId& id) const { return m_ids.contains(id); }
    const std::set<ChangeSetId>& ids() const { return m_ids; }
    /// The seq of its erasure; 0: it is not erased.
    std::uint64_t erasedAt(const std::string& crn) const;
    /// Erased in this history or, as its content is gone from tablets, in an earlier one.
    bool wasErased(const std::string& crn) const { return m_ever_erased.contains(crn); }
    /// Where the claim is; empty: on no tablet, or nowhere.
    std::string scopeOf(const std::string& crn) const;
    /// When the claim came last into the scope that it is in; 0: it is in none.
    std::uint64_t enteredAt(const std::string& crn) const;
    /// It was in the scope at some time.
    bool wasEverIn(const std::string& crn, const std::string& scope) const;
    bool movedEver(const std::string& crn) const;
    bool wasMoveLost(const std::string& crn) const { return m_lost_moves.contains(crn); }
    /// How far each scope has been read.
    std::uint64_t headOf(const std::string& scope) const;

    /// What supervisors decided, as the ledger says it: with what was refused, what its edits named.
    struct Decisions {
        std::set<ChangeSetId> applied;  ///< released, or applied all the same
        std::map<ChangeSetId, std::vector<std::vector<EditId>>> refused;
    };
    const Decisions& decisions() const { return m_decisions; }
    /// `named` with what was refused replaced by what that named.
    std::set<EditId> resolved(const std::vector<EditId>& named) const;

private:
    void take(const server::LedgerRow& row);
    void noteDecision(const Edit& edit);
    void erase(const std::string& crn, std::uint64_t seq);

    std::map<std::string, std::uint64_t> m_heads;
    std::map<std::string, std::uint64_t> m_read;  ///< the last row of each scope
    std::map<std::string, std::vector<Row>> m_claims;
    std::map<std::string, std::uint64_t> m_erased;
    std::set<std::string> m_ever_erased;
    std::set<std::string> m_lost_moves;
    std::set<ChangeSetId> m_ids;
    Decisions m_decisions;
};

}  // namespace fieldclaim::sim
