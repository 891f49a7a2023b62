#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "mobile/storage/device_key.h"
#include "mobile/storage/device_state.h"
#include "shared/crypto/crypto.h"
#include "shared/merge/claim_state.h"
#include "shared/wire/device_messages.h"

namespace fieldclaim {
class Database;
}

namespace fieldclaim::tablet {

/// What enrolment gave (mobile/platform/enrolment.h): kept in the vault, never shown.
struct DeviceSetup {
    std::string server_url;  ///< "https://host:8443"
    std::string ca_pem;      ///< the pinned certificate authority
    Uuid device;
    std::string site;  ///< site id
    std::string site_name;
    std::vector<OfficerInfo> officers;
    std::optional<Hash> recovery_key = {};  ///< of the server; none when it is too old to have one
    std::string next_ca_pem = {};           ///< the authority that will follow the pinned one; empty: none yet
    /// What the server's certificate has to be issued by one of.
    std::string authorities() const { return ca_pem + next_ca_pem; }
};

/// An officer's first sign-in on this tablet.
struct NewOfficer {
    OfficerInfo info;
    std::string one_time_code;  ///< registers the author key with the server at the next session
    std::string passphrase;     ///< at least kMinPassphrase characters: BadInput otherwise
};
constexpr std::size_t kMinPassphrase = 8;
/// The detail of NotAllowed for what is written into a claim that this tablet is to drop.
constexpr std::string_view kClaimHasLeft = "the claim is another site's now";

/// An officer who may unlock: all that the locked screen knows.
struct OfficerSlot {
    Uuid officer;
    std::string name;
};

/// A request to the server to be let in again, and the secret half of the key to which it answers.
struct ForgottenPassphrase {
    ReleaseRequest request;
    Hash one_time_secret{};
    std::string code;  ///< what is shown: "7KQ4M-2X9TB"
};

/// What could be read of a damaged store, and what not.
struct SalvageReport {
    std::uint64_t saves = 0;               ///< own change sets brought over
    std::uint64_t unsent = 0;              ///< of those, without the server's acknowledgement
    std::uint64_t saves_lost = 0;          ///< not readable, and not known to be with the server
    std::uint64_t images = 0;              ///< brought over, unsent ones and others
    std::uint64_t images_lost = 0;         ///< unsent, and not readable whole
    std::uint64_t claims_without_key = 0;  ///< their work can be sent only if the server has a part of them
    bool first_pages_mended = false;       ///< with their copy
    std::string kept_as;                   ///< the damaged store, beside the new one
};

/// How one of this tablet's own change sets stands with the server: by its acknowledgement alone (hazard H41).
enum class OwnState {
    Pending = 0,   ///< saved here; no acknowledgement
    Received = 1,  ///< acknowledged, not yet in the ledger as pulled
    Parked = 2,    ///< acknowledged; waits on the server for an edit that it builds on
    SetAside = 3,  ///< acknowledged; in quarantine: `note` says why
    InLedger = 4,  ///< pulled back as part of the ledger
    Refused = 5,   ///< by a supervisor: it counts for nothing; `note` says why
};

/// One of this tablet's own change sets with its standing, or one pulled from the ledger.
struct StoredChangeSet {
    ChangeSet change_set;
    bool own = false;
    OwnState state = OwnState::InLedger;
    std::string note;
};

/// One row of the claim table. `summary` is the casework's own bytes; nothing here reads them.
struct ClaimRow {
    std::string crn;
    std::string site;
    Bytes summary;  ///< empty: to be made again
    std::int32_t summary_day = 0;
    std::int64_t last_change = 0;
    std::uint64_t pending = 0;        ///< own change sets without the server's acknowledgement
    std::uint64_t pending_blobs = 0;  ///< images, documents and statements that the server does not have yet
    std::uint64_t received = 0;       ///< own change sets with it
    std::uint64_t set_aside = 0;
    std::uint64_t parked = 0;   ///< received, and waiting there for what they build on
    std::uint64_t refused = 0;  ///< by a supervisor
    bool server_knows = false;  ///< the server has a part of this claim, from here or from elsewhere
    std::string note;           ///< of the last one set aside; where there is none, of the last one parked
    std::string refusal;        ///< the supervisor's last reason
};

/// Two claims with one mark (Vault::saveSummaries); `crn` sorts before `other` where neither was asked about.
struct SharedMark {
    std::string crn;
    std::string other;
    std::string mark;
};

struct VaultTotals {
    std::uint64_t saved_here = 0;
    std::uint64_t acknowledged = 0;
    std::uint64_t set_aside = 0;
    std::uint64_t claims_waiting = 0;
    std::uint64_t blobs_waiting = 0;
    std::int64_t last_contact_ms = 0;
};

/// What one save writes, as one transaction with its outbox row, its signature and the claim's row.
struct SaveRequest {
    std::string crn;
    Payload payload;
    std::string pack;                ///< "working-age/2006.12.20-1"
    std::optional<ClaimKey> begins;  ///< set by the save that begins the claim
    std::string site;                ///< with `begins`
    std::vector<Bytes> blobs;        ///< kept under their SHA-256, sent after the records
};

/// The tablet's store in one folder: `vault.db` (SQLCipher under a random key), `slots.cbor` (that key, wrapped for
/// each officer by their passphrase), `device.key` and `device.state` (outside the vault: a locked tablet can still be
/// reached) and a lock that keeps the folder to one process (hazard H08). Owns all of them. One thread.
///
/// Errors: InUse (another process), WrongPassphrase, TooManyTries (waitMs() says how long), Damaged (quick_check found
/// a bad page after an unclean stop; nothing is deleted, hazard H36), DiskFull and Storage (nothing of the save is
/// kept), NotSignedIn (the vault is closed), NotAllowed (locked by order: no passphrase opens it).
class Vault {
public:
    struct Options {
        ScryptParams scrypt;
        std::int64_t max_pages = 0;  ///< bounds vault.db, for tests of a full disk; 0: unbounded
        /// Called where a re-keying could be cut, for tests that cut it.
        std::function<void(const char* step)> at_step = {};
    };

