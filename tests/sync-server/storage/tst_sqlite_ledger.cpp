#include <QTemporaryDir>

#include "shared/sqlite/store_lock.h"
#include "sync-server/storage/sqlite_ledger_store.h"
#include "tests/sync-server/storage/ledger_store_suite.h"

using namespace fieldclaim;
using namespace fieldclaim::server;

class SqliteLedgerTest : public fieldclaim::server::test::LedgerStoreSuite {
    Q_OBJECT

protected:
    std::unique_ptr<LedgerStore> open(const Limits& limits) override {
        SqliteLedgerStore::Options options;
        options.path = m_folder->filePath("ledger.db").toStdString();
        options.queue_capacity = limits.queue;
        options.most_in_group = limits.queue < 8 ? 1 : 64;
        options.max_pages = limits.max_pages;
        auto opened = SqliteLedgerStore::open(std::move(options));
        if (!opened) ensureFailed(describe(opened.error()).c_str(), __FILE__, __LINE__);
        return std::move(*opened);
    }
    void reset() override { m_folder = std::make_unique<QTemporaryDir>(); }

private:
    std::unique_ptr<QTemporaryDir> m_folder;

private slots:
    void aSecondProcessMayWriteTheDirectoryBesideTheWriter() {
        auto store = LedgerStoreSuite::open();
        SqliteLedgerStore::Options beside;
        beside.path = m_folder->filePath("ledger.db").toStdString();
        beside.inline_writer = true;
        auto admin = SqliteLedgerStore::open(beside);
        QVERIFY(admin.has_value());
        std::thread writer([&] {
            for (int i = 0; i < 50; ++i) {
                ENSURE(store
                           ->write([](LedgerTransaction& tx) {
                               return tx.claims().append(fieldclaim::server::test::rowOf("site/a", "C", 1));
                           })
                           .has_value());
            }
        });
        for (int i = 0; i < 50; ++i) {
            QVERIFY((*admin)
                        ->write([&](LedgerTransaction& tx) {
                            return tx.directory().putSite({"s" + std::to_string(i), "S"});
                        })
                        .has_value());
        }
        writer.join();
        QCOMPARE(rows(*store, "site/a").size(), 50U);
        QCOMPARE(store->read([](const LedgerSnapshot& now) { return now.directory().sites(); })->size(), 50U);
    }

    void H08_twoServersOnOneStoreAreRefused() {
        const auto path = m_folder->filePath("ledger.db").toStdString();
        const auto first = StoreLock::acquire(path);
        QVERIFY(first.has_value());
        QCOMPARE(StoreLock::acquire(path).error().code, ErrorCode::InUse);
    }
};

QTEST_GUILESS_MAIN(SqliteLedgerTest)
#include "tst_sqlite_ledger.moc"
