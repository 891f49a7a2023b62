#pragma once

#include "shared/base/bytes.h"

namespace fieldclaim {

/// zlib (RFC 1950), HTTP's content coding "deflate", best compression: bodies are small and links are slow.
Bytes deflateBytes(ByteView plain);
/// TooLarge as soon as more than `most` bytes come out (a compression bomb costs no more than that); BadInput when the
/// stream is cut or broken.
Result<Bytes> inflateBytes(ByteView packed, std::size_t most);

}  // namespace fieldclaim
