#include "sync-server/service/snapshot_file.h"

#include <cerrno>

#include "shared/wire/packing.h"
#include "shared/wire/snapshot.h"
#include "sync-server/service/blob_files.h"

namespace fieldclaim::server {
namespace {

constexpr std::size_t kFrameBytes = 256U << 10U;  // of change sets, about

/// Nothing but what is in the frame itself, and the keys, can be looked up by every reader.
class SnapshotNames final : public PackingNames {
public:
    explicit SnapshotNames(const LedgerSnapshot& now) : m_now(now) {}
    Result<std::optional<ClaimKey>> claimKey(const std::string& crn) override { return m_now.claims().claimKey(crn); }
    Result<std::optional<ChainPlace>> inChain(const ChangeSetId&) override { return std::nullopt; }
    Result<std::optional<LedgerPlace>> inLedger(const std::string&, const ChangeSetId&) override {
        return std::nullopt;
    }

private:
    const LedgerSnapshot& m_now;
};

}  // namespace

SnapshotFile::SnapshotFile(std::FILE* file, const LedgerSnapshot& now, const Uuid& epoch, const std::string& scope)
    : m_file(file), m_now(now), m_epoch(epoch), m_scope(scope) {
    beginFrame();
}

void SnapshotFile::beginFrame() {
    m_frame = PullReply();
    m_frame.epoch = m_epoch;
    m_frame.more = true;
    m_bytes = 0;
}

Status SnapshotFile::putFrame() {
    SnapshotNames names(m_now);
    TRY(packRows(m_frame, names));
    Bytes bytes;
    appendFrame(bytes, m_frame);
    m_digest.update(bytes);
    if (std::fwrite(bytes.data(), 1, bytes.size(), m_file.get()) != bytes.size())
        return tl::unexpected<Error>(diskError(errno));
    beginFrame();
    return {};
}

Status SnapshotFile::putClaim(const std::string& crn) {
    ASSIGN(const auto key, m_now.claims().claimKey(crn));
    if (key) m_frame.keys.emplace(crn, *key);
    for (std::uint64_t after = 0;;) {
        ASSIGN(auto rows, m_now.claims().rowsBetween(crn, after, m_last_seq + 1, kFrameBytes));
        if (rows.empty()) return {};
        for (auto& row : rows) {
            after = row.seq;
            for (const auto& bytes : row.change_sets) m_bytes += bytes.size();
            m_frame.rows.push_back({m_scope, row.seq, row.claim, std::move(row.change_sets)});
            if (m_bytes >= kFrameBytes) TRY(putFrame());
        }
    }
}

Result<SnapshotFile::Written> SnapshotFile::write(const std::filesystem::path& path, const LedgerSnapshot& now,
                                                  const Uuid& epoch, const std::string& scope) {
    auto* const opened = std::fopen(path.c_str(), "wbe");
    if (opened == nullptr) return tl::unexpected<Error>(diskError(errno));
    SnapshotFile file(opened, now, epoch, scope);
    ASSIGN(const auto head, now.claims().scopeHead(scope));
    ASSIGN(file.m_last_seq, now.claims().lastSeq());
    ASSIGN(const auto claims, now.claims().claimsInScope(scope));
    for (const auto& crn : claims) TRY(file.putClaim(crn));
    file.m_frame.more = false;
    file.m_frame.cursors[scope] = head.seq;
    file.m_frame.checksums[scope] = head.checksum;
    TRY(file.putFrame());
    if (std::fflush(file.m_file.get()) != 0) return tl::unexpected<Error>(diskError(errno));
    return Written{file.m_digest.finish(), head.seq};
}

}  // namespace fieldclaim::server
