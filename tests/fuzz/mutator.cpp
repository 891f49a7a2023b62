#include "tests/fuzz/mutator.h"

#include <algorithm>
#include <array>

namespace fieldclaim::fuzz {
namespace {

constexpr std::size_t kMostBytes = 1U << 16U;
constexpr int kMostSpoilings = 8;
// Heads of CBOR items whose length or number follows, ends of ranges, quotes and separators of texts.
constexpr std::array<std::uint8_t, 24> kTelling{0x00, 0x01, 0x17, 0x18, 0x19, 0x1A, 0x1B, 0x3B, 0x5B, 0x7B, 0x7F, 0x80,
                                                0x9B, 0x9F, 0xBB, 0xBF, 0xC0, 0xF6, 0xFB, 0xFF, '"',  ',',  '\n', '%'};

std::ptrdiff_t place(std::size_t at) { return static_cast<std::ptrdiff_t>(at); }

}  // namespace

Bytes Mutator::mutate(const std::vector<Bytes>& seeds) {
    Bytes out = seeds.empty() ? Bytes() : seeds[below(seeds.size())];
    for (std::size_t i = 1 + below(kMostSpoilings); i > 0; --i) spoil(out, seeds);
    if (out.size() > kMostBytes) out.resize(kMostBytes);
    return out;
}

void Mutator::spoil(Bytes& bytes, const std::vector<Bytes>& seeds) {
    const auto at = below(bytes.size());
    const auto run = below(std::min<std::size_t>(bytes.size() - at, 64) + 1);
    switch (below(9)) {
        case 0:
            if (!bytes.empty()) bytes[at] ^= static_cast<std::uint8_t>(1U << below(8));
            break;
        case 1:
            if (!bytes.empty()) bytes[at] = static_cast<std::uint8_t>(m_engine());
            break;
        case 2:
            if (!bytes.empty()) bytes[at] = kTelling[below(kTelling.size())];
            break;
        case 3:
            bytes.insert(bytes.begin() + place(at), kTelling[below(kTelling.size())]);
            break;
        case 4:
            bytes.erase(bytes.begin() + place(at), bytes.begin() + place(at + run));
            break;
        case 5: {
            const Bytes copy(bytes.begin() + place(at), bytes.begin() + place(at + run));
            bytes.insert(bytes.begin() + place(below(bytes.size() + 1)), copy.begin(), copy.end());
            break;
        }
        case 6:
            bytes.resize(at);
            break;
        case 7: {
            const auto& other = seeds[below(seeds.size())];
            const auto from = below(other.size());
            const auto size = below(other.size() - from + 1);
            bytes.insert(bytes.begin() + place(at), other.begin() + place(from), other.begin() + place(from + size));
            break;
        }
        default:
            // Numbers of eight bytes at their edges, where a length may stand.
            for (std::size_t i = at; i < std::min(bytes.size(), at + 8); ++i) bytes[i] = below(2) == 0 ? 0xFF : 0x00;
            break;
    }
}

}  // namespace fieldclaim::fuzz
