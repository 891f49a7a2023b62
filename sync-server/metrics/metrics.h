#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

// What an operator measures, as Prometheus' text format 0.0.4. Everything here is safe from any thread; counting is one
// atomic addition once a series is held.
namespace fieldclaim::server {

/// Only goes up.
class Counter {
public:
    void add(std::uint64_t amount = 1) { m_value.fetch_add(amount, std::memory_order_relaxed); }
    std::uint64_t value() const { return m_value.load(std::memory_order_relaxed); }

private:
    std::atomic<std::uint64_t> m_value{0};
};

/// Goes up and down: open connections, depth of a queue.
class Gauge {
public:
    void set(std::int64_t value) { m_value.store(value, std::memory_order_relaxed); }
    void add(std::int64_t amount) { m_value.fetch_add(amount, std::memory_order_relaxed); }
    std::int64_t value() const { return m_value.load(std::memory_order_relaxed); }

private:
    std::atomic<std::int64_t> m_value{0};
};

/// How often a value fell at or under each bound. Bounds rise; +Inf is added by itself.
class Histogram {
public:
    explicit Histogram(std::vector<double> bounds);
    void observe(double value);
    std::uint64_t count() const;
    double sum() const { return m_sum.load(std::memory_order_relaxed); }
    const std::vector<double>& bounds() const { return m_bounds; }
    /// Observations in bucket `index` alone (not cumulative); index bounds().size() is +Inf.
    std::uint64_t bucket(std::size_t index) const { return m_buckets[index].load(std::memory_order_relaxed); }

private:
    const std::vector<double> m_bounds;
    std::vector<std::atomic<std::uint64_t>> m_buckets;
    std::atomic<double> m_sum{0};
};

/// Bounds for the time of a request, in seconds: 1 ms to 60 s.
std::vector<double> latencyBounds();

/// Owns every series; references that it gives live as long as it. Asking for the same name and label values again
/// gives the same series. One name has one kind, one help and one set of label names (a broken invariant otherwise).
/// Label values are of bounded variety (route patterns, never paths): past kMaxSeries of one name, further ones are
/// counted together under label values "other", so that nobody outside can fill the memory.
class Metrics {
public:
    static constexpr std::size_t kMaxSeries = 2000;
    using Labels = std::vector<std::pair<std::string, std::string>>;

    Metrics();
    ~Metrics();
    Metrics(const Metrics&) = delete;
    Metrics& operator=(const Metrics&) = delete;

    Counter& counter(std::string_view name, std::string_view help, const Labels& labels = {});
    Gauge& gauge(std::string_view name, std::string_view help, const Labels& labels = {});
    /// `bounds` count at the first call for a name.
    Histogram& histogram(std::string_view name, std::string_view help, const std::vector<double>& bounds,
                         const Labels& labels = {});

    /// Sorted by name, then by labels, so that the same state gives the same text.
    std::string render() const;

private:
    struct Family;
    struct Series;
    Series& series(std::string_view name, std::string_view help, std::string_view kind, const Labels& labels);

    mutable std::mutex m_mutex;
    std::map<std::string, std::unique_ptr<Family>, std::less<>> m_families;
};

}  // namespace fieldclaim::server
