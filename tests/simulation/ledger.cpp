#include "tests/simulation/ledger.h"

#include <algorithm>

#include "shared/domain/records.h"

namespace fieldclaim::sim {

void Ledger::readOn(server::Server& server) {
    const Status read = server.store().readJob([&](const server::LedgerSnapshot& now) -> Status {
        ASSIGN(const auto heads, now.claims().scopeHeads());
        for (const auto& [scope, last] : m_read) {
            require(scope.empty() || (heads.contains(scope) && heads.at(scope).seq >= last), "I1",
                    "the ledger is shorter than it was");
        }
        std::vector<server::LedgerRow> fresh;
        m_heads.clear();
        for (const auto& [scope, head] : heads) m_heads.emplace(scope, head.seq);
        m_heads.emplace(std::string(), 0);
        for (const auto& [scope, head] : m_heads) {
            auto& last = m_read[scope];
            ASSIGN(auto rows, now.claims().rowsAfter(scope, last, std::size_t{1} << 30U));
            for (auto& row : rows) {
                require(row.seq > last, "I6", "rows are not in the order of seq");
                last = row.seq;
                fresh.push_back(std::move(row));
            }
        }
        std::sort(fresh.begin(), fresh.end(), [](const auto& a, const auto& b) { return a.seq < b.seq; });
        for (const auto& row : fresh) take(row);
        return {};
    });
    if (!read) throw Violation("harness", describe(read.error()));
}

void Ledger::beginAgain() {
    auto erased = std::move(m_ever_erased);
    auto lost = std::move(m_lost_moves);
    *this = Ledger();
    m_ever_erased = std::move(erased);
    m_lost_moves = std::move(lost);
}

void Ledger::take(const server::LedgerRow& row) {
    auto& rows = m_claims[row.claim];
    require(rows.empty() || row.seq > rows.back().seq, "I6", "a claim's rows are not in the order of seq");
    rows.push_back({row.seq, row.scope, {}});
    for (const auto& bytes : row.change_sets) {
        ChangeSet change_set;
        const auto raw = splitChangeSet(bytes);
        require(raw.has_value(), "I1", "a row that cannot be read");
        if (raw->payload_bytes.empty()) {
            change_set.header_bytes = raw->header_bytes;
            change_set.hash = sha256(raw->header_bytes);
            m_ever_erased.insert(row.claim);
        } else {
            auto whole = decodeChangeSet(bytes);
            require(whole.has_value(), "I1", "a row that cannot be read");
            change_set = std::move(*whole);
        }
        require(m_ids.insert(change_set.id()).second, "I2",
                "a change set is in the ledger twice: row " + std::to_string(row.seq));
        rows.back().change_sets.push_back(std::move(change_set));
    }
    for (const auto& change_set : rows.back().change_sets) {
        for (const auto& edit : change_set.payload.edits) {
            if (edit.path == kErasedPath) return erase(row.claim, row.seq);
            noteDecision(edit);
        }
    }
}

void Ledger::erase(const std::string& crn, std::uint64_t seq) {
    m_erased[crn] = seq;
    m_ever_erased.insert(crn);
    for (auto& row : m_claims.at(crn)) {
        if (row.seq == seq) break;
        for (auto& change_set : row.change_sets) {
            change_set.payload = {};
            change_set.payload_bytes.clear();
        }
    }
}

const std::vector<Ledger::Row>& Ledger::rowsOf(const std::string& crn) const {
    static const std::vector<Row> kNone;
    const auto found = m_claims.find(crn);
    return found == m_claims.end() ? kNone : found->second;
}

std::uint64_t Ledger::erasedAt(const std::string& crn) const {
    const auto found = m_erased.find(crn);
    return found == m_erased.end() ? 0 : found->second;
}

std::string Ledger::scopeOf(const std::string& crn) const {
    const auto& rows = rowsOf(crn);
    return rows.empty() ? std::string() : rows.back().scope;
}

std::uint64_t Ledger::enteredAt(const std::string& crn) const {
    const auto& rows = rowsOf(crn);
    std::uint64_t out = 0;
    for (auto row = rows.rbegin(); row != rows.rend() && row->scope == rows.back().scope; ++row) out = row->seq;
    return rows.empty() || rows.back().scope.empty() ? 0 : out;
}

bool Ledger::wasEverIn(const std::string& crn, const std::string& scope) const {
    const auto& rows = rowsOf(crn);
    return std::any_of(rows.begin(), rows.end(), [&](const Row& row) { return row.scope == scope; });
}

bool Ledger::movedEver(const std::string& crn) const {
    const auto& rows = rowsOf(crn);
    return std::any_of(rows.begin(), rows.end(), [&](const Row& row) { return row.scope != rows.front().scope; });
}

std::uint64_t Ledger::headOf(const std::string& scope) const {
    const auto found = m_heads.find(scope);
    return found == m_heads.end() ? 0 : found->second;
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

}  // namespace fieldclaim::sim
