#pragma once

#include <QtTest>

#include <rapidcheck.h>
#include <atomic>
#include <functional>
#include <memory>
#include <thread>

#include "shared/crypto/crypto.h"
#include "sync-server/storage/ledger_store.h"
#include "sync-server/transfer/transfer_queue.h"
#include "tests/support/tablet/test_seams.h"

// What every database under the ledger must do: run as it stands on SQLite and on PostgreSQL. A test program derives
// from it, gives stores, and names nothing else.
namespace fieldclaim::server::test {

inline LedgerRow rowOf(const std::string& scope, const std::string& claim, std::uint8_t tag, std::size_t bytes = 10) {
    ChangeSetId id{};
    id[0] = tag;
    return {0, scope, claim, Uuid{}, 1, Uuid{}, 5, {id}, {Bytes(bytes, tag)}};
}

/// As a service appends: the row, and the scope's head with it.
inline Result<std::uint64_t> appendWithHead(LedgerTransaction& tx, const LedgerRow& row) {
    ASSIGN(const auto seq, tx.claims().append(row));
    ASSIGN(const auto head, tx.claims().scopeHead(row.scope));
    TRY(tx.claims().putScopeHead(row.scope, {seq, head.checksum ^ rowChecksum(seq, row.claim, row.ids)}));
    return seq;
}

class LedgerStoreSuite : public QObject {
    Q_OBJECT

protected:
    struct Limits {
        std::size_t queue = 1'024;
        std::int64_t max_pages = 0;
    };
    /// The same data each time within a test; empty at its start.
    virtual std::unique_ptr<LedgerStore> open(const Limits& limits) = 0;
    virtual void reset() = 0;
    std::unique_ptr<LedgerStore> open() { return open(Limits()); }

    static std::vector<LedgerRow> rows(const LedgerStore& store, const std::string& scope) {
        auto out = store.read([&](const LedgerSnapshot& now) { return now.claims().rowsAfter(scope, 0, 1U << 30U); });
        ENSURE(out.has_value());
        return *out;
    }

private slots:
    void init() { reset(); }

    void whatWasWrittenIsThereAfterReopening() {
        {
            auto store = open();
            QCOMPARE(store->write([](LedgerTransaction& tx) { return tx.claims().append(rowOf("site/a", "C1", 1)); })
                         .value(),
                     1U);
        }
        auto store = open();
        const auto kept = rows(*store, "site/a");
        QCOMPARE(kept.size(), 1U);
        QVERIFY(kept[0].change_sets[0] == Bytes(10, 1));
        QCOMPARE(
            store->write([](LedgerTransaction& tx) { return tx.claims().append(rowOf("site/a", "C1", 2)); }).value(),
            2U);
    }

    void aJobThatFailsIsTakenBackAlone() {
        auto store = open();
        std::vector<std::thread> threads;
        std::atomic<int> good = 0;
        for (int i = 0; i < 20; ++i) {
            threads.emplace_back([&, i] {
                const auto done = store->write([&](LedgerTransaction& tx) -> Result<std::uint64_t> {
                    ASSIGN(const auto seq, tx.claims().append(rowOf("site/a", "C", static_cast<std::uint8_t>(i))));
                    if (i % 4 == 0) return fail(ErrorCode::Conflict, "as the test asked");
                    return seq;
                });
                if (done) ++good;
                if (i % 4 == 0) ENSURE(!done && done.error().code == ErrorCode::Conflict);
            });
        }
        for (auto& thread : threads) thread.join();
        QCOMPARE(good.load(), 15);
        const auto kept = rows(*store, "site/a");
        QCOMPARE(kept.size(), 15U);
        // What was taken back left no hole that a later row could fill.
        for (std::size_t i = 0; i < kept.size(); ++i) QCOMPARE(kept[i].seq, i + 1);
    }

    void aPartOfAJobIsTakenBackAlone() {
        auto store = open();
        const Status done = store->write([](LedgerTransaction& tx) -> Status {
            TRY(tx.directory().putSite({"a", "A"}));
            const Status part = tx.nested([&]() -> Status {
                TRY(tx.directory().putSite({"b", "B"}));
                return fail(ErrorCode::Conflict);
            });
            ENSURE(!part);
            return tx.directory().putSite({"c", "C"});
        });
        QVERIFY(done.has_value());
        const auto sites = store->read([](const LedgerSnapshot& now) { return now.directory().sites(); });
        QCOMPARE(sites->size(), 2U);
        QCOMPARE(sites->at(1).id, std::string("c"));
    }

