#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/domain/claim_review.h"

namespace fieldclaim {

/// One of the files that a claim names: a claim is complete only when the server has every one of them (hazard H42).
struct ClaimFile {
    enum class Of {
        Answer,  ///< to the question `key`
        Proof,   ///< kept with the proof `key`
        Claim,   ///< kept with the claim as a whole, or with a proof that is needed no more
        Seal,    ///< a page signed in ink
    };
    Of of = Of::Claim;
    std::string key;
    std::string label;           ///< English: the question, what is to be proved, or what it is
    std::optional<Hash> digest;  ///< the blob's name; none when what stands there cannot be read
    std::string name;            ///< as whoever attached it called it; empty for a picture that was taken
    bool picture = true;         ///< as the tablet says; what it truly is, its bytes say
};
/// In the order of the questions, then of the proofs' pages as they were taken, then of the signed pages. `review` is
/// of the same state.
std::vector<ClaimFile> filesOf(const ClaimState& state, const ClaimReview& review);

/// "image/jpeg", "image/png", "image/gif", "image/bmp" or "application/pdf" by the first eight bytes of a file,
/// "application/octet-stream" for any other.
std::string_view mediaTypeOf(ByteView beginning);

}  // namespace fieldclaim
