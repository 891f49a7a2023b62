#include <sqlite3.h>

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>
#include <limits>
#include <string>
#include <vector>

#include "shared/sqlite/database.h"
#include "shared/sqlite/transaction.h"

using namespace fieldclaim;

namespace {

constexpr auto kSecretName = "Sian O'Brien of 4 Heol y Bont";

Hash keyOf(std::uint8_t byte) {
    Hash key;
    key.fill(byte);
    return key;
}

/// The value, or the end of the test run: for what a test takes for granted.
template <typename T>
T must(Result<T> result) {
    if (!result) qFatal("%s", describe(result.error()).c_str());
    return std::move(result).value();
}
void must(const Status& status) {
    if (!status) qFatal("%s", describe(status.error()).c_str());
}

template <typename T>
ErrorCode codeOf(const Result<T>& result) {
    if (result) qFatal("expected a failure");
    return result.error().code;
}

std::int64_t number(Database& database, std::string_view sql) {
    auto statement = must(database.prepare(sql));
    if (!must(statement.step())) qFatal("no row");
    return statement.int64(0);
}

std::string text(Database& database, std::string_view sql) {
    auto statement = must(database.prepare(sql));
    if (!must(statement.step())) qFatal("no row");
    return std::string(statement.text(0));
}

}  // namespace

class tst_Database : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    int m_next = 0;

    std::string freshPath() { return m_folder.filePath(QString::number(m_next++) + ".db").toStdString(); }

    static Database memory() {
        auto database = must(Database::open(":memory:"));
        must(database.exec("CREATE TABLE claim(id INTEGER PRIMARY KEY, crn TEXT UNIQUE, payload BLOB) STRICT"));
        return database;
    }

    std::string keyedStore(const Hash& key, int rows = 1) {
        const std::string path = freshPath();
        auto database = must(Database::open(path, {.key = key}));
        must(database.exec("CREATE TABLE customer(name TEXT)"));
        auto insert = must(database.prepare("INSERT INTO customer VALUES(?)"));
        auto transaction = must(Transaction::begin(database));
        for (int i = 0; i < rows; ++i) must(insert.run(kSecretName));
        must(transaction.commit());
        return path;
    }

