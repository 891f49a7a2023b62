#pragma once

#include <functional>
#include <set>

#include "shared/wire/protocol.h"
#include "sync-server/storage/journal_entry.h"
#include "sync-server/storage/ledger_records.h"

// What a database must be able to do for the ledger, table by table. Reads are const: a snapshot gives out const
// tables. All fail with the store's error alone (Storage, DiskFull, Busy, Damaged); what is not there is nullopt or
// empty.
namespace fieldclaim::server {

/// Sites, officers, devices, authors and their codes.
class DirectoryTables {
public:
    virtual ~DirectoryTables() = default;
    virtual Result<std::vector<SiteRow>> sites() const = 0;
    virtual Result<std::optional<SiteRow>> site(const std::string& id) const = 0;
    virtual Status putSite(const SiteRow& row) = 0;

    virtual Result<std::vector<OfficerRow>> officers(const std::string& site) const = 0;  ///< all sites when empty
    virtual Result<std::optional<OfficerRow>> officer(const Uuid& id) const = 0;
    virtual Result<std::optional<OfficerRow>> officerByLogin(const std::string& login) const = 0;
    virtual Status putOfficer(const OfficerRow& row) = 0;

    virtual Result<std::vector<DeviceRow>> devices() const = 0;
    virtual Result<std::optional<DeviceRow>> device(const Uuid& id) const = 0;
    virtual Status putDevice(const DeviceRow& row) = 0;

    /// Sites whose claims the tablet may hold beside those of its own.
    virtual Result<std::vector<std::string>> furtherSites(const Uuid& device) const = 0;
    virtual Status addFurtherSite(const Uuid& device, const std::string& site) = 0;
    virtual Status removeFurtherSite(const Uuid& device, const std::string& site) = 0;

    virtual Result<std::optional<EnrolmentCodeRow>> enrolmentCode(std::uint32_t lookup) const = 0;
    virtual Status putEnrolmentCode(const EnrolmentCodeRow& row) = 0;

    virtual Result<std::optional<AuthorRow>> author(const Uuid& id) const = 0;
    virtual Status addAuthor(const AuthorRow& row) = 0;
    virtual Result<std::vector<AuthorRow>> authorsOf(const Uuid& device) const = 0;

    virtual Result<std::vector<ReleaseRow>> releases() const = 0;
    /// Takes the place of the one that the tablet asked before.
    virtual Status putRelease(const ReleaseRow& row) = 0;
    virtual Status removeRelease(const Uuid& device) = 0;
};

/// What was received of each author's chain.
class ChainTables {
public:
    virtual ~ChainTables() = default;
    /// Counter 0 and a hash of zeros when nothing was received.
    virtual Result<HeadRow> head(const Uuid& author, std::uint32_t incarnation) const = 0;
    virtual Status putHead(const Uuid& author, std::uint32_t incarnation, const HeadRow& head) = 0;
    virtual Result<std::vector<Head>> heads() const = 0;
    /// The last counter that was written in a history which a restore ended; 0: none. What those headers say to have
    /// read is in the lost history's numbers.
    virtual Result<std::uint64_t> writtenElsewhere(const Uuid& author, std::uint32_t incarnation) const = 0;
    /// Never lowers it.
    virtual Status putWrittenElsewhere(const Uuid& author, std::uint32_t incarnation, std::uint64_t through) = 0;

    virtual Result<std::optional<ChangeSetRow>> changeSet(const Uuid& author, std::uint32_t incarnation,
                                                          std::uint64_t counter) const = 0;
    /// Conflict when the place in the chain is taken.
    virtual Status addChangeSet(const ChangeSetRow& row) = 0;
    /// What became of it has changed: it was parked and is applied.
    virtual Status updateChangeSet(const ChangeSetRow& row) = 0;

