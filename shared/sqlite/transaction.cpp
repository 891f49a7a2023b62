#include "shared/sqlite/transaction.h"

#include <utility>

namespace fieldclaim {
namespace {

Status run(Database& database, std::string_view sql) {
    ASSIGN(auto statement, database.prepareCached(sql));
    return statement.run();
}

// A full disk or an I/O error ends the whole transaction inside SQLite; what came next would be committed by itself.
Status stillOpen(const Database& database) {
    if (database.inTransaction()) return {};
    return fail(ErrorCode::Storage, "an earlier failure has rolled the transaction back");
}

}  // namespace

Result<Transaction> Transaction::begin(Database& database) {
    ENSURE(!database.inTransaction());
    TRY(run(database, "BEGIN IMMEDIATE"));
    return Transaction(database);
}

Transaction::Transaction(Transaction&& other) noexcept : m_database(std::exchange(other.m_database, nullptr)) {}

Transaction::~Transaction() {
    // SQLite may have rolled back by itself; a rollback that fails leaves the rest to recovery at the next opening.
    if (m_database != nullptr && m_database->inTransaction()) static_cast<void>(run(*m_database, "ROLLBACK"));
}

Status Transaction::commit() {
    ENSURE(m_database != nullptr);
    TRY(stillOpen(*m_database));
    TRY(run(*m_database, "COMMIT"));
    m_database = nullptr;
    return {};
}

Result<Savepoint> Savepoint::begin(Database& database) {
    TRY(stillOpen(database));
    TRY(run(database, "SAVEPOINT part"));
    return Savepoint(database);
}

Savepoint::Savepoint(Savepoint&& other) noexcept : m_database(std::exchange(other.m_database, nullptr)) {}

Savepoint::~Savepoint() {
    if (m_database == nullptr || !m_database->inTransaction()) return;
    // The innermost savepoint of this name is the one meant. ROLLBACK TO leaves it open, RELEASE ends it.
    if (run(*m_database, "ROLLBACK TO part")) static_cast<void>(run(*m_database, "RELEASE part"));
}

Status Savepoint::release() {
    ENSURE(m_database != nullptr);
    TRY(stillOpen(*m_database));
    TRY(run(*m_database, "RELEASE part"));
    m_database = nullptr;
    return {};
}

}  // namespace fieldclaim
