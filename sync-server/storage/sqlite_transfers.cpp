#include "shared/crypto/crypto.h"
#include "sync-server/storage/sqlite_tables.h"
#include "sync-server/storage/transfer_text.h"
#include "sync-server/transfer/transfer_queue.h"

namespace fieldclaim::server {
namespace {

#define FIELDCLAIM_TRANSFER_COLUMNS                                                                       \
    "id, claim, target, kind, place, urgent, state, next_at_ms, idempotency_key, receipt_id, statement, " \
    "content_type, "                                                                                      \
    "payload, record, revision, created_ms, updated_ms"

Result<TransferRow> readTransfer(const SqlStatement& row) {
    TransferRow out;
    auto& record = out.record;
    record.id = textAt(row, 0);
    record.crn = textAt(row, 1);
    record.target = textAt(row, 2);
    record.kind = static_cast<TransferKind>(row.int64(3));
    record.order = row.int64(4);
    record.urgent = row.int64(5) != 0;
    ASSIGN(record.state, parseState(row.text(6)));
    record.next_at_ms = row.int64(7);
    record.idempotency_key = textAt(row, 8);
    record.receipt_id = textAt(row, 9);
    out.statement = hashAt(row, 10);
    record.content_type = textAt(row, 11);
    record.payload = std::string(asText(row.blob(12)));
    record.payload_digest = sha256(asBytes(record.payload));
    TRY(readTransferText(row.text(13), record));
    record.revision = row.int64(14);
    out.created_ms = row.int64(15);
    out.updated_ms = row.int64(16);
    return out;
}

}  // namespace

Status SqliteTransfers::erase(const std::string& crn) {
    ASSIGN(auto rows, ofClaim(crn));
    for (auto& row : rows) {
        auto& record = row.record;
        record.errors.clear();
        // A person may have typed either.
        record.target_ref.clear();
        if (!record.reason.empty()) record.reason = "The claim was erased.";
        for (auto& attempt : record.attempts) attempt.reason.clear();
        TRY(runSql(m_db, "UPDATE transfer SET payload = x'', record = ? WHERE id = ?", transferText(record),
                   record.id));
    }
    return {};
}

Status SqliteTransfers::add(const TransferRow& row) {
    remember(m_journal, row);
    return insert("INSERT INTO transfer VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row);
}

Status SqliteTransfers::put(const TransferRow& row) {
    remember(m_journal, row);
    return insert("INSERT OR REPLACE INTO transfer VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                  row);
}

Status SqliteTransfers::insert(std::string_view sql, const TransferRow& row) {
    const auto& record = row.record;
    return runSql(m_db, sql, record.id, record.crn, record.target, static_cast<int>(record.kind), record.order,
                  static_cast<int>(record.urgent), stateName(record.state), static_cast<int>(isFinal(record.state)),
                  static_cast<int>(isRunning(record.state)), record.next_at_ms, record.idempotency_key,
                  record.receipt_id, row.statement, record.content_type, asBytes(record.payload), transferText(record),
                  record.revision, row.created_ms, row.updated_ms);
}

Result<std::int64_t> SqliteTransfers::update(const TransferRecord& record, std::int64_t now_ms) {
    TRY(runSql(m_db,
               "UPDATE transfer SET state = ?, final = ?, running = ?, next_at_ms = ?, receipt_id = ?, record = ?, "
               "revision = revision + 1, updated_ms = ? WHERE id = ? AND revision = ?",
               stateName(record.state), static_cast<int>(isFinal(record.state)),
               static_cast<int>(isRunning(record.state)), record.next_at_ms, record.receipt_id, transferText(record),
               now_ms, record.id, record.revision));
    if (m_db.changes() != 1) return fail(ErrorCode::Conflict, "the transfer has moved on");
    remember(m_journal, TransferMoved{record.id, record.state, record.next_at_ms, record.receipt_id,
                                      transferText(record), record.revision + 1, now_ms});
    return record.revision + 1;
}

Result<std::optional<TransferRow>> SqliteTransfers::transfer(const std::string& id) const {
    return selectOne<TransferRow>(m_db, "SELECT " FIELDCLAIM_TRANSFER_COLUMNS " FROM transfer WHERE id = ?",
                                  readTransfer, id);
}

Result<std::optional<TransferRow>> SqliteTransfers::byKey(const std::string& idempotency_key) const {
    return selectOne<TransferRow>(m_db,
                                  "SELECT " FIELDCLAIM_TRANSFER_COLUMNS " FROM transfer WHERE idempotency_key = ?",
                                  readTransfer, idempotency_key);
}

Result<std::optional<TransferRow>> SqliteTransfers::byReceipt(const std::string& target,
                                                              const std::string& receipt_id) const {
    return selectOne<TransferRow>(m_db,
                                  "SELECT " FIELDCLAIM_TRANSFER_COLUMNS
                                  " FROM transfer WHERE target = ? AND receipt_id = ? AND receipt_id <> '' LIMIT 1",
                                  readTransfer, target, receipt_id);
}

Result<std::vector<TransferRow>> SqliteTransfers::ofClaim(const std::string& crn) const {
    return selectAll<TransferRow>(
        m_db, "SELECT " FIELDCLAIM_TRANSFER_COLUMNS " FROM transfer WHERE claim = ? ORDER BY place, id", readTransfer,
        crn);
}

Result<std::vector<TransferRow>> SqliteTransfers::all(std::size_t limit) const {
    return selectAll<TransferRow>(
        m_db, "SELECT " FIELDCLAIM_TRANSFER_COLUMNS " FROM transfer ORDER BY updated_ms DESC, id LIMIT ?", readTransfer,
        limit);
}

Result<std::vector<TransferRow>> SqliteTransfers::troubled() const {
    return selectAll<TransferRow>(m_db,
                                  "SELECT " FIELDCLAIM_TRANSFER_COLUMNS
                                  " FROM transfer WHERE state IN ('repair', 'unknown') OR (state = 'rejected' "
                                  "AND json_extract(record, '$.overtaken') IS NOT 1) ORDER BY updated_ms DESC, id",
                                  readTransfer);
}

Result<std::vector<std::string>> SqliteTransfers::refusedClaims() const {
    return selectAll<std::string>(m_db, "SELECT DISTINCT claim FROM transfer WHERE state = 'rejected'",
                                  [](const SqlStatement& row) -> Result<std::string> { return textAt(row, 0); });
}

Result<std::vector<std::string>> SqliteTransfers::targets() const {
    return selectAll<std::string>(m_db, "SELECT DISTINCT target FROM transfer ORDER BY target",
                                  [](const SqlStatement& row) -> Result<std::string> { return textAt(row, 0); });
}

Result<std::optional<TransferRow>> SqliteTransfers::nextDue(const std::string& target, std::int64_t now_ms,
                                                            const std::set<std::string>& in_flight,
                                                            bool may_send) const {
    ASSIGN(auto statement,
           m_db.prepareCached(
               "SELECT " FIELDCLAIM_TRANSFER_COLUMNS
               " FROM transfer AS t WHERE target = ?1 AND running = 1 AND next_at_ms <= ?2 "
               "AND (?3 OR state NOT IN ('ready', 'waiting')) AND NOT EXISTS ("
               "SELECT 1 FROM transfer AS earlier WHERE earlier.target = t.target AND earlier.claim = t.claim "
               "AND earlier.final = 0 AND earlier.place < t.place) ORDER BY urgent DESC, next_at_ms, place"));
    TRY(statement.bindAll(target, now_ms, static_cast<int>(may_send)));
    while (true) {
        ASSIGN(const bool found, statement.step());
        if (!found) return std::optional<TransferRow>();
        if (in_flight.contains(textAt(statement, 0))) continue;
        ASSIGN(auto row, readTransfer(statement));
        return std::optional<TransferRow>(std::move(row));
    }
}

}  // namespace fieldclaim::server
