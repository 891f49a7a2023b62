#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "shared/wire/segment.h"

// The messages of protocol version 1 (docs/protocol.md). Each is a CBOR map with short ASCII keys; an unknown key is
// passed over, so that later versions can add one; a missing or mistyped one is BadInput naming it.
namespace fieldclaim {

constexpr int kProtocolVersion = 1;                   ///< the one that this build asks in
constexpr int kLeastProtocolVersion = 1;              ///< the oldest that this build answers in
constexpr std::size_t kMaxPullBytes = 512U << 10U;    ///< of change sets in one reply to pull, about
constexpr std::size_t kMaxPushBytes = 1U << 20U;      ///< compressed or not, one request
constexpr std::size_t kMaxInflatedBytes = 8U << 20U;  ///< one body, after inflating
constexpr std::int64_t kSessionMs = std::int64_t{15} * 60 * 1000;
constexpr std::string_view kCborType = "application/cbor";

using Cursors = std::map<std::string, std::uint64_t>;  ///< scope -> last seq read
using ClaimKeys = std::map<std::string, ClaimKey>;     ///< CRN -> erasure key

Value encodeCursors(const Cursors& cursors);
/// TooLarge above 64 of them.
Result<Cursors> decodeCursors(const Value::Map& map);

/// How far an author's chain reaches.
struct Head {
    Uuid author;
    std::uint32_t incarnation = 0;
    std::uint64_t counter = 0;
    Hash hash{};
    bool operator==(const Head&) const = default;
};

/// An officer as tablets know them: shown at unlock and as the author of answers.
struct OfficerInfo {
    Uuid id;
    std::string name;
    std::string role;
    std::string site;
    bool operator==(const OfficerInfo&) const = default;
};

struct PackInfo {
    std::string id;  ///< "working-age"
    std::string version;
    Hash digest{};         ///< SHA-256 of the archive that GET /v1/packs/{id} gives
    Bytes signature = {};  ///< over packMessage, by the key that signs packs; empty from a server that gives none
    bool operator==(const PackInfo&) const = default;
};

/// What the key that signs packs says of one: CBOR ["fieldclaim/pack/1", id, version, digest].
Bytes packMessage(const PackInfo& pack);

/// A key of the server's with the signature of its certificate authority, which tablets pin (verifyByAuthority).
struct VouchedKey {
    Hash key{};  ///< Ed25519
    Bytes signature;
    bool operator==(const VouchedKey&) const = default;
};
/// What the authority says of the key that signs packs: CBOR ["fieldclaim/packs-key/1", key].
Bytes packsKeyMessage(const Hash& key);

/// The authority that will issue the server's certificate one day, with the signature of the one that does now.
struct VouchedAuthority {
    std::string certificate_pem;
    Bytes signature;
    bool operator==(const VouchedAuthority&) const = default;
};
/// What the authority says of the next one: CBOR ["fieldclaim/next-authority/1", certificate].
Bytes nextAuthorityMessage(std::string_view certificate_pem);

/// POST /v1/devices. `proof` signs enrolMessage with the device key, so that a code alone cannot enrol a stolen public
/// key.
struct EnrolRequest {
    Bytes secret;  ///< 60 bits of the code, as 8 bytes
    Hash device_key{};
    std::string device_name;
    Bytes proof;
};
Bytes enrolMessage(ByteView secret, const Hash& device_key);
struct EnrolReply {
    Uuid device;
    std::string site;  ///< site id; its scope is "site/<id>"
    std::string site_name;
    std::vector<OfficerInfo> officers;
    std::optional<Hash> recovery_key = {};  ///< X25519: what a vault's recovery slots are sealed to
};

/// POST /v1/sessions. First with an empty nonce: the reply holds one. Then again, with the nonce signed.
struct AuthorRegistration {
    Uuid author;
    Uuid officer;
    std::string code;  ///< the officer's one-time code
    Hash author_key{};
    Bytes signature;  ///< authorMessage, by the author key
};
struct SessionRequest {
    Uuid device;
    Bytes nonce;
    Bytes signature;  ///< sessionMessage, by the device key
    std::vector<AuthorRegistration> authors;
    /// The key that lies in the open vault, and its signature over storeMessage: without it the session is a *device
    /// session*, good for orders alone, which is all that a stolen tablet can open.
    std::optional<Hash> store_key = {};
    Bytes store_signature = {};
};
Bytes storeMessage(const Uuid& device, ByteView nonce, const Hash& ca_key_hash);
/// The tag, the nonce and the server's CA key, so that a signature for one server is worth nothing at another.
Bytes sessionMessage(const Uuid& device, ByteView nonce, const Hash& ca_key_hash);
Bytes authorMessage(const Uuid& author, const Uuid& officer, ByteView nonce, const Hash& ca_key_hash);
struct SessionReply {
    Bytes nonce;        ///< set in the first reply
    std::string token;  ///< set in the second: "Authorization: Bearer <token>"
    std::int64_t lasts_ms = 0;
    /// Registrations that were refused, with the plain reason; those absent here are registered.
    std::map<std::string, std::string> refused;  ///< author (text) -> reason
};

/// An officer opened a claim on a tablet.
struct ClaimView {
    Uuid officer;
    std::string claim;       ///< CRN
    std::int64_t at_ms = 0;  ///< by the tablet's clock
    bool operator==(const ClaimView&) const = default;
};
/// In one hello; the next ones bring the others.
constexpr std::size_t kMostViews = 500;

/// POST /v1/sync/hello
struct HelloRequest {
    int protocol = kProtocolVersion;
    std::string app;          ///< "fieldclaim-tablet/0.1.0"
    Uuid epoch;               ///< nil at first
    std::vector<Head> heads;  ///< of every author of this replica
    Cursors cursors;
    std::uint64_t pending = 0;          ///< change sets not yet received, for the sync watch
    std::vector<ClaimView> views = {};  ///< the oldest that no server has noted, in their order; kMostViews at most
};
struct HelloReply {
    int protocol = kProtocolVersion;
    Uuid epoch;
    std::int64_t server_time = 0;  ///< ms since 1970
    Uuid server_author;
    std::vector<Head> received;  ///< for each author asked about: how far the server has received it
    std::vector<Head> durable;   ///< durable_through (its hash is zeros)
    std::vector<std::string> scopes;
    std::vector<PackInfo> packs;
    std::vector<OfficerInfo> officers;
    std::vector<std::string> orders;  ///< "lock", "wipe"
    std::uint64_t max_push_bytes = kMaxPushBytes;
    std::optional<Hash> recovery_key = {};       ///< as in EnrolReply: for a vault that was made before there was one
    int least_protocol = kLeastProtocolVersion;  ///< that the server speaks
    int most_protocol = kProtocolVersion;
    std::uint64_t views_noted = 0;  ///< so many of the request's views are in the audit, from the first on
    /// What the packs' signatures are checked with; none from a server that does not sign them.
    std::optional<VouchedKey> packs_key = {};
    std::optional<VouchedAuthority> next_authority = {};  ///< from the day on which the server has one
};

/// POST /v1/sync/push
struct PushRequest {
    Uuid epoch;
    ClaimKeys keys;  ///< of claims that begin in these segments, until received
    std::vector<Segment> segments;
};
enum class PushOutcome {
    Received,
    Gap,
    Fork,
    Refused,
    SendWhole,  ///< it came packed and could not be unpacked: nothing was received, it is wanted whole
};
enum class NoteKind { Duplicate, Parked, Quarantined };
struct PushNote {
    std::uint64_t counter = 0;
    NoteKind kind = NoteKind::Duplicate;
    std::string reason;  ///< plain words
    bool operator==(const PushNote&) const = default;
};
struct SegmentResult {
    Uuid author;
    std::uint32_t incarnation = 0;
    PushOutcome outcome = PushOutcome::Received;
    std::uint64_t through = 0;    ///< received to this counter (for Gap: the head to go on from)
    std::string reason;           ///< for Refused and Fork
    std::vector<PushNote> notes;  ///< only what is not plainly applied
};
struct PushReply {
    Uuid epoch;
    std::int64_t server_time = 0;
    std::vector<SegmentResult> results;  ///< one a segment, in order
};

/// What is to become of a claim that this tablet holds and may hold no more.
enum class PurgeKind {
    Hold,   ///< it has left the scope; kept until all that was written here is in a verified backup
    Drop,   ///< it has left, and goes once nothing of it is unsent
    Erase,  ///< by law: it goes at once, unsent work too
};
struct PurgeEntry {
    std::string claim;
    PurgeKind kind = PurgeKind::Hold;
    std::uint64_t seq = 0;  ///< of the decision
    bool operator==(const PurgeEntry&) const = default;
};

/// POST /v1/sync/pull
struct PullRequest {
    Uuid epoch;
    Cursors cursors;
    bool full = false;                         ///< own change sets too (after a restore)
    bool whole = false;                        ///< nothing packed: the last reply could not be unpacked
    std::uint64_t most_bytes = kMaxPullBytes;  ///< of change sets (whole, not compressed) that a page may have, about
    /// A claim that enters a scope at the next row -> how far it was read: the last reply's.
    Cursors entering = {};
    /// Claims that the tablet has dropped, as the last reply listed them.
    std::vector<PurgeEntry> purged = {};
};
/// The change sets of one claim within one segment. A change set is its encoded bytes or, for one that this device
/// pushed itself, its 16-byte id alone.
struct PullRow {
    std::string scope;
    std::uint64_t seq = 0;
    std::string claim;
    std::vector<Bytes> change_sets;
    bool operator==(const PullRow&) const = default;
};
struct PullReply {
    Uuid epoch;
    std::int64_t server_time = 0;
    std::vector<PullRow> rows;  ///< by scope, then seq; empty when they are packed
    ClaimKeys keys;             ///< of claims that these rows begin
    Cursors cursors;
    bool more = false;
    /// scope -> rowChecksum of all rows of the claims that are in it, XORed; when !more. What `purge` lists is in none.
    std::map<std::string, std::uint64_t> checksums;
    Value packed = {};                   ///< the rows as they travel (packing.h), or null: whole
    Cursors entering = {};               ///< see PullRequest
    std::vector<PurgeEntry> purge = {};  ///< all that this tablet has not confirmed; when !more
};
/// First 8 bytes of SHA-256(seq, claim, ids), big-endian, 63 bits.
std::uint64_t rowChecksum(std::uint64_t seq, std::string_view claim, const std::vector<ChangeSetId>& ids);

Bytes encode(const EnrolRequest&);
Bytes encode(const EnrolReply&);
Bytes encode(const SessionRequest&);
Bytes encode(const SessionReply&);
Bytes encode(const HelloRequest&);
Bytes encode(const HelloReply&);
Bytes encode(const PushRequest&);
Bytes encode(const PushReply&);
Bytes encode(const PullRequest&);
Bytes encode(const PullReply&);

/// decode<PushRequest>(bytes)
template <typename Message>
Result<Message> decode(ByteView bytes);

/// An enrolment code: 128 bits of SHA-256 of the CA's public key, 60 bits of secret, 12 bits of check; 8 groups of 5.
struct EnrolmentCode {
    std::array<std::uint8_t, 16> ca_key_hash{};
    Bytes secret;  ///< 8 bytes, the first 4 bits zero
    static EnrolmentCode make(const Hash& ca_key_hash, Random& random);
    std::string text() const;
    /// BadCode for a mistyped one, naming the group where the check fails when it can be told.
    static Result<EnrolmentCode> parse(std::string_view text);
};

/// A pack's files as one CBOR map name -> bytes: what is signed, hashed and sent.
Bytes encodeArchive(const std::map<std::string, std::string>& files);
Result<std::map<std::string, std::string>> decodeArchive(ByteView bytes);

}  // namespace fieldclaim
