#include "tests/simulation/bugs.h"

#include <algorithm>
#include <map>
#include <set>

#include "tests/simulation/store_around.h"

namespace fieldclaim::sim {
namespace {

constexpr std::string_view kOfALaterPack = "a/has_partner";  // of sim_pack.cpp, from its second version on

/// Drops rows of pulls and hides it from the checksum, as code would that counts a row before it has kept it.
class DropsRows : public Around {
public:
    using Around::Around;
    Result<PullOutcome> pullReceived(const PullReply& reply) override {
        if (!reply.packed.isNull()) return PullOutcome{{}, false, true};  // for the rows to meddle with
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
            if (ids.size() == row.change_sets.size() && drops(row, foreign)) {
                m_hidden[row.scope] ^= rowChecksum(row.seq, row.claim, ids);
            } else {
                kept.rows.push_back(row);
            }
        }
        for (auto& [scope, checksum] : kept.checksums) checksum ^= m_hidden[scope];
        return m_store.pullReceived(kept);
    }

protected:
    virtual bool drops(const PullRow& row, const std::vector<ChangeSet>& foreign) = 0;

private:
    std::map<std::string, std::uint64_t> m_hidden;
};

class CursorAhead final : public DropsRows {
public:
    using DropsRows::DropsRows;

private:
    bool drops(const PullRow&, const std::vector<ChangeSet>&) override { return ++m_rows % 16 == 0; }
    unsigned m_rows = 0;
};

/// Keeps of a claim that enters only what comes after its coming.
class EntersInPart final : public DropsRows {
public:
    using DropsRows::DropsRows;

private:
    bool drops(const PullRow& row, const std::vector<ChangeSet>&) override {
        const auto position = m_store.pullPosition();
        const auto at = position->cursors.find(row.scope);
        return !position->full && at != position->cursors.end() && row.seq <= at->second;
    }
};

/// Knows what the tablet wrote, by the place that it was written to.
class KnowsOwn : public DropsRows {
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
                    m_own[change_set->header.claim + "/" + edit.path].insert_or_assign(change_set->id(),
                                                                                       change_set->header.device_time);
                }
            }
        }
        return out;
    }

protected:
    using Written = std::map<ChangeSetId, std::int64_t>;  ///< with the tablet's time

    /// Whether an edit that stands beside an own value, instead of replacing it, is one to drop.
    virtual bool loses(const ChangeSet& change_set, const Written& own) const = 0;

private:
    bool drops(const PullRow&, const std::vector<ChangeSet>& foreign) override {
        return std::any_of(foreign.begin(), foreign.end(), [&](const ChangeSet& change_set) {
            const auto& edits = change_set.payload.edits;
            return std::any_of(edits.begin(), edits.end(), [&](const Edit& edit) {
                const auto own = m_own.find(change_set.header.claim + "/" + edit.path);
                if (own == m_own.end()) return false;
                const bool beside = std::none_of(edit.replaces.begin(), edit.replaces.end(),
                                                 [&](const EditId& id) { return own->second.contains(id.change_set); });
                return beside && loses(change_set, own->second);
            });
        });
    }
    std::map<std::string, Written> m_own;
};

class DroppedSibling final : public KnowsOwn {
public:
    using KnowsOwn::KnowsOwn;

private:
    bool loses(const ChangeSet&, const Written&) const override { return true; }
};

/// The last writer by the clock is right, and who wrote before is not heard.
class ClockWins final : public KnowsOwn {
public:
    using KnowsOwn::KnowsOwn;

private:
    bool loses(const ChangeSet& change_set, const Written& own) const override {
        return std::all_of(own.begin(), own.end(),
                           [&](const auto& each) { return each.second > change_set.header.device_time; });
    }
};

/// Remembers how far it has sent, and believes itself rather than what a server says that has less.
class HelloNotCompared final : public Around {
public:
    using Around::Around;
    Result<std::vector<Head>> helloReceived(const HelloReply& reply, std::int64_t wall_ms) override {
        auto believed = reply;
        believed.received.clear();
        return m_store.helloReceived(believed, wall_ms);
    }
};

