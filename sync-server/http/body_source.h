#pragma once

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <span>

#include "shared/base/bytes.h"
#include "shared/base/result.h"

namespace fieldclaim::server {

/// A response's body that is read while it is sent, so that memory stays flat. read() is called on worker threads,
/// never twice at a time, and may block; the source is destroyed when the response was sent or the client is gone.
class BodySource {
public:
    virtual ~BodySource() = default;
    /// Bytes in all, known before the first read.
    virtual std::uint64_t size() const = 0;
    /// Fills some of `out`, at least one byte until size() bytes were given. An error cuts the connection, which is how
    /// HTTP says that a body is not whole.
    virtual Result<std::size_t> read(std::span<std::uint8_t> out) = 0;
};

/// Part of a file, held open from the start: what replaces or removes the file meanwhile does not change what is sent.
class FileBodySource final : public BodySource {
public:
    /// NotFound when there is no such regular file; BadInput when the range is not inside it.
    static Result<std::shared_ptr<FileBodySource>> open(const std::filesystem::path& path, std::uint64_t offset = 0,
                                                        std::uint64_t size = UINT64_MAX);
    std::uint64_t size() const override { return m_size; }
    Result<std::size_t> read(std::span<std::uint8_t> out) override;

private:
    struct Close {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    FileBodySource(std::FILE* file, std::uint64_t size) : m_file(file), m_size(size), m_left(size) {}

    std::unique_ptr<std::FILE, Close> m_file;
    std::uint64_t m_size;
    std::uint64_t m_left;
};

}  // namespace fieldclaim::server
