#pragma once

#include <filesystem>
#include <map>
#include <optional>

#include "mobile/storage/slots.h"
#include "mobile/storage/vault.h"
#include "shared/sqlite/database.h"
#include "shared/sqlite/store_lock.h"
#include "shared/sqlite/transaction.h"

// Inside mobile/storage: what vault.cpp, vault_claims.cpp, vault_ledger.cpp and vault_sync_store.cpp share.
namespace fieldclaim::tablet {

constexpr std::size_t kBlobChunkBytes = 256U << 10U;
constexpr std::string_view kStore = "vault.db";
constexpr std::string_view kSalvaged = "vault.db.salvaged";
/// What could be read of a damaged store, before it takes that one's place.
constexpr std::string_view kSalvagePart = "vault.db.salvage";
constexpr std::string_view kHead = "vault.head";
constexpr std::size_t kHeadBytes = std::size_t{64} * 4096;  ///< of SQLCipher 4's pages
constexpr std::string_view kSlots = "slots.cbor";
/// Those of a re-keying, written before the store gets its new key.
constexpr std::string_view kNextSlots = "slots.next.cbor";

Status checkPassphrase(const std::string& passphrase);

struct Vault::Impl {
    Impl(std::string in_folder, const Clock& from_clock, Random& from_random, const Options& with_options,
         StoreLock lock, DeviceKey key)
        : folder(std::move(in_folder)),
          clock(from_clock),
          random(from_random),
          options(with_options),
          store_lock(std::move(lock)),
          device_key(std::move(key)) {}
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;

    std::string folder;
    const Clock& clock;
    Random& random;
    Options options;
    StoreLock store_lock;
    DeviceKey device_key;
    std::vector<Slot> slots;
    /// Of a re-keying that was cut: which of the two opens the store says whether it came to pass.
    std::optional<std::vector<Slot>> next_slots;
    DeviceState state;
    /// An officer whose slot opened, and whose store did not.
    struct Rescuer {
        Uuid officer;
        OpenedSlot opened;
    };
    std::optional<Rescuer> rescuer;
    std::optional<SalvageReport> read_damaged;  ///< kSalvagePart is whole
    std::optional<std::filesystem::file_time_type> head_copied;
    std::map<Uuid, std::int64_t> wait_until;  ///< by uptime: the wall clock cannot shorten it

    struct SignedIn {
        Uuid officer;
        Uuid author;
        Hash secret{};
        Hash box_secret{};
    };
    std::optional<Hash> vault_key;
    std::optional<Database> database;
    std::optional<SignedIn> signed_in;
    DeviceSetup setup;
    std::function<void(const std::vector<std::string>&)> on_pulled;

    ~Impl();

    std::string path(std::string_view name) const { return folder + "/" + std::string(name); }
    /// NotSignedIn when the vault is locked.
    Result<Database*> db();
    Slot* slotOf(const Uuid& officer);
    Status writeSlots() const;
    void step(const char* name) const {
        if (options.at_step) options.at_step(name);
    }
    /// Counts a try before it is made, so that ending the process does not give it back.
    Result<OpenedSlot> tryPassphrase(const Uuid& officer, const std::string& passphrase);
    /// Opens the store for an officer whose slot opened, and signs them in.
    Status enter(const Uuid& officer, OpenedSlot& opened);
    Status openDatabase(const Hash& key);
    /// Keeps a copy of the store's first pages (the schema and the roots of all tables, which lead to all others)
    /// whenever a checkpoint wrote the file. They are as encrypted there as here.
    void copyHead();
    /// Reads what can be read of the damaged store into kSalvagePart, once. For the rescuer.
    Status readDamaged();
    /// After a salvage: what of a chain the server has and this store has not; what was saved behind a hole gets a new
    /// incarnation, so that it can be received.
    Status mendChain(const Head& received);
    Status chainAnew(const Uuid& author, std::uint32_t incarnation, std::uint64_t after);
    /// openDatabase(), with the key of a re-keying that was cut when the slot's own is not the one.
    Status openWithEitherKey(const Uuid& officer, OpenedSlot& opened);
    /// Keeps what a locked tablet needs to know; the recovery part of the signed-in officer's slot.
    Status refreshState();
    void notePending();
    Status refreshRecovery();
    Status keepRecoveryKey(const Hash& key);
    Result<Hash> storeSecret();
    Status saveState() { return saveDeviceState(path("device.state"), state, device_key, random); }
    void closeDatabase();
    void forgetOfficer();
    Status insertAuthor(const Uuid& author, const NewOfficer& officer, const Hash& public_key);
    Status loadSetup();

    // -- who opened which claim (vault_views.cpp)
    Result<std::vector<ClaimView>> views(std::size_t most);
    /// The oldest are at the server.
    Status viewsNoted(std::uint64_t count);

    // -- settings (vault.cpp)
    Result<Bytes> setting(std::string_view key);
    Status putSetting(std::string_view key, ByteView value);

    // -- ledger (vault_ledger.cpp)
    Result<ClaimState> baseOf(std::string_view crn);
    /// Own change sets of a claim that are not in the ledger as pulled, in the order of saving.
    Result<std::vector<ChangeSet>> ownNotInLedger(std::string_view crn);
    /// Marks own change sets that the ledger says were refused, with the reason.
    Status markRefused(std::string_view crn, const ClaimState& base);
    Status putBase(std::string_view crn, const ClaimState& base, std::int64_t last_change);
    /// Folds a claim from all its ledger rows again.
    Status foldAgain(std::string_view crn);
    /// Applies what was parked, as often as that helps.
    Status applyParked(std::string_view crn, ClaimState& base);
    /// Bytes of a ledger row's change set, its own column or own_change_set's; empty when neither has them.
    Result<Bytes> bytesOf(const ChangeSetId& id, ByteView stored);
    // -- rows that were pulled (vault_rows.cpp); staged: 1 in a fresh download
    Status keepKeys(const ClaimKeys& keys);
    /// `touched`: claim -> the newest device time. False when a row names a change set as ours that is not here: this
    /// store is older than what it once pushed (hazard H07).
    Result<bool> keepRows(const std::vector<PullRow>& rows, int staged, std::map<std::string, std::int64_t>& touched);
    /// scope -> checksum of the claims that are in it; what is to be dropped is in none.
    Result<std::map<std::string, std::uint64_t>> scopeSums(int staged, const std::vector<PurgeEntry>& purge);
    /// A fresh download begins, of every scope from its beginning.
    Status stageAnew();
    /// What is staged of one scope goes.
    Status unstage(const std::string& scope);
    // -- claims that have left (vault_purge.cpp)
    Result<bool> hasUnsent(std::string_view crn);
    /// All of it but the headers of own change sets, which the chain needs.
    Status dropClaim(std::string_view crn);
    /// Takes the server's list in place of the one before; gives the claims that were dropped.
    Result<std::vector<std::string>> applyPurges(const std::vector<PurgeEntry>& listed);

    Status noteWantedBlobs(std::string_view crn, const ClaimState& base);
    Status putBlob(const std::string& crn, const Hash& name, ByteView bytes);
};

Result<std::vector<OfficerInfo>> decodeOfficers(ByteView bytes);
Bytes encodeOfficers(const std::vector<OfficerInfo>& officers);

}  // namespace fieldclaim::tablet
