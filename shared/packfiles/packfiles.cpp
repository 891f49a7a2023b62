#include "shared/packfiles/packfiles.h"

#include <fstream>
#include <system_error>

namespace fieldclaim {
namespace {

constexpr std::size_t kMaxFiles = 64;

Result<std::string> readFile(const std::filesystem::path& path, std::size_t limit) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return fail(ErrorCode::Storage, "cannot open " + path.filename().string());
    // One byte more than may be there, so that a file that is too long is seen without being read whole.
    std::string bytes(limit + 1, '\0');
    file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (file.bad()) return fail(ErrorCode::Storage, "cannot read " + path.filename().string());
    bytes.resize(static_cast<std::size_t>(file.gcount()));
    if (bytes.size() > limit) return fail(ErrorCode::TooLarge, "the pack is larger than 8 MiB");
    bytes.shrink_to_fit();
    return bytes;
}

}  // namespace

Result<PackFiles> readPackFolder(const std::filesystem::path& folder) {
    std::error_code error;
    std::filesystem::directory_iterator entries(folder, error);
    if (error) return fail(ErrorCode::NotFound, "there is no pack folder " + folder.filename().string());
    PackFiles files;
    std::size_t total = 0;
    for (; entries != std::filesystem::directory_iterator(); entries.increment(error)) {
        if (error) return fail(ErrorCode::Storage, "cannot list " + folder.filename().string());
        if (!entries->is_regular_file(error) || entries->path().extension() != ".csv") continue;
        if (files.size() == kMaxFiles) return fail(ErrorCode::TooLarge, "the pack has more than 64 files");
        ASSIGN(auto bytes, readFile(entries->path(), FormPack::kMaxBytes - total));
        total += bytes.size();
        files.emplace(entries->path().filename().string(), std::move(bytes));
    }
    if (error) return fail(ErrorCode::Storage, "cannot list " + folder.filename().string());
    return files;
}

}  // namespace fieldclaim
