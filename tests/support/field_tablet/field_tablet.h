#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "mobile/storage/vault.h"
#include "mobile/storage/vault_sync_store.h"
#include "mobile/sync/memory_sync_store.h"
#include "tests/support/tablet/test_server.h"

namespace fieldclaim::test {

enum class StoreKind { Memory, Vault };

/// A tablet with the product's own store (in memory, or the vault on a disk) and one officer, that speaks to the
/// services of a Server directly, as the sync engine does and in its order. Borrows the server's seams.
class FieldTablet {
public:
    /// The vault lies in a folder of its own beside the server's data.
    FieldTablet(StoreKind kind, TestServer& server, const std::string& site = "caernarfon",
                const std::string& officer = "Carys Hughes");

    std::string begin(const std::string& site = "caernarfon");
    ChangeSet save(const std::string& crn, const std::string& path, Value value);
    ChangeSet intend(const std::string& crn, Value intent);
    ChangeSet saveEdits(const std::string& crn, std::vector<Edit> edits);
    /// As the officer sees it; empty when the claim is not here.
    ClaimState state(const std::string& crn) const;
    bool holds(const std::string& crn) const;
    struct Standing {
        bool acknowledged = false;
        bool in_ledger = false;
        bool set_aside = false;
        bool refused = false;
        std::string note;
        bool operator==(const Standing&) const = default;
    };
    Standing standing(const ChangeSet& change_set) const;

    /// A session, hello, all that is to be sent, all that is to be read. The first error ends it.
    Status sync();
    Status push();
    Status pull();
    Status hello();

    const Uuid& device() const { return m_device; }
    tablet::SyncStore& store() { return *m_store; }
    tablet::Vault* vault() { return m_vault.get(); }
    /// A snapshot comes in parts of so many bytes; and the network is lost before that part (0: the next), once.
    void snapshotsInPartsOf(std::size_t bytes) { m_part_bytes = bytes; }
    void losesNetworkBeforePart(int part) { m_lost_before = part; }
    /// Bytes of snapshots that came, ever.
    std::uint64_t snapshotBytes() const { return m_snapshot_bytes; }
    /// How often a checksum differed, ever.
    int freshPulls() const { return m_fresh; }

private:
    Status openSession();
    Status fetchSnapshots(const server::Session& session);

    TestServer& m_server;
    KeyPair m_device_key;
    Uuid m_device;
    tablet::MemorySyncStore* m_memory = nullptr;
    std::unique_ptr<tablet::Vault> m_vault;
    std::unique_ptr<tablet::SyncStore> m_store;
    std::string m_token;
    int m_fresh = 0;
    std::size_t m_part_bytes = 64U << 10U;
    std::optional<int> m_lost_before;
    std::uint64_t m_snapshot_bytes = 0;
};

}  // namespace fieldclaim::test
