#pragma once

#include <optional>
#include <string>
#include <vector>

#include "shared/merge/claim_state.h"

namespace fieldclaim {

/// The signature over a statement's digest (architecture.md part 8), at seal/<uuid>.
struct Seal {
    std::string id;
    Hash digest{};        ///< of the statement
    std::string signer;   ///< full name, as shown
    std::string part;     ///< "claimant" or "partner" (a joint claim has both)
    std::string role;     ///< self, appointee, attorney, corporate
    std::string method;   ///< tablet, paper, mark
    std::string witness;  ///< the witness's full name, of a mark on the tablet or on paper
    /// tablet and mark: CBOR list of strokes, each a flat list x, y, ms (pad units 0-10000), a mark made without
    /// drawing has none; paper: CBOR list of the scans' hashes (ink.h).
    Bytes strokes;
    Uuid officer;
    Uuid author;  ///< whose key signed it
    Uuid device;
    std::int64_t device_time = 0;
    std::string place;  ///< may be empty
    Bytes signature;    ///< Ed25519 by the author's key over sealMessage
    bool operator==(const Seal&) const = default;
};

/// CBOR ["fieldclaim/seal/1", every field but the signature].
Bytes sealMessage(const Seal& seal);
std::string sealPath(std::string_view id);
Value encodeSeal(const Seal& seal);
Result<Seal> decodeSeal(std::string_view id, const Value& value);
/// In the order of their paths; a value that is no seal is passed over.
std::vector<Seal> sealsOf(const ClaimState& state);

}  // namespace fieldclaim
