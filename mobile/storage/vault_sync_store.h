#pragma once

#include "mobile/storage/vault.h"
#include "mobile/sync/sync_store.h"

namespace fieldclaim::tablet {

/// The vault as the sync engine sees it. Borrows the vault, which must be open while the engine steps (NotSignedIn
/// otherwise). Each call is one transaction.
class VaultSyncStore final : public SyncStore {
public:
    explicit VaultSyncStore(Vault& vault) : m_vault(vault) {}

    Result<SyncIdentity> identity() override;
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
    Result<std::optional<Hash>> nextDownload() override;
    Status downloaded(const Hash& name, ByteView bytes) override;
    Status downloadRefused(const Hash& name) override;

    Result<SyncCounts> counts() override;

private:
    /// The server knows each claim of which it has received anything.
    Status noteKnownClaims();
    /// One page of a snapshot; false when it cannot be used.
    Result<bool> stagePage(const std::string& scope, const PullReply& page);
    Vault& m_vault;
};

}  // namespace fieldclaim::tablet
