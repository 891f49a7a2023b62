#include "mobile/storage/file_bytes.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <utility>

namespace fieldclaim::tablet {
namespace {

constexpr std::size_t kMostBytes = 1U << 20U;
constexpr std::size_t kSyncEvery = 8U << 20U;

class Descriptor {
public:
    explicit Descriptor(int value) : m_value(value) {}
    ~Descriptor() {
        if (m_value >= 0) ::close(m_value);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int value() const { return m_value; }

private:
    int m_value;
};

tl::unexpected<Error> failed(const char* what) {
    // Too large for a file there is no room for it too: FAT holds 4 GiB in one.
    const bool full = errno == ENOSPC || errno == EDQUOT || errno == EFBIG;
    return fail(full ? ErrorCode::DiskFull : ErrorCode::Storage,
                std::string(what) + ": errno " + std::to_string(errno));
}

}  // namespace

Result<Bytes> readFile(const std::string& path) {
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.value() < 0) {
        if (errno == ENOENT) return fail(ErrorCode::NotFound, "no such file");
        return failed("open");
    }
    Bytes out;
    Bytes part(64U << 10U);
    while (true) {
        const auto got = ::read(file.value(), part.data(), part.size());
        if (got < 0) return failed("read");
        if (got == 0) return out;
        out.insert(out.end(), part.begin(), part.begin() + got);
        if (out.size() > kMostBytes) return fail(ErrorCode::TooLarge, "a file over 1 MiB");
    }
}

Status writeFileAtomically(const std::string& path, ByteView bytes) {
    const std::string partial = path + ".part";
    {
        const Descriptor file(::open(partial.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR));
        if (file.value() < 0) return failed("create");
        std::size_t done = 0;
        while (done < bytes.size()) {
            const auto wrote = ::write(file.value(), bytes.data() + done, bytes.size() - done);
            if (wrote < 0) return failed("write");
            done += static_cast<std::size_t>(wrote);
        }
        if (::fsync(file.value()) != 0) return failed("sync");
    }
    if (std::rename(partial.c_str(), path.c_str()) != 0) return failed("rename");
    return syncFolder(std::filesystem::path(path).parent_path().string());
}

Result<FileInTheMaking> FileInTheMaking::begin(const std::string& path) {
    const int descriptor =
        ::open((path + ".part").c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (descriptor < 0) return failed("create");
    return FileInTheMaking(path, descriptor);
}

FileInTheMaking::FileInTheMaking(FileInTheMaking&& other) noexcept
    : m_path(std::move(other.m_path)),
      m_descriptor(std::exchange(other.m_descriptor, -1)),
      m_unsynced(other.m_unsynced) {}

FileInTheMaking::~FileInTheMaking() {
    if (m_descriptor < 0) return;
    ::close(m_descriptor);
    ::unlink((m_path + ".part").c_str());
}

Status FileInTheMaking::write(ByteView bytes) {
    ENSURE(m_descriptor >= 0);
    while (!bytes.empty()) {
        const auto wrote = ::write(m_descriptor, bytes.data(), bytes.size());
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote < 0) return failed("write");
        bytes = bytes.subspan(static_cast<std::size_t>(wrote));
        m_unsynced += static_cast<std::size_t>(wrote);
    }
    if (m_unsynced < kSyncEvery) return {};
    m_unsynced = 0;
    if (::fdatasync(m_descriptor) != 0) return failed("sync");
    return {};
}

Status FileInTheMaking::finish() {
    ENSURE(m_descriptor >= 0);
    if (::fsync(m_descriptor) != 0) return failed("sync");
    if (::close(std::exchange(m_descriptor, -1)) != 0) return failed("close");
    const auto partial = m_path + ".part";
    if (std::rename(partial.c_str(), m_path.c_str()) != 0) {
        const auto error = failed("rename");
        ::unlink(partial.c_str());
        return error;
    }
    return syncFolder(std::filesystem::path(m_path).parent_path().string());
}

Status syncFolder(const std::string& folder) {
    const Descriptor directory(::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (directory.value() < 0 || ::fsync(directory.value()) != 0) return failed("sync of the folder");
    return {};
}

Status destroyFile(const std::string& path, Random& random) {
    Status written;
    {
        const Descriptor file(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
        if (file.value() < 0) {
            if (errno == ENOENT) return {};
            written = failed("open to overwrite");
        } else {
            auto left = ::lseek(file.value(), 0, SEEK_END);
            ::lseek(file.value(), 0, SEEK_SET);
            Bytes part(256U << 10U);
            while (left > 0 && written) {
                random.fill(part.data(), part.size());
                const auto wrote = ::write(file.value(), part.data(),
                                           std::min<std::size_t>(part.size(), static_cast<std::size_t>(left)));
                if (wrote < 0) written = failed("overwrite");
                left -= wrote;
            }
            if (written && ::fsync(file.value()) != 0) written = failed("sync");
        }
    }
    if (::unlink(path.c_str()) != 0) return failed("remove");
    return written;
}

}  // namespace fieldclaim::tablet
