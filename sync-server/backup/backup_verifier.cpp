#include "sync-server/backup/backup_verifier.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "sync-server/backup/chain_check.h"
#include "sync-server/backup/copy_file.h"
#include "sync-server/service/audit.h"
#include "sync-server/service/blob_files.h"
#include "sync-server/service/ledger_rebuild.h"
#include "sync-server/service/secret_files.h"

namespace fieldclaim::server {
namespace {

namespace fs = std::filesystem;

void checkFiles(const fs::path& set, VerifiedBackup& out) {
    for (const auto& [name, expected] : out.manifest.files) {
        const auto digest = hashFile(set / name);
        if (!digest) {
            out.wrong.push_back("the file " + name + " is missing or cannot be read");
        } else if (*digest != expected) {
            out.wrong.push_back("the file " + name + " is not the one that was backed up");
        }
    }
    if (!out.manifest.files.contains(kLedgerFile)) out.wrong.emplace_back("the manifest names no ledger");
}

void checkBlobs(const std::vector<BlobRow>& blobs, const fs::path& folder, VerifiedBackup& out) {
    const BlobFiles files(folder);
    for (const auto& blob : blobs) {
        const auto& erased = out.manifest.erased;
        if (std::find(erased.begin(), erased.end(), blob.sha256) != erased.end()) continue;
        const auto digest = hashFile(files.pathOf(blob.sha256));
        if (!digest) {
            out.wrong.push_back("the blob " + toHex(blob.sha256) + " is missing");
        } else if (*digest != blob.sha256) {
            // Its name must be free, or no later backup would copy the blob again.
            auto aside = files.pathOf(blob.sha256);
            aside += ".damaged";
            std::error_code failed;
            fs::rename(files.pathOf(blob.sha256), aside, failed);
            out.wrong.push_back("the blob " + toHex(blob.sha256) + " is damaged" +
                                (failed ? std::string(" and cannot be put aside: remove it, then take a backup")
                                        : std::string(": it was put aside, take a backup and it is copied anew")));
        }
    }
}

void append(std::vector<std::string>& to, std::vector<std::string> more) {
    to.insert(to.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

Status checkLedger(const fs::path& set, VerifiedBackup& out) {
    SqliteLedgerStore::Options options;
    options.path = (set / kLedgerFile).string();
    options.inline_writer = true;
    options.read_only = true;
    ASSIGN(const auto store, SqliteLedgerStore::open(std::move(options)));
    TRY(store->checkDeeply());
    return store->readJob([&](const LedgerSnapshot& now) -> Status {
        ASSIGN(const auto identity, now.identity());
        ASSIGN(const auto seq, now.claims().lastSeq());
        ASSIGN(const auto heads, now.chains().heads());
        ASSIGN(const auto blobs, now.blobs().blobs());
        ASSIGN(const auto number, now.durability().journalNumber());
        if (!identity || identity->epoch != out.manifest.epoch || seq != out.manifest.seq ||
            number != out.manifest.journal_number || heads != out.manifest.heads) {
            out.wrong.emplace_back("the ledger is not the one that the manifest tells of");
        }
        if (blobs.size() != out.manifest.blobs || blobListDigest(blobs) != out.manifest.blob_list) {
            out.wrong.emplace_back("the list of blobs is not the one that the manifest tells of");
        }
        checkBlobs(blobs, blobsOf(set), out);
        ASSIGN(auto chains, checkChains(now));
        append(out.wrong, std::move(chains));
        ASSIGN(auto folded, compareFolded(now));
        append(out.wrong, std::move(folded));
        ASSIGN(out.durable, durableHeads(now));
        return {};
    });
}

}  // namespace

Result<VerifiedBackup> verifyBackup(const fs::path& set) {
    VerifiedBackup out;
    ASSIGN(out.manifest, readManifest(set));
    checkFiles(set, out);
    if (const Status checked = checkLedger(set, out); !checked) {
        // What cannot be read through is damage too; a schema of another program is not.
        if (checked.error().code == ErrorCode::Unsupported) return tl::unexpected<Error>(checked.error());
        out.wrong.push_back("the ledger cannot be read through: " + checked.error().detail);
    }
    return out;
}

Status markVerified(const fs::path& set, std::int64_t now_ms) {
    ASSIGN(const auto manifest, hashFile(set / kManifestFile));
    const nlohmann::json text{{"manifest", toHex(manifest)}, {"verified_ms", now_ms}};
    return writeSecretFile(set / kVerifiedFile, text.dump() + "\n");
}

Status noteVerified(SqliteLedgerStore& store, const VerifiedBackup& backup, std::int64_t now_ms) {
    ENSURE(backup.wrong.empty());
    const auto& manifest = backup.manifest;
    const Status noted = store.write([&](LedgerTransaction& tx) -> Status {
        ASSIGN(const auto identity, tx.identity());
        if (!identity || identity->epoch != manifest.epoch) {
            return fail(ErrorCode::Conflict, "the backup is of another history than this ledger's");
        }
        ASSIGN(const auto before, tx.durability().verifiedBackup());
        if (before && before->taken_ms >= manifest.taken_ms && before->seq >= manifest.seq) return {};
        for (const auto& head : backup.durable) {
            ASSIGN(const auto known, tx.durability().durableThrough(head.author, head.incarnation));
            if (head.counter > known) TRY(tx.durability().putDurable(head.author, head.incarnation, head.counter));
        }
        TRY(tx.durability().putVerifiedBackup({manifest.taken_ms, now_ms, manifest.seq, manifest.journal_number}));
        return audit(tx, now_ms, "operator", "backup-verified", {}, "seq " + std::to_string(manifest.seq));
    });
    TRY(noted);
    return store.cutJournal(manifest.journal_number);
}

}  // namespace fieldclaim::server
