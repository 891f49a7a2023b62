#pragma once

#include <utility>

#include "shared/wire/change_set.h"
#include "shared/wire/compression.h"
#include "tests/simulation/server_end.h"

namespace fieldclaim::sim {

/// What the harness itself needs and does not get ends the run.
template <typename T>
T must(Result<T> result) {
    if (!result) throw Violation("harness", describe(result.error()));
    return std::move(*result);
}
inline void must(const Status& status) {
    if (!status) throw Violation("harness", describe(status.error()));
}

inline Bytes plain(const tablet::Send& request) {
    return request.headers.contains("Content-Encoding") ? must(inflateBytes(request.body, kMaxInflatedBytes))
                                                        : request.body;
}

/// Of a dropped or erased claim the header travels alone.
inline std::pair<ChangeSetHeader, Hash> headOf(const Bytes& change_set) {
    const auto raw = must(splitChangeSet(change_set));
    return {must(decodeHeader(raw.header_bytes)), sha256(raw.header_bytes)};
}

}  // namespace fieldclaim::sim
