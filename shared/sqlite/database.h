#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "shared/base/bytes.h"
#include "shared/base/result.h"
#include "shared/sqlite/statement.h"

namespace fieldclaim {

/// How much of what was committed a power cut may take.
enum class Durability {
    Full,    ///< nothing: each commit is synced before it returns (synchronous=FULL). What "saved" means.
    Normal,  ///< the last commits, never the store: for a copy that can be fetched again
};

/// One connection to an SQLite store, plain or encrypted whole by SQLCipher. One connection belongs to one thread;
/// several connections to one store (one writer, many readers) are what WAL is for. Moved, not copied. The statements
/// that it prepared must die before it.
///
/// Every store is opened with WAL, foreign keys and a bounded journal; what is deleted from a keyed store is
/// overwritten. A new file can be read by its owner alone.
class Database {
public:
    struct Options {
        /// The raw key of SQLCipher, 32 bytes (no passphrase and so no key derivation here). Without it: a plain store.
        std::optional<Hash> key = std::nullopt;
        /// The store must exist; no pragma is written to it.
        bool read_only = false;
        int busy_timeout_ms = 5000;
        Durability durability = Durability::Full;
    };

    /// ":memory:" gives a store that dies with the connection. Fails with BadSignature when the key does not open a
    /// keyed store (SQLCipher cannot tell a wrong key from damage to the first page), Damaged when a plain store is no
    /// SQLite file, Storage when it cannot be opened, Unsupported when the SQLite linked is one that damages stores.
    static Result<Database> open(const std::string& path, const Options& options);
    static Result<Database> open(const std::string& path) { return open(path, Options()); }

    ~Database();
    Database(Database&& other) noexcept;
    Database& operator=(Database&& other) noexcept;
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    /// Runs one or more statements without values: SQL is the program's own text, and may be named in the error.
    Status exec(const std::string& sql);
    Result<SqlStatement> prepare(std::string_view sql);
    /// As prepare(), and kept for the next caller with the same text. For SQL that is written in the program, not
    /// composed.
    Result<SqlStatement> prepareCached(std::string_view sql);

    std::int64_t lastInsertRowId() const;
    /// Rows that the last INSERT, UPDATE or DELETE touched, without triggers.
    std::int64_t changes() const;
    bool inTransaction() const;

    /// Damaged, with what SQLite found first, unless the whole store reads well. Takes as long as reading the file
    /// does.
    Status quickCheck();
    /// The same store under another key, in one transaction: cut, it is the old one. The connection is of no use
    /// afterwards (SQLCipher does not say whether it worked): close it, and open the store with the new key; if that
    /// is BadSignature, with the old.
    Status rekey(const Hash& key);
    /// The same with indexes and constraints compared with their tables: slower.
    Status integrityCheck();
    /// Moves the WAL into the store and empties it. Busy while another connection reads an older state.
    Status checkpoint();
    /// Copies the store, under the same key, to a file that must not exist yet; it gets its name only when it is
    /// complete, synced and has passed quickCheck().
    Status backupTo(const std::string& path);

private:
    struct State;
    explicit Database(std::unique_ptr<State> state);
    Status configure(const Options& options);

    std::unique_ptr<State> m_state;
};

/// Unsupported for an SQLite older than 3.51.3, which can damage a store when a checkpoint meets a WAL reset. The
/// number is sqlite3_libversion_number()'s form: 3051003.
Status sqliteVersionGuard(int version_number);

}  // namespace fieldclaim
