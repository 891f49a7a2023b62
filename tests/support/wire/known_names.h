#pragma once

#include <map>
#include <string>

#include "shared/wire/packing.h"

namespace fieldclaim::test {

/// What both sides of a packed run know, in maps.
class KnownNames final : public PackingNames, public UnpackingNames {
public:
    std::map<std::string, ClaimKey> keys;
    std::map<ChainPlace, ChangeSetId> chain;
    std::map<std::pair<std::string, LedgerPlace>, ChangeSetId> ledger;
    bool broken = false;  ///< the store fails

    Result<std::optional<ClaimKey>> claimKey(const std::string& crn) override;
    Result<std::optional<ChainPlace>> inChain(const ChangeSetId& id) override;
    Result<std::optional<LedgerPlace>> inLedger(const std::string& crn, const ChangeSetId& id) override;
    Result<std::optional<ChangeSetId>> atChain(const ChainPlace& place) override;
    Result<std::optional<ChangeSetId>> atLedger(const std::string& crn, const LedgerPlace& place) override;
};

}  // namespace fieldclaim::test
