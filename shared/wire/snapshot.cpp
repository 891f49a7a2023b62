#include "shared/wire/snapshot.h"

#include "shared/wire/compression.h"

namespace fieldclaim {
namespace {

constexpr std::size_t kLengthBytes = 4;

}  // namespace

void appendFrame(Bytes& out, const PullReply& page) {
    const auto packed = deflateBytes(encode(page));
    ENSURE(packed.size() <= UINT32_MAX);
    for (std::size_t i = kLengthBytes; i-- > 0;) out.push_back(static_cast<std::uint8_t>(packed.size() >> (8U * i)));
    out.insert(out.end(), packed.begin(), packed.end());
}

Result<std::optional<PullReply>> takeFrame(ByteView& bytes) {
    if (bytes.size() < kLengthBytes) return std::nullopt;
    std::size_t size = 0;
    for (std::size_t i = 0; i < kLengthBytes; ++i) size = size << 8U | bytes[i];
    if (size > kMaxInflatedBytes) return fail(ErrorCode::TooLarge, "a frame above the limit");
    if (bytes.size() - kLengthBytes < size) return std::nullopt;
    ASSIGN(const auto plain, inflateBytes(bytes.subspan(kLengthBytes, size), kMaxInflatedBytes));
    ASSIGN(auto page, decode<PullReply>(plain));
    bytes = bytes.subspan(kLengthBytes + size);
    return page;
}

}  // namespace fieldclaim
