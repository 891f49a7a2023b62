#include "sync-server/service/secret_files.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <sstream>

namespace fieldclaim::server {
namespace {

ErrorCode codeOf(int error) { return error == ENOSPC || error == EDQUOT ? ErrorCode::DiskFull : ErrorCode::Storage; }

Status writeAll(int file, std::string_view bytes) {
    while (!bytes.empty()) {
        const auto written = ::write(file, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return fail(codeOf(errno), "a file cannot be written");
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    if (::fsync(file) != 0) return fail(codeOf(errno), "a file cannot be synced");
    return {};
}

}  // namespace

Result<std::optional<std::string>> readSecretFile(const std::filesystem::path& path) {
    std::error_code failed;
    if (!std::filesystem::exists(path, failed)) return std::optional<std::string>();
    std::ifstream in(path, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    if (!in || !out) return fail(ErrorCode::Storage, "cannot read " + path.filename().string());
    return std::optional<std::string>(out.str());
}

Status syncFolder(const std::filesystem::path& folder) {
    const int file = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (file < 0) return fail(ErrorCode::Storage, "a folder cannot be opened");
    const bool synced = ::fsync(file) == 0;
    ::close(file);
    if (!synced) return fail(ErrorCode::Storage, "a folder cannot be synced");
    return {};
}

Status writeSecretFile(const std::filesystem::path& path, std::string_view bytes) {
    const auto partial = path.string() + ".part";
    const int file = ::open(partial.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0) return fail(codeOf(errno), "cannot make " + path.filename().string());
    const Status written = writeAll(file, bytes);
    ::close(file);
    TRY(written);
    std::error_code failed;
    std::filesystem::rename(partial, path, failed);
    if (failed) return fail(ErrorCode::Storage, "cannot name " + path.filename().string());
    return syncFolder(path.parent_path());
}

}  // namespace fieldclaim::server
