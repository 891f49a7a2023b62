#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "shared/wire/protocol.h"

namespace fieldclaim::tablet {

/// Who this replica is to the server.
struct SyncIdentity {
    Uuid device;
    Hash device_secret{};
    Hash ca_key_hash{};  ///< SHA-256 of the pinned authority's public key
    std::string app;     ///< "fieldclaim-tablet/0.1.0"
    /// Lies in the vault, and proves to the server that it is open: without it a session is good for orders alone.
    std::optional<Hash> store_secret = {};
    /// The pinned authority's certificate. Without it no form pack is taken: nothing vouches for any.
    std::string ca_pem = {};
    std::string next_ca_pem = {};  ///< the one that the pinned one named to follow it; empty: none yet
};

/// Certificates (PEM) of which one has to have issued the server's.
struct TrustedAuthorities {
    std::string ca_pem;       ///< pinned; under its key hash the tablet signs
    std::string next_ca_pem;  ///< or empty
    bool operator==(const TrustedAuthorities&) const = default;
    /// One text with both.
    std::string pem() const { return ca_pem + next_ca_pem; }
};

struct UnregisteredAuthor {
    Uuid author;
    Uuid officer;
    std::string code;
    Hash author_key{};  ///< public
};

/// For hello: how far this replica's authors have come.
struct SyncPosition {
    Uuid epoch;
    std::vector<Head> heads;
    Cursors cursors;
    std::uint64_t pending = 0;
    std::vector<ClaimView> views = {};  ///< as in HelloRequest
};

/// What to push next, in the order of saving: runs of one author's consecutive change sets, each signed when it was
/// saved, whole and (where it can be) packed. `keys` are those of claims of which the server has received nothing from
/// here.
struct Outbox {
    std::vector<Segment> segments;
    ClaimKeys keys;
    std::size_t bytes = 0;  ///< of all change sets
    std::size_t change_sets = 0;
    bool more = false;
};

/// The same bytes may be sent for several claims.
struct BlobKey {
    Hash sha256{};
    std::string claim;
    auto operator<=>(const BlobKey&) const = default;
};
struct BlobUpload {
    Hash sha256{};
    std::string claim;
    std::uint64_t size = 0;
    std::string url;        ///< where an earlier attempt began, or empty
    bool blocking = false;  ///< a statement: a submit waits for it
    BlobKey key() const { return {sha256, claim}; }
};

struct PullPosition {
    Uuid epoch;
    Cursors cursors;
    bool full = false;                    ///< a fresh download is under way: own change sets are wanted whole
    Cursors entering = {};                ///< see PullRequest
    std::vector<PurgeEntry> purged = {};  ///< dropped, and not yet off the server's list
};

struct PullOutcome {
    std::vector<std::string> claims;  ///< changed
    /// What is here is not what the server has (a checksum differs, or it names a change set as ours that is not here):
    /// nothing of this reply was kept, or its rows were kept and beginFreshPull() is to follow.
    bool fresh_needed = false;
    bool whole_needed = false;  ///< it could not be unpacked: nothing was kept, and it is to be asked for whole
};

/// A scope of the fresh download that is to come as a snapshot, and how far it has come.
struct SnapshotPosition {
    std::string scope;
    std::string etag;  ///< empty: not begun
    std::uint64_t offset = 0;
};
/// Bytes of a snapshot, from the offset that the position named.
struct SnapshotPart {
    std::string scope;
    std::string etag;
    std::uint64_t offset = 0;
    std::uint64_t size = 0;  ///< of the whole
    Bytes bytes;
};

struct SyncCounts {
    std::uint64_t saved = 0;         ///< own change sets
    std::uint64_t acknowledged = 0;  ///< of those, acknowledged by the server
    std::uint64_t set_aside = 0;
    std::uint64_t sendable = 0;  ///< not acknowledged, author registered and not refused
    std::uint64_t blobs_waiting = 0;
    bool news_expected = false;  ///< a submit without an answer, or a transfer under way: poll often
};

/// What the sync engine keeps and reads: implemented by the vault (mobile/storage) and in memory
/// (memory_sync_store.h). Every call is one transaction: it happened, and is on disk, or it did not. An error stops the
/// engine until the next event and is shown; nothing is assumed to have been kept.
class SyncStore {
public:
    virtual ~SyncStore() = default;

    virtual Result<SyncIdentity> identity() = 0;
    virtual Result<std::vector<UnregisteredAuthor>> unregisteredAuthors() = 0;
    /// nullopt when that officer is not signed in: their registration waits.
    virtual std::optional<Bytes> signAsAuthor(const Uuid& author, ByteView message) = 0;
    virtual Status authorRegistered(const Uuid& author) = 0;
    virtual Status authorRefused(const Uuid& author, const std::string& reason) = 0;

