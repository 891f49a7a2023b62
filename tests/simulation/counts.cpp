#include "tests/simulation/counts.h"

namespace fieldclaim::sim {

const char* faultName(std::size_t fault) {
    constexpr std::array<const char*, kFaults> kNames{"request-lost",      "reply-lost",
                                                      "delayed",           "duplicated",
                                                      "offline",           "partition-up",
                                                      "partition-down",    "partition-both",
                                                      "long-offline",      "tablet-crash",
                                                      "torn-write",        "store-restored",
                                                      "store-cloned",      "tablet-disk-full",
                                                      "server-crash",      "crash-after-commit",
                                                      "server-disk-full",  "clock-jump",
                                                      "device-revoked",    "poison-record",
                                                      "number-taken",      "decided",
                                                      "pack-changed",      "backup-taken",
                                                      "server-restored",   "claim-moved",
                                                      "claim-erased",      "wipe-ordered",
                                                      "lock-ordered",      "target-down",
                                                      "target-error",      "target-closed",
                                                      "target-refuses",    "target-slow",
                                                      "target-rubbish",    "target-loses",
                                                      "duplicate-receipt", "server-dies-sending",
                                                      "reordered",         "crash-with-work",
                                                      "forked-work",       "session-ended",
                                                      "with-journal",      "without-journal",
                                                      "left-unsent",       "sent-again"};
    return kNames[fault];
}

std::optional<Fault> faultOf(std::string_view name) {
    for (std::size_t i = 0; i < kDrawnFaults; ++i) {
        if (name == faultName(i)) return static_cast<Fault>(i);
    }
    return std::nullopt;
}

const std::vector<HazardRow>& hazardTable() {
    static const std::vector<HazardRow> kTable{
        {1, "the reply is lost after the commit", "reply-lost, crash-after-commit, partition-down", "I1 I2"},
        {2, "messages twice or out of order", "duplicated, delayed, reordered", "I2 I13"},
        {5, "checkpoint known to one side only", "a hello with heads that differ", "I1 I12"},
        {6, "the server is restored from an old backup", "backup-taken, server-restored", "I1 I3 I4 H06"},
        {7, "store restored or cloned", "store-restored, store-cloned", "I1 I13"},
        {9, "clock wrong by years, or backwards", "clock-jump", "I3 I5"},
        {16, "finished on the server, tablet gone", "the reply to an upload's last part is lost", "I11 I12"},
        {18, "one poison record", "poison-record", "I12"},
        {19, "half of a save seen by others", "saves of several edits, looked at while they travel", "I7"},
        {22, "a gap between snapshot and tail", "a pull that goes on after a snapshot", "I3 I4 I6"},
        {23, "a claim enters the scope", "claim-moved", "I3 I4"},
        {24, "a claim leaves with unsent edits", "claim-moved, left-unsent", "I1 I5 I9 H24"},
        {25, "revoked with unsent work", "device-revoked", "I14 I1"},
        {27, "tablet and server have different packs", "pack-changed", "I3 I5 I10"},
        {28, "months offline", "a tablet that is far behind takes a snapshot", "I1 I3 I4"},
        {32, "the same claim submitted twice", "two officers submit, or one twice", "I10"},
        {33, "an edit arrives after the transfer", "signed again after an acceptance", "I10"},
        {34, "killed between sending and noting it", "server-dies-sending", "I10"},
        {38, "erasure by law", "claim-erased", "H38 I13"},
        {40, "sync stalls silently", "five minutes without an acknowledgement", "I12"},
        {41, "\"synced\" shown for what was not", "each look at a tablet with work acknowledged", "H41"},
        {42, "signature or photo lost, record sent", "a submit that comes before its statement", "I10 I11"},
        {46, "the same submission twice", "an officer taps twice", "I10"},
        {51, "decisions and transfers since the backup are gone", "server-restored, with-journal, without-journal",
         "H51 I10 I14"},
        {52, "later work builds on what is in quarantine", "poison-record, then edits of the same answer; decided",
         "I5 I12"},
        {53, "one removes a job, another fills it in", "removals beside edits", "I5"},
        {54, "orders reach a tablet", "wipe-ordered, lock-ordered", "I1 H54"},
        {55, "signed, then a new pack before it leaves", "pack-changed with a claim that is signed", "I10"},
    };
    return kTable;
}

}  // namespace fieldclaim::sim
