#pragma once

#include <compare>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "shared/base/ids.h"
#include "shared/crypto/crypto.h"
#include "shared/wire/value.h"

// The change set: docs/protocol.md, "Change sets". The bytes are made once and kept as they came.
namespace fieldclaim {

/// Limits; what is over one goes to quarantine (docs/protocol.md, "Limits").
constexpr std::size_t kMaxPathBytes = 200;
constexpr std::size_t kMaxEdits = 1'000;
constexpr std::size_t kMaxReplaces = 2'000;
constexpr std::size_t kMaxPayloadBytes = 256U << 10U;
constexpr int kChangeSetVersion = 1;

/// First 16 bytes of a change set's hash.
using ChangeSetId = std::array<std::uint8_t, 16>;

/// Names one edit anywhere, for ever: (first 16 bytes of its change set's hash, its place in it).
struct EditId {
    ChangeSetId change_set{};
    std::uint32_t index = 0;
    auto operator<=>(const EditId&) const = default;
};

/// "path now has this value, instead of those edits". A null value takes the value away.
struct Edit {
    std::string path;
    Value value;
    std::vector<EditId> replaces;  ///< sorted, no duplicates
    bool operator==(const Edit&) const = default;
};

struct ChangeSetHeader {
    Uuid author;  ///< an officer on one replica, or the server
    std::uint32_t incarnation = 0;
    std::uint64_t counter = 0;                  ///< 1, 2, 3 ... within (author, incarnation)
    Hash previous{};                            ///< hash of counter - 1; zeros for the first
    std::map<std::string, std::uint64_t> seen;  ///< scope -> seq that the replica had pulled when it wrote
    std::string claim;                          ///< CRN
    std::int64_t device_time = 0;               ///< ms since 1970 by the device; decides nothing
    std::int64_t device_uptime = 0;             ///< ms
    std::string pack;                           ///< "working-age/2006.12.20-1"
    Hash payload_hash{};                        ///< SHA-256(salt | payload)
    bool operator==(const ChangeSetHeader&) const = default;
};

/// Edits, or an intent (a map with "intent": its kind); never both.
struct Payload {
    std::vector<Edit> edits;
    std::optional<Value> intent;
    bool operator==(const Payload&) const = default;
};

/// One save, or one intent, as a unit.
struct ChangeSet {
    ChangeSetHeader header;
    Payload payload;
    Bytes header_bytes;
    Bytes payload_bytes;
    Hash hash{};  ///< SHA-256 of header_bytes

    ChangeSetId id() const;
    EditId editId(std::size_t index) const { return {id(), static_cast<std::uint32_t>(index)}; }
};

/// The claim's erasure key: 32 random bytes, made with the claim and sent once. Erasing a claim takes it away.
using ClaimKey = Hash;

/// salt = HMAC-SHA-256(claim key, CBOR [author, counter]).
Hash payloadSalt(const ClaimKey& key, const Uuid& author, std::uint64_t counter);

/// Fills payload_hash, encodes both parts and hashes. The payload must be within the limits (ENSUREd: the caller made
/// it).
ChangeSet makeChangeSet(ChangeSetHeader header, Payload payload, const ClaimKey& key);

/// The two parts alone. The payload's ids must be in order.
Bytes encodeHeader(const ChangeSetHeader& header);
Bytes encodePayload(const Payload& payload);
/// CBOR [header bytes, payload bytes]: as it is kept.
Bytes encodeChangeSet(const ChangeSet& change_set);

struct RawChangeSet {
    Bytes header_bytes;
    Bytes payload_bytes;
};
Result<RawChangeSet> splitChangeSet(ByteView bytes);
Result<ChangeSetHeader> decodeHeader(ByteView header_bytes);
/// BadInput for a wrong type, an unknown field, a bad path, unsorted ids; TooLarge over a limit.
Result<Payload> decodePayload(ByteView payload_bytes);
/// Splits and decodes both parts. Does not check the payload's hash: see payloadMatches.
Result<ChangeSet> decodeChangeSet(ByteView bytes);
/// True when SHA-256(salt | payload) is what the header says.
bool payloadMatches(const ChangeSetHeader& header, ByteView payload_bytes, const ClaimKey& key);

/// ASCII letters, digits, '_', '-', '.', with '/' between, no empty part, at most kMaxPathBytes.
bool isPath(std::string_view path);

Value encodeEditId(const EditId& id);
Result<EditId> decodeEditId(const Value& value);

}  // namespace fieldclaim