private slots:
    void a_store_on_disk_keeps_what_was_saved_whatever_is_cut() {
        const std::string path = freshPath();
        auto database = must(Database::open(path, {.key = keyOf(1)}));
        QCOMPARE(text(database, "PRAGMA journal_mode"), std::string("wal"));
        QCOMPARE(number(database, "PRAGMA synchronous"), 2);
        QCOMPARE(number(database, "PRAGMA foreign_keys"), 1);
        QCOMPARE(number(database, "PRAGMA secure_delete"), 1);
        QCOMPARE(number(database, "PRAGMA wal_autocheckpoint"), 1000);
        QCOMPARE(number(database, "PRAGMA journal_size_limit"), 16 << 20);
        QCOMPARE(number(database, "PRAGMA busy_timeout"), 5000);
    }

    void a_copy_that_can_be_fetched_again_may_be_synced_less() {
        auto database = must(Database::open(freshPath(), {.durability = Durability::Normal}));
        QCOMPARE(number(database, "PRAGMA synchronous"), 1);
    }

    void a_new_store_can_be_read_by_its_owner_alone() {
        const std::string path = freshPath();
        auto database = must(Database::open(path));
        must(database.exec("CREATE TABLE t(x)"));
        for (const char* suffix : {"", "-wal", "-shm"}) {
            const QFileInfo file(QString::fromStdString(path + suffix));
            QVERIFY(file.exists());
            QCOMPARE(file.permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
        }
    }

    void a_keyed_store_has_no_plain_text_in_any_of_its_files() {
        const std::string path = freshPath();
        auto database = must(Database::open(path, {.key = keyOf(7)}));
        must(database.exec("CREATE TABLE customer(name TEXT)"));
        auto insert = must(database.prepare("INSERT INTO customer VALUES(?)"));
        for (int i = 0; i < 100; ++i) must(insert.run(kSecretName));
        const auto holdsPlainText = [&](const std::string& name) {
            QFile file(QString::fromStdString(name));
            if (!file.open(QIODevice::ReadOnly)) qFatal("cannot read %s", name.c_str());
            const QByteArray bytes = file.readAll();
            return bytes.contains(kSecretName) || bytes.contains("customer") || bytes.contains("SQLite format");
        };
        QVERIFY(QFileInfo(QString::fromStdString(path + "-wal")).size() > 0);
        QVERIFY(!holdsPlainText(path + "-wal"));
        must(database.checkpoint());
        QVERIFY(QFileInfo(QString::fromStdString(path)).size() > 0);
        QVERIFY(!holdsPlainText(path));

        const std::string plain = freshPath();
        auto open = must(Database::open(plain));
        must(open.exec("CREATE TABLE customer(name TEXT)"));
        must(open.checkpoint());
        QVERIFY(holdsPlainText(plain));  // the search itself can find something
    }

    void the_right_key_opens_a_store_again() {
        const std::string path = keyedStore(keyOf(3));
        auto again = must(Database::open(path, {.key = keyOf(3)}));
        QCOMPARE(text(again, "SELECT name FROM customer"), std::string(kSecretName));
    }

    void a_wrong_key_is_refused_and_leaves_the_store_as_it_was() {
        const std::string path = keyedStore(keyOf(3));
        const auto wrong = Database::open(path, {.key = keyOf(4)});
        QCOMPARE(codeOf(wrong), ErrorCode::BadSignature);
        QVERIFY(wrong.error().detail.find("key") != std::string::npos);
        QCOMPARE(codeOf(Database::open(path)), ErrorCode::Damaged);
        auto right = must(Database::open(path, {.key = keyOf(3)}));
        must(right.quickCheck());
    }

    void a_flipped_bit_in_a_keyed_store_is_damage() {
        const std::string path = keyedStore(keyOf(5), 2000);
        QFile file(QString::fromStdString(path));
        QVERIFY(file.open(QIODevice::ReadWrite));
        QVERIFY(file.size() > 8 * 4096);
        QVERIFY(file.seek(5 * 4096 + 100));
        char byte = 0;
        QVERIFY(file.getChar(&byte));
        QVERIFY(file.seek(5 * 4096 + 100));
        QVERIFY(file.putChar(static_cast<char>(byte ^ 1)));
        file.close();
        auto checked = must(Database::open(path, {.key = keyOf(5)}));
        QCOMPARE(codeOf(checked.quickCheck()), ErrorCode::Damaged);
        auto read = must(Database::open(path, {.key = keyOf(5)}));
        for (int i = 0; i < 3; ++i) {
            auto select = must(read.prepare("SELECT name FROM customer"));
            QCOMPARE(codeOf(select.run()), ErrorCode::Damaged);
        }
        auto salvaged = must(Database::open(path, {.key = keyOf(5)}));
        QCOMPARE(text(salvaged, "SELECT name FROM customer"), std::string(kSecretName));  // what is whole can be read
    }

    void a_file_that_is_no_store_is_damage() {
        const std::string path = freshPath();
        QFile file(QString::fromStdString(path));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(8192, 'x'));
        file.close();
        QCOMPARE(codeOf(Database::open(path)), ErrorCode::Damaged);
    }

    void a_store_in_a_folder_that_does_not_exist_is_a_storage_error() {
        QCOMPARE(codeOf(Database::open(m_folder.filePath("none/store.db").toStdString())), ErrorCode::Storage);
    }

    void a_read_only_store_must_exist_and_refuses_to_write() {
        QCOMPARE(codeOf(Database::open(freshPath(), {.read_only = true})), ErrorCode::Storage);
        const std::string path = keyedStore(keyOf(6));
        auto database = must(Database::open(path, {.key = keyOf(6), .read_only = true}));
        QCOMPARE(number(database, "SELECT count(*) FROM customer"), 1);
        QCOMPARE(codeOf(database.exec("DELETE FROM customer")), ErrorCode::Storage);
    }

    void every_kind_of_value_comes_back_as_it_went_in() {
        auto database = memory();
        must(database.exec("CREATE TABLE v(i, t, e, b, z, n, o, p)"));
        const Bytes bytes{0, 1, 255};
        const std::optional<std::string> none;
        const std::optional<std::int64_t> some = -5;
        auto insert = must(database.prepare("INSERT INTO v VALUES(?, ?, ?, ?, ?, ?, ?, ?)"));
        constexpr auto kMost = std::numeric_limits<std::int64_t>::max();
        must(insert.run(kMost, std::string_view("a\0b", 3), "", bytes, ByteView(), nullptr, none, some));
        QCOMPARE(database.changes(), 1);
        int rows = 0;
        auto select = must(database.prepare("SELECT *, typeof(e), typeof(z) FROM v"));
        must(select.query([&](const SqlStatement& row) {
            ++rows;
            QCOMPARE(row.columnCount(), 10);
            QCOMPARE(row.int64(0), kMost);
            QCOMPARE(row.text(1), std::string_view("a\0b", 3));
            QCOMPARE(row.text(2), std::string_view());
            QCOMPARE(toBytes(row.blob(3)), bytes);
            QVERIFY(row.blob(4).empty());
            QVERIFY(row.isNull(5) && row.isNull(6) && !row.isNull(0));
            QCOMPARE(row.int64(7), -5);
            QCOMPARE(row.text(8), std::string_view("text"));
            QCOMPARE(row.text(9), std::string_view("blob"));
        }));
        QCOMPARE(rows, 1);
        QCOMPARE(codeOf(insert.bind(1, std::numeric_limits<std::uint64_t>::max())), ErrorCode::TooLarge);
    }

    void a_query_ends_at_the_first_failure_of_its_callback() {
        auto database = memory();
        must(database.exec("INSERT INTO claim(crn) VALUES('a'), ('b'), ('c')"));
        int rows = 0;
        auto select = must(database.prepare("SELECT crn FROM claim WHERE id > ?"));
        const auto status = select.query(0, [&](const SqlStatement&) -> Status {
            if (++rows == 2) return fail(ErrorCode::NotAllowed, "enough");
            return {};
        });
        QCOMPARE(codeOf(status), ErrorCode::NotAllowed);
        QCOMPARE(rows, 2);
    }

    void a_cached_statement_comes_back_clean_and_serves_two_users_at_once() {
        auto database = memory();
        constexpr auto kSql = "INSERT INTO claim(crn) VALUES(?)";
        { must(must(database.prepareCached(kSql)).run("first")); }
        {
            auto again = must(database.prepareCached(kSql));
            must(again.step());  // nothing bound: the value before it was forgotten
        }
        QCOMPARE(number(database, "SELECT count(*) FROM claim WHERE crn IS NULL"), 1);
        QCOMPARE(database.lastInsertRowId(), 2);

        constexpr auto kSelect = "SELECT id FROM claim ORDER BY id";
        std::vector<std::int64_t> seen;
        auto outer = must(database.prepareCached(kSelect));
        must(outer.query([&](const SqlStatement& row) {
            auto inner = must(database.prepareCached(kSelect));
            must(inner.query([&](const SqlStatement& nested) { seen.push_back(row.int64(0) * 10 + nested.int64(0)); }));
        }));
        QCOMPARE(seen, (std::vector<std::int64_t>{11, 12, 21, 22}));
    }

    void a_moved_database_keeps_its_statements() {
        std::optional<Database> first = memory();
        std::optional<SqlStatement> insert = must(first->prepareCached("INSERT INTO claim(crn) VALUES(?)"));
        Database second = std::move(*first);
        first.reset();
        must(insert->run("x"));
        insert.reset();
        QCOMPARE(number(second, "SELECT count(*) FROM claim"), 1);
    }

    void errors_have_the_code_that_says_what_to_do_data() {
        QTest::addColumn<int>("sqlite");
        QTest::addColumn<int>("ours");
        const auto row = [](const char* name, int sqlite, ErrorCode ours) {
            QTest::newRow(name) << sqlite << static_cast<int>(ours);
        };
        row("full", SQLITE_FULL, ErrorCode::DiskFull);
        row("busy", SQLITE_BUSY_SNAPSHOT, ErrorCode::Busy);
        row("locked", SQLITE_LOCKED_SHAREDCACHE, ErrorCode::Busy);
        row("corrupt", SQLITE_CORRUPT_INDEX, ErrorCode::Damaged);
        row("not a database", SQLITE_NOTADB, ErrorCode::Damaged);
        row("too big", SQLITE_TOOBIG, ErrorCode::TooLarge);
        row("constraint", SQLITE_CONSTRAINT_UNIQUE, ErrorCode::Conflict);
        row("short read", SQLITE_IOERR_SHORT_READ, ErrorCode::Storage);
        row("cannot sync", SQLITE_IOERR_FSYNC, ErrorCode::Storage);
        row("cannot open", SQLITE_CANTOPEN_ISDIR, ErrorCode::Storage);
        row("read only", SQLITE_READONLY_DBMOVED, ErrorCode::Storage);
        row("our mistake", SQLITE_ERROR, ErrorCode::Internal);
        row("our misuse", SQLITE_MISUSE, ErrorCode::Internal);
    }
    void errors_have_the_code_that_says_what_to_do() {
        QFETCH(int, sqlite);
        QFETCH(int, ours);
        QCOMPARE(static_cast<int>(sqliteErrorCode(sqlite)), ours);
    }

    void an_error_names_the_operation_and_never_a_value() {
        auto database = memory();
        auto insert = must(database.prepare("INSERT INTO claim(crn) VALUES(?)"));
        must(insert.run(kSecretName));
        const auto twice = insert.run(kSecretName);
        QCOMPARE(codeOf(twice), ErrorCode::Conflict);
        const std::string& detail = twice.error().detail;
        QVERIFY(detail.find("claim.crn") != std::string::npos);
        QVERIFY(detail.find("INSERT INTO claim") != std::string::npos);
        QVERIFY(detail.find(kSecretName) == std::string::npos);

        const auto broken = database.prepare("SELECT * FROM nowhere");
        QCOMPARE(codeOf(broken), ErrorCode::Internal);
        QVERIFY(broken.error().detail.find("nowhere") != std::string::npos);

        // SQLite's own words would quote what was searched for: "no such column: Heol".
        must(database.exec("CREATE VIRTUAL TABLE found USING fts5(name)"));
        auto search = must(database.prepare("SELECT name FROM found WHERE found MATCH ?"));
        const auto quoted = search.run("Heol:Bont");
        QCOMPARE(codeOf(quoted), ErrorCode::Internal);
        QVERIFY(quoted.error().detail.find("Heol") == std::string::npos);
    }

    void a_value_above_the_limit_is_too_large() {
        auto database = memory();
        auto select = must(database.prepare("SELECT length(zeroblob(?))"));
        QCOMPARE(codeOf(select.run(std::int64_t{1} << 40)), ErrorCode::TooLarge);
    }

    void H11_a_full_disk_is_said_and_leaves_nothing_half_written() {
        const std::string path = freshPath();
        auto database = must(Database::open(path, {.key = keyOf(9)}));
        must(database.exec("CREATE TABLE image(chunk BLOB)"));
        must(database.exec("INSERT INTO image VALUES(zeroblob(1000))"));
        must(database.exec("PRAGMA max_page_count = 40"));
        const Bytes chunk(60000, 0xAB);
        const auto fill = [&]() -> Status {
            ASSIGN(auto transaction, Transaction::begin(database));
            ASSIGN(auto insert, database.prepareCached("INSERT INTO image VALUES(?)"));
            for (int i = 0; i < 10; ++i) TRY(insert.run(chunk));
            return transaction.commit();
        };
        QCOMPARE(codeOf(fill()), ErrorCode::DiskFull);
        QVERIFY(!database.inTransaction());
        QCOMPARE(number(database, "SELECT count(*) FROM image"), 1);
        must(database.quickCheck());

        must(database.exec("PRAGMA max_page_count = 4000"));  // somebody made room
        must(fill());
        QCOMPARE(number(database, "SELECT count(*) FROM image"), 11);
    }

    void H11_after_a_full_disk_nothing_more_of_the_transaction_is_kept() {
        auto database = must(Database::open(freshPath()));
        must(database.exec("CREATE TABLE t(b BLOB); PRAGMA max_page_count = 5"));
        auto transaction = must(Transaction::begin(database));
        QCOMPARE(codeOf(database.exec("INSERT INTO t VALUES(zeroblob(100000))")), ErrorCode::DiskFull);
        QCOMPARE(codeOf(Savepoint::begin(database)), ErrorCode::Storage);
        QCOMPARE(codeOf(transaction.commit()), ErrorCode::Storage);
    }

    void a_transaction_that_dies_uncommitted_leaves_no_trace() {
        auto database = memory();
        {
            auto transaction = must(Transaction::begin(database));
            must(database.exec("INSERT INTO claim(crn) VALUES('lost')"));
        }
        QCOMPARE(number(database, "SELECT count(*) FROM claim"), 0);
        {
            auto transaction = must(Transaction::begin(database));
            must(database.exec("INSERT INTO claim(crn) VALUES('kept')"));
            must(transaction.commit());
        }
        QCOMPARE(number(database, "SELECT count(*) FROM claim"), 1);
    }

    void a_savepoint_is_taken_back_alone() {
        auto database = memory();
        auto transaction = must(Transaction::begin(database));
        {
            auto outer = must(Savepoint::begin(database));
            must(database.exec("INSERT INTO claim(crn) VALUES('outer')"));
            {
                auto inner = must(Savepoint::begin(database));
                must(database.exec("INSERT INTO claim(crn) VALUES('inner')"));
            }
            must(outer.release());
        }
        must(transaction.commit());
        QCOMPARE(text(database, "SELECT group_concat(crn) FROM claim"), std::string("outer"));
    }

    void a_second_writer_is_told_that_the_store_is_busy() {
        const std::string path = freshPath();
        auto first = must(Database::open(path));
        auto second = must(Database::open(path, {.busy_timeout_ms = 0}));
        auto transaction = must(Transaction::begin(first));
        QCOMPARE(codeOf(Transaction::begin(second)), ErrorCode::Busy);
        must(transaction.commit());
        QVERIFY(Transaction::begin(second));
    }

    void a_checkpoint_empties_the_journal_unless_somebody_reads_an_older_state() {
        const std::string path = freshPath();
        auto writer = must(Database::open(path, {.busy_timeout_ms = 0}));
        must(writer.exec("CREATE TABLE t(x); INSERT INTO t VALUES(1)"));
        auto reader = must(Database::open(path, {.read_only = true}));
        {
            auto select = must(reader.prepare("SELECT x FROM t"));
            QVERIFY(must(select.step()));
            must(writer.exec("INSERT INTO t VALUES(2)"));
            QCOMPARE(codeOf(writer.checkpoint()), ErrorCode::Busy);
        }
        must(writer.checkpoint());
        QCOMPARE(QFileInfo(QString::fromStdString(path + "-wal")).size(), 0);
    }

    void a_foreign_key_is_enforced() {
        auto database = memory();
        must(database.exec("CREATE TABLE part(claim INTEGER REFERENCES claim(id))"));
        QCOMPARE(codeOf(database.exec("INSERT INTO part VALUES(77)")), ErrorCode::Conflict);
    }

    void a_backup_has_everything_under_the_same_key_and_stands_alone() {
        const std::string path = keyedStore(keyOf(8), 500);
        auto database = must(Database::open(path, {.key = keyOf(8)}));
        const std::string copy = freshPath();
        must(database.backupTo(copy));
        QVERIFY(!QFile::exists(QString::fromStdString(copy + "-wal")));
        QVERIFY(!QFile::exists(QString::fromStdString(copy + ".part")));
        QCOMPARE(codeOf(Database::open(copy, {.key = keyOf(1)})), ErrorCode::BadSignature);
        auto opened = must(Database::open(copy, {.key = keyOf(8)}));
        QCOMPARE(number(opened, "SELECT count(*) FROM customer"), 500);
        QCOMPARE(codeOf(database.backupTo(copy)), ErrorCode::Conflict);
    }

    void a_backup_of_a_damaged_store_never_gets_its_name() {
        const std::string path = keyedStore(keyOf(8), 2000);
        {
            QFile file(QString::fromStdString(path));
            QVERIFY(file.open(QIODevice::ReadWrite) && file.seek(5 * 4096));
            file.write(QByteArray(4096, 'x'));
        }
        auto database = must(Database::open(path, {.key = keyOf(8)}));
        const std::string copy = freshPath();
        QCOMPARE(codeOf(database.backupTo(copy)), ErrorCode::Damaged);
        QVERIFY(!QFile::exists(QString::fromStdString(copy)));
    }

    void a_memory_store_can_be_backed_up_to_a_file() {
        auto database = memory();
        must(database.exec("INSERT INTO claim(crn) VALUES('x')"));
        const std::string copy = freshPath();
        must(database.backupTo(copy));
        auto opened = must(Database::open(copy));
        QCOMPARE(number(opened, "SELECT count(*) FROM claim"), 1);
    }

    void an_sqlite_that_can_damage_stores_is_refused() {
        QCOMPARE(codeOf(sqliteVersionGuard(3040001)), ErrorCode::Unsupported);
        QCOMPARE(codeOf(sqliteVersionGuard(3051002)), ErrorCode::Unsupported);
        QVERIFY(sqliteVersionGuard(3051003));
        QVERIFY(sqliteVersionGuard(4000000));
    }
};

QTEST_GUILESS_MAIN(tst_Database)
#include "tst_database.moc"
