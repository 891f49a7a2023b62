#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "mobile/sync/sync_store.h"
#include "shared/merge/claim_state.h"
#include "tests/simulation/server_end.h"

namespace fieldclaim::sim {

/// A tablet's store as a run uses it: the product's store in memory (quick), or the product's vault on a disk.
class TabletStore {
public:
    virtual ~TabletStore() = default;

    virtual tablet::SyncStore& sync() = 0;
    virtual ChangeSet save(const std::string& crn, Payload payload, std::int64_t wall_ms,
                           const std::optional<ClaimKey>& begins, const std::string& site,
                           const std::optional<Bytes>& image) = 0;
    virtual ClaimState state(const std::string& crn) const = 0;
    virtual std::set<std::string> claims() const = 0;
    /// False for a claim that has left this tablet's scope, as far as it knows.
    virtual bool mayWrite(const std::string& crn) const = 0;
    struct Own {
        ChangeSetId id{};
        ChangeSetHeader header;
        Hash hash{};
        bool acknowledged = false;
        bool in_ledger = false;
        bool set_aside = false;
        bool content = true;  ///< false: its claim was dropped, and the header alone is left
    };
    virtual std::vector<Own> own() const = 0;
    virtual Uuid author() const = 0;
    virtual bool hasImage(const Hash& name) const = 0;

    /// The process ends without a word and is started again; `torn`: in the middle of a write, and true when there was
    /// one. sync() is another object then.
    virtual bool endAndReopen(Chance* torn) = 0;
    /// A second tablet goes on from a copy of this one as it is.
    virtual std::unique_ptr<TabletStore> clone(const std::filesystem::path& folder, const Clock& clock,
                                               Random& random) const = 0;
    /// Keeps a copy of the store as it is, under a name.
    virtual void copyAs(const std::string& name) = 0;
    /// The process ends, and the copy takes the store's place; false when there is none.
    virtual bool comeBackAs(const std::string& name) = 0;
};

enum class StoreKind { Memory, Vault };
std::unique_ptr<TabletStore> makeStore(StoreKind kind, const Seat& seat, const ServerTemplate& ready,
                                       const std::filesystem::path& folder, const Clock& clock, Random& random);

}  // namespace fieldclaim::sim