    /// How far each chain reaches into a claim.
    virtual Result<std::vector<Head>> headsInClaim(const std::string& claim) const = 0;
    /// What was set aside of an erased claim goes, forks among it.
    virtual Status erase(const std::string& claim) = 0;

    /// Keeps the other branch of a fork; once for each hash.
    virtual Status addFork(const SetAsideRow& row) = 0;
    virtual Result<std::vector<SetAsideRow>> forks(const Uuid& author) const = 0;
    /// Every branch that waits for a person, whoever's.
    virtual Result<std::vector<SetAsideRow>> openForks() const = 0;
    virtual Result<std::optional<SetAsideRow>> fork(const Hash& hash) const = 0;
    /// Nothing when it is no fork's.
    virtual Status updateFork(const Hash& hash, Disposition disposition, std::uint64_t seq,
                              const std::string& reason) = 0;

    virtual Status setAside(const SetAsideRow& row) = 0;
    virtual Status removeSetAside(const Hash& hash) = 0;
    virtual Result<std::optional<SetAsideRow>> setAsideRow(const Hash& hash) const = 0;
    /// Parked for a claim, in the order of their chains.
    virtual Result<std::vector<SetAsideRow>> parked(const std::string& claim) const = 0;
    /// How many of a claim are parked or in quarantine, those of a fork's second branch left out.
    virtual Result<std::uint64_t> countSetAside(const std::string& claim, Disposition kind) const = 0;
    virtual Result<std::vector<SetAsideRow>> quarantined() const = 0;
    /// True when a change set with this id is in quarantine.
    virtual Result<bool> isQuarantined(const std::string& claim, const ChangeSetId& id) const = 0;
    /// Parked before a moment, the oldest first.
    virtual Result<std::vector<SetAsideRow>> parkedBefore(std::int64_t at_ms) const = 0;
    /// Everything that was received and is in no ledger row, forks among it: for checking chains.
    virtual Status forEachSetAside(const std::function<Status(const SetAsideRow&)>& callback) const = 0;
};

/// The ledger itself and what is folded from it.
class ClaimTables {
public:
    virtual ~ClaimTables() = default;
    /// Takes the next number and writes the row. The row's seq is set. Readers see rows in the
    /// order of seq: none ever appears below one that was visible (hazard H03).
    virtual Result<std::uint64_t> append(LedgerRow row) = 0;
    virtual Result<std::uint64_t> lastSeq() const = 0;
    virtual Result<ScopeHead> scopeHead(const std::string& scope) const = 0;
    /// Rows of a scope after `after`, in order: at least one if there is one, then until `max_bytes` are passed.
    virtual Result<std::vector<LedgerRow>> rowsAfter(const std::string& scope, std::uint64_t after,
                                                     std::size_t max_bytes) const = 0;
    virtual Result<std::vector<LedgerRow>> rowsOfClaim(const std::string& crn) const = 0;
    /// Of a claim, after `after` and before `before`; at least one if there is one, then until `max_bytes` are passed.
    virtual Result<std::vector<LedgerRow>> rowsBetween(const std::string& crn, std::uint64_t after,
                                                       std::uint64_t before, std::size_t max_bytes) const = 0;
    /// The rows of an erased claim keep headers and ids; its key, view and waiting intents go.
    virtual Status erase(const std::string& crn) = 0;
    /// The same without the change sets: `change_sets` is empty.
    virtual Result<std::vector<LedgerRow>> idsOfClaim(const std::string& crn) const = 0;
    /// Every row in order; the callback's failure ends it.
    virtual Status forEachRow(const std::function<Status(const LedgerRow&)>& callback) const = 0;

    virtual Result<std::optional<ClaimKey>> claimKey(const std::string& crn) const = 0;
    virtual Status addClaimKey(const std::string& crn, const ClaimKey& key) = 0;

