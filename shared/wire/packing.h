#pragma once

#include <compare>
#include <optional>
#include <string>
#include <vector>

#include "shared/wire/protocol.h"

// Change sets on the wire, without what the other side knows already (docs/protocol.md, "Packed runs"). A form of
// transfer alone: what is unpacked is byte for byte what was packed, and is hashed, signed and kept in its own form.
namespace fieldclaim {

constexpr std::size_t kMaxPackedItems = 20'000;

/// A change set's place in its author's chain.
struct ChainPlace {
    Uuid author;
    std::uint32_t incarnation = 0;
    std::uint64_t counter = 0;
    auto operator<=>(const ChainPlace&) const = default;
};

/// A change set's place in the ledger: the row, and the place in the row's list.
struct LedgerPlace {
    std::uint64_t seq = 0;
    std::uint64_t place = 0;
    auto operator<=>(const LedgerPlace&) const = default;
};

/// What the sender knows, and that the receiver can look up by itself. Nothing found is never wrong: the bytes are then
/// sent as they are. An error is the store's.
class PackingNames {
public:
    virtual ~PackingNames() = default;
    virtual Result<std::optional<ClaimKey>> claimKey(const std::string& crn) = 0;
    virtual Result<std::optional<ChainPlace>> inChain(const ChangeSetId& id) = 0;
    virtual Result<std::optional<LedgerPlace>> inLedger(const std::string& crn, const ChangeSetId& id) = 0;
};

/// The receiver's side of the same. Nothing found: the run cannot be unpacked here (NotFound).
class UnpackingNames {
public:
    virtual ~UnpackingNames() = default;
    virtual Result<std::optional<ClaimKey>> claimKey(const std::string& crn) = 0;
    virtual Result<std::optional<ChangeSetId>> atChain(const ChainPlace& place) = 0;
    virtual Result<std::optional<ChangeSetId>> atLedger(const std::string& crn, const LedgerPlace& place) = 0;
};

/// One of a run: a change set as encodeChangeSet gives it or, of the receiver's own, its 16-byte id alone.
struct RunItem {
    std::string claim;
    Bytes bytes;
    bool operator==(const RunItem&) const = default;
};

/// Null when this run is to travel whole: one of its ids has no name, or unpacking did not give the same again. What
/// does not fit (it does not decode, it was erased, its claim's key is not known) is whole inside the packed run.
Result<Value> packRun(const std::vector<RunItem>& items, PackingNames& names);

/// NotFound when it names what is not here; BadInput for a malformed one; TooLarge when more than `most_bytes` would
/// come out. After each of these the other side is asked for the whole form; any other error is the store's.
Result<std::vector<RunItem>> unpackRun(const Value& packed, UnpackingNames& names, std::size_t most_bytes);
/// True for the errors of unpacking for which the whole form is the remedy.
bool wantsWhole(const Error& error);

/// Sets `packed` when it can be; the change sets stay as they are.
Status packSegment(Segment& segment, PackingNames& names);
/// Sets `change_sets` of one that came packed. Its signature is still to be checked, and proves the unpacking. `room`
/// is what may still come out of the message's segments, and is less by what came out: kMaxInflatedBytes at first.
Status unpackSegment(Segment& segment, UnpackingNames& names, std::size_t& room);

/// Puts `packed` in the place of `rows` when it can.
Status packRows(PullReply& reply, PackingNames& names);
/// The rows, however they came. NotFound too when the ids that come out are not those that went in.
Result<std::vector<PullRow>> unpackRows(const PullReply& reply, UnpackingNames& names);

/// The id of a change set's bytes; of those that do not come apart, the first bytes of their own hash.
ChangeSetId idOf(ByteView change_set);

}  // namespace fieldclaim