    static bool exists(const std::string& folder);
    /// Makes the store for its first officer and leaves it unlocked for them. Conflict when there is one already.
    static Result<std::unique_ptr<Vault>> create(const std::string& folder, const DeviceSetup& setup,
                                                 const NewOfficer& officer, const Clock& clock, Random& random,
                                                 const Options& options);
    static Result<std::unique_ptr<Vault>> create(const std::string& folder, const DeviceSetup& setup,
                                                 const NewOfficer& officer, const Clock& clock, Random& random) {
        return create(folder, setup, officer, clock, random, Options());
    }
    /// Takes the lock and reads the slots; locked until unlock(). NotFound when there is no store.
    static Result<std::unique_ptr<Vault>> open(const std::string& folder, const Clock& clock, Random& random,
                                               const Options& options);
    static Result<std::unique_ptr<Vault>> open(const std::string& folder, const Clock& clock, Random& random) {
        return open(folder, clock, random, Options());
    }
    ~Vault();
    Vault(const Vault&) = delete;
    Vault& operator=(const Vault&) = delete;

    // -- what the locked screen may know
    std::vector<OfficerSlot> officers() const;
    /// Milliseconds until this officer may try again; 0: now. Setting the clock back does not shorten it.
    std::int64_t waitMs(const Uuid& officer) const;
    const DeviceKey& deviceKey() const;
    const DeviceState& deviceState() const;
    /// The server's order to lock, or its end; kept over restarts. The caller closes the vault.
    Status setLocked(bool locked);

    /// Takes about half a second (scrypt). The vault may be open for another officer: this one takes over (hazard H26).
    Status unlock(const Uuid& officer, const std::string& passphrase);
    /// The officer leaves; the store stays open so that the sync engine can send what is there. Saving is NotSignedIn.
    void signOut();
    /// Forgets the keys and closes the store.
    void lock();
    bool isOpen() const;      ///< the store can be read and synced
    bool isSignedIn() const;  ///< an officer can save
    /// Needs a signed-in officer, whose copy of the vault's key is wrapped for the new one.
    Status addOfficer(const NewOfficer& officer);
    /// The officer's own, with the old passphrase: counts as a try.
    Status changePassphrase(const Uuid& officer, const std::string& old_passphrase, const std::string& new_passphrase);

    /// The officer's slot is gone and the vault has another key: a copy of the old slots opens nothing any more. Cut at
    /// any point, it is done or it was never begun. By a signed-in colleague: NotSignedIn or Conflict otherwise;
    /// Conflict too while the server does not have all of the officer's work (unsentOf), for only they could sign it
    /// anew or register, and while another officer has not been here since an update of the app.
    Status removeOfficer(const Uuid& officer);
    /// An officer's saves that the server has not acknowledged. The vault must be open.
    Result<std::uint64_t> unsentOf(const Uuid& officer) const;
    /// Whether the server knows the officer's key: false from addOfficer() until their first sync. The vault must be
    /// open.
    Result<bool> isRegistered(const Uuid& officer) const;
    /// The server's reason why it does not take the officer, until the next sync; empty when there is none.
    Result<std::string> refusalOf(const Uuid& officer) const;

    /// Unsupported when this slot has no recovery part (the server was never reached since there is one).
    Result<ForgottenPassphrase> forgotten(const Uuid& officer) const;
    /// With the server's answer: the officer is signed in under a new passphrase. BadSignature when the answer is not
    /// to this request.
    Status release(const ForgottenPassphrase& asked, ByteView sealed, const std::string& new_passphrase);

    /// Wiped: closed, and nothing of it is left but what tells the server so (wipedTablet()). Cut, it is finished by
    /// finishWipe(). The object is of no use afterwards.
    Status destroy();

