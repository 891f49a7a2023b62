#include <QtTest>
#include <atomic>

#include "sync-server/http/worker_pool.h"
#include "tests/sync-server/http/http_fixture.h"

using namespace fieldclaim::server;

class TestWorkerPool final : public QObject {
    Q_OBJECT

private slots:
    void everyJobRunsOnce() {
        std::atomic<int> ran{0};
        WorkerPool pool({.threads = 3, .waiting = 10'000, .waiting_per_caller = 10'000, .running_per_caller = 2});
        for (int i = 0; i < 5000; ++i) {
            QVERIFY(pool.submit("caller" + std::to_string(i % 7), [&](bool run) { ran += run ? 1 : 0; }));
        }
        QTRY_COMPARE(ran.load(), 5000);
        QCOMPARE(pool.waiting(), std::size_t(0));
    }
    void callersTakeTurns() {
        Gate gate;
        std::mutex mutex;
        std::string order;
        const auto job = [&](char name) {
            return [&, name](bool) {
                const std::lock_guard lock(mutex);
                order += name;
            };
        };
        WorkerPool pool({.threads = 1, .waiting = 100, .waiting_per_caller = 100, .running_per_caller = 1});
        QVERIFY(pool.submit("z", [&](bool) { gate.pass(); }));
        QVERIFY(gate.waitFor(1));
        for (int i = 0; i < 4; ++i) QVERIFY(pool.submit("heavy", job('h')));
        QVERIFY(pool.submit("light", job('l')));
        gate.open();
        QTRY_COMPARE(pool.waiting(), std::size_t(0));
        pool.stop();
        QCOMPARE(order, std::string("hlhhh"));
    }
    void theQueueAndACallersPartOfItAreBounded() {
        Gate gate;
        WorkerPool pool({.threads = 1, .waiting = 4, .waiting_per_caller = 2, .running_per_caller = 1});
        QVERIFY(pool.submit("a", [&](bool) { gate.pass(); }));
        QVERIFY(gate.waitFor(1));
        const auto nothing = [](bool) {};
        QVERIFY(pool.submit("a", nothing));
        QVERIFY(!pool.wouldRefuse("a"));
        QVERIFY(pool.submit("a", nothing));
        QVERIFY(pool.wouldRefuse("a"));
        QVERIFY(!pool.submit("a", nothing));
        QVERIFY(pool.submit("b", nothing));
        QVERIFY(pool.submit("c", nothing));
        QVERIFY(!pool.submit("d", nothing));
        pool.submitAdmitted("d", nothing);
        QCOMPARE(pool.waiting(), std::size_t(5));
        gate.open();
        QTRY_COMPARE(pool.waiting(), std::size_t(0));
    }
    void stopCallsWaitingJobsWithFalse() {
        Gate gate;
        std::atomic<int> cancelled{0};
        auto pool = std::make_unique<WorkerPool>(
            WorkerPool::Limits{.threads = 1, .waiting = 100, .waiting_per_caller = 100, .running_per_caller = 1});
        QVERIFY(pool->submit("a", [&](bool) { gate.pass(); }));
        QVERIFY(gate.waitFor(1));
        for (int i = 0; i < 3; ++i) QVERIFY(pool->submit("a", [&](bool run) { cancelled += run ? 0 : 1; }));
        std::thread stopper([&] { pool->stop(); });
        QTRY_VERIFY(pool->wouldRefuse("x"));
        gate.open();
        stopper.join();
        QCOMPARE(cancelled.load(), 3);
        pool->submitAdmitted("a", [&](bool run) { cancelled += run ? 0 : 1; });
        QCOMPARE(cancelled.load(), 4);
    }
};

QTEST_GUILESS_MAIN(TestWorkerPool)
#include "tst_worker_pool.moc"
