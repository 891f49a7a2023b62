#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

// What a run counts: each kind of fault and each hazard, as often as it truly happened.
namespace fieldclaim::sim {

enum class Fault {
    // Drawn: a run's plan says how often.
    RequestLost,
    ReplyLost,      ///< the server has handled it
    Delayed,        ///< past the tablet's patience: handled after it gave up
    Duplicated,     ///< handled twice, answered twice
    Offline,        ///< the tablet is told
    PartitionUp,    ///< nothing arrives at the server, and nobody is told
    PartitionDown,  ///< requests arrive, replies do not
    PartitionBoth,
    LongOffline,  ///< everybody, for days or months
    TabletCrash,
    TornWrite,      ///< a crash leaves half of a write behind what was committed
    StoreRestored,  ///< a tablet comes back with an older copy of its store (H07)
    StoreCloned,    ///< two tablets go on from one copy (H07)
    TabletDiskFull,
    ServerCrash,
    CrashAfterCommit,  ///< the server ends between its commit and its reply
    ServerDiskFull,
    ClockJump,
    DeviceRevoked,
    PoisonRecord,  ///< an officer's tablet writes what only the server may (H18)
    NumberTaken,   ///< a claim begins under a number that another claim has
    Decided,       ///< a supervisor releases, refuses or applies something that was set aside (H18, H52)
    PackChanged,   ///< a new form pack comes in mid-draft (H27, H55)
    BackupTaken,
    ServerRestored,  ///< its disk is gone, and the last backup comes back (H06, H51)
    ClaimMoved,      ///< to another site, or back (H23, H24)
    ClaimErased,     ///< by law (H38)
    WipeOrdered,     ///< of a tablet that is not revoked (H54)
    LockOrdered,     ///< and taken back (H54)
    TargetDown,
    TargetError,   ///< status 500: nothing was taken
    TargetClosed,  ///< says that it takes nothing now
    TargetRefuses,
    TargetSlow,     ///< takes it, and the server gives up waiting
    TargetRubbish,  ///< takes it, and answers what nobody understands
    TargetLoses,    ///< takes it, says so, and forgets it
    DuplicateReceipt,
    ServerDiesSending,  ///< between noting a transfer and noting its answer (H34)
    // What follows from those.
    Reordered,      ///< overtaken by another request
    CrashWithWork,  ///< with something saved and not acknowledged
    ForkedWork,     ///< work under numbers that the server has given to other work
    SessionEnded,
    WithJournal,     ///< a server was restored with what its journal had
    WithoutJournal,  ///< and without one
    LeftUnsent,      ///< a claim left a tablet that had unsent work in it (H24)
    SentAgain,       ///< a person sends again what a target refused
};
constexpr std::size_t kFaults = static_cast<std::size_t>(Fault::SentAgain) + 1;
constexpr std::size_t kDrawnFaults = static_cast<std::size_t>(Fault::ServerDiesSending) + 1;
const char* faultName(std::size_t fault);
std::optional<Fault> faultOf(std::string_view name);
using FaultCounts = std::array<std::uint64_t, kFaults>;

constexpr std::size_t kHazards = 56;
using HazardCounts = std::array<std::uint64_t, kHazards>;
/// The hazards that the simulation exercises, with how and by what they are caught.
struct HazardRow {
    int number;
    const char* what;
    const char* exercised_by;
    const char* caught_by;
};
const std::vector<HazardRow>& hazardTable();

}  // namespace fieldclaim::sim
