#include "sync-server/service/snapshot_service.h"

#include <algorithm>

#include "sync-server/service/snapshot_file.h"
#include "sync-server/service/tablet_scopes.h"

namespace fieldclaim::server {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostKept = 2;  // a scope: the newest, and one that somebody may still be reading
constexpr std::int64_t kKeptMs = std::int64_t{24} * 60 * 60 * 1000;

}  // namespace

Result<bool> needsSnapshot(const LedgerSnapshot& now, const std::string& scope, std::uint64_t cursor,
                           const Uuid& device, std::uint64_t most_behind) {
    ASSIGN(const auto behind, now.claims().changeSetsAfter(scope, cursor, device, most_behind));
    if (behind <= most_behind) return false;
    ASSIGN(const auto whole, now.claims().changeSetsInScope(scope));
    ASSIGN(const auto all_behind, now.claims().changeSetsAfter(scope, cursor, device, whole / 2));
    return all_behind > whole / 2;
}

SnapshotService::SnapshotService(LedgerStore& store, const LedgerIdentity& identity, fs::path folder,
                                 std::uint64_t most_behind, const Clock& clock)
    : m_store(store), m_identity(identity), m_folder(std::move(folder)), m_most_behind(most_behind), m_clock(clock) {}

Result<Snapshot> SnapshotService::open(const Session& session, const std::string& scope, const std::string& etag) {
    if (session.revoked) return fail(ErrorCode::NotAllowed, "this tablet was revoked");
    if (!contains(session.scopes, scope)) return fail(ErrorCode::NotFound, "no such scope");
    ASSIGN(auto found, kept(scope, etag));
    if (!found) {
        if (!etag.empty()) return fail(ErrorCode::Conflict, "there is another snapshot by now");
        ASSIGN(found, make(scope));
    }
    ASSIGN(const auto served,
           m_store.read([&](const LedgerSnapshot& now) { return now.tablets().served(session.device, scope); }));
    if (served < found->seq) {
        TRY(m_store.write(
            [&](LedgerTransaction& tx) { return tx.tablets().putServed(session.device, scope, found->seq); }));
    }
    return *found;
}

Result<bool> SnapshotService::holdsTooMuch(const std::string& scope, const Snapshot& snapshot) const {
    return m_store.read([&](const LedgerSnapshot& now) { return now.claims().anyLeftAfter(scope, snapshot.seq); });
}

Result<std::optional<Snapshot>> SnapshotService::kept(const std::string& scope, const std::string& etag) {
    std::optional<Snapshot> found;
    {
        const std::lock_guard lock(m_mutex);
        for (auto& each : m_kept[scope]) {
            if (etag.empty() || each.snapshot.etag == etag) found = each.snapshot;
        }
    }
    if (!found) return std::nullopt;
    // A tablet that has dropped such a claim would have it again.
    ASSIGN(const bool too_much, holdsTooMuch(scope, *found));
    if (too_much) {
        forget(scope, found->etag);
        return std::nullopt;
    }
    if (etag.empty()) {
        ASSIGN(const auto behind, m_store.read([&](const LedgerSnapshot& now) {
            return now.claims().changeSetsAfter(scope, found->seq, Uuid(), m_most_behind);
        }));
        if (behind > m_most_behind) return std::nullopt;
    }
    const std::lock_guard lock(m_mutex);
    for (auto& each : m_kept[scope]) {
        if (each.snapshot.etag == found->etag) each.asked_ms = m_clock.wallMs();
    }
    return found;
}

Result<Snapshot> SnapshotService::make(const std::string& scope) {
    // One at a time: those who wait come again, and keep no worker.
    const std::unique_lock making(m_making, std::try_to_lock);
    if (!making.owns_lock()) return fail(ErrorCode::Busy, "a snapshot is being made");
    std::error_code failed;
    fs::create_directories(m_folder, failed);
    fs::permissions(m_folder, fs::perms::owner_all, failed);
    const auto part = m_folder / "part";
    SnapshotFile::Written written;
    Status done = m_store.read([&](const LedgerSnapshot& now) -> Status {
        ASSIGN(written, SnapshotFile::write(part, now, m_identity.epoch, scope));
        return {};
    });
    const auto etag = toHex(written.digest);
    const auto path = m_folder / etag;
    if (done) {
        fs::rename(part, path, failed);
        if (failed) done = fail(ErrorCode::Storage, "a snapshot cannot be kept");
    }
    if (!done) {
        fs::remove(part, failed);
        return tl::unexpected<Error>(done.error());
    }
    const Snapshot made{path, etag, written.seq};
    const std::lock_guard lock(m_mutex);
    auto& all = m_kept[scope];
    std::erase_if(all, [&](const Kept& each) { return each.snapshot.etag == etag; });
    all.push_back({made, m_clock.wallMs()});
    while (all.size() > kMostKept) {
        fs::remove(all.front().snapshot.path, failed);
        all.erase(all.begin());
    }
    return made;
}

void SnapshotService::forget(const std::string& scope, const std::string& etag) {
    const std::lock_guard lock(m_mutex);
    std::error_code none;
    std::erase_if(m_kept[scope], [&](const Kept& each) {
        if (each.snapshot.etag != etag) return false;
        fs::remove(each.snapshot.path, none);  // who has it open reads on
        return true;
    });
}

Status SnapshotService::tidy() {
    std::map<std::string, std::vector<Kept>> all;
    {
        const std::lock_guard lock(m_mutex);
        all = m_kept;
    }
    for (const auto& [scope, kept_of_it] : all) {
        for (const auto& each : kept_of_it) {
            ASSIGN(const bool too_much, holdsTooMuch(scope, each.snapshot));
            if (too_much || m_clock.wallMs() - each.asked_ms > kKeptMs) forget(scope, each.snapshot.etag);
        }
    }
    return {};
}

}  // namespace fieldclaim::server
