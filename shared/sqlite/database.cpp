#include "shared/sqlite/database.h"

#include <openssl/crypto.h>
#include <sqlite3.h>

#include <filesystem>
#include <map>

namespace fieldclaim {
namespace {

constexpr int kOldestSqlite = 3051003;
// Statements are written in the program, so there are as many as the program has; past this they are not kept.
constexpr std::size_t kMaxCached = 256;
constexpr int kJournalLimitBytes = 16 << 20;

struct Cached {
    sqlite3_stmt* handle = nullptr;
    bool in_use = false;
};

Result<sqlite3_stmt*> compile(sqlite3* connection, std::string_view sql, unsigned int flags) {
    sqlite3_stmt* handle = nullptr;
    const char* tail = nullptr;
    const int code = sqlite3_prepare_v3(connection, sql.data(), static_cast<int>(sql.size()), flags, &handle, &tail);
    if (code != SQLITE_OK) {
        Error error = sqliteError(connection, code, "prepare");
        error.detail += std::string(": ") + sqlite3_errmsg(connection);
        return tl::unexpected<Error>(std::move(error));
    }
    ENSURE(handle != nullptr);                // an empty text or a comment is no statement
    ENSURE(tail == sql.data() + sql.size());  // a second statement would be dropped in silence
    return handle;
}

Status applyKey(sqlite3* connection, const Hash& key) {
    std::string text = "x'" + toHex(key) + "'";
    const int code = sqlite3_key(connection, text.data(), static_cast<int>(text.size()));
    OPENSSL_cleanse(text.data(), text.size());
    if (code != SQLITE_OK) return tl::unexpected<Error>(sqliteError(connection, code, "key"));
    ENSURE(sqlite3_set_clientdata(connection, kKeyedMark, connection, nullptr) == SQLITE_OK);
    return {};
}

}  // namespace

struct Database::State {
    sqlite3* connection = nullptr;
    std::optional<Hash> key;
    // A map, so that the marks which statements point to stay where they are.
    std::map<std::string, Cached, std::less<>> cache;

