#include "tests/simulation/bugs.h"

namespace fieldclaim::sim {

const std::vector<BugName>& bugNames() {
    static const std::vector<BugName> kNames{
        {Bug::CursorAhead, "cursor-ahead"},
        {Bug::HelloNotCompared, "hello-not-compared"},
        {Bug::ClockWins, "clock-wins"},
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
        {Bug::FinishedIsRefused, "finished-is-refused"},
        {Bug::PoisonFails, "poison-fails"},
        {Bug::SnapshotSkips, "snapshot-skips"},
        {Bug::UnknownDropped, "unknown-dropped"},
        {Bug::SnapshotIsReset, "snapshot-is-reset"},
        {Bug::OrdersUnheard, "orders-unheard"},
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

}  // namespace fieldclaim::sim
