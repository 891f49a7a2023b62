#include "tests/bench/figures.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>

namespace fieldclaim::bench {

std::int64_t numberIn(const Arguments& arguments, std::string_view name, std::int64_t otherwise) {
    const auto found = arguments.find(name);
    return found == arguments.end() ? otherwise : std::strtoll(found->second.c_str(), nullptr, 10);
}

Figures spread(std::vector<double> times_ms) {
    ENSURE(!times_ms.empty());
    std::sort(times_ms.begin(), times_ms.end());
    const auto at = [&](double share) {
        const auto index = static_cast<std::size_t>(share * static_cast<double>(times_ms.size() - 1));
        return std::round(times_ms[index] * 1'000) / 1'000;
    };
    return {{"median_ms", at(0.5)}, {"p90_ms", at(0.9)}, {"p99_ms", at(0.99)}, {"max_ms", at(1)}};
}

WorkFolder::WorkFolder(const std::string& parent) {
    const auto base = parent.empty() ? std::filesystem::temp_directory_path() : std::filesystem::path(parent);
    auto name = (base / "fieldclaim-bench-XXXXXX").string();
    ENSURE(::mkdtemp(name.data()) != nullptr);
    m_path = name;
}

WorkFolder::~WorkFolder() {
    std::error_code none;
    std::filesystem::remove_all(m_path, none);
}

}  // namespace fieldclaim::bench
