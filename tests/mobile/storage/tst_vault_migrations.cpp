#include <QTest>

#include "mobile/storage/vault_migrations.h"
#include "shared/sqlite/migrations.h"

using namespace fieldclaim;

namespace {

std::vector<Migration> upTo(int number) {
    auto all = migrationsFrom(embedded::vaultMigrations());
    std::erase_if(all, [&](const Migration& migration) { return migration.number > number; });
    return all;
}

}  // namespace

/// A vault of each released version comes through with what it held (hazard H45).
class VaultMigrationsTest : public QObject {
    Q_OBJECT

private slots:
    void H45_images_that_a_version_1_vault_had_to_send_are_still_to_be_sent() {
        auto database = Database::open(":memory:").value();
        QVERIFY(migrate(database, upTo(1)));
        QVERIFY(
            database.exec("INSERT INTO blob(sha256, claim, size, saved, sent, url, refused) VALUES"
                          "(x'03', 'A', 5, 1, 0, '/v1/uploads/3', ''), (x'01', 'A', 6, 1, 1, '', ''),"
                          "(x'02', 'B', 7, 1, 0, '', 'too large'), (x'04', 'B', 8, 0, 0, '', '');"
                          "INSERT INTO blob_chunk(sha256, place, bytes) VALUES(x'03', 0, x'0102030405')"));
        QVERIFY(migrate(database, migrationsFrom(embedded::vaultMigrations())));
        std::vector<std::string> rows;
        auto select = database.prepare(
            "SELECT hex(sha256) || ' ' || claim || ' ' || sent || ' ' || url || ' ' || refused FROM upload "
            "ORDER BY saved");
        QVERIFY(select.has_value());
        QVERIFY(select->query([&](const SqlStatement& row) { rows.emplace_back(row.text(0)); }));
        QCOMPARE(rows, (std::vector<std::string>{"03 A 0 /v1/uploads/3 ", "01 A 1  ", "02 B 0  too large"}));
        std::int64_t chunks = 0;
        auto kept = database.prepare("SELECT count(*) FROM blob JOIN blob_chunk USING (sha256) WHERE size = 5");
        QVERIFY(kept->query([&](const SqlStatement& row) { chunks = row.int64(0); }));
        QCOMPARE(chunks, 1);
    }
};

QTEST_GUILESS_MAIN(VaultMigrationsTest)
#include "tst_vault_migrations.moc"
