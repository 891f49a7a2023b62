#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.h"

namespace fieldclaim::bench {

/// --name value pairs after the subcommand; a name that the subcommand does not know ends the program with the usage.
using Arguments = std::map<std::string, std::string, std::less<>>;
std::int64_t numberIn(const Arguments& arguments, std::string_view name, std::int64_t otherwise);

/// What a benchmark found: numbers by name, in the order in which they were added.
using Figures = nlohmann::ordered_json;

/// Runs something and gives its time in milliseconds.
template <typename Work>
double timed(Work work) {
    const auto began = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - began).count();
}

/// median, p90, p99 and max, in milliseconds.
Figures spread(std::vector<double> times_ms);

/// Ends the program with the error: a benchmark of what does not work is none.
template <typename T>
T must(Result<T> result) {
    if (!result) ensureFailed(describe(result.error()).c_str(), __FILE__, __LINE__);
    return std::move(*result);
}
inline void must(const Status& status) {
    if (!status) ensureFailed(describe(status.error()).c_str(), __FILE__, __LINE__);
}

/// An empty folder below `parent` (the system's folder for temporary files when empty), removed at the end.
class WorkFolder {
public:
    explicit WorkFolder(const std::string& parent);
    ~WorkFolder();
    WorkFolder(const WorkFolder&) = delete;
    WorkFolder& operator=(const WorkFolder&) = delete;
    const std::string& path() const { return m_path; }

private:
    std::string m_path;
};

Figures benchSave(const Arguments& arguments);
Figures benchServer(const Arguments& arguments);
Figures benchClaim(const Arguments& arguments);
Figures benchDay(const Arguments& arguments);
Figures benchWindow(const Arguments& arguments);
Figures benchPage(const Arguments& arguments);
Figures benchSync(const Arguments& arguments);
Figures benchPull(const Arguments& arguments);
Figures benchUpload(const Arguments& arguments);
Figures benchCuts(const Arguments& arguments);

}  // namespace fieldclaim::bench
