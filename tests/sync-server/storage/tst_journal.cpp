#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <atomic>
#include <thread>

#include "sync-server/storage/sqlite_ledger_store.h"
#include "tests/support/tablet/test_seams.h"

using namespace fieldclaim;
using namespace fieldclaim::server;

namespace {

TransferRow someTransfer() {
    TransferRow row;
    row.record.id = "t1";
    row.record.crn = "CRN";
    row.record.target = "iscs";
    row.record.payload = "payload \xff bytes";
    row.record.idempotency_key = "key";
    row.record.state = TransferState::Sending;
    row.record.attempts.push_back({1, TransferAttempt::Kind::Send, 5, 0, TransferAttempt::Outcome::Open, "r"});
    row.created_ms = 7;
    return row;
}

}  // namespace

class JournalTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::string m_path;

    std::unique_ptr<SqliteLedgerStore> open(bool threaded = false) {
        SqliteLedgerStore::Options options;
        options.path = m_folder->filePath("ledger.db").toStdString();
        options.inline_writer = !threaded;
        auto store = SqliteLedgerStore::open(std::move(options));
        ENSURE(store.has_value());
        return std::move(*store);
    }
    std::unique_ptr<SqliteLedgerStore> journaled(bool threaded = false) {
        auto store = open(threaded);
        const auto kept = store->write([&](LedgerTransaction& tx) -> Status {
            ASSIGN(const auto known, tx.identity());
            if (known) return {};
            LedgerIdentity made;
            made.epoch.bytes[0] = 1;
            return tx.putIdentity(made);
        });
        ENSURE(kept.has_value());
        ENSURE(store->beginJournal(m_path, false).has_value());
        return store;
    }
    static Status addSite(LedgerStore& store, const std::string& id) {
        return store.write([&](LedgerTransaction& tx) { return tx.directory().putSite({id, id}); });
    }
    // The sites that the journal tells of, in order.
    Result<std::vector<std::string>> sites() const {
        std::vector<std::string> out;
        ASSIGN(const auto read, readJournal(m_path, [&](const JournalRecord& record) -> Status {
                   for (const auto& bytes : record.entries) {
                       ASSIGN(const auto entry, decodeJournalEntry(bytes));
                       if (const auto* site = std::get_if<SiteRow>(&entry)) out.push_back(site->id);
                   }
                   return {};
               }));
        static_cast<void>(read);
        return out;
    }
    QByteArray bytes() const {
        QFile file(QString::fromStdString(m_path));
        ENSURE(file.open(QIODevice::ReadOnly));
        return file.readAll();
    }
    void put(const QByteArray& bytes) const {
        QFile file(QString::fromStdString(m_path));
        ENSURE(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }
    using Names = std::vector<std::string>;

private slots:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = m_folder->filePath("journal").toStdString();
    }

    void anEntryReadsBackAsItWas() {
        const auto transfer = std::get<TransferRow>(decodeJournalEntry(encodeJournalEntry(someTransfer())).value());
        QCOMPARE(transfer.record.payload, someTransfer().record.payload);
        QCOMPARE(transfer.record.attempts.size(), 1U);
        QVERIFY(transfer.record.state == TransferState::Sending);
        QCOMPARE(transfer.created_ms, 7);
        OfficerRow officer;
        officer.name = "Siân";
        officer.code_hash = Hash{3};
        officer.login = "sian";
        const auto read = std::get<OfficerRow>(decodeJournalEntry(encodeJournalEntry(officer)).value());
        QCOMPARE(read.name, officer.name);
        QVERIFY(read.code_hash == officer.code_hash);
        QVERIFY(read.login == officer.login);
        QVERIFY(!decodeJournalEntry(Bytes{0x82, 0x18, 0x63, 0x80}).has_value());
    }

    void whatNoTabletCanOfferAgainIsInTheJournalWhenTheCallIsBack() {
        auto store = journaled();
        QVERIFY(addSite(*store, "a").has_value());
        QCOMPARE(sites().value(), Names{"a"});
        QVERIFY(addSite(*store, "b").has_value());
        QCOMPARE(sites().value(), (Names{"a", "b"}));
    }

    void aRowOfATabletIsNoBusinessOfTheJournal() {
        auto store = journaled();
        const auto before = bytes();
        QVERIFY(store
                    ->write([](LedgerTransaction& tx) {
                        return tx.claims().append({0, "site/a", "C", Uuid{}, 1, Uuid{}, 5, {}, {}});
                    })
                    .has_value());
        QCOMPARE(bytes(), before);
    }

    void whatIsTakenBackSaysNothing() {
        auto store = journaled();
        const Status done = store->write([](LedgerTransaction& tx) -> Status {
            TRY(tx.directory().putSite({"a", "A"}));
            const Status part = tx.nested([&]() -> Status {
                TRY(tx.directory().putSite({"b", "B"}));
                return fail(ErrorCode::Conflict);
            });
            ENSURE(!part);
            return {};
        });
        QVERIFY(done.has_value());
        QVERIFY(!store
                     ->write([](LedgerTransaction& tx) -> Status {
                         TRY(tx.directory().putSite({"c", "C"}));
                         return fail(ErrorCode::Conflict);
                     })
                     .has_value());
        QCOMPARE(sites().value(), Names{"a"});
    }

    void itGoesOnAfterARestartAndBesideACommand() {
        {
            auto store = journaled(true);
            QVERIFY(addSite(*store, "a").has_value());
            auto beside = open();
            QVERIFY(addSite(*beside, "b").has_value());
            QVERIFY(addSite(*store, "c").has_value());
        }
        auto store = open();
        QVERIFY(addSite(*store, "d").has_value());
        QCOMPARE(sites().value(), (Names{"a", "b", "c", "d"}));
    }

    // A record that the ledger did not commit: as after a kill between the two.
    void aRecordThatWasNeverCommittedMakesPlace() {
        QByteArray with_ghost;
        {
            auto store = journaled();
            QVERIFY(addSite(*store, "a").has_value());
            const auto before = bytes();
            QFile::copy(m_folder->filePath("ledger.db"), m_folder->filePath("old.db"));
            QVERIFY(store->backupTo(m_folder->filePath("copy.db").toStdString()).has_value());
            QVERIFY(addSite(*store, "ghost").has_value());
            with_ghost = bytes();
            QVERIFY(with_ghost.size() > before.size());
        }
        for (const char* end : {"", "-wal", "-shm"}) QFile::remove(m_folder->filePath("ledger.db") + end);
        QVERIFY(QFile::copy(m_folder->filePath("copy.db"), m_folder->filePath("ledger.db")));
        auto store = open();
        QVERIFY(addSite(*store, "b").has_value());
        QCOMPARE(sites().value(), (Names{"a", "b"}));
    }

    void aTailThatWasCutShortIsPassedOver_data() {
        QTest::addColumn<int>("left");
        for (const int left : {1, 4, 8, 39, 41}) QTest::addRow("%d bytes of it", left) << left;
    }
    void aTailThatWasCutShortIsPassedOver() {
        QFETCH(int, left);
        auto store = journaled();
        QVERIFY(addSite(*store, "a").has_value());
        const auto whole = bytes();
        QVERIFY(addSite(*store, "b").has_value());
        put(bytes().left(whole.size() + left));
        QCOMPARE(sites().value(), Names{"a"});
        QVERIFY(readJournal(m_path, [](const JournalRecord&) -> Status { return {}; })->torn);
    }

    void damageInTheMiddleNamesTheRecord() {
        auto store = journaled();
        qsizetype at = 0;
        for (const char* id : {"a", "b", "c"}) {
            if (id[0] == 'b') at = bytes().size() + 50;
            QVERIFY(addSite(*store, id).has_value());
        }
        auto damaged = bytes();
        damaged[at] = static_cast<char>(damaged[at] ^ 1);
        put(damaged);
        const auto read = sites();
        QVERIFY(!read.has_value());
        QCOMPARE(read.error().code, ErrorCode::Damaged);
        QVERIFY(read.error().detail.find("record 2") != std::string::npos);
    }

    void whatIsInABackupIsCutAway() {
        auto store = journaled();
        for (const char* id : {"a", "b", "c"}) QVERIFY(addSite(*store, id).has_value());
        QVERIFY(store->cutJournal(2).has_value());
        QCOMPARE(sites().value(), Names{"c"});
        QVERIFY(addSite(*store, "d").has_value());
        QCOMPARE(sites().value(), (Names{"c", "d"}));
        QCOMPARE(readJournalHead(m_path)->after, 2U);
        QVERIFY(store->cutJournal(1).has_value());
        QCOMPARE(sites().value(), (Names{"c", "d"}));
    }

    void whenItIsGoneWhoNeedsItIsToldAndNothingIsHalfDone() {
        auto store = journaled();
        QVERIFY(addSite(*store, "a").has_value());
        QVERIFY(QFile::rename(QString::fromStdString(m_path), m_folder->filePath("away")));
        const Status refused = addSite(*store, "b");
        QVERIFY(!refused.has_value());
        QCOMPARE(errorInfo(refused.error().code).http_status, 503);
        QVERIFY(!store->journal().problem.empty());
        QCOMPARE(store->read([](const LedgerSnapshot& now) { return now.directory().sites(); })->size(), 1U);
        // What tablets save is taken all the same.
        QVERIFY(store
                    ->write([](LedgerTransaction& tx) {
                        return tx.claims().append({0, "site/a", "C", Uuid{}, 1, Uuid{}, 5, {}, {}});
                    })
                    .has_value());
        QVERIFY(QFile::rename(m_folder->filePath("away"), QString::fromStdString(m_path)));
        QVERIFY(addSite(*store, "b").has_value());
        QVERIFY(store->journal().problem.empty());
        QCOMPARE(sites().value(), (Names{"a", "b"}));
    }

    // Whoever shares a commit with one that needs the journal is not refused with it.
    void aGroupThatItCannotTakeGoesOnWithoutThoseWhoNeedIt() {
        auto store = journaled(true);
        QVERIFY(QFile::remove(QString::fromStdString(m_path)));
        std::atomic<int> sites_kept = 0;
        std::atomic<int> rows_kept = 0;
        std::vector<std::thread> threads;
        for (int i = 0; i < 16; ++i) {
            threads.emplace_back([&, i] {
                for (int n = 0; n < 10; ++n) {
                    if (i % 2 == 0) {
                        if (addSite(*store, "s" + std::to_string(i))) ++sites_kept;
                    } else if (store->write([](LedgerTransaction& tx) {
                                   return tx.claims().append({0, "site/a", "C", Uuid{}, 1, Uuid{}, 5, {}, {}});
                               })) {
                        ++rows_kept;
                    }
                }
            });
        }
        for (auto& thread : threads) thread.join();
        QCOMPARE(sites_kept.load(), 0);
        QCOMPARE(rows_kept.load(), 80);
    }

    void anotherLedgersJournalIsNotWrittenOver() {
        {
            auto store = journaled();
            QVERIFY(addSite(*store, "a").has_value());
        }
        for (const char* end : {"", "-wal", "-shm"}) QFile::remove(m_folder->filePath("ledger.db") + end);
        auto store = open();
        LedgerIdentity other;
        other.epoch.bytes[0] = 2;
        QVERIFY(store->write([&](LedgerTransaction& tx) { return tx.putIdentity(other); }).has_value());
        QVERIFY(store->beginJournal(m_path, false).has_value());
        QVERIFY(QFile::exists(QString::fromStdString(m_path + ".old-1")));
        QVERIFY(addSite(*store, "z").has_value());
        QCOMPARE(sites().value(), Names{"z"});
    }

    void aJournalThatMissesRecordsIsRefused() {
        auto store = journaled();
        const auto before = bytes();
        QVERIFY(addSite(*store, "a").has_value());
        put(before);
        QVERIFY(!addSite(*store, "b").has_value());
        QVERIFY(store->journal().problem.find("misses") != std::string::npos);
        QVERIFY(store->beginJournal(m_path, true).has_value());
        QVERIFY(addSite(*store, "b").has_value());
        QCOMPARE(readJournalHead(m_path)->after, 1U);
    }
};

QTEST_GUILESS_MAIN(JournalTest)
#include "tst_journal.moc"
