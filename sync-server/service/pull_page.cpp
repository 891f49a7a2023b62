#include "sync-server/service/pull_page.h"

#include <algorithm>

namespace fieldclaim::server {
namespace {

constexpr std::uint64_t kLeastPullBytes = 4U << 10U;

}  // namespace

PullPage::PullPage(const LedgerSnapshot& now, const Session& session, const PullRequest& request, PullReply& reply,
                   LedgerNames& names)
    : m_now(now),
      m_session(session),
      m_request(request),
      m_reply(reply),
      m_names(names),
      m_most_bytes(
          static_cast<std::size_t>(std::clamp<std::uint64_t>(request.most_bytes, kLeastPullBytes, kMaxPullBytes))) {}

Result<const PullPage::Place*> PullPage::placeOf(const std::string& crn) {
    const auto known = m_places.find(crn);
    if (known != m_places.end()) return &known->second;
    ASSIGN(const auto claim, m_now.claims().claim(crn));
    Place place;
    if (claim) place = {claim->scope, claim->first_seq, claim->entered_seq};
    return &m_places.emplace(crn, std::move(place)).first->second;
}

Status PullPage::put(const std::string& scope, LedgerRow row, bool whole) {
    PullRow out{scope, row.seq, row.claim, {}};
    const bool own = row.device == m_session.device && !whole;
    for (std::size_t i = 0; i < row.ids.size(); ++i) {
        m_bytes += row.change_sets[i].size();
        if (own) m_names.addOwn(row.ids[i], row.change_sets[i]);
        out.change_sets.push_back(own ? toBytes(row.ids[i]) : std::move(row.change_sets[i]));
    }
    m_reply.rows.push_back(std::move(out));
    return {};
}

Status PullPage::putKey(const std::string& crn) {
    ASSIGN(const auto key, m_now.claims().claimKey(crn));
    if (key) m_reply.keys.emplace(crn, *key);
    return {};
}

Result<bool> PullPage::putEarlier(const std::string& scope, const LedgerRow& entering) {
    const auto from = m_request.entering.find(entering.claim);
    std::uint64_t sent = from == m_request.entering.end() ? 0 : from->second;
    TRY(putKey(entering.claim));
    while (true) {
        const std::size_t room = m_bytes < m_most_bytes ? m_most_bytes - m_bytes : 0;
        if (room == 0) {
            m_reply.entering[entering.claim] = sent;
            return false;
        }
        ASSIGN(auto rows, m_now.claims().rowsBetween(entering.claim, sent, entering.seq, room));
        if (rows.empty()) return true;
        for (auto& row : rows) {
            sent = row.seq;
            // Whole: a claim that was here before may have been dropped, what this tablet wrote of it too.
            TRY(put(scope, std::move(row), true));
        }
    }
}

Status PullPage::add(const std::string& scope) {
    const auto asked = m_request.cursors.find(scope);
    auto& cursor = m_reply.cursors[scope];
    cursor = asked == m_request.cursors.end() ? 0 : asked->second;
    m_names.readerHas(scope, cursor);
    ASSIGN(const auto head, m_now.claims().scopeHead(scope));
    if (cursor > head.seq) return fail(ErrorCode::EpochChanged, "a cursor is above the ledger");
    m_reply.checksums[scope] = head.checksum;
    while (m_bytes < m_most_bytes) {
        ASSIGN(auto rows, m_now.claims().rowsAfter(scope, cursor, m_most_bytes - m_bytes));
        if (rows.empty()) {
            cursor = head.seq;  // a claim that left moves the head and has its row elsewhere
            return {};
        }
        for (auto& row : rows) {
            const auto seq = row.seq;
            ASSIGN(const auto* const place, placeOf(row.claim));
            if (place->scope == scope && seq >= place->entered_seq) {
                if (m_bytes >= m_most_bytes) break;
                const bool enters = seq == place->entered_seq && seq != place->first_seq;
                if (enters) {
                    ASSIGN(const bool all, putEarlier(scope, row));
                    if (!all) {
                        m_reply.more = true;
                        return {};
                    }
                }
                if (seq == place->first_seq) TRY(putKey(row.claim));
                TRY(put(scope, std::move(row), enters || m_request.full));
            }
            cursor = seq;
        }
    }
    m_reply.more = m_reply.more || cursor < head.seq;
    return {};
}

}  // namespace fieldclaim::server