    virtual Result<std::optional<ClaimRow>> claim(const std::string& crn) const = 0;
    virtual Status putClaim(const ClaimRow& row) = 0;
    virtual Status putClaimView(const ClaimViewRow& row) = 0;
    /// Newest change first; `scope` empty: all.
    virtual Result<std::vector<ClaimViewRow>> claimViews(const std::string& scope, std::size_t limit) const = 0;
    virtual Result<std::vector<ClaimRow>> claims() const = 0;
    virtual Result<std::map<std::string, ScopeHead>> scopeHeads() const = 0;
    virtual Status addScopeEvent(const std::string& scope, const std::string& crn, std::uint64_t seq, bool enters) = 0;
    /// Whether the claim had entered or left the scope by `seq`; nothing when neither had happened by then.
    virtual Result<std::optional<bool>> lastScopeEvent(const std::string& scope, const std::string& crn,
                                                       std::uint64_t seq) const = 0;
    virtual Result<std::vector<ScopeEventRow>> scopeEvents() const = 0;
    /// Every scope that the claim was ever in.
    virtual Result<std::vector<std::string>> scopesEver(const std::string& crn) const = 0;
    virtual Result<std::vector<std::string>> claimsInScope(const std::string& scope) const = 0;
    /// True when a claim has left the scope by a row after `seq`.
    virtual Result<bool> anyLeftAfter(const std::string& scope, std::uint64_t seq) const = 0;
    /// Change sets of the scope's rows after `after` that `device` did not push (nil: of all rows); no further are
    /// counted once there are more than `enough`.
    virtual Result<std::uint64_t> changeSetsAfter(const std::string& scope, std::uint64_t after, const Uuid& device,
                                                  std::uint64_t enough) const = 0;
    /// Change sets of the claims that are in the scope now.
    virtual Result<std::uint64_t> changeSetsInScope(const std::string& scope) const = 0;
    /// Claims that ended and have not changed since, and claims off the tablets that need work again.
    virtual Result<std::vector<std::string>> claimsToMove(std::int64_t unchanged_since_ms) const = 0;
    /// How the folded tables were made.
    virtual Result<std::int64_t> foldVersion() const = 0;
    virtual Status putFoldVersion(std::int64_t version) = 0;
    /// Empties what is folded (claims, views, heads of scopes): the first step of a rebuild.
    virtual Status clearFolded() = 0;
    virtual Status putScopeHead(const std::string& scope, const ScopeHead& head) = 0;

    /// Claims whose gate is to be asked again by a server that has form packs.
    virtual Status lookAgain(const std::string& crn) = 0;
    virtual Result<std::vector<std::string>> toLookAt() const = 0;
    virtual Status lookedAt(const std::string& crn) = 0;

    virtual Status addWaitingIntent(const WaitingIntentRow& row) = 0;
    virtual Status removeWaitingIntent(const Hash& hash) = 0;
    virtual Result<std::vector<WaitingIntentRow>> waitingIntents(const std::string& claim) const = 0;
};

/// Which blobs are here and whose they are. The bytes are files (BlobFiles).
class BlobTables {
public:
    virtual ~BlobTables() = default;
    virtual Result<std::optional<BlobRow>> blob(const Hash& sha256) const = 0;
    virtual Result<std::vector<BlobRow>> blobs() const = 0;
    virtual Status addBlob(const BlobRow& row, const std::string& claim) = 0;
    virtual Result<std::vector<std::string>> claimsOfBlob(const Hash& sha256) const = 0;
    virtual Result<bool> hasBlob(const std::string& claim, const Hash& sha256) const = 0;
    virtual Result<std::vector<BlobRow>> blobsOfClaim(const std::string& claim) const = 0;

