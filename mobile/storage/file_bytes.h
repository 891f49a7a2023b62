#pragma once

#include <string>

#include "shared/base/bytes.h"
#include "shared/base/clock.h"

namespace fieldclaim::tablet {

/// NotFound when there is none, TooLarge above 1 MiB, Storage otherwise.
Result<Bytes> readFile(const std::string& path);
/// Takes the place of the file in one step: a power cut leaves the old bytes or the new ones. Readable by its owner
/// alone.
Status writeFileAtomically(const std::string& path, ByteView bytes);
/// A file that is written in pieces and has its name when it is whole and on the disk: until then it is `path`.part,
/// which goes when this dies. For a stick that can be full or pulled out at any moment: DiskFull, or Storage.
class FileInTheMaking {
public:
    static Result<FileInTheMaking> begin(const std::string& path);
    ~FileInTheMaking();
    FileInTheMaking(FileInTheMaking&& other) noexcept;
    FileInTheMaking& operator=(FileInTheMaking&&) = delete;
    FileInTheMaking(const FileInTheMaking&) = delete;
    FileInTheMaking& operator=(const FileInTheMaking&) = delete;

    /// Waits for the disk every few megabytes, so that what was written is not merely on its way.
    Status write(ByteView bytes);
    /// The name is the file's from now on; nothing more may be written.
    Status finish();

private:
    FileInTheMaking(std::string path, int descriptor) : m_path(std::move(path)), m_descriptor(descriptor) {}

    std::string m_path;
    int m_descriptor = -1;
    std::size_t m_unsynced = 0;
};

/// After a file was renamed or removed in it: so that this stays.
Status syncFolder(const std::string& folder);
/// Overwrites the whole file, syncs and removes it; removed even when it cannot be overwritten. One that is not there
/// is destroyed. On flash the old cells may outlive this: what stood there must be encrypted anyway.
Status destroyFile(const std::string& path, Random& random);

}  // namespace fieldclaim::tablet
