#include "tests/simulation/counts.h"

namespace fieldclaim::sim {

const char* faultName(std::size_t fault) {
    constexpr std::array<const char*, kFaults> kNames{
        "request-lost",     "reply-lost",       "delayed",           "duplicated",
        "offline",          "partition-up",     "partition-down",    "partition-both",
        "long-offline",     "tablet-crash",     "torn-write",        "store-restored",
        "store-cloned",     "tablet-disk-full", "server-crash",      "crash-after-commit",
        "server-disk-full", "clock-jump",       "device-revoked",    "poison-record",
        "number-taken",     "decided",          "pack-changed",      "target-down",
        "target-error",     "target-closed",    "target-refuses",    "target-slow",
        "target-rubbish",   "target-loses",     "duplicate-receipt", "server-dies-sending",
        "reordered",        "crash-with-work",  "forked-work",       "session-ended"};
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
        {7, "store restored or cloned", "store-restored, store-cloned", "I1 I13"},
        {9, "clock wrong by years, or backwards", "clock-jump", "I3 I5"},
        {16, "finished on the server, tablet gone", "the reply to an upload's last part is lost", "I11 I12"},
        {18, "one poison record", "poison-record", "I12"},
        {19, "half of a save seen by others", "saves of several edits, looked at while they travel", "I7"},
        {25, "revoked with unsent work", "device-revoked", "I14 I1"},
        {27, "tablet and server have different packs", "pack-changed", "I3 I5 I10"},
        {32, "the same claim submitted twice", "two officers submit, or one twice", "I10"},
        {33, "an edit arrives after the transfer", "signed again after an acceptance", "I10"},
        {34, "killed between sending and noting it", "server-dies-sending", "I10"},
        {40, "sync stalls silently", "five minutes without an acknowledgement", "I12"},
        {41, "\"synced\" shown for what was not", "each look at a tablet with work acknowledged", "H41"},
        {42, "signature or photo lost, record sent", "a submit that comes before its statement", "I10 I11"},
        {46, "the same submission twice", "an officer taps twice", "I10"},
        {52, "later work builds on what is in quarantine", "poison-record, then edits of the same answer; decided",
         "I5 I12"},
        {53, "one removes a job, another fills it in", "removals beside edits", "I5"},
        {55, "signed, then a new pack before it leaves", "pack-changed with a claim that is signed", "I10"},
    };
    return kTable;
}

}  // namespace fieldclaim::sim
