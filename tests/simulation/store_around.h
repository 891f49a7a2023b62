#pragma once

#include <algorithm>

#include "mobile/sync/sync_store.h"

namespace fieldclaim::sim {

using namespace tablet;

/// Passes every call on.
class Around : public SyncStore {
public:
    explicit Around(SyncStore& store) : m_store(store) {}
    Result<SyncIdentity> identity() override { return m_store.identity(); }
    Result<std::vector<UnregisteredAuthor>> unregisteredAuthors() override { return m_store.unregisteredAuthors(); }
    std::optional<Bytes> signAsAuthor(const Uuid& author, ByteView message) override {
        return m_store.signAsAuthor(author, message);
    }
    Status authorRegistered(const Uuid& author) override { return m_store.authorRegistered(author); }
    Status authorRefused(const Uuid& author, const std::string& reason) override {
        return m_store.authorRefused(author, reason);
    }
    Status authoritiesLearned(const TrustedAuthorities& trusted) override {
        return m_store.authoritiesLearned(trusted);
    }
    Result<SyncPosition> position() override { return m_store.position(); }
    Result<std::vector<Head>> helloReceived(const HelloReply& reply, std::int64_t wall_ms) override {
        return m_store.helloReceived(reply, wall_ms);
    }
    Result<std::vector<PackInfo>> packsToFetch(const std::vector<PackInfo>& offered) override {
        return m_store.packsToFetch(offered);
    }
    Status packReceived(const PackInfo& pack, ByteView archive) override { return m_store.packReceived(pack, archive); }
    Result<Outbox> outbox(std::size_t most_bytes) override { return m_store.outbox(most_bytes); }
    Status pushReceived(const Outbox& sent, const PushReply& reply) override {
        return m_store.pushReceived(sent, reply);
    }
    Status rewind(const Uuid& author, std::uint32_t incarnation, std::uint64_t head) override {
        return m_store.rewind(author, incarnation, head);
    }
    Status forked(const Uuid& author, std::uint32_t incarnation) override {
        return m_store.forked(author, incarnation);
    }
    Result<std::vector<BlobUpload>> uploads() override { return m_store.uploads(); }
    Result<Bytes> blobPart(const Hash& sha256, std::uint64_t offset, std::size_t most) override {
        return m_store.blobPart(sha256, offset, most);
    }
    Status uploadAt(const BlobKey& key, const std::string& url) override { return m_store.uploadAt(key, url); }
    Status uploaded(const BlobKey& key) override { return m_store.uploaded(key); }
    Status uploadRefused(const BlobKey& key, const std::string& reason) override {
        return m_store.uploadRefused(key, reason);
    }
    Result<PullPosition> pullPosition() override { return m_store.pullPosition(); }
    Result<PullOutcome> pullReceived(const PullReply& reply) override { return m_store.pullReceived(reply); }
    Status beginFreshPull() override { return m_store.beginFreshPull(); }
    Status snapshotsNeeded() override { return m_store.snapshotsNeeded(); }
    Result<std::optional<SnapshotPosition>> snapshotPosition() override { return m_store.snapshotPosition(); }
    Result<bool> snapshotPartReceived(const SnapshotPart& part) override { return m_store.snapshotPartReceived(part); }
    Status snapshotLost(const std::string& scope) override { return m_store.snapshotLost(scope); }
    Result<std::optional<Hash>> nextDownload() override { return m_store.nextDownload(); }
    Status downloaded(const Hash& sha256, ByteView bytes) override { return m_store.downloaded(sha256, bytes); }
    Status downloadRefused(const Hash& sha256) override { return m_store.downloadRefused(sha256); }
    Result<SyncCounts> counts() override { return m_store.counts(); }

protected:
    SyncStore& m_store;
};

/// What the engine sees. While `full` says so, nothing can be written: each call that would write fails and has done
/// nothing. `forked`: the highest incarnation that it said is forked.
class TabletDisk final : public Around {
public:
    TabletDisk(SyncStore& store, const bool& full, std::uint32_t& forked)
        : Around(store), m_full(full), m_forked(forked) {}
    Status authorRegistered(const Uuid& author) override {
        return m_full ? noRoom() : Around::authorRegistered(author);
    }
    Result<std::vector<Head>> helloReceived(const HelloReply& reply, std::int64_t wall_ms) override {
        if (m_full) return fail(ErrorCode::DiskFull);
        return Around::helloReceived(reply, wall_ms);
    }
    Status packReceived(const PackInfo& pack, ByteView archive) override {
        return m_full ? noRoom() : Around::packReceived(pack, archive);
    }
    Status pushReceived(const Outbox& sent, const PushReply& reply) override {
        return m_full ? noRoom() : Around::pushReceived(sent, reply);
    }
    Status rewind(const Uuid& author, std::uint32_t incarnation, std::uint64_t head) override {
        return m_full ? noRoom() : Around::rewind(author, incarnation, head);
    }
    Status forked(const Uuid& author, std::uint32_t incarnation) override {
        if (m_full) return noRoom();
        m_forked = std::max(m_forked, incarnation);
        return Around::forked(author, incarnation);
    }
    Status uploadAt(const BlobKey& key, const std::string& url) override {
        return m_full ? noRoom() : Around::uploadAt(key, url);
    }
    Status uploaded(const BlobKey& key) override { return m_full ? noRoom() : Around::uploaded(key); }
    Result<PullOutcome> pullReceived(const PullReply& reply) override {
        if (m_full) return fail(ErrorCode::DiskFull);
        return Around::pullReceived(reply);
    }
    Status beginFreshPull() override { return m_full ? noRoom() : Around::beginFreshPull(); }
    Status snapshotsNeeded() override { return m_full ? noRoom() : Around::snapshotsNeeded(); }
    Result<bool> snapshotPartReceived(const SnapshotPart& part) override {
        if (m_full) return fail(ErrorCode::DiskFull);
        return Around::snapshotPartReceived(part);
    }
    Status snapshotLost(const std::string& scope) override { return m_full ? noRoom() : Around::snapshotLost(scope); }

private:
    static Status noRoom() { return fail(ErrorCode::DiskFull, "the tablet's disk is full"); }
    const bool& m_full;
    std::uint32_t& m_forked;
};

}  // namespace fieldclaim::sim