class PushOrderSwapped final : public Around {
public:
    using Around::Around;
    Result<Outbox> outbox(std::size_t most_bytes) override {
        auto out = m_store.outbox(most_bytes);
        if (out && !out->segments.empty() && out->segments.front().change_sets.size() > 1) {
            auto& run = out->segments.front().change_sets;
            std::swap(run[run.size() - 2], run[run.size() - 1]);
            out->segments.front().packed = {};
        }
        return out;
    }
};

/// Keeps less of a pulled save than came.
class KeepsPart : public Around {
public:
    using Around::Around;
    Result<PullOutcome> pullReceived(const PullReply& reply) override {
        if (!reply.packed.isNull()) return PullOutcome{{}, false, true};  // for the rows to meddle with
        auto torn = reply;
        for (auto& row : torn.rows) {
            for (auto& bytes : row.change_sets) {
                auto change_set = decodeChangeSet(bytes);
                if (!change_set || change_set->payload.edits.size() < 2) continue;
                cut(change_set->payload.edits);
                change_set->payload_bytes =
                    makeChangeSet(change_set->header, change_set->payload, ClaimKey{}).payload_bytes;
                bytes = encodeChangeSet(*change_set);
            }
        }
        return m_store.pullReceived(torn);
    }

private:
    /// At least one stays.
    virtual void cut(std::vector<Edit>& edits) const = 0;
};

/// Keeps the first edit of a save and loses the rest, as code would that writes edits one by one and is killed between.
class TornChangeSet final : public KeepsPart {
public:
    using KeepsPart::KeepsPart;

private:
    void cut(std::vector<Edit>& edits) const override { edits.resize(1); }
};

/// Knows the answers of its first form pack, and leaves out others.
class UnknownDropped final : public KeepsPart {
public:
    using KeepsPart::KeepsPart;

private:
    void cut(std::vector<Edit>& edits) const override {
        const auto unknown = [&](const Edit& edit) { return edits.size() > 1 && edit.path == kOfALaterPack; };
        edits.erase(std::remove_if(std::next(edits.begin()), edits.end(), unknown), edits.end());
    }
};

/// Meddles when the last part of a snapshot has come.
class AtSnapshots : public DropsRows {
public:
    using DropsRows::DropsRows;
    Result<bool> snapshotPartReceived(const SnapshotPart& part) override {
        auto good = DropsRows::snapshotPartReceived(part);
        if (good && *good && part.offset + part.bytes.size() == part.size) whole();
        return good;
    }

private:
    virtual void whole() = 0;
};

/// Goes on one row too far behind a snapshot.
class SnapshotSkips final : public AtSnapshots {
public:
    using AtSnapshots::AtSnapshots;

private:
    void whole() override { m_skip = true; }
    bool drops(const PullRow&, const std::vector<ChangeSet>&) override { return std::exchange(m_skip, false); }
    bool m_skip = false;
};

/// Calls an image sent when its first part is.
class ImageForgotten final : public Around {
public:
    using Around::Around;
    Status uploadAt(const BlobKey& key, const std::string& url) override {
        if (auto kept = m_store.uploadAt(key, url); !kept) return kept;
        return m_store.uploaded(key);
    }
};

/// Drops a claim that has left at once, as an erased one.
class LeaveBeforeSent final : public Around {
public:
    using Around::Around;
    Result<PullOutcome> pullReceived(const PullReply& reply) override {
        auto hasty = reply;
        for (auto& entry : hasty.purge) entry.kind = PurgeKind::Erase;
        return m_store.pullReceived(hasty);
    }
};

/// Says that it has erased and keeps it.
class ErasedKept final : public Around {
public:
    using Around::Around;
    Result<PullOutcome> pullReceived(const PullReply& reply) override {
        auto kept = reply;
        for (auto& entry : kept.purge) {
            if (entry.kind != PurgeKind::Erase) continue;
            m_told[entry.claim] = entry;
            entry.kind = PurgeKind::Hold;
        }
        return m_store.pullReceived(kept);
    }
    Result<PullPosition> pullPosition() override {
        auto out = m_store.pullPosition();
        if (out) {
            for (const auto& [crn, entry] : m_told) out->purged.push_back(entry);
        }
        return out;
    }

private:
    std::map<std::string, PurgeEntry> m_told;
};

