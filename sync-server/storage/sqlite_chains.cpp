#include "shared/wire/cbor.h"
#include "sync-server/storage/sqlite_tables.h"

namespace fieldclaim::server {
namespace {

Result<SetAsideRow> readSetAside(const SqlStatement& row) {
    return SetAsideRow{hashAt(row, 0),
                       static_cast<Disposition>(row.int64(1)),
                       textAt(row, 2),
                       uuidAt(row, 3),
                       static_cast<std::uint32_t>(row.int64(4)),
                       naturalAt(row, 5),
                       uuidAt(row, 6),
                       row.int64(7),
                       textAt(row, 8),
                       blobAt(row, 9)};
}

// The claim of a fork's change set stands in its header.
Result<SetAsideRow> readFork(const SqlStatement& row) {
    ASSIGN(auto out, readSetAside(row));
    out.fork = true;
    ASSIGN(const auto raw, splitChangeSet(out.bytes));
    ASSIGN(const auto header, decodeHeader(raw.header_bytes));
    out.claim = header.claim;
    return out;
}

const std::string kForkColumns =
    "SELECT hash, disposition, '', author, incarnation, counter, device, at_ms, reason, bytes FROM fork ";
const std::string kAsideColumns =
    "SELECT hash, kind, claim, author, incarnation, counter, device, at_ms, reason, bytes FROM set_aside ";

constexpr std::int64_t kParked = static_cast<std::int64_t>(Disposition::Parked);
constexpr std::int64_t kQuarantined = static_cast<std::int64_t>(Disposition::Quarantined);

}  // namespace

Result<HeadRow> SqliteChains::head(const Uuid& author, std::uint32_t incarnation) const {
    ASSIGN(auto found, selectOne<HeadRow>(
                           m_db, "SELECT counter, hash FROM author_head WHERE author = ? AND incarnation = ?",
                           [](const SqlStatement& row) -> Result<HeadRow> {
                               return HeadRow{naturalAt(row, 0), hashAt(row, 1)};
                           },
                           author.bytes, incarnation));
    return found.value_or(HeadRow{});
}

Status SqliteChains::putHead(const Uuid& author, std::uint32_t incarnation, const HeadRow& head) {
    return runSql(m_db, "INSERT OR REPLACE INTO author_head VALUES(?, ?, ?, ?)", author.bytes, incarnation,
                  head.counter, head.hash);
}

Result<std::vector<Head>> SqliteChains::heads() const {
    return selectAll<Head>(
        m_db, "SELECT author, incarnation, counter, hash FROM author_head ORDER BY 1, 2",
        [](const SqlStatement& row) -> Result<Head> {
            return Head{uuidAt(row, 0), static_cast<std::uint32_t>(row.int64(1)), naturalAt(row, 2), hashAt(row, 3)};
        });
}

Result<std::uint64_t> SqliteChains::writtenElsewhere(const Uuid& author, std::uint32_t incarnation) const {
    ASSIGN(const auto found, selectOne<std::uint64_t>(
                                 m_db, "SELECT through FROM lost_numbers WHERE author = ? AND incarnation = ?",
                                 [](const SqlStatement& row) -> Result<std::uint64_t> { return naturalAt(row, 0); },
                                 author.bytes, incarnation));
    return found.value_or(0);
}

Status SqliteChains::putWrittenElsewhere(const Uuid& author, std::uint32_t incarnation, std::uint64_t through) {
    return runSql(m_db,
                  "INSERT INTO lost_numbers VALUES(?, ?, ?) "
                  "ON CONFLICT DO UPDATE SET through = max(through, excluded.through)",
                  author.bytes, incarnation, through);
}

Result<std::optional<ChangeSetRow>> SqliteChains::changeSet(const Uuid& author, std::uint32_t incarnation,
                                                            std::uint64_t counter) const {
    return selectOne<ChangeSetRow>(
        m_db,
        "SELECT hash, claim, disposition, seq, reason FROM change_set WHERE author = ? AND incarnation = ? AND counter "
        "= ?",
        [&](const SqlStatement& row) -> Result<ChangeSetRow> {
            return ChangeSetRow{author,
                                incarnation,
                                counter,
                                hashAt(row, 0),
                                textAt(row, 1),
                                static_cast<Disposition>(row.int64(2)),
                                naturalAt(row, 3),
                                textAt(row, 4)};
        },
        author.bytes, incarnation, counter);
}

Status SqliteChains::addChangeSet(const ChangeSetRow& row) {
    return runSql(m_db, "INSERT INTO change_set VALUES(?, ?, ?, ?, ?, ?, ?, ?)", row.author.bytes, row.incarnation,
                  row.counter, row.hash, row.claim, static_cast<int>(row.disposition), row.seq, row.reason);
}

Status SqliteChains::updateChangeSet(const ChangeSetRow& row) {
    return runSql(m_db,
                  "UPDATE change_set SET disposition = ?, seq = ?, reason = ? "
                  "WHERE author = ? AND incarnation = ? AND counter = ? AND hash = ?",
                  static_cast<int>(row.disposition), row.seq, row.reason, row.author.bytes, row.incarnation,
                  row.counter, row.hash);
}

Result<std::vector<Head>> SqliteChains::headsInClaim(const std::string& claim) const {
    return selectAll<Head>(
        m_db,
        "SELECT author, incarnation, max(counter) FROM change_set WHERE claim = ? GROUP BY author, incarnation "
        "ORDER BY author, incarnation",
        [](const SqlStatement& row) -> Result<Head> {
            return Head{uuidAt(row, 0), static_cast<std::uint32_t>(row.int64(1)), naturalAt(row, 2), {}};
        },
        claim);
}

// A change set of which its header alone is left.
Bytes headerAlone(const Bytes& bytes) {
    auto raw = splitChangeSet(bytes);
    if (!raw) return {};
    return encodeCbor(Value::List{std::move(raw->header_bytes), Bytes()});
}

Status SqliteChains::erase(const std::string& claim) {
    TRY(runSql(m_db, "DELETE FROM set_aside WHERE claim = ?", claim));
    TRY(runSql(m_db, "UPDATE change_set SET disposition = ?, reason = '' WHERE claim = ? AND disposition <> 0",
               static_cast<int>(Disposition::Erased), claim));
    // The claim of a fork's change set stands in its header alone; forks are few.
    ASSIGN(const auto forks, selectAll<SetAsideRow>(m_db, kForkColumns + "ORDER BY hash", readFork));
    for (const auto& fork : forks) {
        if (fork.claim != claim) continue;
        TRY(runSql(m_db, "UPDATE fork SET bytes = ?, disposition = ?, reason = '' WHERE hash = ?",
                   headerAlone(fork.bytes), static_cast<int>(Disposition::Erased), fork.hash));
    }
    return {};
}

Status SqliteChains::addFork(const SetAsideRow& row) {
    return runSql(m_db,
                  "INSERT OR IGNORE INTO fork(hash, author, incarnation, counter, device, at_ms, bytes, reason) "
                  "VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
                  row.hash, row.author.bytes, row.incarnation, row.counter, row.device.bytes, row.at_ms, row.bytes,
                  row.reason);
}

Result<std::vector<SetAsideRow>> SqliteChains::forks(const Uuid& author) const {
    return selectAll<SetAsideRow>(m_db, kForkColumns + "WHERE author = ? ORDER BY incarnation, counter, hash", readFork,
                                  author.bytes);
}

Result<std::vector<SetAsideRow>> SqliteChains::openForks() const {
    return selectAll<SetAsideRow>(
        m_db, kForkColumns + "WHERE disposition = ? ORDER BY at_ms, author, incarnation, counter, hash", readFork,
        kQuarantined);
}

Result<std::optional<SetAsideRow>> SqliteChains::fork(const Hash& hash) const {
    return selectOne<SetAsideRow>(m_db, kForkColumns + "WHERE hash = ?", readFork, hash);
}

Status SqliteChains::updateFork(const Hash& hash, Disposition disposition, std::uint64_t seq,
                                const std::string& reason) {
    return runSql(m_db, "UPDATE fork SET disposition = ?, seq = ?, reason = ? WHERE hash = ?",
                  static_cast<int>(disposition), seq, reason, hash);
}

Status SqliteChains::forEachSetAside(const std::function<Status(const SetAsideRow&)>& callback) const {
    ASSIGN(auto statement,
           m_db.prepareCached(
               "SELECT hash, kind, claim, author, incarnation, counter, device, at_ms, reason, bytes FROM set_aside "
               "UNION ALL SELECT hash, ?, '', author, incarnation, counter, device, at_ms, '', bytes FROM fork"));
    return statement.query(kQuarantined, [&](const SqlStatement& row) -> Status {
        ASSIGN(const auto one, readSetAside(row));
        return callback(one);
    });
}

Status SqliteChains::setAside(const SetAsideRow& row) {
    return runSql(m_db, "INSERT OR REPLACE INTO set_aside VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row.hash,
                  static_cast<int>(row.kind), row.claim, row.author.bytes, row.incarnation, row.counter,
                  row.device.bytes, row.at_ms, row.reason, row.bytes);
}

Status SqliteChains::removeSetAside(const Hash& hash) {
    return runSql(m_db, "DELETE FROM set_aside WHERE hash = ?", hash);
}

Result<std::optional<SetAsideRow>> SqliteChains::setAsideRow(const Hash& hash) const {
    return selectOne<SetAsideRow>(m_db, kAsideColumns + "WHERE hash = ?", readSetAside, hash);
}

Result<std::vector<SetAsideRow>> SqliteChains::parked(const std::string& claim) const {
    return selectAll<SetAsideRow>(
        m_db, kAsideColumns + "WHERE claim = ? AND kind = ? ORDER BY author, incarnation, counter, hash", readSetAside,
        claim, kParked);
}

Result<std::uint64_t> SqliteChains::countSetAside(const std::string& claim, Disposition kind) const {
    ASSIGN(const auto found, selectOne<std::uint64_t>(
                                 m_db, "SELECT count(*) FROM set_aside WHERE claim = ? AND kind = ?",
                                 [](const SqlStatement& row) -> Result<std::uint64_t> { return naturalAt(row, 0); },
                                 claim, static_cast<int>(kind)));
    return found.value_or(0);
}

Result<std::vector<SetAsideRow>> SqliteChains::quarantined() const {
    return selectAll<SetAsideRow>(m_db, kAsideColumns + "WHERE kind = ? ORDER BY at_ms, author, incarnation, counter",
                                  readSetAside, kQuarantined);
}

Result<bool> SqliteChains::isQuarantined(const std::string& claim, const ChangeSetId& id) const {
    ASSIGN(const auto found, selectOne<bool>(
                                 m_db,
                                 "SELECT 1 FROM set_aside WHERE claim = ?1 AND kind = ?2 AND substr(hash, 1, 16) = ?3 "
                                 "UNION SELECT 1 FROM fork WHERE disposition = ?2 AND substr(hash, 1, 16) = ?3",
                                 [](const SqlStatement&) -> Result<bool> { return true; }, claim, kQuarantined, id));
    return found.has_value();
}

Result<std::vector<SetAsideRow>> SqliteChains::parkedBefore(std::int64_t at_ms) const {
    return selectAll<SetAsideRow>(
        m_db, kAsideColumns + "WHERE kind = ? AND at_ms < ? ORDER BY at_ms, author, incarnation, counter", readSetAside,
        kParked, at_ms);
}

}  // namespace fieldclaim::server