    virtual Result<std::optional<UploadRow>> upload(const Uuid& id) const = 0;
    virtual Result<std::optional<UploadRow>> uploadOf(const Uuid& device, const Hash& sha256,
                                                      const std::string& claim) const = 0;
    virtual Status putUpload(const UploadRow& row) = 0;
    virtual Status removeUpload(const Uuid& id) = 0;
    virtual Result<std::vector<UploadRow>> unfinishedUploads(const Uuid& device) const = 0;
    virtual Result<std::vector<UploadRow>> uploadsOfClaim(const std::string& claim) const = 0;
    /// The claim's blobs are its no more; those that are no other claim's are to go from the disk.
    virtual Status erase(const std::string& claim) = 0;
    virtual Result<std::vector<Hash>> toDelete() const = 0;
    virtual Status deleted(const Hash& sha256) = 0;
    virtual Result<std::vector<UploadRow>> uploadsBefore(std::int64_t created_ms) const = 0;
};

/// What each tablet was told, and what it is to drop.
class TabletTables {
public:
    virtual ~TabletTables() = default;
    /// The highest cursor of the scope that the tablet was served; 0: none.
    virtual Result<std::uint64_t> served(const Uuid& device, const std::string& scope) const = 0;
    virtual Status putServed(const Uuid& device, const std::string& scope, std::uint64_t seq) = 0;
    /// Those that the tablet has not confirmed.
    virtual Result<std::vector<DevicePurgeRow>> purgesOf(const Uuid& device) const = 0;
    virtual Result<std::optional<DevicePurgeRow>> purge(const Uuid& device, const std::string& claim) const = 0;
    virtual Result<std::vector<DevicePurgeRow>> purgesOfClaim(const std::string& claim) const = 0;
    /// Of all erased claims, confirmed or not.
    virtual Result<std::vector<DevicePurgeRow>> erasures() const = 0;
    virtual Status putPurge(const DevicePurgeRow& row) = 0;
    virtual Status removePurge(const Uuid& device, const std::string& claim) = 0;
};

/// The outbox.
class TransferTables {
public:
    virtual ~TransferTables() = default;
    /// Takes the payloads and what targets said about answers; the rest stays.
    virtual Status erase(const std::string& crn) = 0;
    /// Conflict when the idempotency key is there already.
    virtual Status add(const TransferRow& row) = 0;
    /// Writes the record when the stored revision is the record's, and gives the new one; Conflict otherwise.
    virtual Result<std::int64_t> update(const TransferRecord& record, std::int64_t now_ms) = 0;
    virtual Result<std::optional<TransferRow>> transfer(const std::string& id) const = 0;
    virtual Result<std::optional<TransferRow>> byKey(const std::string& idempotency_key) const = 0;
    virtual Result<std::optional<TransferRow>> byReceipt(const std::string& target,
                                                         const std::string& receipt_id) const = 0;
    /// Writes the row as it is, whatever stood there: what a journal says.
    virtual Status put(const TransferRow& row) = 0;
    /// In the order in which they were written.
    virtual Result<std::vector<TransferRow>> ofClaim(const std::string& crn) const = 0;
    virtual Result<std::vector<TransferRow>> all(std::size_t limit) const = 0;
    /// In repair, unknown, or rejected and not overtaken: what a person may have to decide about.
    virtual Result<std::vector<TransferRow>> troubled() const = 0;
    /// Claims of which anything was refused.
    virtual Result<std::vector<std::string>> refusedClaims() const = 0;
    virtual Result<std::vector<std::string>> targets() const = 0;  ///< for which there is any
    /// As pickNext() would choose. Without `may_send`, of those alone that are asked for and not sent.
    virtual Result<std::optional<TransferRow>> nextDue(const std::string& target, std::int64_t now_ms,
                                                       const std::set<std::string>& in_flight,
                                                       bool may_send = true) const = 0;
};

class AuditTable {
public:
    virtual ~AuditTable() = default;
    /// A kViewedOnTablet that is here already, by claim, who and detail, is passed over.
    virtual Status add(const AuditRow& row) = 0;
    /// Newest first; `claim` empty: all.
    virtual Result<std::vector<AuditRow>> rows(const std::string& claim, std::size_t limit) const = 0;
};

/// Every version of a form pack that the server was started with.
class PackTable {
public:
    virtual ~PackTable() = default;
    virtual Result<std::vector<PackRow>> packs() const = 0;
    virtual Status put(const PackRow& row) = 0;
};

/// Anyone may ask under any id: so many are kept.
constexpr std::int64_t kMostUnknownDevices = 1'000;

/// What is safe from the loss of this disk, and what a restore left to be settled.
class DurabilityTables {
public:
    virtual ~DurabilityTables() = default;
    /// 0 when nothing of the chain is in a verified backup.
    virtual Result<std::uint64_t> durableThrough(const Uuid& author, std::uint32_t incarnation) const = 0;
    virtual Status putDurable(const Uuid& author, std::uint32_t incarnation, std::uint64_t counter) = 0;

