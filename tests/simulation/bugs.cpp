#include "tests/simulation/bugs.h"

#include <algorithm>
#include <map>
#include <set>

#include "tests/simulation/store_around.h"

namespace fieldclaim::sim {
namespace {

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
    bool drops(const PullRow&, const std::vector<ChangeSet>& foreign) override {
        return std::any_of(foreign.begin(), foreign.end(), [&](const ChangeSet& change_set) {
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
            out->segments.front().packed = {};
        }
        return out;
    }
};

/// Keeps the first edit of a save and loses the rest, as code would that writes edits one by one and is killed between.
class TornChangeSet final : public Around {
public:
    using Around::Around;
    Result<PullOutcome> pullReceived(const PullReply& reply) override {
        if (!reply.packed.isNull()) return PullOutcome{{}, false, true};  // for the rows to meddle with
        auto torn = reply;
        for (auto& row : torn.rows) {
            for (auto& bytes : row.change_sets) {
                auto change_set = decodeChangeSet(bytes);
                if (!change_set || change_set->payload.edits.size() < 2) continue;
                change_set->payload.edits.resize(1);
                change_set->payload_bytes =
                    makeChangeSet(change_set->header, change_set->payload, ClaimKey{}).payload_bytes;
                bytes = encodeChangeSet(*change_set);
            }
        }
        return m_store.pullReceived(torn);
    }
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
        {Bug::TornChangeSet, "torn-change-set"},
        {Bug::RestoredSameEpoch, "restored-server-same-epoch"},
        {Bug::JournalNotReplayed, "journal-not-replayed"},
        {Bug::LeaveBeforeSent, "leave-before-sent"},
        {Bug::EntersInPart, "enters-in-part"},
        {Bug::ErasedKept, "erased-kept"},
        {Bug::ForkOverwritten, "fork-overwritten"},
        {Bug::ForkHidden, "fork-hidden"},
        {Bug::ImageForgotten, "image-forgotten"},
        {Bug::PurgeBeforePush, "purge-before-push"},
        {Bug::RevokedApplied, "revoked-applied"},
        {Bug::SendNotNoted, "send-not-noted"},
        {Bug::FreshKey, "fresh-key-on-retry"},
        {Bug::PayloadMadeAnew, "payload-made-anew"},
    };
    return kNames;
}

std::optional<Bug> bugOf(std::string_view name) {
    for (const auto& known : bugNames()) {
        if (known.name == name) return known.bug;
    }
    return std::nullopt;
}

std::string_view nameOfBug(Bug bug) {
    for (const auto& known : bugNames()) {
        if (known.bug == bug) return known.name;
    }
    return {};
}

std::unique_ptr<tablet::SyncStore> withBug(tablet::SyncStore& store, Bug bug, std::function<void()> wipe) {
    switch (bug) {
        case Bug::CursorAhead:
            return std::make_unique<CursorAhead>(store);
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