    /// unlock() or release() said Damaged for an officer whose passphrase was right: that officer can salvage.
    bool isDamaged() const;
    /// Makes a new store of what can be read of the damaged one, row by row, under the same key, puts it in the damaged
    /// one's place and signs the officer in; the damaged store is kept beside it, never deleted (hazard H36). The
    /// server's part comes back with the next pull. Cut at any point, the damaged store is there still, or the new one.
    Result<SalvageReport> salvage();

    /// Another one-time code, after the server refused the first. The sync engine is told by OfficerChanged.
    Status saveOneTimeCode(const Uuid& officer, const std::string& code);

    // -- settings; the vault must be open
    OfficerInfo officer() const;  ///< who is signed in
    Uuid author() const;
    /// By the signed-in officer's author key (seals). NotSignedIn without one.
    Result<Bytes> sign(ByteView message) const;
    const DeviceSetup& setup() const;
    std::vector<OfficerInfo> knownOfficers() const;  ///< by hello; names for history
    /// Whose change set this is: the name of an officer of this tablet, "Server", or empty.
    std::string officerName(const Uuid& author) const;
    /// A pack's files, as last fetched; nullopt when this tablet has only what it was built with. One that was replaced
    /// by a newer one is kept for the claims that were written with it: "working-age/2006.12.20-1".
    Result<std::optional<std::map<std::string, std::string>>> pack(const std::string& id) const;
    Result<std::string> setting(const std::string& key) const;             ///< empty when never set
    Status saveSetting(const std::string& key, const std::string& value);  ///< of the app: language, text size

    // -- claims
    /// One transaction. On return it is on disk, chained, signed and in the outbox.
    Result<ChangeSet> save(const SaveRequest& request);
    /// base (the ledger as pulled) with this tablet's own change sets that are not in it. NotFound for an unknown
    /// claim.
    Result<ClaimState> claimState(std::string_view crn) const;
    /// The ledger's part alone.
    Result<ClaimState> baseState(std::string_view crn) const;
    Result<std::vector<ClaimRow>> claims() const;
    Result<ClaimRow> claim(std::string_view crn) const;
    /// Claims whose folded name, NI number or claim number holds the folded text; at most `limit`, last changed first.
    Result<std::vector<ClaimRow>> search(std::string_view folded, std::size_t limit) const;
    /// What casework derives from a claim, kept for lists and search. Not part of any save: it can always be made
    /// again.
    struct KeptSummary {
        std::string crn;
        Bytes summary;
        std::int32_t day = 0;
        std::string folded_search;
        std::vector<std::string> marks = {};  ///< what the claim is compared by (fieldclaim::personMarks)
    };
    /// All in one transaction: those of a few claims are not as many waits for the disk.
    Status saveSummaries(const std::vector<KeptSummary>& summaries);
    /// Pairs of claims that have a mark in common, at most `limit`: by the index of marks alone, no claim is read.
    Result<std::vector<SharedMark>> sharedMarks(std::size_t limit) const;
    /// Other claims that have one of the marks; at most `limit`.
    Result<std::vector<SharedMark>> claimsMarked(std::string_view crn, const std::vector<std::string>& marks,
                                                 std::size_t limit) const;
    /// Claims whose summary, and so whose marks, are to be made again; with `day`, those too whose summary is of
    /// another one. At most `limit`, by an index: no claim is read.
    Result<std::vector<std::string>> toSummarise(std::optional<std::int32_t> day, std::size_t limit) const;
    /// The signed-in officer has opened the claim: kept until a server has noted it.
    Status noteView(std::string_view crn);
    /// All change sets of a claim: the ledger's in its order, then own ones not in it.
    Result<std::vector<StoredChangeSet>> changeSets(std::string_view crn) const;
    /// Own change sets of a claim that the server has and has not applied: parked, set aside or refused.
    Result<std::vector<StoredChangeSet>> notApplied(std::string_view crn) const;
    /// The server has said that it is another site's now: save() refuses to write more into it (NotAllowed).
    Result<bool> hasLeft(std::string_view crn) const;
    /// Own intents of a claim and kind that the server has not answered yet, in the order of saving.
    Result<std::vector<Value>> openIntents(std::string_view crn, std::string_view kind) const;
    /// Own intents of a claim and kind, answered or not.
    Result<std::set<ChangeSetId>> ownIntents(std::string_view crn, std::string_view kind) const;

    // -- blobs
    Result<Bytes> blob(const Hash& name) const;  ///< NotFound when it is not here
    /// Fetches them from the server with the next sync; asked again after a refusal too.
    Status wantBlob(std::string_view crn, const Hash& name);
    /// The claim names these bytes no more: they go unless another claim has them, and what of them was not sent never
    /// is.
    Status dropBlob(std::string_view crn, const Hash& name);
    Result<VaultTotals> totals() const;

    /// Called after each pull that changed claims, and after a statement came (by VaultSyncStore).
    void onPulled(std::function<void(const std::vector<std::string>& crns)> callback);

private:
    friend class VaultExport;
    friend class VaultSyncStore;
    struct Impl;
    explicit Vault(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

}  // namespace fieldclaim::tablet