    State() = default;
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() {
        for (const auto& [sql, cached] : cache) {
            ENSURE(!cached.in_use);  // a statement outlived its database
            sqlite3_finalize(cached.handle);
        }
        ENSURE(sqlite3_close(connection) == SQLITE_OK);  // likewise, for one of its own
        if (key) OPENSSL_cleanse(key->data(), key->size());
    }
};

Database::Database(std::unique_ptr<State> state) : m_state(std::move(state)) {}
Database::~Database() = default;
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;

Status sqliteVersionGuard(int version_number) {
    if (version_number >= kOldestSqlite) return {};
    return fail(ErrorCode::Unsupported, "SQLite " + std::to_string(version_number) +
                                            " can damage a store (WAL reset); at least 3051003 is needed");
}

Result<Database> Database::open(const std::string& path, const Options& options) {
    TRY(sqliteVersionGuard(sqlite3_libversion_number()));
    Database database(std::make_unique<State>());
    database.m_state->key = options.key;

    const bool in_file = path != ":memory:";
    std::error_code ignored;
    const bool is_new = in_file && !std::filesystem::exists(path, ignored);
    const int mode = options.read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    const int code = sqlite3_open_v2(path.c_str(), &database.m_state->connection,
                                     mode | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
    if (code != SQLITE_OK) {
        return tl::unexpected<Error>(sqliteError(database.m_state->connection, code, "open"));
    }
    if (is_new) {
        // The WAL and its index take their permissions from the store.
        using std::filesystem::perms;
        std::filesystem::permissions(path, perms::owner_read | perms::owner_write, ignored);
        if (ignored) return fail(ErrorCode::Storage, "open: cannot keep the new store to its owner");
    }
    TRY(database.configure(options));
    return database;
}

Status Database::configure(const Options& options) {
    sqlite3* const connection = m_state->connection;
    sqlite3_busy_timeout(connection, options.busy_timeout_ms);
    if (m_state->key) {
        // SQLCipher would write what it finds to stderr; it is said in the error instead.
        TRY(exec("PRAGMA cipher_log_level = NONE"));
        TRY(applyKey(connection, *m_state->key));
    }
    // The first read: here a key that is not the store's shows itself.
    if (Status readable = exec("SELECT count(*) FROM sqlite_schema"); !readable) {
        if (readable.error().code != ErrorCode::Damaged) return readable;
        if (m_state->key) {
            return fail(ErrorCode::BadSignature,
                        "open: not a store under this key: the key is wrong, or page 1 is damaged");
        }
        return fail(ErrorCode::Damaged, "open: not a plain SQLite file: damaged, or encrypted");
    }
    // Not even a hostile file may run code of ours through its schema, nor may SQL write the schema's bytes.
    sqlite3_db_config(connection, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    TRY(exec("PRAGMA trusted_schema = OFF; PRAGMA foreign_keys = ON;"));
    if (options.read_only) return {};
    TRY(exec("PRAGMA journal_mode = WAL"));
    TRY(exec(options.durability == Durability::Full ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL"));
    TRY(exec("PRAGMA journal_size_limit = " + std::to_string(kJournalLimitBytes)));
    return exec(m_state->key ? "PRAGMA secure_delete = ON" : "PRAGMA secure_delete = OFF");
}

Status Database::exec(const std::string& sql) {
    const int code = sqlite3_exec(m_state->connection, sql.c_str(), nullptr, nullptr, nullptr);
    if (code == SQLITE_OK) return {};
    Error error = sqliteError(m_state->connection, code, "exec");
    error.detail += std::string(": ") + sqlite3_errmsg(m_state->connection);
    return tl::unexpected<Error>(std::move(error));
}

Result<SqlStatement> Database::prepare(std::string_view sql) {
    ASSIGN(auto* const handle, compile(m_state->connection, sql, 0));
    return SqlStatement(handle, nullptr);
}

Result<SqlStatement> Database::prepareCached(std::string_view sql) {
    auto& cache = m_state->cache;
    auto found = cache.find(sql);
    if (found == cache.end()) {
        if (cache.size() >= kMaxCached) return prepare(sql);
        ASSIGN(auto* const handle, compile(m_state->connection, sql, SQLITE_PREPARE_PERSISTENT));
        found = cache.emplace(std::string(sql), Cached{handle, false}).first;
    }
    // Asked for again while its first user still holds it: that one needs a statement of its own.
    if (found->second.in_use) return prepare(sql);
    found->second.in_use = true;
    return SqlStatement(found->second.handle, &found->second.in_use);
}

std::int64_t Database::lastInsertRowId() const { return sqlite3_last_insert_rowid(m_state->connection); }
std::int64_t Database::changes() const { return sqlite3_changes64(m_state->connection); }
bool Database::inTransaction() const { return sqlite3_get_autocommit(m_state->connection) == 0; }

Status Database::quickCheck() {
    ASSIGN(auto check, prepare("PRAGMA quick_check(1)"));
    return check.query([](const SqlStatement& row) -> Status {
        if (row.text(0) == "ok") return {};
        return fail(ErrorCode::Damaged, "quick_check: " + std::string(row.text(0)));
    });
}

Status Database::rekey(const Hash& key) {
    ENSURE(m_state->key.has_value() && !inTransaction());
    std::string text = "x'" + toHex(key) + "'";
    const int code = sqlite3_rekey(m_state->connection, text.data(), static_cast<int>(text.size()));
    OPENSSL_cleanse(text.data(), text.size());
    if (code != SQLITE_OK) return tl::unexpected<Error>(sqliteError(m_state->connection, code, "rekey"));
    return {};
}

Status Database::integrityCheck() {
    ASSIGN(auto check, prepare("PRAGMA integrity_check(1)"));
    return check.query([](const SqlStatement& row) -> Status {
        if (row.text(0) == "ok") return {};
        return fail(ErrorCode::Damaged, "integrity_check: " + std::string(row.text(0)));
    });
}

Status Database::checkpoint() {
    ASSIGN(auto checkpoint, prepare("PRAGMA wal_checkpoint(TRUNCATE)"));
    return checkpoint.query([](const SqlStatement& row) -> Status {
        if (row.int64(0) == 0) return {};
        return fail(ErrorCode::Busy, "checkpoint: another connection is reading");
    });
}

Status Database::backupTo(const std::string& path) {
    std::error_code failed;
    if (std::filesystem::exists(path, failed)) return fail(ErrorCode::Conflict, "backup: the file exists");
    const std::string partial = path + ".part";
    std::filesystem::remove(partial, failed);  // what an earlier backup, cut short, left behind
    {
        ASSIGN(auto copy, open(partial, {.key = m_state->key}));
        sqlite3* const target = copy.m_state->connection;
        sqlite3_backup* const backup = sqlite3_backup_init(target, "main", m_state->connection, "main");
        if (backup == nullptr) {
            return tl::unexpected<Error>(sqliteError(target, sqlite3_extended_errcode(target), "backup"));
        }
        // All in one step: one read transaction, which under WAL holds up no writer and which no writer restarts.
        int code = sqlite3_backup_step(backup, -1);
        const int finished = sqlite3_backup_finish(backup);
        if (code == SQLITE_DONE) code = finished;
        if (code != SQLITE_OK) {
            Error error = sqliteError(target, code, "backup");
            copy = Database(std::make_unique<State>());
            std::filesystem::remove(partial, failed);
            return tl::unexpected<Error>(std::move(error));
        }
        TRY(copy.checkpoint());
        TRY(copy.quickCheck());
    }
    std::filesystem::rename(partial, path, failed);
    if (failed) return fail(ErrorCode::Storage, "backup: cannot name the finished file");
    return {};
}

}  // namespace fieldclaim
