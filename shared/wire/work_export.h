#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "shared/wire/protocol.h"

// A tablet's unsent work as a file that only the server can read (docs/protocol.md, "Exports"): for when all else
// fails. The file is kExportMagic, then parts, each behind its length (4 bytes, big-endian): the head, in the clear,
// and frames, each sealed under the file's own key. Whole or refused: the last frame says that it is the last.
namespace fieldclaim {

constexpr std::string_view kExportMagic = "fieldclaim-export-1\n";
constexpr std::string_view kExportSuffix = ".fieldclaim";
constexpr std::size_t kExportLengthBytes = 4;
/// A segment of 1,000 change sets has less.
constexpr std::size_t kMostExportPart = 8U << 20U;

struct ExportHead {
    Uuid device;
    std::array<std::uint8_t, 16> id{};  ///< of this file: random
    std::int64_t made_ms = 0;           ///< by the tablet's clock
    Hash recovery_key{};                ///< of the server that can read it
    Hash ca_key_hash{};                 ///< of the authority that the tablet pins
    Bytes sealed_key;                   ///< the file's key, to recovery_key
    bool operator==(const ExportHead&) const = default;
};

/// What a frame holds. The first is an ExportStart, the last an ExportEnd; in between records come before images.
struct ExportStart {
    std::string app;
    std::vector<AuthorRegistration> authors;  ///< who was never registered; their nonce is the file's id
};
struct ExportRecords {
    ClaimKeys keys;
    std::vector<Segment> segments;  ///< whole, never packed
};
struct ExportBlobPart {
    Hash sha256{};
    std::string claim;
    std::uint64_t size = 0;  ///< of the whole blob
    std::uint64_t offset = 0;
    Bytes bytes;
};
struct ExportEnd {
    std::uint64_t change_sets = 0;
    std::uint64_t blobs = 0;
    Bytes device_signature;
    Hash store_key{};  ///< of the vault that it was read from
    Bytes store_signature;
};
using ExportFrame = std::variant<ExportStart, ExportRecords, ExportBlobPart, ExportEnd>;

/// What the device key and the store key sign: which tablet, and the digest of all bytes of the file before the last
/// frame.
Bytes exportDeviceMessage(const Uuid& device, const Hash& digest);
Bytes exportStoreMessage(const Uuid& device, const Hash& digest);

Bytes encodeExportHead(const ExportHead& head);
Result<ExportHead> decodeExportHead(ByteView bytes);
/// What is sealed in a frame. Decoding gives BadInput for what is none, Unsupported for a kind that this version does
/// not know.
Bytes encodeExportFrame(const ExportFrame& frame);
Result<ExportFrame> decodeExportFrame(ByteView bytes);
/// A part of the file with its length before it.
Bytes framedExportPart(ByteView part);

/// Seals and opens the frames of one file, in their order. Moved, not copied.
class ExportCipher {
public:
    /// Draws the file's key; `head.sealed_key` is set. BadInput for a recovery key that is none.
    static Result<ExportCipher> begin(ExportHead& head, Random& random);
    /// BadSignature when the secret is not that of the head's recovery key.
    static Result<ExportCipher> open(const ExportHead& head, const Hash& recovery_secret);

    Bytes seal(const ExportFrame& frame, Random& random);
    /// BadSignature when it is not the next frame of this file, BadInput when what is in it is none.
    Result<ExportFrame> open(ByteView sealed);

private:
    ExportCipher(const Hash& key, const Hash& head_digest) : m_key(key), m_head_digest(head_digest) {}
    Bytes context() const;

    Hash m_key;
    Hash m_head_digest;
    std::uint64_t m_number = 0;
};

}  // namespace fieldclaim
