#pragma once

#include <filesystem>

#include "shared/base/bytes.h"
#include "shared/base/ids.h"

namespace fieldclaim::server {

/// Where the bytes of blobs lie: one file each, named by its SHA-256, which appears whole and synced or not at all; and
/// uploads under way. Safe from any thread.
class BlobFiles {
public:
    explicit BlobFiles(std::filesystem::path folder) : m_folder(std::move(folder)) {}

    std::filesystem::path pathOf(const Hash& sha256) const;
    /// Of an upload under way; its size is what was received.
    std::filesystem::path partOf(const Uuid& upload) const;
    /// NotFound when it is not here; TooLarge above `most`.
    Result<Bytes> read(const Hash& sha256, std::size_t most) const;
    /// Bytes received of an upload; 0 when nothing was.
    std::uint64_t received(const Uuid& upload) const;
    /// Makes the folders for an upload.
    Status prepare() const;
    /// An upload's synced file becomes the blob. The same again is well.
    Status adopt(const Uuid& upload, const Hash& sha256) const;
    void discard(const Uuid& upload) const;
    /// SHA-256 of an upload's bytes.
    Result<Hash> digestOf(const Uuid& upload) const;

private:
    std::filesystem::path m_folder;
};

}  // namespace fieldclaim::server
