#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "shared/wire/protocol.h"
#include "sync-server/storage/ledger_records.h"

// A backup folder: a sub-folder for each moment, named by it, with the ledger, the keys and a manifest; and `blobs`,
// which they share, because a blob never changes.
namespace fieldclaim::server {

/// What a backup says of itself, so that it can be checked against its own bytes.
struct BackupManifest {
    Uuid epoch;
    std::uint64_t seq = 0;
    std::int64_t taken_ms = 0;
    std::uint64_t journal_number = 0;
    std::vector<Head> heads;            ///< how far each chain was received
    std::map<std::string, Hash> files;  ///< beside the manifest: the ledger and the keys
    std::uint64_t blobs = 0;
    Hash blob_list{};          ///< SHA-256 of the names of all blobs, in order
    std::vector<Hash> erased;  ///< blobs that were erased while the backup was being taken: not to be looked for
};

inline constexpr auto kLedgerFile = "ledger.db";
inline constexpr auto kManifestFile = "manifest.json";
inline constexpr auto kVerifiedFile = "verified.json";

std::string manifestText(const BackupManifest& manifest);
/// Damaged when it is no manifest.
Result<BackupManifest> readManifest(const std::filesystem::path& set);
Hash blobListDigest(const std::vector<BlobRow>& blobs);

/// The set itself, or the newest complete one below a backup folder. NotFound when there is none.
Result<std::filesystem::path> findSet(const std::filesystem::path& folder);
/// Where the set's blobs lie.
std::filesystem::path blobsOf(const std::filesystem::path& set);
/// The ledger's keys in a server's folder: everything that is not the ledger or the blobs and holds a secret.
std::vector<std::string> keyFilesIn(const std::filesystem::path& data);

}  // namespace fieldclaim::server
