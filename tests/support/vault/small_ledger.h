#pragma once

#include <map>
#include <string>

#include "mobile/storage/vault_sync_store.h"

namespace fieldclaim::tablet {

/// A server of one scope in a few lines, for one tablet: it takes what the tablet has unsent, and has the tablet pull
/// what colleagues and the server itself wrote. Ends the program where the vault refuses. Borrows the vault.
class SmallLedger {
public:
    explicit SmallLedger(Vault& vault);

    static Uuid colleague();  ///< an officer of another tablet
    static Uuid server();     ///< the server as an author

    /// The tablet's unsent saves are in the ledger, and the tablet has pulled them back.
    /// Saves that write at the path `aside` are received and set aside instead, with that reason.
    void takeAll(const std::string& aside = {}, const std::string& reason = {});
    /// A save on another tablet (or by the server), which this one pulls. `sees_all`: the edits name what stands here
    /// now; else they name nothing, as from a tablet that had pulled nothing.
    ChangeSet write(const std::string& crn, std::map<std::string, Value> values, const Uuid& author,
                    std::int64_t device_time, bool sees_all = true, const std::string& site = "llanrwst");
    /// The claim's key is drawn from it: a claim that begins elsewhere.
    std::string begin(const std::string& crn, const Uuid& author, std::int64_t device_time);

private:
    void pull(const std::string& crn, std::vector<Bytes> change_sets);

    Vault& m_vault;
    VaultSyncStore m_store;
    ClaimKeys m_keys;
    std::map<Uuid, std::uint64_t> m_counters;
    std::uint64_t m_seq = 0;
};

}  // namespace fieldclaim::tablet