    // A reader that pages along never meets a row below one that it has seen.
    void H03_seqOrderIsCommitOrder() {
        auto store = open();
        std::atomic<bool> writing = true;
        std::vector<std::thread> writers;
        for (int i = 0; i < 6; ++i) {
            writers.emplace_back([&, i] {
                for (int n = 0; n < 40; ++n) {
                    ENSURE(store
                               ->write([&](LedgerTransaction& tx) {
                                   return tx.claims().append(rowOf("site/a", "C", static_cast<std::uint8_t>(i)));
                               })
                               .has_value());
                }
            });
        }
        std::vector<std::uint64_t> seen;
        std::thread reader([&] {
            std::uint64_t cursor = 0;
            bool last = false;
            while (true) {
                const auto page = store->read(
                    [&](const LedgerSnapshot& now) { return now.claims().rowsAfter("site/a", cursor, 200); });
                ENSURE(page.has_value());
                for (const auto& row : *page) seen.push_back(cursor = row.seq);
                if (page->empty() && last) return;
                last = !writing;
            }
        });
        for (auto& writer : writers) writer.join();
        writing = false;
        reader.join();
        QCOMPARE(seen.size(), 240U);
        for (std::size_t i = 0; i < seen.size(); ++i) QCOMPARE(seen[i], i + 1);
    }

    void H04_aSnapshotShowsTheHeadWithItsRows() {
        auto store = open();
        std::atomic<bool> writing = true;
        std::thread writer([&] {
            for (int n = 0; n < 200; ++n) {
                ENSURE(store
                           ->write([&](LedgerTransaction& tx) {
                               return appendWithHead(tx, rowOf("site/a", "C", static_cast<std::uint8_t>(n)));
                           })
                           .has_value());
            }
            writing = false;
        });
        bool agree = true;
        while (writing) {
            ENSURE(store
                       ->read([&](const LedgerSnapshot& now) -> Status {
                           ASSIGN(const auto head, now.claims().scopeHead("site/a"));
                           ASSIGN(const auto all, now.claims().rowsAfter("site/a", 0, 1U << 30U));
                           std::uint64_t checksum = 0;
                           for (const auto& row : all) checksum ^= rowChecksum(row.seq, row.claim, row.ids);
                           agree = agree && head.seq == (all.empty() ? 0 : all.back().seq) && head.checksum == checksum;
                           return {};
                       })
                       .has_value());
        }
        writer.join();
        QVERIFY(agree);
    }

