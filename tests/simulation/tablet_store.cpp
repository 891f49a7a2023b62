#include "tests/simulation/tablet_store.h"

#include <fstream>

#include "mobile/storage/vault_sync_store.h"
#include "mobile/sync/memory_sync_store.h"
#include "tests/simulation/torn_write.h"

namespace fieldclaim::sim {
namespace {

namespace fs = std::filesystem;

Uuid drawUuid(Random& random) {
    Uuid out;
    random.fill(out.bytes.data(), out.bytes.size());
    return out;
}

template <typename T>
T must(Result<T> result) {
    if (!result) throw Violation("store", describe(result.error()));
    return std::move(*result);
}
void must(const Status& status) {
    if (!status) throw Violation("store", describe(status.error()));
}

class InMemory final : public TabletStore {
public:
    InMemory(const Seat& seat, const ServerTemplate& ready, Random& random) : m_store(make(seat, ready, random)) {}

    tablet::SyncStore& sync() override { return m_store; }
    ChangeSet save(const std::string& crn, Payload payload, std::int64_t wall_ms, const std::optional<ClaimKey>& begins,
                   const std::string&, const std::optional<Bytes>& image) override {
        if (image) m_store.saveBlob(crn, *image);
        return m_store.save(crn, std::move(payload), wall_ms, begins);
    }
    ClaimState state(const std::string& crn) const override { return m_store.state(crn); }
    std::set<std::string> claims() const override { return m_store.claims(); }
    std::vector<Own> own() const override {
        std::vector<Own> out;
        for (const auto& each : m_store.own()) {
            out.push_back({each.change_set.id(), each.change_set.header, each.change_set.hash, each.acknowledged,
                           each.in_ledger, each.set_aside, each.content});
        }
        return out;
    }
    bool mayWrite(const std::string& crn) const override { return !m_store.hasLeft(crn); }
    Uuid author() const override { return m_store.author(); }
    bool hasImage(const Hash& name) const override { return m_store.blobs().contains(name); }
    bool endAndReopen(Chance*) override { return false; }
    std::unique_ptr<TabletStore> clone(const fs::path&, const Clock&, Random&) const override {
        return std::make_unique<InMemory>(*this);
    }
    void copyAs(const std::string& name) override { m_copies.insert_or_assign(name, m_store); }
    bool comeBackAs(const std::string& name) override {
        const auto copy = m_copies.find(name);
        if (copy == m_copies.end()) return false;
        m_store = copy->second;
        return true;
    }

private:
    static tablet::MemorySyncStore make(const Seat& seat, const ServerTemplate& ready, Random& random) {
        const auto key = KeyPair::make(random);
        return {{seat.device, seat.device_key.secret, ready.caKeyHash(), "fieldclaim-sim", {}, ready.caPem()},
                {drawUuid(random), seat.officer, seat.officer_code, key.public_key},
                key};
    }

    tablet::MemorySyncStore m_store;
    std::map<std::string, tablet::MemorySyncStore> m_copies;
};

class OnDisk final : public TabletStore {
public:
    OnDisk(const Seat& seat, const ServerTemplate& ready, fs::path folder, const Clock& clock, Random& random)
        : m_folder(std::move(folder)), m_officer(seat.officer), m_clock(clock), m_random(random) {
        fs::create_directories(m_folder / "now");
        std::ofstream(m_folder / "now/device.key", std::ios::binary) << asText(seat.device_key.secret);
        const OfficerInfo officer{seat.officer, "Officer", "assessor", seat.site};
        const tablet::DeviceSetup setup{
            "https://localhost:1", ready.caPem(), seat.device, seat.site, seat.site, {officer}};
        m_vault = must(tablet::Vault::create((m_folder / "now").string(), setup,
                                             {officer, seat.officer_code, kPassphrase}, m_clock, m_random, options()));
        m_sync = std::make_unique<tablet::VaultSyncStore>(*m_vault);
        m_author = m_vault->author();
    }
    /// Goes on from a copy of another.
    OnDisk(const OnDisk& other, fs::path folder, const Clock& clock, Random& random)
        : m_folder(std::move(folder)), m_officer(other.m_officer), m_clock(clock), m_random(random) {
        fs::create_directories(m_folder);
        fs::copy(other.m_folder / "now", m_folder / "first", fs::copy_options::recursive);
        comeBackAs("first");
        m_author = other.m_author;
    }

