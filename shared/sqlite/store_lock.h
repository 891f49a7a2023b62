#pragma once

#include <string>

#include "shared/base/result.h"

namespace fieldclaim {

/// Keeps a store to one process (hazard H08): SQLite lets several write by turns, and two tablets or two servers that
/// do would each sign what the other does not know. An exclusive flock on "<store>.lock", which the system lets go when
/// the process ends however it ends; the file stays, because removing it would let two hold "it" at once. Moved, not
/// copied.
class StoreLock {
public:
    /// InUse when another holds it (in this process too), Storage when the file cannot be made. Never waits.
    static Result<StoreLock> acquire(const std::string& store_path);
    ~StoreLock();
    StoreLock(StoreLock&& other) noexcept;
    StoreLock& operator=(StoreLock&& other) noexcept;
    StoreLock(const StoreLock&) = delete;
    StoreLock& operator=(const StoreLock&) = delete;

private:
    explicit StoreLock(int descriptor) : m_descriptor(descriptor) {}
    int m_descriptor;
};

}  // namespace fieldclaim
