#pragma once

#include "shared/sqlite/database.h"
#include "shared/wire/packing.h"

namespace fieldclaim::tablet {

/// What packed runs name, looked up in the vault: for what is pushed and for what is pulled. Borrows the database for
/// its whole life, which is one call of the sync store.
class VaultNames final : public PackingNames, public UnpackingNames {
public:
    /// `keys`: of claims that begin in the reply being unpacked. `fresh`: a fresh download is under way; what was
    /// pulled before it may be of another history and is not named.
    VaultNames(Database& store, ClaimKeys keys, bool fresh) : m_store(store), m_keys(std::move(keys)), m_fresh(fresh) {}

    Result<std::optional<ClaimKey>> claimKey(const std::string& crn) override;
    Result<std::optional<ChainPlace>> inChain(const ChangeSetId& id) override;
    Result<std::optional<LedgerPlace>> inLedger(const std::string& crn, const ChangeSetId& id) override;
    Result<std::optional<ChangeSetId>> atChain(const ChainPlace& place) override;
    Result<std::optional<ChangeSetId>> atLedger(const std::string& crn, const LedgerPlace& place) override;

private:
    Database& m_store;
    ClaimKeys m_keys;
    bool m_fresh;
};

}  // namespace fieldclaim::tablet
