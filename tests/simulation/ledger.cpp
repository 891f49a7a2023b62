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
                    for (const auto& edit : change_set.payload.edits) noteDecision(edit);
                    next.change_sets.push_back(std::move(change_set));
                }
                known.push_back(std::move(next));
            }
        }
        return {};
    });
    if (!read) throw Violation("harness", describe(read.error()));
}

void Ledger::noteDecision(const Edit& edit) {
    constexpr std::string_view kPrefix = "decision/";
    if (!edit.path.starts_with(kPrefix)) return;
    const auto bytes = fromHex(edit.path.substr(kPrefix.size()));
    const auto id = bytes ? toArray<16>(*bytes) : Result<ChangeSetId>(fail(ErrorCode::BadInput));
    require(id.has_value(), "I5", "a decision about nothing: " + edit.path);
    if (edit.value.textAt("decision") != "refuse") {
        m_decisions.applied.insert(*id);
        return;
    }
    auto& named = m_decisions.refused[*id];
    const auto* edits = edit.value.at("edits").list();
    require(edits != nullptr, "I5", "a refusal that does not say what it makes transparent");
    for (const auto& each : *edits) {
        auto& names = named.emplace_back();
        for (const auto& name : *each.list()) {
            ListReader in(name, "edit id", 2);
            EditId out;
            out.change_set = in.array<16>();
            out.index = static_cast<std::uint32_t>(in.natural());
            names.push_back(out);
        }
    }
}

std::set<EditId> Ledger::resolved(const std::vector<EditId>& named) const {
    std::set<EditId> out;
    std::set<EditId> met;
    auto left = named;
    while (!left.empty()) {
        const auto id = left.back();
        left.pop_back();
        if (!met.insert(id).second) continue;
        const auto refused = m_decisions.refused.find(id.change_set);
        if (refused == m_decisions.refused.end()) {
            out.insert(id);
        } else if (id.index < refused->second.size()) {
            const auto& names = refused->second[id.index];
            left.insert(left.end(), names.begin(), names.end());
        }
    }
    return out;
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
