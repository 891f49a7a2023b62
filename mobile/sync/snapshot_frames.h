#pragma once

#include <functional>

#include "mobile/sync/sync_store.h"

namespace fieldclaim::tablet {

/// What both stores do with a part of a snapshot. Gives each page that is whole by now to `keep`, which says false for
/// one that it cannot use, and returns the bytes of the next page that are here already. Nothing when the snapshot is
/// damaged: a page that does not decode or is refused, bytes after the last page, an end without one.
Result<std::optional<Bytes>> takePages(Bytes tail, const SnapshotPart& part,
                                       const std::function<Result<bool>(const PullReply&)>& keep);

}  // namespace fieldclaim::tablet
