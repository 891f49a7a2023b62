#include "shared/sqlite/store_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace fieldclaim {

Result<StoreLock> StoreLock::acquire(const std::string& store_path) {
    const int descriptor = ::open((store_path + ".lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return fail(ErrorCode::Storage, "lock: cannot open the lock file, errno " + std::to_string(errno));
    StoreLock lock(descriptor);
    if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0) return lock;
    if (errno == EWOULDBLOCK) return fail(ErrorCode::InUse, "lock: another process has the store");
    return fail(ErrorCode::Storage, "lock: errno " + std::to_string(errno));
}

StoreLock::~StoreLock() {
    if (m_descriptor >= 0) ::close(m_descriptor);
}

StoreLock::StoreLock(StoreLock&& other) noexcept : m_descriptor(std::exchange(other.m_descriptor, -1)) {}

StoreLock& StoreLock::operator=(StoreLock&& other) noexcept {
    std::swap(m_descriptor, other.m_descriptor);
    return *this;
}

}  // namespace fieldclaim
