#pragma once

#include <optional>
#include <string>

#include "sync-server/service/claim_fold.h"
#include "sync-server/service/pack_shelf.h"

namespace fieldclaim::server {

/// Makes the bytes of a signed statement again from the claim that is here, so that no tablet has to send them
/// (docs/adr/0008). What comes out is either the very bytes that were signed, for they hash to the digest that the seal
/// names, or nothing: the claim has changed since, the pack is not here, the customer saw the statement a day before.
/// The bytes are then uploaded as any others. Safe from any thread.
class StatementMaker {
public:
    explicit StatementMaker(const PackShelf& packs) : m_packs(packs) {}

    /// Tries the packs in use and both languages, on the day that the seal tells. Nothing for a digest that no seal of
    /// the claim names; reads the claim's state and makes at most eight statements.
    std::optional<Bytes> make(const LedgerSnapshot& now, const std::string& crn, const Hash& digest) const;

private:
    const PackShelf& m_packs;
};

}  // namespace fieldclaim::server
