#include "mobile/sync/snapshot_download.h"

#include <algorithm>

#include "mobile/sync/http_reply.h"
#include "shared/wire/snapshot.h"

namespace fieldclaim::tablet {
namespace {

constexpr std::uint64_t kLeastRangeBytes = 16U << 10U;
constexpr std::uint64_t kMostRangeBytes = 4U << 20U;
constexpr std::int64_t kDeadlineMs = 120'000;  // the first waits for the snapshot to be made
constexpr int kPartialContent = 206;

std::string quoted(const std::string& etag) { return '"' + etag + '"'; }

}  // namespace

Result<std::optional<Send>> SnapshotDownload::next() {
    ASSIGN(const auto position, m_store.snapshotPosition());
    if (!position) return std::nullopt;
    m_asked = *position;
    const auto last = m_asked.offset + m_range_bytes - 1;
    Send out;
    out.method = "GET";
    out.path = "/v1/snapshots/" + m_asked.scope;
    out.headers = {{"Accept", std::string(kSnapshotType)},
                   // What is counted in bytes is not to be coded on the way.
                   {"Accept-Encoding", "identity"},
                   {"Range", "bytes=" + std::to_string(m_asked.offset) + "-" + std::to_string(last)}};
    if (!m_asked.etag.empty()) out.headers["If-Match"] = quoted(m_asked.etag);
    out.deadline_ms = kDeadlineMs;
    out.most_bytes = m_range_bytes;
    return out;
}

Result<SnapshotDownload::Answer> SnapshotDownload::replied(const Replied& reply) {
    const auto range = contentRange(reply.headers);
    const auto tag = reply.headers.find("etag");
    const bool right = reply.status == kPartialContent && range && range->first == m_asked.offset &&
                       tag != reply.headers.end() && tag->second.size() > 2 && !reply.body.empty() &&
                       reply.body.size() <= range->size - range->first;
    if (!right) return Answer::Useless;
    const auto etag = tag->second.substr(1, tag->second.size() - 2);
    if (!m_asked.etag.empty() && etag != m_asked.etag) {
        TRY(m_store.snapshotLost(m_asked.scope));
        return Answer::Anew;
    }
    ASSIGN(const bool good,
           m_store.snapshotPartReceived({m_asked.scope, etag, m_asked.offset, range->size, reply.body}));
    if (!good) return Answer::Useless;
    m_range_bytes = std::min(kMostRangeBytes, m_range_bytes * 2);
    return Answer::Kept;
}

Result<bool> SnapshotDownload::refused(int status) {
    if (m_asked.etag.empty() || (status != kPreconditionFailed && status != kRangeRefused)) return false;
    TRY(m_store.snapshotLost(m_asked.scope));
    return true;
}

void SnapshotDownload::cut() { m_range_bytes = std::max(kLeastRangeBytes, m_range_bytes / 2); }

}  // namespace fieldclaim::tablet
