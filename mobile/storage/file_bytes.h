#pragma once

#include <string>

#include "shared/base/bytes.h"

namespace fieldclaim::tablet {

/// NotFound when there is none, TooLarge above 1 MiB, Storage otherwise.
Result<Bytes> readFile(const std::string& path);
/// Takes the place of the file in one step: a power cut leaves the old bytes or the new ones. Readable by its owner
/// alone.
Status writeFileAtomically(const std::string& path, ByteView bytes);

}  // namespace fieldclaim::tablet
