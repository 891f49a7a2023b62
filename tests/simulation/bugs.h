#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mobile/sync/sync_store.h"
#include "sync-server/transfer/transfer_runner.h"

namespace fieldclaim::sim {

/// Known bugs that a run can be given, built into the harness's own adapters around the product (I17): each has been
/// seen in a system in use, and each must be caught.
enum class Bug {
    None,
    CursorAhead,         ///< a row of a pull is dropped and the cursor moves past it (H04)
    HelloNotCompared,    ///< a tablet never goes back to what the server says it has (H05)
    ClockWins,           ///< a pulled row older by the clock than an own value is dropped (H09)
    DroppedSibling,      ///< a pulled row that disagrees with an own value is dropped (rule 2)
    LateCommit,          ///< the server serves a higher seq before a lower one (H03)
    DoubleApply,         ///< the server does not know a repeated push (H01)
    AckBeforeCommit,     ///< the server answers first and writes later (rule 1)
    LostPending,         ///< a crash of the tablet takes what was saved last (H10)
    PushOrderSwapped,    ///< later work is pushed before earlier work (H02)
    SentIsReceived,      ///< "received" is shown for what was only sent (H41)
    OwnWorkHidden,       ///< the officer sees the ledger alone until it has their work (I8)
    LeakedScope,         ///< a pull brings claims of another site (rule 7)
    TornChangeSet,       ///< of a pulled save only the first edit is kept (H19)
    RestoredSameEpoch,   ///< a restored server goes on under the old history's name (H06)
    JournalNotReplayed,  ///< a restore that leaves the journal aside (H51)
    LeaveBeforeSent,     ///< a claim that has left is dropped with what was not sent of it (H24)
    EntersInPart,        ///< a claim that enters comes without what it had before (H23)
    ErasedKept,          ///< a tablet is told to erase and does not (H38)
    ForkOverwritten,     ///< the server answers "received" to the other branch and drops it (H07)
    ForkHidden,          ///< a tablet that was restored goes on in its old chain (H07)
    FinishedIsRefused,   ///< the server refuses to finish an upload again whose reply was lost (H16)
    PoisonFails,         ///< a push fails whole when one record in it cannot be read (H18)
    SnapshotSkips,       ///< what comes first after a snapshot is passed over (H22)
    UnknownDropped,      ///< of a pulled save the answers that the own form pack does not know are left out (H27)
    SnapshotIsReset,     ///< with a snapshot all that was waiting to be sent counts as sent (H28)
    OrdersUnheard,       ///< hello brings no orders (H54)
    ImageForgotten,      ///< an image is called sent when its upload has begun (H42)
    PurgeBeforePush,     ///< an order to wipe is carried out with work that was not sent (H25)
    RevokedApplied,      ///< the server applies what a revoked tablet sends (H25)
    SendNotNoted,        ///< a transfer is sent before that is noted (H34)
    FreshKey,            ///< each try has an idempotency key of its own (H34)
    PayloadMadeAnew,     ///< what is sent is not what was signed (rule 3)
};
struct BugName {
    Bug bug;
    std::string_view name;
};
const std::vector<BugName>& bugNames();
std::optional<Bug> bugOf(std::string_view name);
std::string_view nameOfBug(Bug bug);

/// The store with the bug around it; the store itself when the bug is elsewhere. Borrows `store`, which must outlive
/// it. `wipe` is what an order to wipe leads to, for the bug that does not wait.
std::unique_ptr<tablet::SyncStore> withBug(tablet::SyncStore& store, Bug bug, std::function<void()> wipe);
/// The same for the server's outbox.
std::unique_ptr<server::TransferStore> withBug(server::TransferStore& store, Bug bug);

}  // namespace fieldclaim::sim
