#include "shared/sqlite/migrations.h"

#include <charconv>
#include <string>

#include "shared/crypto/crypto.h"
#include "shared/sqlite/transaction.h"

namespace fieldclaim {
namespace {

std::string nameOf(const Migration& migration) {
    return "migration " + std::to_string(migration.number) + " (" + std::string(migration.name) + ")";
}

/// How many of `migrations` the store has, having made sure that they are these.
Result<std::size_t> countApplied(Database& database, std::span<const Migration> migrations) {
    std::size_t applied = 0;
    ASSIGN(auto select, database.prepare("SELECT number, sha256 FROM schema_migration ORDER BY number"));
    TRY(select.query([&](const SqlStatement& row) -> Status {
        if (applied == migrations.size()) {
            return fail(ErrorCode::Unsupported, "the store has migration " + std::to_string(row.int64(0)) +
                                                    ", this program knows " + std::to_string(migrations.size()) +
                                                    ": a newer program wrote it");
        }
        const Migration& known = migrations[applied];
        ++applied;
        const Hash expected = sha256(asBytes(known.sql));
        if (row.int64(0) != known.number || !equalConstantTime(row.blob(1), expected)) {
            return fail(ErrorCode::Unsupported, nameOf(known) + " is not the one that made this store");
        }
        return {};
    }));
    return applied;
}

Status checkForeignKeys(Database& database) {
    ASSIGN(auto check, database.prepare("PRAGMA foreign_key_check"));
    return check.query([](const SqlStatement& row) -> Status {
        return fail(ErrorCode::Conflict, "migrations leave table " + std::string(row.text(0)) +
                                             " with a row that names nothing in " + std::string(row.text(2)));
    });
}

Status applyMissing(Database& database, std::span<const Migration> migrations) {
    ASSIGN(auto transaction, Transaction::begin(database));
    TRY(
        database.exec("CREATE TABLE IF NOT EXISTS schema_migration("
                      "number INTEGER PRIMARY KEY, name TEXT NOT NULL, sha256 BLOB NOT NULL) STRICT"));
    ASSIGN(const std::size_t applied, countApplied(database, migrations));
    for (const Migration& migration : migrations.subspan(applied)) {
        if (const Status status = database.exec(std::string(migration.sql)); !status) {
            return fail(status.error().code, nameOf(migration) + ": " + status.error().detail);
        }
        ENSURE(database.inTransaction());  // a migration may not commit by itself
        ASSIGN(auto insert, database.prepare("INSERT INTO schema_migration(number, name, sha256) VALUES(?, ?, ?)"));
        TRY(insert.run(migration.number, migration.name, sha256(asBytes(migration.sql))));
    }
    if (applied < migrations.size()) TRY(checkForeignKeys(database));
    return transaction.commit();
}

}  // namespace

Status migrate(Database& database, std::span<const Migration> migrations) {
    for (std::size_t i = 0; i < migrations.size(); ++i) ENSURE(std::cmp_equal(migrations[i].number, i + 1));
    // Enforced row by row, foreign keys forbid to rebuild a table that others name, and they can be switched outside a
    // transaction alone (SQLite, "Making Other Kinds Of Table Schema Changes").
    TRY(database.exec("PRAGMA foreign_keys = OFF"));
    const Status status = applyMissing(database, migrations);
    const Status restored = database.exec("PRAGMA foreign_keys = ON");
    return status ? restored : status;
}

Status isMigrated(Database& database, std::span<const Migration> migrations) {
    ASSIGN(const auto applied, countApplied(database, migrations));
    if (applied == migrations.size()) return {};
    return fail(ErrorCode::Unsupported, "an older program wrote the store");
}

std::vector<Migration> migrationsFrom(std::span<const EmbeddedFile> files) {
    std::vector<Migration> migrations;
    for (const EmbeddedFile& file : files) {
        std::string_view name = file.name.substr(file.name.rfind('/') + 1);
        Migration migration;
        migration.sql = file.bytes;
        const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), migration.number);
        ENSURE(error == std::errc() && end - name.data() == 4 && name.substr(4).starts_with('_') &&
               name.ends_with(".sql"));
        name.remove_prefix(5);
        name.remove_suffix(4);
        migration.name = name;
        migrations.push_back(migration);
    }
    return migrations;
}

}  // namespace fieldclaim
