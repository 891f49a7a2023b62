#include "shared/wire/cbor.h"
#include "sync-server/storage/sqlite_tables.h"

namespace fieldclaim::server {
namespace {

constexpr std::size_t kIdBytes = std::tuple_size_v<ChangeSetId>;

// A row's change sets are one CBOR list of byte strings: each as it came.
Bytes packChangeSets(const std::vector<Bytes>& change_sets) {
    Value::List list;
    for (const auto& bytes : change_sets) list.emplace_back(bytes);
    return encodeCbor(Value(std::move(list)));
}

LedgerRow readIds(const SqlStatement& row) {
    LedgerRow out{naturalAt(row, 0),
                  textAt(row, 1),
                  textAt(row, 2),
                  uuidAt(row, 3),
                  static_cast<std::uint32_t>(row.int64(4)),
                  uuidAt(row, 5),
                  row.int64(6),
                  {},
                  {}};
    const auto ids = row.blob(7);
    ENSURE(ids.size() % kIdBytes == 0);
    for (std::size_t at = 0; at < ids.size(); at += kIdBytes) {
        ChangeSetId id{};
        std::copy_n(ids.begin() + static_cast<std::ptrdiff_t>(at), kIdBytes, id.begin());
        out.ids.push_back(id);
    }
    return out;
}

Result<LedgerRow> readRow(const SqlStatement& row) {
    auto out = readIds(row);
    ASSIGN(const auto value, decodeCbor(row.blob(8), {64U << 20U, 3, 100'000}));
    if (value.list() == nullptr) return fail(ErrorCode::Damaged, "a ledger row's change sets are no list");
    for (const auto& item : *value.list()) {
        if (item.bytes() == nullptr) return fail(ErrorCode::Damaged, "a ledger row's change set is not bytes");
        out.change_sets.push_back(*item.bytes());
    }
    if (out.ids.size() != out.change_sets.size()) return fail(ErrorCode::Damaged, "a ledger row's ids do not match");
    return out;
}

const std::string kRowColumns =
    "SELECT seq, scope, claim, author, incarnation, device, received_ms, ids, change_sets FROM ledger ";
const std::string kClaimColumns =
    "SELECT crn, scope, first_seq, last_seq, change_sets, begun_ms, updated_ms, state, entered_seq, checksum, "
    "erased_ms FROM claim ";

Result<ClaimRow> readClaim(const SqlStatement& row) {
    return ClaimRow{textAt(row, 0),    textAt(row, 1),    naturalAt(row, 2), naturalAt(row, 3),
                    naturalAt(row, 4), row.int64(5),      row.int64(6),      blobAt(row, 7),
                    naturalAt(row, 8), naturalAt(row, 9), row.int64(10)};
}

Result<ClaimViewRow> readView(const SqlStatement& row) {
    return ClaimViewRow{textAt(row, 0), textAt(row, 1),    textAt(row, 2),
                        textAt(row, 3), textAt(row, 4),    textAt(row, 5),
                        textAt(row, 6), row.int64(7) != 0, static_cast<int>(row.int64(8)),
                        row.int64(9),   row.int64(10)};
}

}  // namespace

Result<std::uint64_t> SqliteClaims::append(LedgerRow row) {
    ASSIGN(auto next, selectOne<std::uint64_t>(
                          m_db, "UPDATE sequencer SET seq = seq + 1 RETURNING seq",
                          [](const SqlStatement& found) -> Result<std::uint64_t> { return naturalAt(found, 0); }));
    ENSURE(next.has_value());
    Bytes ids;
    for (const auto& id : row.ids) ids.insert(ids.end(), id.begin(), id.end());
    TRY(runSql(m_db, "INSERT INTO ledger VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)", *next, row.scope, row.claim,
               row.author.bytes, row.incarnation, row.device.bytes, row.received_ms, ids,
               packChangeSets(row.change_sets)));
    return *next;
}

Result<std::uint64_t> SqliteClaims::lastSeq() const {
    ASSIGN(auto found, selectOne<std::uint64_t>(
                           m_db, "SELECT seq FROM sequencer",
                           [](const SqlStatement& row) -> Result<std::uint64_t> { return naturalAt(row, 0); }));
    return found.value_or(0);
}

Result<ScopeHead> SqliteClaims::scopeHead(const std::string& scope) const {
    ASSIGN(auto found, selectOne<ScopeHead>(
                           m_db, "SELECT seq, checksum FROM scope_head WHERE scope = ?",
                           [](const SqlStatement& row) -> Result<ScopeHead> {
                               return ScopeHead{naturalAt(row, 0), naturalAt(row, 1)};
                           },
                           scope));
    return found.value_or(ScopeHead{});
}

Result<std::map<std::string, ScopeHead>> SqliteClaims::scopeHeads() const {
    using Named = std::pair<std::string, ScopeHead>;
    ASSIGN(auto rows,
           selectAll<Named>(m_db, "SELECT scope, seq, checksum FROM scope_head",
                            [](const SqlStatement& row) -> Result<Named> {
                                return Named{textAt(row, 0), ScopeHead{naturalAt(row, 1), naturalAt(row, 2)}};
                            }));
    return std::map<std::string, ScopeHead>(rows.begin(), rows.end());
}

Status SqliteClaims::putScopeHead(const std::string& scope, const ScopeHead& head) {
    return runSql(m_db, "INSERT OR REPLACE INTO scope_head VALUES(?, ?, ?)", scope, head.seq, head.checksum);
}

Result<std::vector<LedgerRow>> SqliteClaims::rowsAfter(const std::string& scope, std::uint64_t after,
                                                       std::size_t max_bytes) const {
    ASSIGN(auto statement,
           m_db.prepareCached("SELECT seq, scope, claim, author, incarnation, device, received_ms, ids, "
                              "change_sets FROM ledger WHERE scope = ? AND seq > ? ORDER BY seq"));
    TRY(statement.bindAll(scope, after));
    std::vector<LedgerRow> out;
    std::size_t bytes = 0;
    while (bytes < max_bytes) {
        ASSIGN(const bool more, statement.step());
        if (!more) break;
        bytes += statement.blob(8).size();
        ASSIGN(auto row, readRow(statement));
        out.push_back(std::move(row));
    }
    return out;
}

Result<std::vector<LedgerRow>> SqliteClaims::rowsOfClaim(const std::string& crn) const {
    return selectAll<LedgerRow>(m_db,
                                "SELECT seq, scope, claim, author, incarnation, device, received_ms, ids, change_sets "
                                "FROM ledger WHERE claim = ? ORDER BY seq",
                                readRow, crn);
}

Result<std::vector<LedgerRow>> SqliteClaims::rowsBetween(const std::string& crn, std::uint64_t after,
                                                         std::uint64_t before, std::size_t max_bytes) const {
    ASSIGN(auto statement, m_db.prepareCached(kRowColumns + "WHERE claim = ? AND seq > ? AND seq < ? ORDER BY seq"));
    TRY(statement.bindAll(crn, after, before));
    std::vector<LedgerRow> out;
    std::size_t bytes = 0;
    while (out.empty() || bytes < max_bytes) {
        ASSIGN(const bool more, statement.step());
        if (!more) break;
        bytes += statement.blob(8).size();
        ASSIGN(auto row, readRow(statement));
        out.push_back(std::move(row));
    }
    return out;
}

Status SqliteClaims::erase(const std::string& crn) {
    ASSIGN(const auto rows, rowsOfClaim(crn));
    for (const auto& row : rows) {
        std::vector<Bytes> headers;
        for (const auto& bytes : row.change_sets) {
            ASSIGN(auto raw, splitChangeSet(bytes));
            headers.push_back(encodeCbor(Value::List{std::move(raw.header_bytes), Bytes()}));
        }
        TRY(runSql(m_db, "UPDATE ledger SET change_sets = ? WHERE seq = ?", packChangeSets(headers), row.seq));
    }
    TRY(runSql(m_db, "DELETE FROM claim_key WHERE claim = ?", crn));
    TRY(runSql(m_db, "DELETE FROM claim_view WHERE crn = ?", crn));
    TRY(runSql(m_db, "DELETE FROM look_again WHERE claim = ?", crn));
    return runSql(m_db, "DELETE FROM waiting_intent WHERE claim = ?", crn);
}

Status SqliteClaims::addScopeEvent(const std::string& scope, const std::string& crn, std::uint64_t seq, bool enters) {
    return runSql(m_db, "INSERT OR REPLACE INTO scope_event VALUES(?, ?, ?, ?)", scope, crn, seq,
                  static_cast<int>(enters));
}

Result<std::optional<bool>> SqliteClaims::lastScopeEvent(const std::string& scope, const std::string& crn,
                                                         std::uint64_t seq) const {
    return selectOne<bool>(
        m_db, "SELECT enters FROM scope_event WHERE scope = ? AND claim = ? AND seq <= ? ORDER BY seq DESC LIMIT 1",
        [](const SqlStatement& row) -> Result<bool> { return row.int64(0) != 0; }, scope, crn, seq);
}

Result<std::vector<ScopeEventRow>> SqliteClaims::scopeEvents() const {
    return selectAll<ScopeEventRow>(
        m_db, "SELECT scope, claim, seq, enters FROM scope_event ORDER BY 1, 2, 3",
        [](const SqlStatement& row) -> Result<ScopeEventRow> {
            return ScopeEventRow{textAt(row, 0), textAt(row, 1), naturalAt(row, 2), row.int64(3) != 0};
        });
}

Result<std::vector<std::string>> SqliteClaims::scopesEver(const std::string& crn) const {
    return selectAll<std::string>(
        m_db, "SELECT DISTINCT scope FROM scope_event WHERE claim = ? ORDER BY scope",
        [](const SqlStatement& row) -> Result<std::string> { return textAt(row, 0); }, crn);
}

Result<std::vector<std::string>> SqliteClaims::claimsInScope(const std::string& scope) const {
    return selectAll<std::string>(
        m_db, "SELECT crn FROM claim WHERE scope = ? ORDER BY crn",
        [](const SqlStatement& row) -> Result<std::string> { return textAt(row, 0); }, scope);
}

Result<bool> SqliteClaims::anyLeftAfter(const std::string& scope, std::uint64_t seq) const {
    ASSIGN(const auto found, selectOne<bool>(
                                 m_db, "SELECT 1 FROM scope_event WHERE scope = ? AND seq > ? AND enters = 0 LIMIT 1",
                                 [](const SqlStatement&) -> Result<bool> { return true; }, scope, seq));
    return found.value_or(false);
}

Result<std::uint64_t> SqliteClaims::changeSetsAfter(const std::string& scope, std::uint64_t after, const Uuid& device,
                                                    std::uint64_t enough) const {
    // A row has one change set at least.
    ASSIGN(const auto found, selectOne<std::uint64_t>(
                                 m_db,
                                 "SELECT coalesce(sum(n), 0) FROM (SELECT length(ids) / 16 AS n FROM ledger "
                                 "WHERE scope = ? AND seq > ? AND device <> ? ORDER BY seq LIMIT ?)",
                                 [](const SqlStatement& row) -> Result<std::uint64_t> { return naturalAt(row, 0); },
                                 scope, after, device.bytes, enough + 1));
    return found.value_or(0);
}

Result<std::uint64_t> SqliteClaims::changeSetsInScope(const std::string& scope) const {
    ASSIGN(const auto found,
           selectOne<std::uint64_t>(
               m_db, "SELECT coalesce(sum(change_sets), 0) FROM claim WHERE scope = ?",
               [](const SqlStatement& row) -> Result<std::uint64_t> { return naturalAt(row, 0); }, scope));
    return found.value_or(0);
}

Result<std::vector<std::string>> SqliteClaims::claimsToMove(std::int64_t unchanged_since_ms) const {
    return selectAll<std::string>(
        m_db,
        "SELECT crn FROM claim_view WHERE (scope <> '' AND stage IN ('accepted', 'withdrawn') AND updated_ms <= ?) "
        "OR (scope = '' AND stage = 'refused') ORDER BY crn",
        [](const SqlStatement& row) -> Result<std::string> { return textAt(row, 0); }, unchanged_since_ms);
}

Result<std::int64_t> SqliteClaims::foldVersion() const {
    ASSIGN(const auto found,
           selectOne<std::int64_t>(m_db, "SELECT version FROM fold",
                                   [](const SqlStatement& row) -> Result<std::int64_t> { return row.int64(0); }));
    return found.value_or(0);
}

Status SqliteClaims::putFoldVersion(std::int64_t version) {
    return runSql(m_db, "UPDATE fold SET version = ?", version);
}

Result<std::vector<LedgerRow>> SqliteClaims::idsOfClaim(const std::string& crn) const {
    return selectAll<LedgerRow>(
        m_db,
        "SELECT seq, scope, claim, author, incarnation, device, received_ms, ids "
        "FROM ledger WHERE claim = ? ORDER BY seq",
        [](const SqlStatement& row) -> Result<LedgerRow> { return readIds(row); }, crn);
}

Status SqliteClaims::forEachRow(const std::function<Status(const LedgerRow&)>& callback) const {
    ASSIGN(auto statement,
           m_db.prepareCached("SELECT seq, scope, claim, author, incarnation, device, received_ms, ids, "
                              "change_sets FROM ledger ORDER BY seq"));
    return statement.query([&](const SqlStatement& row) -> Status {
        ASSIGN(const auto one, readRow(row));
        return callback(one);
    });
}

Result<std::optional<ClaimKey>> SqliteClaims::claimKey(const std::string& crn) const {
    return selectOne<ClaimKey>(
        m_db, "SELECT key FROM claim_key WHERE claim = ?",
        [](const SqlStatement& row) -> Result<ClaimKey> { return hashAt(row, 0); }, crn);
}

Status SqliteClaims::addClaimKey(const std::string& crn, const ClaimKey& key) {
    return runSql(m_db, "INSERT INTO claim_key VALUES(?, ?)", crn, key);
}

Result<std::optional<ClaimRow>> SqliteClaims::claim(const std::string& crn) const {
    return selectOne<ClaimRow>(m_db, kClaimColumns + "WHERE crn = ?", readClaim, crn);
}

Result<std::vector<ClaimRow>> SqliteClaims::claims() const {
    return selectAll<ClaimRow>(m_db, kClaimColumns + "ORDER BY crn", readClaim);
}

Status SqliteClaims::putClaim(const ClaimRow& row) {
    return runSql(
        m_db,
        "INSERT INTO claim(crn, scope, first_seq, last_seq, change_sets, begun_ms, updated_ms, state, entered_seq, "
        "checksum, erased_ms) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(crn) DO UPDATE SET "
        "scope = excluded.scope, last_seq = excluded.last_seq, change_sets = excluded.change_sets, "
        "updated_ms = excluded.updated_ms, state = excluded.state, entered_seq = excluded.entered_seq, "
        "checksum = excluded.checksum, erased_ms = excluded.erased_ms",
        row.crn, row.scope, row.first_seq, row.last_seq, row.change_sets, row.begun_ms, row.updated_ms, row.state,
        row.entered_seq, row.checksum, row.erased_ms);
}

Status SqliteClaims::putClaimView(const ClaimViewRow& row) {
    return runSql(m_db, "INSERT OR REPLACE INTO claim_view VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row.crn, row.scope,
                  row.name, row.name_folded, row.nino, row.benefits, row.stage, static_cast<int>(row.urgent),
                  row.conflicts, row.begun_ms, row.updated_ms);
}

Result<std::vector<ClaimViewRow>> SqliteClaims::claimViews(const std::string& scope, std::size_t limit) const {
    return selectAll<ClaimViewRow>(m_db,
                                   "SELECT crn, scope, name, name_folded, nino, benefits, stage, urgent, conflicts, "
                                   "begun_ms, updated_ms FROM claim_view "
                                   "WHERE ?1 = '' OR scope = ?1 ORDER BY updated_ms DESC, crn LIMIT ?2",
                                   readView, scope, limit);
}

Status SqliteClaims::clearFolded() {
    TRY(runSql(m_db, "DELETE FROM claim"));
    TRY(runSql(m_db, "DELETE FROM claim_view"));
    TRY(runSql(m_db, "DELETE FROM scope_event"));
    return runSql(m_db, "DELETE FROM scope_head");
}

Status SqliteClaims::lookAgain(const std::string& crn) {
    return runSql(m_db, "INSERT OR IGNORE INTO look_again VALUES(?)", crn);
}

Result<std::vector<std::string>> SqliteClaims::toLookAt() const {
    return selectAll<std::string>(m_db, "SELECT claim FROM look_again ORDER BY claim",
                                  [](const SqlStatement& row) -> Result<std::string> { return textAt(row, 0); });
}

Status SqliteClaims::lookedAt(const std::string& crn) {
    return runSql(m_db, "DELETE FROM look_again WHERE claim = ?", crn);
}

Status SqliteClaims::addWaitingIntent(const WaitingIntentRow& row) {
    return runSql(m_db, "INSERT OR REPLACE INTO waiting_intent VALUES(?, ?, ?)", row.hash, row.claim, row.bytes);
}

Status SqliteClaims::removeWaitingIntent(const Hash& hash) {
    return runSql(m_db, "DELETE FROM waiting_intent WHERE hash = ?", hash);
}

Result<std::vector<WaitingIntentRow>> SqliteClaims::waitingIntents(const std::string& claim) const {
    return selectAll<WaitingIntentRow>(
        m_db, "SELECT hash, claim, bytes FROM waiting_intent WHERE claim = ? ORDER BY hash",
        [](const SqlStatement& row) -> Result<WaitingIntentRow> {
            return WaitingIntentRow{hashAt(row, 0), textAt(row, 1), blobAt(row, 2)};
        },
        claim);
}

}  // namespace fieldclaim::server
