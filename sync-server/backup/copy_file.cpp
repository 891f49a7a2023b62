#include "sync-server/backup/copy_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <functional>

#include "shared/crypto/crypto.h"

namespace fieldclaim::server {
namespace {

constexpr std::size_t kBufferBytes = 256U << 10U;

Error diskError(const std::string& what) {
    const bool full = errno == ENOSPC || errno == EDQUOT;
    return {full ? ErrorCode::DiskFull : ErrorCode::Storage, what};
}

Result<Hash> readFile(const std::filesystem::path& path, const std::function<Status(ByteView)>& each) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        return fail(errno == ENOENT ? ErrorCode::NotFound : ErrorCode::Storage,
                    "cannot read " + path.filename().string());
    }
    Sha256 digest;
    Bytes buffer(kBufferBytes);
    Status status;
    while (status) {
        const auto got = ::read(file, buffer.data(), buffer.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) status = fail(ErrorCode::Storage, "cannot read " + path.filename().string());
        if (got <= 0) break;
        const ByteView part(buffer.data(), static_cast<std::size_t>(got));
        digest.update(part);
        status = each(part);
    }
    ::close(file);
    TRY(status);
    return digest.finish();
}

}  // namespace

Result<Hash> hashFile(const std::filesystem::path& path) {
    return readFile(path, [](ByteView) -> Status { return {}; });
}

Result<Hash> copyFile(const std::filesystem::path& from, const std::filesystem::path& to) {
    const auto partial = to.string() + ".part";
    const int file = ::open(partial.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0) return tl::unexpected<Error>(diskError("cannot make " + to.filename().string()));
    auto digest = readFile(from, [&](ByteView bytes) -> Status {
        while (!bytes.empty()) {
            const auto written = ::write(file, bytes.data(), bytes.size());
            if (written < 0 && errno == EINTR) continue;
            if (written < 0) return tl::unexpected<Error>(diskError("cannot write " + to.filename().string()));
            bytes = bytes.subspan(static_cast<std::size_t>(written));
        }
        return {};
    });
    const bool synced = digest && ::fsync(file) == 0;
    if (::close(file) != 0 || (digest && !synced)) {
        return tl::unexpected<Error>(diskError("cannot sync " + to.filename().string()));
    }
    std::error_code failed;
    if (!digest) {
        std::filesystem::remove(partial, failed);
        return digest;
    }
    std::filesystem::rename(partial, to, failed);
    if (failed) return fail(ErrorCode::Storage, "cannot name " + to.filename().string());
    return digest;
}

Status makeFolder(const std::filesystem::path& folder) {
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    if (!failed) std::filesystem::permissions(folder, std::filesystem::perms::owner_all, failed);
    if (failed) return fail(ErrorCode::Storage, "cannot make the folder " + folder.filename().string());
    return {};
}

}  // namespace fieldclaim::server
