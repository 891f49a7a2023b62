#pragma once

// Private to sync-server/storage: the tables in SQLite. Each borrows a connection, for as long as that lives.
#include "shared/sqlite/database.h"
#include "sync-server/storage/ledger_tables.h"

namespace fieldclaim::server {

template <typename T, typename Read, typename... Args>
Result<std::vector<T>> selectAll(Database& database, std::string_view sql, Read read, const Args&... args) {
    ASSIGN(auto statement, database.prepareCached(sql));
    std::vector<T> out;
    TRY(statement.query(args..., [&](const SqlStatement& row) -> Status {
        Result<T> one = read(row);
        if (!one) return tl::unexpected<Error>(one.error());
        out.push_back(std::move(*one));
        return {};
    }));
    return out;
}

template <typename T, typename Read, typename... Args>
Result<std::optional<T>> selectOne(Database& database, std::string_view sql, Read read, const Args&... args) {
    ASSIGN(auto rows, selectAll<T>(database, sql, read, args...));
    if (rows.empty()) return std::optional<T>();
    return std::optional<T>(std::move(rows.front()));
}

template <typename... Args>
Status runSql(Database& database, std::string_view sql, const Args&... args) {
    ASSIGN(auto statement, database.prepareCached(sql));
    return statement.run(args...);
}

/// A column of exactly N bytes; another length is damage of the store.
template <std::size_t N>
std::array<std::uint8_t, N> bytesAt(const SqlStatement& row, int column) {
    const auto out = toArray<N>(row.blob(column));
    ENSURE(out.has_value());
    return *out;
}
inline Uuid uuidAt(const SqlStatement& row, int column) { return Uuid{bytesAt<16>(row, column)}; }
inline Hash hashAt(const SqlStatement& row, int column) { return bytesAt<32>(row, column); }
inline std::string textAt(const SqlStatement& row, int column) { return std::string(row.text(column)); }
inline Bytes blobAt(const SqlStatement& row, int column) { return toBytes(row.blob(column)); }
inline std::uint64_t naturalAt(const SqlStatement& row, int column) {
    return static_cast<std::uint64_t>(row.int64(column));
}

/// What the writer's transaction collects for the journal; null for readers, which write nothing.
using JournalBuffer = std::vector<Bytes>;
inline void remember(JournalBuffer* journal, const JournalEntry& entry) {
    if (journal != nullptr) journal->push_back(encodeJournalEntry(entry));
}

class SqliteDirectory final : public DirectoryTables {
public:
    SqliteDirectory(Database& database, JournalBuffer* journal) : m_db(database), m_journal(journal) {}
    Result<std::vector<SiteRow>> sites() const override;
    Result<std::optional<SiteRow>> site(const std::string& id) const override;
    Status putSite(const SiteRow& row) override;
    Result<std::vector<OfficerRow>> officers(const std::string& site) const override;
    Result<std::optional<OfficerRow>> officer(const Uuid& id) const override;
    Result<std::optional<OfficerRow>> officerByLogin(const std::string& login) const override;
    Status putOfficer(const OfficerRow& row) override;
    Result<std::vector<DeviceRow>> devices() const override;
    Result<std::optional<DeviceRow>> device(const Uuid& id) const override;
    Status putDevice(const DeviceRow& row) override;
    Result<std::vector<std::string>> furtherSites(const Uuid& device) const override;
    Status addFurtherSite(const Uuid& device, const std::string& site) override;
    Status removeFurtherSite(const Uuid& device, const std::string& site) override;
    Result<std::optional<EnrolmentCodeRow>> enrolmentCode(std::uint32_t lookup) const override;
    Status putEnrolmentCode(const EnrolmentCodeRow& row) override;
    Result<std::optional<AuthorRow>> author(const Uuid& id) const override;
    Status addAuthor(const AuthorRow& row) override;
    Result<std::vector<AuthorRow>> authorsOf(const Uuid& device) const override;
    Result<std::vector<ReleaseRow>> releases() const override;
    Status putRelease(const ReleaseRow& row) override;
    Status removeRelease(const Uuid& device) override;

private:
    Database& m_db;
    JournalBuffer* m_journal;
};

class SqliteChains final : public ChainTables {
public:
    explicit SqliteChains(Database& database) : m_db(database) {}
    Result<HeadRow> head(const Uuid& author, std::uint32_t incarnation) const override;
    Status putHead(const Uuid& author, std::uint32_t incarnation, const HeadRow& head) override;
    Result<std::vector<Head>> heads() const override;
    Result<std::uint64_t> writtenElsewhere(const Uuid& author, std::uint32_t incarnation) const override;
    Status putWrittenElsewhere(const Uuid& author, std::uint32_t incarnation, std::uint64_t through) override;
    Result<std::optional<ChangeSetRow>> changeSet(const Uuid& author, std::uint32_t incarnation,
                                                  std::uint64_t counter) const override;
    Status addChangeSet(const ChangeSetRow& row) override;
    Status updateChangeSet(const ChangeSetRow& row) override;
    Result<std::vector<Head>> headsInClaim(const std::string& claim) const override;
    Status erase(const std::string& claim) override;
    Status addFork(const SetAsideRow& row) override;
    Result<std::vector<SetAsideRow>> forks(const Uuid& author) const override;
    Result<std::vector<SetAsideRow>> openForks() const override;
    Result<std::optional<SetAsideRow>> fork(const Hash& hash) const override;
    Status updateFork(const Hash& hash, Disposition disposition, std::uint64_t seq, const std::string& reason) override;
    Status setAside(const SetAsideRow& row) override;
    Status removeSetAside(const Hash& hash) override;
    Result<std::optional<SetAsideRow>> setAsideRow(const Hash& hash) const override;
    Result<std::vector<SetAsideRow>> parked(const std::string& claim) const override;
    Result<std::uint64_t> countSetAside(const std::string& claim, Disposition kind) const override;
    Result<std::vector<SetAsideRow>> quarantined() const override;
    Result<bool> isQuarantined(const std::string& claim, const ChangeSetId& id) const override;
    Result<std::vector<SetAsideRow>> parkedBefore(std::int64_t at_ms) const override;
    Status forEachSetAside(const std::function<Status(const SetAsideRow&)>& callback) const override;

private:
    Database& m_db;
};

class SqliteClaims final : public ClaimTables {
public:
    explicit SqliteClaims(Database& database) : m_db(database) {}
    Result<std::uint64_t> append(LedgerRow row) override;
    Result<std::uint64_t> lastSeq() const override;
    Result<ScopeHead> scopeHead(const std::string& scope) const override;
    Result<std::vector<LedgerRow>> rowsAfter(const std::string& scope, std::uint64_t after,
                                             std::size_t max_bytes) const override;
    Result<std::vector<LedgerRow>> rowsOfClaim(const std::string& crn) const override;
    Result<std::vector<LedgerRow>> rowsBetween(const std::string& crn, std::uint64_t after, std::uint64_t before,
                                               std::size_t max_bytes) const override;
    Status erase(const std::string& crn) override;
    Status addScopeEvent(const std::string& scope, const std::string& crn, std::uint64_t seq, bool enters) override;
    Result<std::optional<bool>> lastScopeEvent(const std::string& scope, const std::string& crn,
                                               std::uint64_t seq) const override;
    Result<std::vector<ScopeEventRow>> scopeEvents() const override;
    Result<std::vector<std::string>> scopesEver(const std::string& crn) const override;
    Result<std::vector<std::string>> claimsInScope(const std::string& scope) const override;
    Result<bool> anyLeftAfter(const std::string& scope, std::uint64_t seq) const override;
    Result<std::uint64_t> changeSetsAfter(const std::string& scope, std::uint64_t after, const Uuid& device,
                                          std::uint64_t enough) const override;
    Result<std::uint64_t> changeSetsInScope(const std::string& scope) const override;
    Result<std::vector<std::string>> claimsToMove(std::int64_t unchanged_since_ms) const override;
    Result<std::int64_t> foldVersion() const override;
    Status putFoldVersion(std::int64_t version) override;
    Result<std::vector<LedgerRow>> idsOfClaim(const std::string& crn) const override;
    Status forEachRow(const std::function<Status(const LedgerRow&)>& callback) const override;
    Result<std::optional<ClaimKey>> claimKey(const std::string& crn) const override;
    Status addClaimKey(const std::string& crn, const ClaimKey& key) override;
    Result<std::optional<ClaimRow>> claim(const std::string& crn) const override;
    Status putClaim(const ClaimRow& row) override;
    Status putClaimView(const ClaimViewRow& row) override;
    Result<std::vector<ClaimViewRow>> claimViews(const std::string& scope, std::size_t limit) const override;
    Result<std::vector<ClaimRow>> claims() const override;
    Result<std::map<std::string, ScopeHead>> scopeHeads() const override;
    Status clearFolded() override;
    Status putScopeHead(const std::string& scope, const ScopeHead& head) override;
    Status lookAgain(const std::string& crn) override;
    Result<std::vector<std::string>> toLookAt() const override;
    Status lookedAt(const std::string& crn) override;
    Status addWaitingIntent(const WaitingIntentRow& row) override;
    Status removeWaitingIntent(const Hash& hash) override;
    Result<std::vector<WaitingIntentRow>> waitingIntents(const std::string& claim) const override;

private:
    Database& m_db;
};

class SqliteBlobs final : public BlobTables {
public:
    explicit SqliteBlobs(Database& database) : m_db(database) {}
    Result<std::optional<BlobRow>> blob(const Hash& sha256) const override;
    Result<std::vector<BlobRow>> blobs() const override;
    Status addBlob(const BlobRow& row, const std::string& claim) override;
    Result<std::vector<std::string>> claimsOfBlob(const Hash& sha256) const override;
    Result<bool> hasBlob(const std::string& claim, const Hash& sha256) const override;
    Result<std::vector<BlobRow>> blobsOfClaim(const std::string& claim) const override;
    Result<std::optional<UploadRow>> upload(const Uuid& id) const override;
    Result<std::optional<UploadRow>> uploadOf(const Uuid& device, const Hash& sha256,
                                              const std::string& claim) const override;
    Status putUpload(const UploadRow& row) override;
    Status removeUpload(const Uuid& id) override;
    Result<std::vector<UploadRow>> unfinishedUploads(const Uuid& device) const override;
    Result<std::vector<UploadRow>> uploadsOfClaim(const std::string& claim) const override;
    Status erase(const std::string& claim) override;
    Result<std::vector<Hash>> toDelete() const override;
    Status deleted(const Hash& sha256) override;
    Result<std::vector<UploadRow>> uploadsBefore(std::int64_t created_ms) const override;

private:
    Database& m_db;
};

class SqliteTablets final : public TabletTables {
public:
    explicit SqliteTablets(Database& database) : m_db(database) {}
    Result<std::uint64_t> served(const Uuid& device, const std::string& scope) const override;
    Status putServed(const Uuid& device, const std::string& scope, std::uint64_t seq) override;
    Result<std::vector<DevicePurgeRow>> purgesOf(const Uuid& device) const override;
    Result<std::optional<DevicePurgeRow>> purge(const Uuid& device, const std::string& claim) const override;
    Result<std::vector<DevicePurgeRow>> purgesOfClaim(const std::string& claim) const override;
    Result<std::vector<DevicePurgeRow>> erasures() const override;
    Status putPurge(const DevicePurgeRow& row) override;
    Status removePurge(const Uuid& device, const std::string& claim) override;

private:
    Database& m_db;
};

class SqliteTransfers final : public TransferTables {
public:
    SqliteTransfers(Database& database, JournalBuffer* journal) : m_db(database), m_journal(journal) {}
    Status erase(const std::string& crn) override;
    Status add(const TransferRow& row) override;
    Status put(const TransferRow& row) override;
    Result<std::int64_t> update(const TransferRecord& record, std::int64_t now_ms) override;
    Result<std::optional<TransferRow>> transfer(const std::string& id) const override;
    Result<std::optional<TransferRow>> byKey(const std::string& idempotency_key) const override;
    Result<std::optional<TransferRow>> byReceipt(const std::string& target,
                                                 const std::string& receipt_id) const override;
    Result<std::vector<TransferRow>> ofClaim(const std::string& crn) const override;
    Result<std::vector<TransferRow>> all(std::size_t limit) const override;
    Result<std::vector<TransferRow>> troubled() const override;
    Result<std::vector<std::string>> refusedClaims() const override;
    Result<std::vector<std::string>> targets() const override;
    Result<std::optional<TransferRow>> nextDue(const std::string& target, std::int64_t now_ms,
                                               const std::set<std::string>& in_flight, bool may_send) const override;

private:
    Status insert(std::string_view sql, const TransferRow& row);
    Database& m_db;
    JournalBuffer* m_journal;
};

class SqliteAudit final : public AuditTable {
public:
    SqliteAudit(Database& database, JournalBuffer* journal) : m_db(database), m_journal(journal) {}
    Status add(const AuditRow& row) override;
    Result<std::vector<AuditRow>> rows(const std::string& claim, std::size_t limit) const override;

private:
    Database& m_db;
    JournalBuffer* m_journal;
};

class SqlitePacks final : public PackTable {
public:
    explicit SqlitePacks(Database& database) : m_db(database) {}
    Result<std::vector<PackRow>> packs() const override;
    Status put(const PackRow& row) override;

private:
    Database& m_db;
};

class SqliteDurability final : public DurabilityTables {
public:
    explicit SqliteDurability(Database& database) : m_db(database) {}
    Result<std::uint64_t> durableThrough(const Uuid& author, std::uint32_t incarnation) const override;
    Status putDurable(const Uuid& author, std::uint32_t incarnation, std::uint64_t counter) override;
    Result<std::optional<VerifiedBackupRow>> verifiedBackup() const override;
    Status putVerifiedBackup(const VerifiedBackupRow& row) override;
    Result<std::optional<RestoredRow>> restored() const override;
    Status putRestored(const RestoredRow& row) override;
    Result<std::int64_t> comparedAt(const std::string& target) const override;
    Status putCompared(const std::string& target, std::int64_t at_ms, const std::string& who) override;
    Result<std::vector<UnknownDeviceRow>> unknownDevices() const override;
    Status noteUnknownDevice(const Uuid& device, std::int64_t now_ms) override;
    Result<std::uint64_t> journalNumber() const override;

private:
    Database& m_db;
};

}  // namespace fieldclaim::server
