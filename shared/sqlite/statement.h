#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include "shared/base/bytes.h"
#include "shared/base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace fieldclaim {

/// The name of the client data (sqlite3_set_clientdata) by which a connection is known to be keyed.
inline constexpr auto kKeyedMark = "fieldclaim-keyed";

/// The error of the last call that failed on this connection. `operation` is named in the detail, with the statement's
/// text (which holds placeholders, never values) and SQLite's own words where they cannot hold a value.
Error sqliteError(sqlite3* connection, int code, std::string_view operation);
/// SQLITE_FULL is DiskFull, SQLITE_BUSY and _LOCKED Busy, SQLITE_CORRUPT and _NOTADB Damaged, SQLITE_TOOBIG TooLarge,
/// SQLITE_CONSTRAINT Conflict, what the disk refuses Storage; all else is a defect of the program: Internal.
/// Takes extended codes too.
ErrorCode sqliteErrorCode(int code);

/// One prepared statement of a Database. Must die before its Database, and is used on that connection's thread alone.
/// From prepareCached() it goes back to the cache when it dies, reset and without its values.
///
///     ASSIGN(auto insert, database.prepareCached("INSERT INTO claim(crn, seq) VALUES(?, ?)"));
///     TRY(insert.run(crn, seq));
///     ASSIGN(auto select, database.prepareCached("SELECT seq, payload FROM claim WHERE crn = ?"));
///     TRY(select.query(crn, [&](const SqlStatement& row) { use(row.int64(0), row.blob(1)); }));
class SqlStatement {
public:
    /// Takes the handle. `in_use` is the cache's mark, cleared at the end; nullptr for a statement of its own, which is
    /// finalized.
    SqlStatement(sqlite3_stmt* handle, bool* in_use) : m_handle(handle), m_in_use(in_use) {}
    ~SqlStatement();
    SqlStatement(SqlStatement&& other) noexcept;
    SqlStatement& operator=(SqlStatement&& other) noexcept;
    SqlStatement(const SqlStatement&) = delete;
    SqlStatement& operator=(const SqlStatement&) = delete;

    /// Parameters are numbered from 1. Values are copied. Takes integers, text, bytes (anything that is a ByteView),
    /// nullptr, and an optional of these; empty text and empty bytes are not null.
    template <typename T>
    Status bind(int parameter, const T& value);
    /// Binds parameters 1, 2, …; there must be a value for each.
    template <typename... Args>
    Status bindAll(const Args&... values);

    /// True: a row stands ready. False: done.
    Result<bool> step();
    /// Back to the start, for another run; the values stay.
    void reset();

    /// Columns are numbered from 0. Null reads as 0 or empty. Views live until the next step, reset or the end.
    std::int64_t int64(int column) const;
    std::string_view text(int column) const;
    ByteView blob(int column) const;
    bool isNull(int column) const;
    int columnCount() const;

    /// Binds all values and runs to the end, passing over rows.
    template <typename... Args>
    Status run(const Args&... values);
    /// query(values…, callback): binds all values and calls back with each row; callback(const SqlStatement&) gives
    /// nothing, or a Status whose failure ends the query and is handed on.
    template <typename... Args>
    Status query(const Args&... values_then_callback);

private:
    Status bindInt64(int parameter, std::int64_t value);
    Status bindText(int parameter, std::string_view value);
    Status bindBlob(int parameter, ByteView value);
    Status bindNull(int parameter);
    int parameterCount() const;
    Status checked(int code, std::string_view operation) const;
    template <typename Callback>
    Status eachRow(const Callback& callback);

    sqlite3_stmt* m_handle;
    bool* m_in_use;
};

template <typename T>
Status SqlStatement::bind(int parameter, const T& value) {
    static_assert(!std::floating_point<T>, "no floats in a store: they differ from machine to machine");
    if constexpr (std::same_as<T, std::nullptr_t> || std::same_as<T, std::nullopt_t>) {
        return bindNull(parameter);
    } else if constexpr (std::integral<T>) {
        if (!std::in_range<std::int64_t>(value)) return fail(ErrorCode::TooLarge, "bind: integer above 2^63 - 1");
        return bindInt64(parameter, static_cast<std::int64_t>(value));
    } else if constexpr (std::convertible_to<const T&, std::string_view>) {
        return bindText(parameter, value);
    } else if constexpr (std::convertible_to<const T&, ByteView>) {
        return bindBlob(parameter, value);
    } else {
        return value.has_value() ? bind(parameter, *value) : bindNull(parameter);
    }
}

template <typename... Args>
Status SqlStatement::bindAll(const Args&... values) {
    ENSURE(parameterCount() == static_cast<int>(sizeof...(Args)));
    [[maybe_unused]] int parameter = 0;
    Status status;
    static_cast<void>(((status = bind(++parameter, values)).has_value() && ...));
    return status;
}

template <typename... Args>
Status SqlStatement::run(const Args&... values) {
    return query(values..., [](const SqlStatement&) {});
}

template <typename Callback>
Status SqlStatement::eachRow(const Callback& callback) {
    while (true) {
        ASSIGN(const bool row, step());
        if (!row) return {};
        if constexpr (std::is_void_v<std::invoke_result_t<const Callback&, const SqlStatement&>>) {
            callback(*this);
        } else {
            TRY(callback(*this));
        }
    }
}

template <typename... Args>
Status SqlStatement::query(const Args&... values_then_callback) {
    constexpr std::size_t kValues = sizeof...(Args) - 1;
    const auto arguments = std::tie(values_then_callback...);
    reset();
    TRY([&]<std::size_t... I>(std::index_sequence<I...>) {
        return bindAll(std::get<I>(arguments)...);
    }(std::make_index_sequence<kValues>()));
    Status status = eachRow(std::get<kValues>(arguments));
    reset();
    return status;
}

}  // namespace fieldclaim
