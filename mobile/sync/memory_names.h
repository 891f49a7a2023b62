#pragma once

#include "mobile/sync/memory_sync_store.h"
#include "shared/wire/packing.h"

namespace fieldclaim::tablet {

/// What packed runs name, looked up in a MemorySyncStore, which it borrows for its whole life.
class MemoryNames final : public PackingNames, public UnpackingNames {
public:
    /// `keys`: of claims that begin in the reply being unpacked.
    explicit MemoryNames(const MemorySyncStore& store, ClaimKeys keys = {}) : m_store(store), m_keys(std::move(keys)) {}

    Result<std::optional<ClaimKey>> claimKey(const std::string& crn) override;
    Result<std::optional<ChainPlace>> inChain(const ChangeSetId& id) override;
    Result<std::optional<LedgerPlace>> inLedger(const std::string& crn, const ChangeSetId& id) override;
    Result<std::optional<ChangeSetId>> atChain(const ChainPlace& place) override;
    Result<std::optional<ChangeSetId>> atLedger(const std::string& crn, const LedgerPlace& place) override;

private:
    const MemorySyncStore& m_store;
    ClaimKeys m_keys;
};

}  // namespace fieldclaim::tablet
