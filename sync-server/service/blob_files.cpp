#include "sync-server/service/blob_files.h"

#include <array>
#include <fstream>

#include "shared/crypto/crypto.h"
#include "sync-server/service/secret_files.h"

namespace fieldclaim::server {

std::filesystem::path BlobFiles::pathOf(const Hash& sha256) const {
    const auto name = toHex(sha256);
    return m_folder / name.substr(0, 2) / name;
}

std::filesystem::path BlobFiles::partOf(const Uuid& upload) const { return m_folder / "uploads" / upload.text(); }

Result<Bytes> BlobFiles::read(const Hash& sha256, std::size_t most) const {
    std::error_code failed;
    const auto path = pathOf(sha256);
    const auto size = std::filesystem::file_size(path, failed);
    if (failed) return fail(ErrorCode::NotFound, "the blob is not here");
    if (size > most) return fail(ErrorCode::TooLarge, "the blob is larger than what is read whole");
    Bytes out(size);
    std::ifstream in(path, std::ios::binary);
    in.read(reinterpret_cast<char*>(out.data()), static_cast<std::streamsize>(size));
    if (!in) return fail(ErrorCode::Storage, "the blob cannot be read");
    return out;
}

std::uint64_t BlobFiles::received(const Uuid& upload) const {
    std::error_code failed;
    const auto size = std::filesystem::file_size(partOf(upload), failed);
    return failed ? 0 : size;
}

Status BlobFiles::prepare() const {
    std::error_code failed;
    std::filesystem::create_directories(m_folder / "uploads", failed);
    if (failed) return fail(ErrorCode::Storage, "the folder of uploads cannot be made");
    return {};
}

Status BlobFiles::adopt(const Uuid& upload, const Hash& sha256) const {
    const auto path = pathOf(sha256);
    std::error_code failed;
    std::filesystem::create_directories(path.parent_path(), failed);
    if (failed) return fail(ErrorCode::Storage, "the folder of a blob cannot be made");
    std::filesystem::rename(partOf(upload), path, failed);
    if (failed) return fail(ErrorCode::Storage, "a blob cannot be named");
    TRY(syncFolder(path.parent_path()));
    return syncFolder(m_folder);
}

void BlobFiles::discard(const Uuid& upload) const {
    std::error_code ignored;
    std::filesystem::remove(partOf(upload), ignored);
}

Result<Hash> BlobFiles::digestOf(const Uuid& upload) const {
    std::ifstream in(partOf(upload), std::ios::binary);
    if (!in) return fail(ErrorCode::Storage, "an upload cannot be read");
    Sha256 digest;
    std::array<char, 64U << 10U> buffer{};
    while (in) {
        in.read(buffer.data(), buffer.size());
        digest.update({reinterpret_cast<const std::uint8_t*>(buffer.data()), static_cast<std::size_t>(in.gcount())});
    }
    if (in.bad()) return fail(ErrorCode::Storage, "an upload cannot be read");
    return digest.finish();
}

}  // namespace fieldclaim::server
