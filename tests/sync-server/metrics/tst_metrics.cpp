#include <QtTest>
#include <thread>

#include "sync-server/metrics/metrics.h"

using namespace fieldclaim::server;

class TestMetrics final : public QObject {
    Q_OBJECT

private slots:
    void theTextIsPrometheusOwn() {
        Metrics metrics;
        metrics.counter("b_total", "Things.", {{"kind", "x\"y\\z\n"}}).add(3);
        metrics.counter("b_total", "Things.", {{"kind", "a"}}).add();
        metrics.gauge("c_depth", "Depth\nnow.").set(-4);
        auto& latency = metrics.histogram("a_seconds", "Time.", {0.1, 1}, {{"route", "/x"}});
        for (const double value : {0.05, 0.1, 0.5, 7.0}) latency.observe(value);
        QCOMPARE(QString::fromStdString(metrics.render()), QString("# HELP a_seconds Time.\n"
                                                                   "# TYPE a_seconds histogram\n"
                                                                   "a_seconds_bucket{route=\"/x\",le=\"0.1\"} 2\n"
                                                                   "a_seconds_bucket{route=\"/x\",le=\"1\"} 3\n"
                                                                   "a_seconds_bucket{route=\"/x\",le=\"+Inf\"} 4\n"
                                                                   "a_seconds_sum{route=\"/x\"} 7.65\n"
                                                                   "a_seconds_count{route=\"/x\"} 4\n"
                                                                   "# HELP b_total Things.\n"
                                                                   "# TYPE b_total counter\n"
                                                                   "b_total{kind=\"a\"} 1\n"
                                                                   "b_total{kind=\"x\\\"y\\\\z\\n\"} 3\n"
                                                                   "# HELP c_depth Depth\\nnow.\n"
                                                                   "# TYPE c_depth gauge\n"
                                                                   "c_depth -4\n"));
    }
    void theSameNameAndLabelsAreTheSameSeries() {
        Metrics metrics;
        auto& first = metrics.counter("a_total", "A.", {{"k", "v"}});
        QVERIFY(&metrics.counter("a_total", "A.", {{"k", "v"}}) == &first);
        QVERIFY(&metrics.counter("a_total", "A.", {{"k", "w"}}) != &first);
    }
    void seriesAreBounded() {
        Metrics metrics;
        for (std::size_t i = 0; i < Metrics::kMaxSeries + 500; ++i) {
            metrics.counter("a_total", "A.", {{"k", std::to_string(i)}}).add();
        }
        QCOMPARE(metrics.counter("a_total", "A.", {{"k", "other"}}).value(), 500U);
        QCOMPARE(metrics.counter("a_total", "A.", {{"k", "7"}}).value(), 1U);
    }
    void countsFromManyThreadsAddUp() {
        Metrics metrics;
        std::vector<std::thread> threads;
        for (int t = 0; t < 4; ++t) {
            threads.emplace_back([&] {
                for (int i = 0; i < 10'000; ++i) {
                    metrics.counter("a_total", "A.", {{"k", std::to_string(i % 3)}}).add();
                    metrics.histogram("h", "H.", {0.5}).observe(1);
                    metrics.gauge("g", "G.").add(i % 2 == 0 ? 1 : -1);
                }
            });
        }
        for (auto& thread : threads) thread.join();
        std::uint64_t total = 0;
        for (int k = 0; k < 3; ++k) total += metrics.counter("a_total", "A.", {{"k", std::to_string(k)}}).value();
        QCOMPARE(total, 40'000U);
        QCOMPARE(metrics.histogram("h", "H.", {0.5}).count(), 40'000U);
        QCOMPARE(metrics.histogram("h", "H.", {0.5}).sum(), 40'000.0);
        QCOMPARE(metrics.gauge("g", "G.").value(), 0);
    }
};

QTEST_GUILESS_MAIN(TestMetrics)
#include "tst_metrics.moc"