    tablet::SyncStore& sync() override { return *m_sync; }
    ChangeSet save(const std::string& crn, Payload payload, std::int64_t, const std::optional<ClaimKey>& begins,
                   const std::string& site, const std::optional<Bytes>& image) override {
        std::vector<Bytes> blobs;
        if (image) blobs.push_back(*image);
        return must(m_vault->save(
            {crn, std::move(payload), "working-age/1", begins, begins ? site : std::string(), std::move(blobs)}));
    }
    ClaimState state(const std::string& crn) const override {
        auto out = m_vault->claimState(crn);
        if (!out && out.error().code == ErrorCode::NotFound) return {};
        return must(std::move(out));
    }
    std::set<std::string> claims() const override {
        std::set<std::string> out;
        for (const auto& row : must(m_vault->claims())) out.insert(row.crn);
        return out;
    }
    std::vector<Own> own() const override {
        std::vector<Own> out;
        for (const auto& crn : claims()) {
            for (const auto& each : must(m_vault->changeSets(crn))) {
                if (!each.own) continue;
                out.push_back({each.change_set.id(), each.change_set.header, each.change_set.hash,
                               each.state != tablet::OwnState::Pending, each.state == tablet::OwnState::InLedger,
                               each.state == tablet::OwnState::SetAside, !each.change_set.payload_bytes.empty()});
            }
        }
        return out;
    }
    bool mayWrite(const std::string& crn) const override { return !must(m_vault->hasLeft(crn)); }
    Uuid author() const override { return m_author; }
    bool hasImage(const Hash& name) const override { return m_vault->blob(name).has_value(); }
    bool endAndReopen(Chance* torn) override {
        // Files as they are while the store is open: nobody has closed it.
        copyAs("ended");
        const bool in_a_write = torn != nullptr && tearLog(m_folder / "ended" / kVaultFile, *torn);
        comeBackAs("ended");
        return in_a_write;
    }
    std::unique_ptr<TabletStore> clone(const fs::path& folder, const Clock& clock, Random& random) const override {
        return std::make_unique<OnDisk>(*this, folder, clock, random);
    }
    void copyAs(const std::string& name) override {
        fs::remove_all(m_folder / name);
        fs::copy(m_folder / "now", m_folder / name, fs::copy_options::recursive);
    }
    bool comeBackAs(const std::string& name) override {
        if (!fs::exists(m_folder / name)) return false;
        m_sync.reset();
        m_vault.reset();
        fs::remove_all(m_folder / "now");
        fs::copy(m_folder / name, m_folder / "now", fs::copy_options::recursive);
        m_vault = must(tablet::Vault::open((m_folder / "now").string(), m_clock, m_random, options()));
        must(m_vault->unlock(m_officer, kPassphrase));
        m_sync = std::make_unique<tablet::VaultSyncStore>(*m_vault);
        return true;
    }

private:
    static constexpr const char* kVaultFile = "vault.db";
    static constexpr const char* kPassphrase = "correct horse battery";
    /// scrypt with N = 16: the strength of a passphrase is not what is tried here.
    static tablet::Vault::Options options() { return {{16, 1, 1}, 0}; }

    fs::path m_folder;
    Uuid m_officer;
    const Clock& m_clock;
    Random& m_random;
    std::unique_ptr<tablet::Vault> m_vault;
    std::unique_ptr<tablet::VaultSyncStore> m_sync;
    Uuid m_author;
};

}  // namespace

std::unique_ptr<TabletStore> makeStore(StoreKind kind, const Seat& seat, const ServerTemplate& ready,
                                       const fs::path& folder, const Clock& clock, Random& random) {
    if (kind == StoreKind::Memory) return std::make_unique<InMemory>(seat, ready, random);
    return std::make_unique<OnDisk>(seat, ready, folder, clock, random);
}

}  // namespace fieldclaim::sim
