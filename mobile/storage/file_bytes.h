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
/// After a file was renamed or removed in it: so that this stays.
Status syncFolder(const std::string& folder);
/// Overwrites the whole file, syncs and removes it; removed even when it cannot be overwritten. One that is not there
/// is destroyed. On flash the old cells may outlive this: what stood there must be encrypted anyway.
Status destroyFile(const std::string& path, Random& random);

}  // namespace fieldclaim::tablet