    void H11_aFullDiskFailsTheJobAndWhatWasThereStays() {
        std::size_t before = 0;
        {
            auto store = open({.max_pages = 120});
            Error last;
            for (int i = 0; i < 200 && last.detail.empty(); ++i) {
                const auto done = store->write(
                    [](LedgerTransaction& tx) { return tx.claims().append(rowOf("site/a", "C", 1, 20'000)); });
                if (done) {
                    ++before;
                } else {
                    last = done.error();
                }
            }
            QCOMPARE(last.code, ErrorCode::DiskFull);
            QVERIFY(before > 0);
            QCOMPARE(rows(*store, "site/a").size(), before);
        }
        auto store = open();
        QCOMPARE(rows(*store, "site/a").size(), before);
        QVERIFY(store->write([](LedgerTransaction& tx) { return tx.claims().append(rowOf("site/a", "C", 2, 20'000)); })
                    .has_value());
    }

    void H11_aFullDiskFailsEveryJobOfTheGroupWithNothingHalfWritten() {
        auto store = open({.max_pages = 120});
        std::vector<std::thread> threads;
        std::atomic<std::size_t> good = 0;
        for (int i = 0; i < 32; ++i) {
            threads.emplace_back([&, i] {
                for (int n = 0; n < 5; ++n) {
                    const auto done = store->write([&](LedgerTransaction& tx) {
                        return tx.claims().append(rowOf("site/a", "C", static_cast<std::uint8_t>(i), 9'000));
                    });
                    if (done) ++good;
                    if (!done)
                        ENSURE(done.error().code == ErrorCode::DiskFull || done.error().code == ErrorCode::Storage);
                }
            });
        }
        for (auto& thread : threads) thread.join();
        QVERIFY(good < 160);
        const auto kept = rows(*store, "site/a");
        QCOMPARE(kept.size(), good.load());
        for (std::size_t i = 0; i < kept.size(); ++i) QCOMPARE(kept[i].seq, i + 1);
    }

    void H39_aFullQueueSaysBusyAndRunsNothingOfTheJob() {
        auto store = open({.queue = 2});
        std::atomic<bool> go = false;
        std::atomic<int> ran = 0;
        std::atomic<int> busy = 0;
        std::atomic<int> done = 0;
        for (int i = 0; i < 12; ++i) {
            store->submit(
                [&](LedgerTransaction&) -> Status {
                    while (!go) std::this_thread::yield();
                    ++ran;
                    return {};
                },
                [&](Status status) {
                    if (!status && status.error().code == ErrorCode::Busy) ++busy;
                    ++done;
                });
        }
        go = true;
        store->stop();
        QCOMPARE(done.load(), 12);
        QVERIFY(busy.load() >= 9);
        QCOMPARE(ran.load() + busy.load(), 12);
    }

    void stoppingDoesWhatIsQueuedAndThenTakesNoMore() {
        auto store = open();
        std::atomic<int> good = 0;
        for (int i = 0; i < 100; ++i) {
            store->submit(
                [](LedgerTransaction& tx) { return tx.claims().append(rowOf("site/a", "C", 1)).map([](auto) {}); },
                [&](Status status) { good += status ? 1 : 0; });
        }
        store->stop();
        QCOMPARE(good.load(), 100);
        QCOMPARE(rows(*store, "site/a").size(), 100U);
        const auto late = store->write([](LedgerTransaction& tx) { return tx.claims().lastSeq(); });
        QCOMPARE(late.error().code, ErrorCode::Busy);
    }

    void aTransferComesBackAsItWasSavedAndOnlyItsRevisionMayWrite() {
        auto store = open();
        TransferRow row;
        row.record.id = "t1";
        row.record.crn = "C";
        row.record.target = "iscs";
        row.record.payload = std::string(
            "{\"n\":\"O\xE2\x80\x99"
            "Brien\"}");
        row.record.payload_digest = sha256(asBytes(row.record.payload));
        row.record.content_type = "application/json";
        row.record.idempotency_key = "key";
        row.record.attempts.push_back(
            {1, TransferAttempt::Kind::Query, 5, 6, TransferAttempt::Outcome::NoAnswer, "cut"});
        row.record.errors.push_back({"E204", "nino", "Check it."});
        row.record.next_at_ms = 7;
        row.statement = Hash{3};
        QVERIFY(store->write([&](LedgerTransaction& tx) { return tx.transfers().add(row); }).has_value());
        auto again = row;
        again.record.id = "t2";
        QCOMPARE(store->write([&](LedgerTransaction& tx) { return tx.transfers().add(again); }).error().code,
                 ErrorCode::Conflict);

        row.record.state = TransferState::Sending;
        QCOMPARE(store->write([&](LedgerTransaction& tx) { return tx.transfers().update(row.record, 9); }).value(), 1);
        QCOMPARE(store->write([&](LedgerTransaction& tx) { return tx.transfers().update(row.record, 9); }).error().code,
                 ErrorCode::Conflict);
        const auto kept = store->read([](const LedgerSnapshot& now) { return now.transfers().transfer("t1"); });
        QVERIFY(kept->has_value());
        const auto& record = (*kept)->record;
        QCOMPARE(record.payload, row.record.payload);
        QVERIFY(record.payload_digest == row.record.payload_digest);
        QVERIFY(record.state == TransferState::Sending);
        QCOMPARE(record.revision, 1);
        QVERIFY(record.errors == row.record.errors);
        QCOMPARE(record.attempts.size(), 1U);
        QVERIFY(record.attempts[0].outcome == TransferAttempt::Outcome::NoAnswer);
        QVERIFY((*kept)->statement == row.statement);
    }

    void theNextTransferIsTheOneThatTheRulesChoose() {
        const bool holds = rc::check("nextDue is pickNext", [this] {
            reset();
            auto store = open();
            const auto specs = *rc::gen::container<std::vector<std::tuple<int, int, bool, int>>>(rc::gen::tuple(
                rc::gen::inRange(0, 3), rc::gen::inRange(0, 8), rc::gen::arbitrary<bool>(), rc::gen::inRange(0, 4)));
            std::vector<TransferRecord> records;
            for (std::size_t i = 0; i < specs.size(); ++i) {
                const auto& [claim, state, urgent, due] = specs[i];
                TransferRow row;
                row.record.id = "t" + std::to_string(i);
                row.record.crn = "C" + std::to_string(claim);
                row.record.target = i % 5 == 4 ? "other" : "iscs";
                row.record.order = static_cast<std::int64_t>(i);
                row.record.state = static_cast<TransferState>(state);
                row.record.urgent = urgent;
                row.record.next_at_ms = due;
                row.record.idempotency_key = row.record.id;
                RC_ASSERT(store->write([&](LedgerTransaction& tx) { return tx.transfers().add(row); }).has_value());
                records.push_back(row.record);
            }
            for (const auto& in_flight : {std::set<std::string>{}, std::set<std::string>{"t0", "t2", "t3"}}) {
                const auto found = store->read(
                    [&](const LedgerSnapshot& now) { return now.transfers().nextDue("iscs", 2, in_flight); });
                RC_ASSERT(found.has_value());
                const auto want = pickNext(records, "iscs", 2, in_flight);
                RC_ASSERT(found->has_value() == want.has_value());
                if (want) RC_ASSERT((*found)->record.id == records[*want].id);
            }
        });
        QVERIFY(holds);
    }
};

}  // namespace fieldclaim::server::test
