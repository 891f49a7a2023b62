#pragma once

#include "shared/base/result.h"
#include "shared/sqlite/database.h"

namespace fieldclaim {

/// BEGIN IMMEDIATE … COMMIT: takes the write lock at once, so it can be refused (Busy) only here. Rolls back when it
/// dies uncommitted. Borrows the database, which must outlive it.
///
/// A full disk or an I/O error ends the transaction inside SQLite: after a statement that failed so, do not go on but
/// return, for a statement outside a transaction commits by itself. commit() and Savepoint then fail with Storage.
class Transaction {
public:
    static Result<Transaction> begin(Database& database);
    ~Transaction();
    Transaction(Transaction&& other) noexcept;
    Transaction& operator=(Transaction&&) = delete;
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

    /// Once it returns well, the transaction is on disk. When it fails nothing was written.
    Status commit();

private:
    explicit Transaction(Database& database) : m_database(&database) {}
    Database* m_database;  ///< null once committed or moved from
};

/// A part of a Transaction that can be taken back alone: rolled back when it dies unreleased. Savepoints nest, and end
/// in the opposite order.
class Savepoint {
public:
    static Result<Savepoint> begin(Database& database);
    ~Savepoint();
    Savepoint(Savepoint&& other) noexcept;
    Savepoint& operator=(Savepoint&&) = delete;
    Savepoint(const Savepoint&) = delete;
    Savepoint& operator=(const Savepoint&) = delete;

    /// Keeps what was done since, as part of the transaction.
    Status release();

private:
    explicit Savepoint(Database& database) : m_database(&database) {}
    Database* m_database;
};

}  // namespace fieldclaim
