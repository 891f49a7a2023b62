#include "sync-server/http/body_source.h"

#include <algorithm>

namespace fieldclaim::server {

Result<std::shared_ptr<FileBodySource>> FileBodySource::open(const std::filesystem::path& path, std::uint64_t offset,
                                                             std::uint64_t size) {
    std::error_code error;
    if (!std::filesystem::is_regular_file(path, error)) return fail(ErrorCode::NotFound, "no such file");
    std::unique_ptr<std::FILE, Close> file(std::fopen(path.c_str(), "rbe"));
    if (!file) return fail(ErrorCode::NotFound, "the file cannot be opened");
    // Measured on the open file, not by name, which may be another file by now.
    if (fseeko(file.get(), 0, SEEK_END) != 0) return fail(ErrorCode::Storage, "the file cannot be measured");
    const auto whole = static_cast<std::uint64_t>(ftello(file.get()));
    if (offset > whole || (size != UINT64_MAX && size > whole - offset)) {
        return fail(ErrorCode::BadInput, "the range is not inside the file");
    }
    if (fseeko(file.get(), static_cast<off_t>(offset), SEEK_SET) != 0) {
        return fail(ErrorCode::Storage, "the file cannot be read from there");
    }
    const auto wanted = size == UINT64_MAX ? whole - offset : size;
    return std::shared_ptr<FileBodySource>(new FileBodySource(file.release(), wanted));
}

Result<std::size_t> FileBodySource::read(std::span<std::uint8_t> out) {
    const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(out.size(), m_left));
    const auto got = std::fread(out.data(), 1, wanted, m_file.get());
    if (got == 0 && wanted > 0) return fail(ErrorCode::Storage, "the file ended before its size");
    m_left -= got;
    return got;
}

}  // namespace fieldclaim::server
