#include <algorithm>

#include "mobile/storage/vault_impl.h"

// What casework derives from claims for its lists: summaries, and the marks by which claims of one person are found.
namespace fieldclaim::tablet {
namespace {

Status saveMarks(Database& store, const std::string& crn, std::vector<std::string> marks) {
    std::sort(marks.begin(), marks.end());
    std::vector<std::string> before;
    ASSIGN(auto select, store.prepareCached("SELECT mark FROM claim_mark WHERE claim = ? ORDER BY mark"));
    TRY(select.query(crn, [&](const SqlStatement& row) { before.emplace_back(row.text(0)); }));
    if (marks == before) return {};
    ASSIGN(auto remove, store.prepareCached("DELETE FROM claim_mark WHERE claim = ?"));
    TRY(remove.run(crn));
    ASSIGN(auto insert, store.prepareCached("INSERT OR IGNORE INTO claim_mark(mark, claim) VALUES(?, ?)"));
    for (const auto& mark : marks) TRY(insert.run(mark, crn));
    return {};
}

}  // namespace

Status Vault::saveSummaries(const std::vector<KeptSummary>& summaries) {
    ASSIGN(auto* const store, m_impl->db());
    ASSIGN(auto transaction, Transaction::begin(*store));
    ASSIGN(auto update,
           store->prepareCached("UPDATE claim SET summary = ?, summary_day = ?, folded = ? WHERE crn = ?"));
    for (const auto& one : summaries) {
        TRY(update.run(one.summary, one.day, one.folded_search, one.crn));
        TRY(saveMarks(*store, one.crn, one.marks));
    }
    return transaction.commit();
}

Result<std::vector<SharedMark>> Vault::sharedMarks(std::size_t limit) const {
    ASSIGN(auto* const store, m_impl->db());
    std::vector<SharedMark> out;
    ASSIGN(auto select,
           store->prepareCached("SELECT a.claim, b.claim, a.mark FROM "
                                "(SELECT mark FROM claim_mark GROUP BY mark HAVING count(*) > 1) m "
                                "CROSS JOIN claim_mark a ON a.mark = m.mark "
                                "CROSS JOIN claim_mark b ON b.mark = a.mark AND b.claim > a.claim LIMIT ?"));
    TRY(select.query(limit, [&](const SqlStatement& row) {
        out.push_back({std::string(row.text(0)), std::string(row.text(1)), std::string(row.text(2))});
    }));
    return out;
}

Result<std::vector<SharedMark>> Vault::claimsMarked(std::string_view crn, const std::vector<std::string>& marks,
                                                    std::size_t limit) const {
    ASSIGN(auto* const store, m_impl->db());
    std::vector<SharedMark> out;
    ASSIGN(auto select,
           store->prepareCached("SELECT claim FROM claim_mark WHERE mark = ? AND claim <> ? ORDER BY claim LIMIT ?"));
    for (const auto& mark : marks) {
        TRY(select.query(mark, crn, limit, [&](const SqlStatement& row) {
            out.push_back({std::string(crn), std::string(row.text(0)), mark});
        }));
    }
    return out;
}

Result<std::vector<std::string>> Vault::toSummarise(std::optional<std::int32_t> day, std::size_t limit) const {
    ASSIGN(auto* const store, m_impl->db());
    std::vector<std::string> out;
    const auto read = [&](const SqlStatement& row) { out.emplace_back(row.text(0)); };
    ASSIGN(auto none, store->prepareCached("SELECT crn FROM claim INDEXED BY claim_unread WHERE summary IS NULL AND "
                                           "key IS NOT NULL ORDER BY crn LIMIT ?"));
    TRY(none.query(limit, read));
    if (!day || out.size() == limit) return out;
    // Each side of the day is a range of the index; of "another day" the whole of it would be walked.
    for (const auto* const side : {"<", ">"}) {
        ASSIGN(auto other,
               store->prepareCached(
                   "SELECT crn FROM claim INDEXED BY claim_summary_day WHERE summary IS NOT NULL AND summary_day " +
                   std::string(side) + " ? AND key IS NOT NULL LIMIT ?"));
        TRY(other.query(*day, limit - out.size(), read));
    }
    return out;
}

}  // namespace fieldclaim::tablet
