#include "sync-server/metrics/metrics.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "shared/base/result.h"

namespace fieldclaim::server {
namespace {

std::string escaped(std::string_view text, bool quotes) {
    std::string out;
    for (const char c : text) {
        if (c == '\\') {
            out += "\\\\";
        } else if (c == '\n') {
            out += "\\n";
        } else if (c == '"' && quotes) {
            out += "\\\"";
        } else {
            out += c;
        }
    }
    return out;
}

std::string labelText(const Metrics::Labels& labels) {
    std::string out;
    for (const auto& [key, value] : labels) {
        if (!out.empty()) out += ',';
        out += key + "=\"" + escaped(value, true) + '"';
    }
    return out;
}

std::string braces(const std::string& labels, const std::string& more = {}) {
    const std::string inside = labels + (labels.empty() || more.empty() ? "" : ",") + more;
    return inside.empty() ? std::string() : '{' + inside + '}';
}

std::string numberText(double value) {
    std::array<char, 64> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
    return {text.data(), end};
}

bool isMetricName(std::string_view name) {
    return !name.empty() && !(name[0] >= '0' && name[0] <= '9') && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == ':';
    });
}

}  // namespace

Histogram::Histogram(std::vector<double> bounds) : m_bounds(std::move(bounds)), m_buckets(m_bounds.size() + 1) {
    ENSURE(std::is_sorted(m_bounds.begin(), m_bounds.end()));
}

void Histogram::observe(double value) {
    const auto at = std::lower_bound(m_bounds.begin(), m_bounds.end(), value) - m_bounds.begin();
    m_buckets[static_cast<std::size_t>(at)].fetch_add(1, std::memory_order_relaxed);
    m_sum.fetch_add(value, std::memory_order_relaxed);
}

std::uint64_t Histogram::count() const {
    std::uint64_t total = 0;
    for (const auto& bucket : m_buckets) total += bucket.load(std::memory_order_relaxed);
    return total;
}

std::vector<double> latencyBounds() {
    return {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60};
}

struct Metrics::Series {
    Counter counter;
    Gauge gauge;
    std::unique_ptr<Histogram> histogram;
};

struct Metrics::Family {
    std::string help;
    std::string kind;
    std::vector<std::string> label_names;
    std::map<std::string, Series> series;  // by rendered labels; a map's nodes never move
};

Metrics::Metrics() = default;
Metrics::~Metrics() = default;

// Called with m_mutex held.
Metrics::Series& Metrics::series(std::string_view name, std::string_view help, std::string_view kind,
                                 const Labels& labels) {
    auto found = m_families.find(name);
    if (found == m_families.end()) {
        ENSURE(isMetricName(name));
        auto family = std::make_unique<Family>(Family{std::string(help), std::string(kind), {}, {}});
        for (const auto& label : labels) {
            ENSURE(isMetricName(label.first));
            family->label_names.push_back(label.first);
        }
        found = m_families.emplace(std::string(name), std::move(family)).first;
    }
    Family& family = *found->second;
    ENSURE(family.kind == kind);
    ENSURE(std::equal(labels.begin(), labels.end(), family.label_names.begin(), family.label_names.end(),
                      [](const auto& label, const auto& expected) { return label.first == expected; }));
    auto key = labelText(labels);
    if (family.series.size() >= kMaxSeries && !family.series.contains(key)) {
        auto other = labels;
        for (auto& label : other) label.second = "other";
        key = labelText(other);
    }
    return family.series[key];
}

Counter& Metrics::counter(std::string_view name, std::string_view help, const Labels& labels) {
    const std::lock_guard lock(m_mutex);
    return series(name, help, "counter", labels).counter;
}

Gauge& Metrics::gauge(std::string_view name, std::string_view help, const Labels& labels) {
    const std::lock_guard lock(m_mutex);
    return series(name, help, "gauge", labels).gauge;
}

Histogram& Metrics::histogram(std::string_view name, std::string_view help, const std::vector<double>& bounds,
                              const Labels& labels) {
    const std::lock_guard lock(m_mutex);
    auto& one = series(name, help, "histogram", labels);
    if (!one.histogram) one.histogram = std::make_unique<Histogram>(bounds);
    return *one.histogram;
}

std::string Metrics::render() const {
    const std::lock_guard lock(m_mutex);
    std::string out;
    for (const auto& [name, family] : m_families) {
        out += "# HELP " + name + ' ' + escaped(family->help, false) + "\n# TYPE " + name + ' ' + family->kind + '\n';
        for (const auto& [labels, one] : family->series) {
            if (family->kind == "counter") {
                out += name + braces(labels) + ' ' + std::to_string(one.counter.value()) + '\n';
            } else if (family->kind == "gauge") {
                out += name + braces(labels) + ' ' + std::to_string(one.gauge.value()) + '\n';
            } else {
                const Histogram& histogram = *one.histogram;
                std::uint64_t total = 0;
                for (std::size_t i = 0; i <= histogram.bounds().size(); ++i) {
                    total += histogram.bucket(i);
                    const auto bound =
                        i < histogram.bounds().size() ? numberText(histogram.bounds()[i]) : std::string("+Inf");
                    out +=
                        name + "_bucket" + braces(labels, "le=\"" + bound + '"') + ' ' + std::to_string(total) + '\n';
                }
                out += name + "_sum" + braces(labels) + ' ' + numberText(histogram.sum()) + '\n';
                out += name + "_count" + braces(labels) + ' ' + std::to_string(total) + '\n';
            }
        }
    }
    return out;
}

}  // namespace fieldclaim::server
