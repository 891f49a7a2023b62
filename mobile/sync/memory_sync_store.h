#pragma once

#include <set>

#include "mobile/sync/sync_store.h"
#include "shared/merge/claim_state.h"

namespace fieldclaim::tablet {

/// A tablet's store in memory, with one officer: the same contract as the vault's, for simulations of thousands of
/// tablets and for the engine's tests. A copy is a clone of the tablet (hazard H07). One thread.
class MemorySyncStore : public SyncStore {
public:
    MemorySyncStore(SyncIdentity identity, UnregisteredAuthor author, KeyPair author_key);

    /// As an officer saves: chained, signed, in the outbox. `begins` with the first save of a claim.
    ChangeSet save(const std::string& crn, Payload payload, std::int64_t device_time,
                   std::optional<ClaimKey> begins = std::nullopt);
    void saveBlob(const std::string& crn, Bytes bytes, bool blocking = false);
    /// base ⊕ own change sets that are not in it.
    ClaimState state(const std::string& crn) const;
    std::set<std::string> claims() const;
    /// The server has said that it is another site's now: nothing more is written into it.
    bool hasLeft(const std::string& crn) const { return m_purges.contains(crn); }

    struct Own {
        ChangeSet change_set;
        Bytes signature;
        bool acknowledged = false;
        bool in_ledger = false;
        bool set_aside = false;
        std::string note;
        bool refused = false;  ///< by a supervisor, as the ledger says
        bool content = true;   ///< its claim was dropped: the header alone is left
    };
    const std::vector<Own>& own() const { return m_own; }
    const Uuid& author() const { return m_author.author; }
    bool isRegistered() const { return m_registered; }
    const std::map<Hash, Bytes>& blobs() const { return m_blobs; }
    /// Told before each part is given to the uploader, and with no bytes when the server has all of it.
    void onPart(std::function<void(const Hash& name, std::uint64_t from, std::size_t bytes)> told) {
        m_on_part = std::move(told);
    }

    Result<SyncIdentity> identity() override { return m_identity; }
    Result<std::vector<UnregisteredAuthor>> unregisteredAuthors() override;
    std::optional<Bytes> signAsAuthor(const Uuid& author, ByteView message) override;
    Status authorRegistered(const Uuid& author) override;
    Status authorRefused(const Uuid& author, const std::string& reason) override;
    Status authoritiesLearned(const TrustedAuthorities& trusted) override;
    Result<SyncPosition> position() override;
    Result<std::vector<Head>> helloReceived(const HelloReply& reply, std::int64_t wall_ms) override;
    Result<std::vector<PackInfo>> packsToFetch(const std::vector<PackInfo>& offered) override;
    Status packReceived(const PackInfo& pack, ByteView archive) override;
    Result<Outbox> outbox(std::size_t most_bytes) override;
    Status pushReceived(const Outbox& sent, const PushReply& reply) override;
    Status rewind(const Uuid& author, std::uint32_t incarnation, std::uint64_t head) override;
    Status forked(const Uuid& author, std::uint32_t incarnation) override;
    Result<std::vector<BlobUpload>> uploads() override;
    Result<Bytes> blobPart(const Hash& name, std::uint64_t offset, std::size_t most) override;
    Status uploadAt(const BlobKey& key, const std::string& url) override;
    Status uploaded(const BlobKey& key) override;
    Status uploadRefused(const BlobKey& key, const std::string& reason) override;
    Result<PullPosition> pullPosition() override;
    Result<PullOutcome> pullReceived(const PullReply& reply) override;
    Status beginFreshPull() override;
    Status snapshotsNeeded() override;
    Result<std::optional<SnapshotPosition>> snapshotPosition() override;
    Result<bool> snapshotPartReceived(const SnapshotPart& part) override;
    Status snapshotLost(const std::string& scope) override;
    Result<std::optional<Hash>> nextDownload() override { return std::nullopt; }
    Status downloaded(const Hash&, ByteView) override { return {}; }
    Status downloadRefused(const Hash&) override { return {}; }
    Result<SyncCounts> counts() override;

private:
    friend class MemoryNames;
    struct Row {
        std::string claim;
        std::vector<ChangeSetId> ids;
        std::uint64_t checksum = 0;
    };
    /// A snapshot under way.
    struct Snapshot {
        std::string etag;
        std::uint64_t offset = 0;
        Bytes tail;  ///< of a page that has not wholly come
    };
    /// What was pulled: in a fresh download, beside what it will take the place of.
    struct Ledger {
        Cursors cursors;
        Cursors entering;
        std::map<std::uint64_t, Row> rows;          ///< by seq
        std::map<std::string, std::string> scopes;  ///< claim -> the scope that it is in
        std::map<std::string, Snapshot> snapshots;  ///< by scope; in a fresh download alone
        void forget(const std::string& scope);
    };
    struct Purge {
        PurgeEntry entry;
        bool dropped = false;
    };
    struct Upload {
        BlobKey key;
        std::string url;
        bool blocking = false;
        bool sent = false;
        bool refused = false;
    };

    using Pulled = std::map<ChangeSetId, ChangeSet>;
    /// Puts rows into a copy of the ledger; false when one names a change set as ours that is not here.
    Result<bool> putRows(Ledger& ledger, const std::vector<PullRow>& rows, Pulled& pulled) const;
    const ChangeSet* find(const ChangeSetId& id) const;
    ClaimState fold(const std::string& crn) const;
    Upload* uploadOf(const BlobKey& key);
    Own* ownAt(std::uint32_t incarnation, std::uint64_t counter);
    void markLedger();
    std::uint64_t sumOf(const Ledger& ledger, const std::string& scope, const std::vector<PurgeEntry>& purge) const;
    bool hasUnsent(const std::string& crn) const;
    void drop(const std::string& crn);
    void applyPurges(const std::vector<PurgeEntry>& listed, std::set<std::string>& touched);

    SyncIdentity m_identity;
    UnregisteredAuthor m_author;
    KeyPair m_key;
    bool m_registered = false;
    bool m_refused = false;
    std::uint32_t m_incarnation = 1;
    std::map<std::uint32_t, Head> m_heads;
    std::vector<Own> m_own;
    ClaimKeys m_keys;
    std::set<std::string> m_known_to_server;
    Pulled m_pulled;
    Ledger m_ledger;
    std::optional<Ledger> m_staged;
    std::map<std::string, Purge> m_purges;
    Uuid m_epoch;
    std::vector<PackInfo> m_packs;
    std::map<Hash, Bytes> m_blobs;
    std::vector<Upload> m_uploads;  // in the order of saving
    std::function<void(const Hash&, std::uint64_t, std::size_t)> m_on_part;
};

}  // namespace fieldclaim::tablet
