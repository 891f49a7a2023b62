#pragma once

#include <optional>
#include <string_view>

#include "shared/wire/protocol.h"

// A snapshot's body (docs/protocol.md, "GET /v1/snapshots/{scope}"): the pages of a pull of all that a scope holds, one
// after another, so that what takes a page in takes a snapshot in.
namespace fieldclaim {

constexpr std::string_view kSnapshotType = "application/vnd.fieldclaim.snapshot";

/// Adds one frame: the length of what follows (4 bytes, big-endian), then the page, deflated by itself, so that a
/// download can be cut and taken up anywhere.
void appendFrame(Bytes& out, const PullReply& page);
/// Takes the first frame off the front of `bytes`; nothing, and nothing taken, while it has not wholly come. BadInput
/// for what is no frame, TooLarge for one above kMaxInflatedBytes, before or after inflating.
Result<std::optional<PullReply>> takeFrame(ByteView& bytes);

}  // namespace fieldclaim
