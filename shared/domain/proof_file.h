#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "shared/merge/claim_state.h"

namespace fieldclaim {

/// file/<uuid>: a page kept with a proof, a picture as a rule. The bytes are a blob of the claim; a claim is complete
/// only when the server has verified every one of them (hazard H42).
struct ProofFile {
    std::string id;
    std::string proof;  ///< the proof's key; empty: of the claim as a whole
    Hash digest{};      ///< the blob's name
    std::int64_t size = 0;
    std::string type;  ///< media type: "image/jpeg"
    std::string name;  ///< as whoever attached it called it; empty for a picture that was taken
    Uuid officer;
    std::int64_t device_time = 0;
    bool operator==(const ProofFile&) const = default;
};
std::string filePath(std::string_view id);
Value encodeProofFile(const ProofFile& file);
/// In the order in which they were taken; what cannot be read is left out.
std::vector<ProofFile> proofFilesOf(const ClaimState& state);

}  // namespace fieldclaim
