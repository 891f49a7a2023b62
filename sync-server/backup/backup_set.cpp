#include "sync-server/backup/backup_set.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "shared/crypto/crypto.h"
#include "sync-server/service/secret_files.h"

namespace fieldclaim::server {
namespace {

using nlohmann::json;

constexpr int kFormat = 1;

Result<Hash> hashOf(const json& text) {
    ASSIGN(const auto bytes, fromHex(text.get<std::string>()));
    return toArray<32>(bytes);
}

Result<BackupManifest> parse(const std::string& text) {
    const auto in = json::parse(text);
    if (in.at("format").get<int>() != kFormat) return fail(ErrorCode::Unsupported, "another format of backups");
    BackupManifest out;
    ASSIGN(out.epoch, Uuid::parse(in.at("epoch").get<std::string>()));
    out.seq = in.at("seq");
    out.taken_ms = in.at("taken_ms");
    out.journal_number = in.at("journal_number");
    for (const auto& item : in.at("heads")) {
        Head head;
        ASSIGN(head.author, Uuid::parse(item.at(0).get<std::string>()));
        head.incarnation = item.at(1);
        head.counter = item.at(2);
        ASSIGN(head.hash, hashOf(item.at(3)));
        out.heads.push_back(head);
    }
    for (const auto& [name, hash] : in.at("files").items()) {
        if (name.find('/') != std::string::npos) return fail(ErrorCode::BadInput, "a file's name is a path");
        ASSIGN(out.files[name], hashOf(hash));
    }
    out.blobs = in.at("blobs");
    ASSIGN(out.blob_list, hashOf(in.at("blob_list")));
    for (const auto& item : in.at("erased")) {
        ASSIGN(const auto hash, hashOf(item));
        out.erased.push_back(hash);
    }
    return out;
}

bool isSet(const std::filesystem::path& folder) {
    std::error_code failed;
    return std::filesystem::exists(folder / kManifestFile, failed);
}

}  // namespace

std::string manifestText(const BackupManifest& manifest) {
    json heads = json::array();
    for (const auto& head : manifest.heads) {
        heads.push_back({head.author.text(), head.incarnation, head.counter, toHex(head.hash)});
    }
    json files = json::object();
    for (const auto& [name, hash] : manifest.files) files[name] = toHex(hash);
    json erased = json::array();
    for (const auto& hash : manifest.erased) erased.push_back(toHex(hash));
    const json out{{"format", kFormat},
                   {"epoch", manifest.epoch.text()},
                   {"seq", manifest.seq},
                   {"taken_ms", manifest.taken_ms},
                   {"journal_number", manifest.journal_number},
                   {"heads", std::move(heads)},
                   {"files", std::move(files)},
                   {"blobs", manifest.blobs},
                   {"blob_list", toHex(manifest.blob_list)},
                   {"erased", std::move(erased)}};
    return out.dump(1) + "\n";
}

Result<BackupManifest> readManifest(const std::filesystem::path& set) {
    ASSIGN(const auto text, readSecretFile(set / kManifestFile));
    if (!text) return fail(ErrorCode::NotFound, "there is no manifest in that folder: it is no backup");
    try {
        auto out = parse(*text);
        if (!out && out.error().code == ErrorCode::BadInput) return fail(ErrorCode::Damaged, "the manifest is damaged");
        return out;
    } catch (const json::exception&) {
        return fail(ErrorCode::Damaged, "the manifest is damaged");
    }
}

Hash blobListDigest(const std::vector<BlobRow>& blobs) {
    std::vector<Hash> names;
    names.reserve(blobs.size());
    for (const auto& blob : blobs) names.push_back(blob.sha256);
    std::sort(names.begin(), names.end());
    Sha256 digest;
    for (const auto& name : names) digest.update(name);
    return digest.finish();
}

Result<std::filesystem::path> findSet(const std::filesystem::path& folder) {
    if (isSet(folder)) return folder;
    std::filesystem::path newest;
    std::error_code failed;
    for (const auto& entry : std::filesystem::directory_iterator(folder, failed)) {
        if (entry.path().extension() == ".part" || !isSet(entry.path())) continue;
        if (newest.empty() || entry.path().filename() > newest.filename()) newest = entry.path();
    }
    if (newest.empty()) return fail(ErrorCode::NotFound, "there is no backup in that folder");
    return newest;
}

std::filesystem::path blobsOf(const std::filesystem::path& set) {
    return std::filesystem::absolute(set).lexically_normal().parent_path() / "blobs";
}

std::vector<std::string> keyFilesIn(const std::filesystem::path& data) {
    std::vector<std::string> out;
    std::error_code failed;
    for (const auto& entry : std::filesystem::directory_iterator(data, failed)) {
        const auto extension = entry.path().extension();
        if (extension == ".pem" || extension == ".key") out.push_back(entry.path().filename().string());
    }
    std::sort(out.begin(), out.end());
    return out;
}

}  // namespace fieldclaim::server
