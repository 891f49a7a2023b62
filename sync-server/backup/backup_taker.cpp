#include "sync-server/backup/backup_taker.h"

#include "shared/base/date.h"
#include "sync-server/backup/copy_file.h"
#include "sync-server/service/blob_files.h"
#include "sync-server/service/secret_files.h"

namespace fieldclaim::server {
namespace {

namespace fs = std::filesystem;

/// Sorts by time: "20070115T091203.250Z-000000000417".
std::string setName(std::int64_t taken_ms, std::uint64_t seq) {
    std::string out;
    for (const char c : isoTime(taken_ms)) {
        if (c != '-' && c != ':') out.push_back(c);
    }
    const auto number = std::to_string(seq);
    return out + "-" + std::string(number.size() < 12 ? 12 - number.size() : 0, '0') + number;
}

Result<std::vector<BlobRow>> describeLedger(const fs::path& ledger, BackupManifest& manifest) {
    SqliteLedgerStore::Options options;
    options.path = ledger.string();
    options.inline_writer = true;
    options.read_only = true;
    ASSIGN(const auto copy, SqliteLedgerStore::open(std::move(options)));
    return copy->read([&](const LedgerSnapshot& now) -> Result<std::vector<BlobRow>> {
        ASSIGN(const auto identity, now.identity());
        if (!identity) return fail(ErrorCode::Damaged, "the ledger has no identity");
        manifest.epoch = identity->epoch;
        ASSIGN(manifest.seq, now.claims().lastSeq());
        ASSIGN(manifest.heads, now.chains().heads());
        ASSIGN(manifest.journal_number, now.durability().journalNumber());
        return now.blobs().blobs();
    });
}

Status copyBlobs(SqliteLedgerStore& live, const std::vector<BlobRow>& blobs, const BlobFiles& from,
                 const fs::path& folder, BackupManifest& manifest) {
    const BlobFiles to(folder);
    TRY(makeFolder(folder));
    for (const auto& blob : blobs) {
        const auto path = to.pathOf(blob.sha256);
        std::error_code failed;
        if (fs::file_size(path, failed) == blob.size && !failed) continue;
        TRY(makeFolder(path.parent_path()));
        const auto copied = copyFile(from.pathOf(blob.sha256), path);
        if (copied && *copied == blob.sha256) {
            TRY(syncFolder(path.parent_path()));
            continue;
        }
        if (copied) fs::remove(path, failed);
        if (!copied && copied.error().code != ErrorCode::NotFound) return tl::unexpected<Error>(copied.error());
        ASSIGN(const auto still, live.read([&](const LedgerSnapshot& now) { return now.blobs().blob(blob.sha256); }));
        if (!still) manifest.erased.push_back(blob.sha256);
    }
    return syncFolder(folder);
}

}  // namespace

Result<fs::path> takeBackup(SqliteLedgerStore& store, const fs::path& data, const fs::path& folder,
                            const Clock& clock) {
    BackupManifest manifest;
    manifest.taken_ms = clock.wallMs();
    TRY(makeFolder(folder));
    const auto partial = folder / "taking.part";
    std::error_code failed;
    fs::remove_all(partial, failed);  // what an earlier one, cut short, left behind
    TRY(makeFolder(partial));
    TRY(store.backupTo((partial / kLedgerFile).string()));
    ASSIGN(const auto blobs, describeLedger(partial / kLedgerFile, manifest));
    manifest.blobs = blobs.size();
    manifest.blob_list = blobListDigest(blobs);
    ASSIGN(manifest.files[kLedgerFile], hashFile(partial / kLedgerFile));
    for (const auto& name : keyFilesIn(data)) {
        ASSIGN(manifest.files[name], copyFile(data / name, partial / name));
    }
    TRY(copyBlobs(store, blobs, BlobFiles(data / "blobs"), folder / "blobs", manifest));
    TRY(writeSecretFile(partial / kManifestFile, manifestText(manifest)));
    const auto set = folder / setName(manifest.taken_ms, manifest.seq);
    if (fs::exists(set, failed)) return fail(ErrorCode::Conflict, "a backup of this moment is there already");
    fs::rename(partial, set, failed);
    if (failed) return fail(ErrorCode::Storage, "the backup cannot be named");
    TRY(syncFolder(folder));
    return set;
}

}  // namespace fieldclaim::server
