#pragma once

#include <vector>

#include "sync-server/service/claim_fold.h"

namespace fieldclaim::server {

/// The server as an author: its decisions are change sets of its own chain in the ledger, pulled like any other
/// (architecture, part 4), so that a claim's state stays a pure fold.
class ServerAuthor {
public:
    explicit ServerAuthor(const Clock& clock) : m_clock(clock) {}

    /// Writes one change set with these edits and applies it; the caller stores the claim. The claim has a scope and a
    /// key. Gives its ledger seq.
    Result<std::uint64_t> write(LedgerTransaction& tx, LoadedClaim& claim, std::vector<Edit> edits) const;

    /// The decision that erases the claim, whose rows and key are gone: all that its state is from now on. Under a key
    /// of zeros, so that it can be checked without the claim's. Gives its ledger seq.
    Result<std::uint64_t> writeErasure(LedgerTransaction& tx, LoadedClaim& claim, Value decision) const;

private:
    Result<std::uint64_t> append(LedgerTransaction& tx, LoadedClaim& claim, std::vector<Edit> edits,
                                 const ClaimKey& key) const;

    const Clock& m_clock;
};

}  // namespace fieldclaim::server