    virtual Result<std::optional<VerifiedBackupRow>> verifiedBackup() const = 0;
    virtual Status putVerifiedBackup(const VerifiedBackupRow& row) = 0;

    virtual Result<std::optional<RestoredRow>> restored() const = 0;
    virtual Status putRestored(const RestoredRow& row) = 0;
    /// When a person compared the target's list; 0: never.
    virtual Result<std::int64_t> comparedAt(const std::string& target) const = 0;
    virtual Status putCompared(const std::string& target, std::int64_t at_ms, const std::string& who) = 0;

    virtual Result<std::vector<UnknownDeviceRow>> unknownDevices() const = 0;
    /// Notes that it asked; kMostUnknownDevices at most are kept.
    virtual Status noteUnknownDevice(const Uuid& device, std::int64_t now_ms) = 0;

    /// The number of the journal's last record (counted without a file too).
    virtual Result<std::uint64_t> journalNumber() const = 0;
};

/// One moment of the store: every table as it was at the same commit. Lives on one thread for one call of read().
class LedgerSnapshot {
public:
    virtual ~LedgerSnapshot() = default;
    virtual Result<std::optional<LedgerIdentity>> identity() const = 0;
    virtual const DirectoryTables& directory() const = 0;
    virtual const ChainTables& chains() const = 0;
    virtual const ClaimTables& claims() const = 0;
    virtual const BlobTables& blobs() const = 0;
    virtual const TransferTables& transfers() const = 0;
    virtual const TabletTables& tablets() const = 0;
    virtual const AuditTable& audit() const = 0;
    virtual const PackTable& packs() const = 0;
    virtual const DurabilityTables& durability() const = 0;
};

/// The same, to be written. Lives on the writer's thread for one job.
class LedgerTransaction : public LedgerSnapshot {
public:
    using LedgerSnapshot::audit;
    using LedgerSnapshot::blobs;
    using LedgerSnapshot::chains;
    using LedgerSnapshot::claims;
    using LedgerSnapshot::directory;
    using LedgerSnapshot::durability;
    using LedgerSnapshot::packs;
    using LedgerSnapshot::tablets;
    using LedgerSnapshot::transfers;
    virtual Status putIdentity(const LedgerIdentity& identity) = 0;
    virtual DirectoryTables& directory() = 0;
    virtual ChainTables& chains() = 0;
    virtual ClaimTables& claims() = 0;
    virtual BlobTables& blobs() = 0;
    virtual TransferTables& transfers() = 0;
    virtual TabletTables& tablets() = 0;
    virtual AuditTable& audit() = 0;
    virtual PackTable& packs() = 0;
    virtual DurabilityTables& durability() = 0;
    /// For the journal, with this transaction: on its disk before anyone hears of the job. The directory, transfers,
    /// keys of claims and the audit are journaled by their tables; this is for what the server decides.
    virtual void journal(const JournalEntry& entry) = 0;
    /// Runs a part that is taken back alone when it fails; its error is given.
    virtual Status nested(const std::function<Status()>& part) = 0;
};

}  // namespace fieldclaim::server
