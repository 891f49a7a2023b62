#include "sync-server/backup/restore.h"

#include "sync-server/backup/copy_file.h"
#include "sync-server/service/audit.h"
#include "sync-server/service/secret_files.h"
#include "sync-server/service/server.h"
#include "sync-server/service/tablet_scopes.h"

namespace fieldclaim::server {
namespace {

namespace fs = std::filesystem;

Status copySet(const fs::path& set, const BackupManifest& manifest, const fs::path& data) {
    for (const auto& [name, digest] : manifest.files) {
        ASSIGN(const auto copied, copyFile(set / name, data / name));
        if (copied != digest) return fail(ErrorCode::Damaged, "the file " + name + " changed while it was copied");
    }
    return {};
}

Status copyBlobs(const std::vector<BlobRow>& blobs, const BackupManifest& manifest, const fs::path& from,
                 const fs::path& to) {
    const BlobFiles source(from);
    const BlobFiles target(to);
    TRY(makeFolder(to));
    for (const auto& blob : blobs) {
        if (std::find(manifest.erased.begin(), manifest.erased.end(), blob.sha256) != manifest.erased.end()) continue;
        const auto path = target.pathOf(blob.sha256);
        TRY(makeFolder(path.parent_path()));
        ASSIGN(const auto copied, copyFile(source.pathOf(blob.sha256), path));
        if (copied != blob.sha256) return fail(ErrorCode::Damaged, "a blob changed while it was copied");
        TRY(syncFolder(path.parent_path()));
    }
    return syncFolder(to);
}

/// One transaction: the journal, then the new history.
Result<RestoredServer> begin(Server& server, const VerifiedBackup& backup, const RestoreOptions& options,
                             const Clock& clock, Random& random) {
    return server.store().write([&](LedgerTransaction& tx) -> Result<RestoredServer> {
        RestoredServer out;
        out.manifest = backup.manifest;
        const auto now = clock.wallMs();
        if (options.journal) {
            ASSIGN(out.journal, replayJournal(tx, server.workflow(), *options.journal, backup.manifest.journal_number));
        }
        ASSIGN(auto identity, tx.identity());
        ENSURE(identity.has_value());
        identity->epoch = Uuid::make(clock, random);
        random.fill(identity->salt.data(), identity->salt.size());
        ++identity->incarnation;
        TRY(tx.putIdentity(*identity));
        out.identity = *identity;
        TRY(tx.durability().putRestored({now, backup.manifest.taken_ms, options.journal.has_value(), false}));
        for (const auto& head : backup.durable) {
            TRY(tx.durability().putDurable(head.author, head.incarnation, head.counter));
        }
        if (!options.journal) TRY(noteLostMoves(tx));
        TRY(audit(tx, now, "operator", options.journal ? "restored-with-journal" : "restored-without-journal", {},
                  "backup of seq " + std::to_string(backup.manifest.seq)));
        return out;
    });
}

}  // namespace

Result<RestoredServer> restoreBackup(const RestoreOptions& options, const Clock& clock, Random& random) {
    std::error_code failed;
    if (fs::exists(options.data, failed) && !fs::is_empty(options.data, failed)) {
        return fail(ErrorCode::Conflict, "the folder has something in it: restore into an empty one");
    }
    ASSIGN(const auto set, findSet(options.set));
    ASSIGN(const auto backup, verifyBackup(set));
    if (!backup.wrong.empty()) {
        return fail(ErrorCode::Damaged, "the backup is not right: " + backup.wrong.front());
    }
    const auto data = fs::absolute(options.data).lexically_normal();
    const fs::path partial = (data.has_filename() ? data : data.parent_path()).string() + ".restoring";
    fs::remove_all(partial, failed);  // what an earlier one, cut short, left behind
    TRY(makeFolder(partial));
    TRY(copySet(set, backup.manifest, partial));
    Server::Options opening;
    opening.data = partial;
    opening.inline_writer = true;
    Metrics metrics;
    RestoredServer out;
    {
        ASSIGN(const auto server, Server::open(std::move(opening), clock, random, metrics));
        // The journal of the lost server is not this one's to write.
        TRY(server->store().endJournal());
        ASSIGN(const auto blobs, server->store().read([](const LedgerSnapshot& now) { return now.blobs().blobs(); }));
        TRY(copyBlobs(blobs, backup.manifest, blobsOf(set), partial / "blobs"));
        ASSIGN(out, begin(*server, backup, options, clock, random));
        // What the journal erased was in the backup.
        TRY(server->erasures().deleteFiles());
        TRY(server->store().forgetDeleted());
    }
    fs::remove((partial / kLedgerFile).string() + ".lock", failed);
    fs::rename(partial, data, failed);
    if (failed) return fail(ErrorCode::Storage, "the restored folder cannot be named: restore into a new folder");
    TRY(syncFolder(data.parent_path()));
    return out;
}

}  // namespace fieldclaim::server
