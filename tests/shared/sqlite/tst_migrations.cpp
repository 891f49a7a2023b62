#include <QTest>
#include <vector>

#include "shared/sqlite/migrations.h"

using namespace fieldclaim;

namespace {

const std::vector<Migration> kMigrations{
    {1, "initial", "CREATE TABLE claim(id INTEGER PRIMARY KEY, crn TEXT NOT NULL);"},
    {2, "parts", "CREATE TABLE part(claim INTEGER NOT NULL REFERENCES claim(id), name TEXT);"},
    // Rebuilds a table that another one names, as SQLite's documentation says to.
    {3, "claims-have-a-site",
     "CREATE TABLE claim_new(id INTEGER PRIMARY KEY, crn TEXT NOT NULL, site TEXT NOT NULL DEFAULT 'none');"
     "INSERT INTO claim_new(id, crn) SELECT id, crn FROM claim;"
     "DROP TABLE claim;"
     "ALTER TABLE claim_new RENAME TO claim;"},
};

std::span<const Migration> upTo(std::size_t count) { return std::span(kMigrations).first(count); }

Database memory() {
    auto database = Database::open(":memory:");
    if (!database) qFatal("%s", describe(database.error()).c_str());
    return std::move(database).value();
}

std::int64_t number(Database& database, std::string_view sql) {
    auto statement = database.prepare(sql);
    if (!statement || !statement->step().value_or(false)) return -1;
    return statement->int64(0);
}

}  // namespace

class tst_Migrations : public QObject {
    Q_OBJECT

private slots:
    void a_store_of_every_earlier_number_is_brought_up_with_what_it_holds_data() {
        QTest::addColumn<int>("from");
        for (int from = 0; from <= 3; ++from) QTest::addRow("from %d", from) << from;
    }
    void a_store_of_every_earlier_number_is_brought_up_with_what_it_holds() {
        QFETCH(int, from);
        auto database = memory();
        QVERIFY(migrate(database, upTo(static_cast<std::size_t>(from))));
        if (from >= 1) QVERIFY(database.exec("INSERT INTO claim(id, crn) VALUES(5, 'X')"));
        if (from >= 2) QVERIFY(database.exec("INSERT INTO part VALUES(5, 'p')"));
        const Status status = migrate(database, kMigrations);
        QVERIFY2(status, status ? "" : describe(status.error()).c_str());
        QCOMPARE(number(database, "SELECT count(*) FROM schema_migration WHERE length(sha256) = 32"), 3);
        QCOMPARE(number(database, "SELECT count(*) FROM claim WHERE site = 'none'"), from >= 1 ? 1 : 0);
        QCOMPARE(number(database, "SELECT count(*) FROM part JOIN claim ON claim.id = part.claim"), from >= 2 ? 1 : 0);
        QCOMPARE(number(database, "PRAGMA foreign_keys"), 1);
        QVERIFY(migrate(database, kMigrations));  // a second start has nothing to do
    }

    void a_migration_that_fails_takes_back_those_before_it() {
        auto database = memory();
        QVERIFY(migrate(database, upTo(1)));
        auto broken = kMigrations;
        broken[2].sql = "ALTER TABLE claim ADD COLUMN site TEXT; INSERT INTO nowhere VALUES(1);";
        const auto status = migrate(database, broken);
        QVERIFY(!status);
        QVERIFY(status.error().detail.find("migration 3 (claims-have-a-site)") != std::string::npos);
        QVERIFY(!database.inTransaction());
        QCOMPARE(number(database, "SELECT count(*) FROM schema_migration"), 1);
        QCOMPARE(number(database, "SELECT count(*) FROM sqlite_schema WHERE name = 'part'"), 0);
        QCOMPARE(number(database, "SELECT count(*) FROM pragma_table_info('claim') WHERE name = 'site'"), 0);
        QCOMPARE(number(database, "PRAGMA foreign_keys"), 1);
        QVERIFY(migrate(database, kMigrations));
    }

    void a_migration_that_leaves_a_row_naming_nothing_is_taken_back() {
        auto database = memory();
        QVERIFY(migrate(database, upTo(2)));
        QVERIFY(database.exec("INSERT INTO claim VALUES(5, 'X'); INSERT INTO part VALUES(5, 'p')"));
        auto careless = kMigrations;
        careless[2].sql = "DELETE FROM claim;";
        const auto status = migrate(database, careless);
        QVERIFY(!status);
        QCOMPARE(status.error().code, ErrorCode::Conflict);
        QCOMPARE(number(database, "SELECT count(*) FROM claim"), 1);
    }

    void a_store_of_a_newer_program_is_refused_untouched() {
        auto database = memory();
        QVERIFY(migrate(database, kMigrations));
        const auto status = migrate(database, upTo(2));
        QVERIFY(!status);
        QCOMPARE(status.error().code, ErrorCode::Unsupported);
        QVERIFY(status.error().detail.find("newer") != std::string::npos);
        QCOMPARE(number(database, "SELECT count(*) FROM schema_migration"), 3);
    }

    void a_store_made_by_another_text_is_refused_untouched() {
        auto database = memory();
        QVERIFY(migrate(database, upTo(2)));
        auto changed = kMigrations;
        changed[0].sql = "CREATE TABLE claim(id INTEGER PRIMARY KEY, crn TEXT);";
        const auto status = migrate(database, changed);
        QVERIFY(!status);
        QCOMPARE(status.error().code, ErrorCode::Unsupported);
        QVERIFY(status.error().detail.find("migration 1 (initial)") != std::string::npos);
        QCOMPARE(number(database, "SELECT count(*) FROM schema_migration"), 2);
    }

    void embedded_files_are_read_by_their_names() {
        const std::vector<EmbeddedFile> files{{"migrations/0001_initial.sql", "SELECT 1"},
                                              {"migrations/0002_two-parts.sql", "SELECT 2"}};
        const auto migrations = migrationsFrom(files);
        QCOMPARE(migrations.size(), std::size_t{2});
        QCOMPARE(migrations[1].number, 2);
        QCOMPARE(migrations[1].name, std::string_view("two-parts"));
        QCOMPARE(migrations[1].sql, std::string_view("SELECT 2"));
    }
};

QTEST_GUILESS_MAIN(tst_Migrations)
#include "tst_migrations.moc"
