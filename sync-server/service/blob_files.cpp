#include "sync-server/service/blob_files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <fstream>

#include "sync-server/service/secret_files.h"

namespace fieldclaim::server {
namespace {

constexpr std::size_t kPieceBytes = 64U << 10U;
constexpr std::string_view kAdopting = ".adopting";

Error folderError(const std::error_code& failed) { return diskError(failed.value()); }

/// From an offset up to a size, or to the end of the file.
Status digestFile(const std::filesystem::path& path, Sha256& digest, std::uint64_t from, std::uint64_t size) {
    std::ifstream in(path, std::ios::binary);
    in.seekg(static_cast<std::streamoff>(from));
    std::array<char, kPieceBytes> piece{};
    while (in && size > 0) {
        in.read(piece.data(), static_cast<std::streamsize>(std::min<std::uint64_t>(piece.size(), size)));
        const auto got = static_cast<std::size_t>(in.gcount());
        digest.update({reinterpret_cast<const std::uint8_t*>(piece.data()), got});
        size -= got;
    }
    if (in.bad() || (!in.eof() && in.fail())) return fail(ErrorCode::Storage, "a blob's file cannot be read");
    return {};
}

}  // namespace

Error diskError(int error) {
    return {error == ENOSPC || error == EDQUOT ? ErrorCode::DiskFull : ErrorCode::Storage,
            "an upload cannot be written"};
}

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

Result<bool> BlobFiles::isWhole(const Hash& sha256) const {
    const auto path = pathOf(sha256);
    std::error_code failed;
    if (!std::filesystem::is_regular_file(path, failed)) return false;
    Sha256 digest;
    TRY(digestFile(path, digest, 0, UINT64_MAX));
    return digest.finish() == sha256;
}

Status BlobFiles::prepare() const {
    std::error_code failed;
    std::filesystem::create_directories(m_folder / "uploads", failed);
    if (failed) return tl::unexpected<Error>(folderError(failed));
    return {};
}

Result<int> BlobFiles::openPart(const Uuid& upload) const {
    const auto path = partOf(upload);
    int file = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
    if (file >= 0) return file;
    if (errno == ENOENT) file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0) return tl::unexpected<Error>(diskError(errno));
    // Its name must last as long as the bytes that are acknowledged.
    if (const auto synced = syncFolder(path.parent_path()); !synced) {
        ::close(file);
        return tl::unexpected<Error>(synced.error());
    }
    return file;
}

Result<std::uint64_t> BlobFiles::durableSize(const Uuid& upload) const {
    const int file = ::open(partOf(upload).c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0 && errno == ENOENT) return 0;
    if (file < 0) return tl::unexpected<Error>(diskError(errno));
    struct stat about {};
    const bool good = ::fstat(file, &about) == 0 && (!S_ISREG(about.st_mode) || ::fdatasync(file) == 0);
    const int error = errno;
    ::close(file);
    if (!good) return tl::unexpected<Error>(diskError(error));
    return static_cast<std::uint64_t>(about.st_size);
}

Status BlobFiles::digestInto(Sha256& digest, const Uuid& upload, std::uint64_t from, std::uint64_t to) const {
    return digestFile(partOf(upload), digest, from, to - from);
}

Status BlobFiles::adopt(const Uuid& upload, const Hash& sha256) const {
    const auto path = pathOf(sha256);
    const auto adopting = m_folder / "uploads" / (upload.text() + std::string(kAdopting));
    std::error_code failed;
    std::filesystem::create_directories(path.parent_path(), failed);
    if (failed) return tl::unexpected<Error>(folderError(failed));
    std::filesystem::remove(adopting, failed);
    std::filesystem::create_hard_link(partOf(upload), adopting, failed);
    if (!failed) std::filesystem::rename(adopting, path, failed);
    if (failed) return tl::unexpected<Error>(folderError(failed));
    // Renaming a link over a link to the same file does nothing, and leaves the first.
    std::filesystem::remove(adopting, failed);
    TRY(syncFolder(path.parent_path()));
    return syncFolder(m_folder);
}

void BlobFiles::discard(const Uuid& upload) const {
    std::error_code ignored;
    std::filesystem::remove(partOf(upload), ignored);
    std::filesystem::remove(m_folder / "uploads" / (upload.text() + std::string(kAdopting)), ignored);
}

Status BlobFiles::remove(const Hash& sha256) const {
    std::error_code failed;
    std::filesystem::remove(pathOf(sha256), failed);
    if (failed) return fail(ErrorCode::Storage, "a blob cannot be removed");
    return {};
}

Status BlobFiles::forEachPart(const std::function<Status(const Uuid&)>& each) const {
    std::error_code failed;
    for (std::filesystem::directory_iterator at(m_folder / "uploads", failed), end; !failed && at != end;
         at.increment(failed)) {
        auto name = at->path().filename().string();
        if (name.ends_with(kAdopting)) name.resize(name.size() - kAdopting.size());
        if (const auto upload = Uuid::parse(name)) TRY(each(*upload));
    }
    return {};
}

}  // namespace fieldclaim::server
