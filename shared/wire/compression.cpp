#include "shared/wire/compression.h"

#include <zlib.h>

#include <algorithm>

namespace fieldclaim {

Bytes deflateBytes(ByteView plain) {
    auto size = compressBound(static_cast<uLong>(plain.size()));
    Bytes out(size);
    ENSURE(compress2(out.data(), &size, plain.data(), static_cast<uLong>(plain.size()), Z_BEST_COMPRESSION) == Z_OK);
    out.resize(size);
    return out;
}

Result<Bytes> inflateBytes(ByteView packed, std::size_t most) {
    z_stream stream{};
    ENSURE(inflateInit(&stream) == Z_OK);
    stream.next_in = const_cast<Bytef*>(packed.data());
    stream.avail_in = static_cast<uInt>(packed.size());
    Bytes out;
    int state = Z_OK;
    while (state == Z_OK && out.size() <= most) {
        const auto before = out.size();
        const auto room = std::min<std::size_t>(most + 1 - before, 64U << 10U);
        out.resize(before + room);
        stream.next_out = out.data() + before;
        stream.avail_out = static_cast<uInt>(room);
        state = inflate(&stream, Z_NO_FLUSH);
        out.resize(before + room - stream.avail_out);
        if (state == Z_OK && stream.avail_in == 0 && stream.avail_out > 0) break;
    }
    const bool trailing = stream.avail_in > 0;
    inflateEnd(&stream);
    if (out.size() > most)
        return fail(ErrorCode::TooLarge, "more than " + std::to_string(most) + " bytes when unpacked");
    if (state != Z_STREAM_END || trailing) return fail(ErrorCode::BadInput, "the compressed body is cut or broken");
    return out;
}

}  // namespace fieldclaim