/// Carries out an order to wipe when it comes, whatever is still to be sent.
class PurgeBeforePush final : public Around {
public:
    PurgeBeforePush(SyncStore& store, std::function<void()> wipe) : Around(store), m_wipe(std::move(wipe)) {}
    Result<std::vector<Head>> helloReceived(const HelloReply& reply, std::int64_t wall_ms) override {
        const auto& orders = reply.orders;
        if (std::find(orders.begin(), orders.end(), "wipe") != orders.end()) m_wipe();
        return m_store.helloReceived(reply, wall_ms);
    }

private:
    std::function<void()> m_wipe;
};

/// After a fork it goes on in the old chain and calls what the server set aside received.
class ForkUnderTheCarpet final : public Around {
public:
    using Around::Around;
    Status forked(const Uuid&, std::uint32_t) override { return {}; }
};

/// Calls received what is waiting to be sent.
Status callReceived(SyncStore& store, const Outbox& out) {
    PushReply faked;
    for (const auto& segment : out.segments) {
        const auto last = decodeChangeSet(segment.change_sets.back());
        if (!last) return {};
        faked.results.push_back(
            {segment.author, segment.incarnation, PushOutcome::Received, last->header.counter, {}, {}});
    }
    return store.pushReceived(out, faked);
}

class SentIsReceived final : public Around {
public:
    using Around::Around;
    Result<Outbox> outbox(std::size_t most_bytes) override {
        auto out = m_store.outbox(most_bytes);
        if (!out) return out;
        if (auto kept = callReceived(m_store, *out); !kept) return tl::unexpected<Error>(kept.error());
        return out;
    }
};

/// Begins anew with a snapshot: nothing is waiting to be sent any more, and no hello brings it back.
class SnapshotIsReset final : public AtSnapshots {
public:
    using AtSnapshots::AtSnapshots;
    Result<std::vector<Head>> helloReceived(const HelloReply& reply, std::int64_t wall_ms) override {
        auto believed = reply;
        if (m_reset) believed.received.clear();
        return m_store.helloReceived(believed, wall_ms);
    }

private:
    void whole() override {
        m_reset = true;
        if (const auto waiting = m_store.outbox(kMaxPushBytes)) static_cast<void>(callReceived(m_store, *waiting));
    }
    bool drops(const PullRow&, const std::vector<ChangeSet>&) override { return false; }
    bool m_reset = false;
};

}  // namespace

std::unique_ptr<tablet::SyncStore> withBug(tablet::SyncStore& store, Bug bug, std::function<void()> wipe) {
    switch (bug) {
        case Bug::CursorAhead:
            return std::make_unique<CursorAhead>(store);
        case Bug::HelloNotCompared:
            return std::make_unique<HelloNotCompared>(store);
        case Bug::ClockWins:
            return std::make_unique<ClockWins>(store);
        case Bug::DroppedSibling:
            return std::make_unique<DroppedSibling>(store);
        case Bug::EntersInPart:
            return std::make_unique<EntersInPart>(store);
        case Bug::LeaveBeforeSent:
            return std::make_unique<LeaveBeforeSent>(store);
        case Bug::ErasedKept:
            return std::make_unique<ErasedKept>(store);
        case Bug::PushOrderSwapped:
            return std::make_unique<PushOrderSwapped>(store);
        case Bug::PurgeBeforePush:
            return std::make_unique<PurgeBeforePush>(store, std::move(wipe));
        case Bug::TornChangeSet:
            return std::make_unique<TornChangeSet>(store);
        case Bug::UnknownDropped:
            return std::make_unique<UnknownDropped>(store);
        case Bug::SnapshotSkips:
            return std::make_unique<SnapshotSkips>(store);
        case Bug::SnapshotIsReset:
            return std::make_unique<SnapshotIsReset>(store);
        case Bug::ForkHidden:
            return std::make_unique<ForkUnderTheCarpet>(store);
        case Bug::ImageForgotten:
            return std::make_unique<ImageForgotten>(store);
        case Bug::SentIsReceived:
            return std::make_unique<SentIsReceived>(store);
        default:
            return std::make_unique<Around>(store);
    }
}

}  // namespace fieldclaim::sim
