#include "tests/simulation/bugs.h"

#include <algorithm>
#include <map>
#include <set>

namespace fieldclaim::sim {
namespace {

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
    Result<std::optional<BlobUpload>> nextUpload() override { return m_store.nextUpload(); }
    Result<Bytes> blobPart(const Hash& sha256, std::uint64_t offset, std::size_t most) override {
        return m_store.blobPart(sha256, offset, most);
    }
    Status uploadAt(const Hash& sha256, const std::string& url) override { return m_store.uploadAt(sha256, url); }
    Status uploaded(const Hash& sha256) override { return m_store.uploaded(sha256); }
    Status uploadRefused(const Hash& sha256, const std::string& reason) override {
        return m_store.uploadRefused(sha256, reason);
    }
    Result<PullPosition> pullPosition() override { return m_store.pullPosition(); }
    Result<PullOutcome> pullReceived(const PullReply& reply) override { return m_store.pullReceived(reply); }
    Status beginFreshPull() override { return m_store.beginFreshPull(); }
    Status epochChanged(const Uuid& epoch) override { return m_store.epochChanged(epoch); }
    Result<std::optional<Hash>> nextDownload() override { return m_store.nextDownload(); }
    Status downloaded(const Hash& sha256, ByteView bytes) override { return m_store.downloaded(sha256, bytes); }
    Status downloadRefused(const Hash& sha256) override { return m_store.downloadRefused(sha256); }
    Result<SyncCounts> counts() override { return m_store.counts(); }

protected:
    SyncStore& m_store;
};

/// Drops rows of pulls and hides it from the checksum, as code would that counts a row before it has kept it.
class DropsRows : public Around {
public:
    using Around::Around;
    Result<PullOutcome> pullReceived(const PullReply& reply) override {
        auto kept = reply;
        kept.rows.clear();
        for (const auto& row : reply.rows) {
            std::vector<ChangeSet> foreign;
            std::vector<ChangeSetId> ids;
            for (const auto& bytes : row.change_sets) {
                if (auto change_set = decodeChangeSet(bytes)) {
                    ids.push_back(change_set->id());
                    foreign.push_back(std::move(*change_set));
                }
            }
            if (ids.size() == row.change_sets.size() && drops(foreign)) {
                m_hidden[row.scope] ^= rowChecksum(row.scope, row.seq, row.claim, ids);
            } else {
                kept.rows.push_back(row);
            }
        }
        for (auto& [scope, checksum] : kept.checksums) checksum ^= m_hidden[scope];
        return m_store.pullReceived(kept);
    }

protected:
    virtual bool drops(const std::vector<ChangeSet>& row) = 0;

private:
    std::map<std::string, std::uint64_t> m_hidden;
};

class CursorAhead final : public DropsRows {
public:
    using DropsRows::DropsRows;

private:
    bool drops(const std::vector<ChangeSet>&) override { return ++m_rows % 16 == 0; }
    unsigned m_rows = 0;
};

class DroppedSibling final : public DropsRows {
public:
    using DropsRows::DropsRows;
    Result<Outbox> outbox(std::size_t most_bytes) override {
        auto out = DropsRows::outbox(most_bytes);
        if (!out) return out;
        for (const auto& segment : out->segments) {
            for (const auto& bytes : segment.change_sets) {
                const auto change_set = decodeChangeSet(bytes);
                if (!change_set) continue;
                for (const auto& edit : change_set->payload.edits) {
                    m_own[change_set->header.claim + "/" + edit.path].insert(change_set->id());
                }
            }
        }
        return out;
    }

private:
    bool drops(const std::vector<ChangeSet>& row) override {
        return std::any_of(row.begin(), row.end(), [&](const ChangeSet& change_set) {
            const auto& edits = change_set.payload.edits;
            return std::any_of(edits.begin(), edits.end(), [&](const Edit& edit) {
                const auto own = m_own.find(change_set.header.claim + "/" + edit.path);
                if (own == m_own.end()) return false;
                return std::none_of(edit.replaces.begin(), edit.replaces.end(),
                                    [&](const EditId& id) { return own->second.contains(id.change_set); });
            });
        });
    }
    std::map<std::string, std::set<ChangeSetId>> m_own;
};

class PushOrderSwapped final : public Around {
public:
    using Around::Around;
    Result<Outbox> outbox(std::size_t most_bytes) override {
        auto out = m_store.outbox(most_bytes);
        if (out && !out->segments.empty() && out->segments.front().change_sets.size() > 1) {
            auto& run = out->segments.front().change_sets;
            std::swap(run[run.size() - 2], run[run.size() - 1]);
        }
        return out;
    }
};

class SentIsReceived final : public Around {
public:
    using Around::Around;
    Result<Outbox> outbox(std::size_t most_bytes) override {
        auto out = m_store.outbox(most_bytes);
        if (!out) return out;
        PushReply faked;
        for (const auto& segment : out->segments) {
            const auto last = decodeChangeSet(segment.change_sets.back());
            if (!last) return out;
            faked.results.push_back(
                {segment.author, segment.incarnation, PushOutcome::Received, last->header.counter, {}, {}});
        }
        if (auto kept = m_store.pushReceived(*out, faked); !kept) return tl::unexpected<Error>(kept.error());
        return out;
    }
};

}  // namespace

const std::vector<BugName>& bugNames() {
    static const std::vector<BugName> kNames{
        {Bug::CursorAhead, "cursor-ahead"},
        {Bug::DroppedSibling, "dropped-sibling"},
        {Bug::LateCommit, "late-commit"},
        {Bug::DoubleApply, "reply-lost-double-apply"},
        {Bug::AckBeforeCommit, "ack-before-commit"},
        {Bug::LostPending, "lost-pending-on-crash"},
        {Bug::PushOrderSwapped, "push-order-swapped"},
        {Bug::SentIsReceived, "sent-is-received"},
        {Bug::OwnWorkHidden, "own-work-hidden"},
        {Bug::LeakedScope, "leaked-scope"},
    };
    return kNames;
}

std::optional<Bug> bugOf(std::string_view name) {
    for (const auto& known : bugNames()) {
        if (known.name == name) return known.bug;
    }
    return std::nullopt;
}

std::unique_ptr<SyncStore> withBug(SyncStore& store, Bug bug) {
    switch (bug) {
        case Bug::CursorAhead:
            return std::make_unique<CursorAhead>(store);
        case Bug::DroppedSibling:
            return std::make_unique<DroppedSibling>(store);
        case Bug::PushOrderSwapped:
            return std::make_unique<PushOrderSwapped>(store);
        case Bug::SentIsReceived:
            return std::make_unique<SentIsReceived>(store);
        default:
            return std::make_unique<Around>(store);
    }
}

}  // namespace fieldclaim::sim
