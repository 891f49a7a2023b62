#include "shared/sqlite/statement.h"

#include <sqlite3.h>

#include <cerrno>

namespace fieldclaim {
namespace {

constexpr int primary(int code) { return code & 0xFF; }

// SQLite says SQLITE_FULL only for a write; a full disk met while syncing or growing the WAL's index is an I/O error
// to it, and a full disk to the person.
bool isFullDisk(sqlite3* connection, int code) {
    if (primary(code) != SQLITE_IOERR) return false;
    const int system = sqlite3_system_errno(connection);
    return system == ENOSPC || system == EDQUOT;
}

// SQLCipher has no code for a page that does not verify: it says SQLITE_ERROR without a word (every mistake in SQL has
// words), and from then on SQLITE_NOMEM to whatever touches a page.
bool isUnverifiedPage(sqlite3* connection, int code) {
    if (sqlite3_get_clientdata(connection, kKeyedMark) == nullptr) return false;
    const bool wordless = std::string_view(sqlite3_errmsg(connection)) == sqlite3_errstr(code);
    return primary(code) == SQLITE_NOMEM || (code == SQLITE_ERROR && wordless);
}

ErrorCode codeFor(sqlite3* connection, int code) {
    if (isFullDisk(connection, code)) return ErrorCode::DiskFull;
    if (isUnverifiedPage(connection, code)) return ErrorCode::Damaged;
    return sqliteErrorCode(code);
}

}  // namespace

ErrorCode sqliteErrorCode(int code) {
    switch (primary(code)) {
        case SQLITE_FULL:
            return ErrorCode::DiskFull;
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
        case SQLITE_PROTOCOL:
            return ErrorCode::Busy;
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
        case SQLITE_FORMAT:
            return ErrorCode::Damaged;
        case SQLITE_TOOBIG:
            return ErrorCode::TooLarge;
        case SQLITE_CONSTRAINT:
            return ErrorCode::Conflict;
        case SQLITE_IOERR:
        case SQLITE_CANTOPEN:
        case SQLITE_READONLY:
        case SQLITE_PERM:
            return ErrorCode::Storage;
        default:
            return ErrorCode::Internal;
    }
}

Error sqliteError(sqlite3* connection, int code, std::string_view operation) {
    Error error{codeFor(connection, code), std::string(operation)};
    error.detail += ": ";
    error.detail += sqlite3_errstr(code);
    error.detail += " (" + std::to_string(code) + ")";
    return error;
}

SqlStatement::~SqlStatement() {
    if (m_in_use == nullptr) {
        sqlite3_finalize(m_handle);
        return;
    }
    sqlite3_reset(m_handle);
    sqlite3_clear_bindings(m_handle);
    *m_in_use = false;
}

SqlStatement::SqlStatement(SqlStatement&& other) noexcept
    : m_handle(std::exchange(other.m_handle, nullptr)), m_in_use(std::exchange(other.m_in_use, nullptr)) {}

SqlStatement& SqlStatement::operator=(SqlStatement&& other) noexcept {
    std::swap(m_handle, other.m_handle);
    std::swap(m_in_use, other.m_in_use);
    return *this;
}

Status SqlStatement::checked(int code, std::string_view operation) const {
    if (code == SQLITE_OK) return {};
    sqlite3* const connection = sqlite3_db_handle(m_handle);
    Error error = sqliteError(connection, code, operation);
    // What SQLite says of a constraint names tables and columns. Its words for other failures may quote a value.
    if (primary(code) == SQLITE_CONSTRAINT) error.detail += std::string(": ") + sqlite3_errmsg(connection);
    error.detail += std::string(" in ") + sqlite3_sql(m_handle);
    return tl::unexpected<Error>(std::move(error));
}

Status SqlStatement::bindInt64(int parameter, std::int64_t value) {
    return checked(sqlite3_bind_int64(m_handle, parameter, value), "bind");
}

// A null pointer would bind NULL, so what is empty is given an address.
Status SqlStatement::bindText(int parameter, std::string_view value) {
    const char* const data = value.empty() ? "" : value.data();
    return checked(sqlite3_bind_text64(m_handle, parameter, data, value.size(), SQLITE_TRANSIENT, SQLITE_UTF8), "bind");
}

Status SqlStatement::bindBlob(int parameter, ByteView value) {
    const void* const data = value.empty() ? static_cast<const void*>("") : value.data();
    return checked(sqlite3_bind_blob64(m_handle, parameter, data, value.size(), SQLITE_TRANSIENT), "bind");
}

Status SqlStatement::bindNull(int parameter) { return checked(sqlite3_bind_null(m_handle, parameter), "bind"); }

int SqlStatement::parameterCount() const { return sqlite3_bind_parameter_count(m_handle); }

Result<bool> SqlStatement::step() {
    const int code = sqlite3_step(m_handle);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    auto failure = checked(code, "step");
    reset();
    return tl::unexpected<Error>(std::move(failure).error());
}

void SqlStatement::reset() { sqlite3_reset(m_handle); }

std::int64_t SqlStatement::int64(int column) const { return sqlite3_column_int64(m_handle, column); }

std::string_view SqlStatement::text(int column) const {
    const auto* const data = sqlite3_column_text(m_handle, column);
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(m_handle, column));
    return asText({data, data == nullptr ? 0 : size});
}

ByteView SqlStatement::blob(int column) const {
    const auto* const data = static_cast<const std::uint8_t*>(sqlite3_column_blob(m_handle, column));
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(m_handle, column));
    return {data, data == nullptr ? 0 : size};
}

bool SqlStatement::isNull(int column) const { return sqlite3_column_type(m_handle, column) == SQLITE_NULL; }

int SqlStatement::columnCount() const { return sqlite3_column_count(m_handle); }

}  // namespace fieldclaim