    /// What is trusted from now on (server_trust.h), on disk before anything is said to the next authority's server; a
    /// locked tablet trusts it as well.
    virtual Status authoritiesLearned(const TrustedAuthorities& trusted) = 0;

    virtual Result<SyncPosition> position() = 0;
    /// Takes what the server has received as the truth (hazard H05): what is above its head is pending again, what is
    /// at or below it is acknowledged. Keeps officers, scopes, durable heads and the server's author. Returns the
    /// authors whose chain is not the one that the server has (a store restored or copied, hazard H07): forked() is to
    /// follow. A chain that was left for a new incarnation is not named again. Under another epoch than before the
    /// server was restored: a fresh download begins, what the server knew of claims and images counts for nothing, and
    /// of a chain that is not its own it is offered everything again (hazards H06, H51).
    virtual Result<std::vector<Head>> helloReceived(const HelloReply& reply, std::int64_t wall_ms) = 0;
    virtual Result<std::vector<PackInfo>> packsToFetch(const std::vector<PackInfo>& offered) = 0;
    /// The archive's digest has been checked, and the signature over it (server_trust.h).
    virtual Status packReceived(const PackInfo& pack, ByteView archive) = 0;

    /// At least one change set when any is sendable, then as many as fit into most_bytes.
    virtual Result<Outbox> outbox(std::size_t most_bytes) = 0;
    /// Records what was received of `sent`, with each note (parked, quarantined). An author who is refused is not sent
    /// for until the next hello; their work stays pending, with the reason.
    virtual Status pushReceived(const Outbox& sent, const PushReply& reply) = 0;
    /// The server has received this author only up to `head`: what is above it is pending again.
    virtual Status rewind(const Uuid& author, std::uint32_t incarnation, std::uint64_t head) = 0;
    /// The same counters were used twice (hazard H07): the author's next save begins a new incarnation and a new chain.
    /// What was saved before is still offered: the server keeps both branches.
    virtual Status forked(const Uuid& author, std::uint32_t incarnation) = 0;

    /// What is to be sent now, in the order of saving: not what was refused, nor of claims that the server has not.
    virtual Result<std::vector<BlobUpload>> uploads() = 0;
    virtual Result<Bytes> blobPart(const Hash& sha256, std::uint64_t offset, std::size_t most) = 0;
    /// Where the upload stands on the server; empty: begin again.
    virtual Status uploadAt(const BlobKey& key, const std::string& url) = 0;
    virtual Status uploaded(const BlobKey& key) = 0;
    /// The server will not have it: kept, shown, not offered again in this run, so that it holds up nothing (rule 5).
    virtual Status uploadRefused(const BlobKey& key, const std::string& reason) = 0;

    virtual Result<PullPosition> pullPosition() = 0;
    /// Rows and cursor in one transaction (hazard H04). With the last reply, claims that it lists to be dropped go in
    /// the same transaction, once nothing of them is unsent. In a fresh download the rows are staged, and take the
    /// place of the old ones with the last reply (hazard H21).
    virtual Result<PullOutcome> pullReceived(const PullReply& reply) = 0;
    virtual Status beginFreshPull() = 0;
    /// The server will not serve row by row: a fresh download, of which every scope that has not begun is to come as a
    /// snapshot. One that is under way goes on.
    virtual Status snapshotsNeeded() = 0;
    /// The next that is to be fetched, before anything is pulled.
    virtual Result<std::optional<SnapshotPosition>> snapshotPosition() = 0;
    /// Rows are staged and the offset is kept in one transaction. With the last part the scope's checksum is compared,
    /// and its cursor is the snapshot's own, from which the pull goes on (hazard H22). False when it is damaged, or of
    /// another history or file: then nothing of it is left, and it begins anew.
    virtual Result<bool> snapshotPartReceived(const SnapshotPart& part) = 0;
    /// The server does not have it any more: nothing of it is left, and it begins anew.
    virtual Status snapshotLost(const std::string& scope) = 0;
    /// A statement that a pulled seal names and that is not here.
    virtual Result<std::optional<Hash>> nextDownload() = 0;
    /// The bytes' digest has been checked.
    virtual Status downloaded(const Hash& sha256, ByteView bytes) = 0;
    /// Not there (yet): asked for again at the next hello.
    virtual Status downloadRefused(const Hash& sha256) = 0;

    virtual Result<SyncCounts> counts() = 0;
};

}  // namespace fieldclaim::tablet
