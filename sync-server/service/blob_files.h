#pragma once

#include <filesystem>
#include <functional>

#include "shared/base/bytes.h"
#include "shared/base/ids.h"
#include "shared/crypto/crypto.h"

namespace fieldclaim::server {

/// The error of a failed system call on an upload's file: DiskFull or Storage.
Error diskError(int error);

/// Where the bytes of blobs lie: one file each, named by its SHA-256, which appears whole and synced or not at all; and
/// uploads under way. Safe from any thread, for different uploads.
class BlobFiles {
public:
    explicit BlobFiles(std::filesystem::path folder) : m_folder(std::move(folder)) {}

    std::filesystem::path pathOf(const Hash& sha256) const;
    /// Of an upload under way; its size is what was received.
    std::filesystem::path partOf(const Uuid& upload) const;
    /// NotFound when it is not here; TooLarge above `most`.
    Result<Bytes> read(const Hash& sha256, std::size_t most) const;
    /// A blob's bytes hash to its name. Reads it in pieces, whatever its size.
    Result<bool> isWhole(const Hash& sha256) const;

    /// Makes the folders for an upload.
    Status prepare() const;
    /// The file of an upload, open for writing, made when it is not there; the caller closes it.
    Result<int> openPart(const Uuid& upload) const;
    /// Bytes received of an upload, all of them on the disk when this returns; 0 when nothing was.
    Result<std::uint64_t> durableSize(const Uuid& upload) const;
    /// Adds the upload's bytes from one offset to another to a digest.
    Status digestInto(Sha256& digest, const Uuid& upload, std::uint64_t from, std::uint64_t to) const;
    /// An upload's synced file becomes the blob, and stays an upload's too until discard(). The same again is well, and
    /// puts good bytes in the place of what a disk has spoiled.
    Status adopt(const Uuid& upload, const Hash& sha256) const;
    void discard(const Uuid& upload) const;
    /// Every upload of which something is here.
    Status forEachPart(const std::function<Status(const Uuid&)>& each) const;
    /// Well when it is not here.
    Status remove(const Hash& sha256) const;

private:
    std::filesystem::path m_folder;
};

}  // namespace fieldclaim::server
