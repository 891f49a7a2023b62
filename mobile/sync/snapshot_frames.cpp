#include "mobile/sync/snapshot_frames.h"

#include "shared/wire/snapshot.h"

namespace fieldclaim::tablet {

Result<std::optional<Bytes>> takePages(Bytes tail, const SnapshotPart& part,
                                       const std::function<Result<bool>(const PullReply&)>& keep) {
    tail.insert(tail.end(), part.bytes.begin(), part.bytes.end());
    ByteView rest = tail;
    bool last = false;
    while (!last) {
        const auto page = takeFrame(rest);
        if (!page) return std::nullopt;
        if (!*page) break;
        ASSIGN(const bool good, keep(**page));
        if (!good) return std::nullopt;
        last = !(*page)->more;
    }
    const bool complete = part.offset + part.bytes.size() == part.size;
    if (last != complete || (last && !rest.empty())) return std::nullopt;
    return toBytes(rest);
}

}  // namespace fieldclaim::tablet
