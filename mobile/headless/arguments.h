#pragma once

#include <map>
#include <string>
#include <vector>

#include "shared/base/result.h"

namespace fieldclaim::tablet {

/// "--data DIR sync --for 30 --watch": options by name without hyphens, each with one value but for the flags (--help,
/// --watch, --none, --print), and the words that are none.
struct Arguments {
    std::map<std::string, std::string> options;
    std::vector<std::string> words;

    /// BadInput for an option that is not known or lacks its value.
    static Result<Arguments> parse(const std::vector<std::string>& arguments);
    std::string option(const std::string& name, const std::string& otherwise = {}) const;
    bool has(const std::string& name) const { return options.contains(name); }
};

extern const char* const kUsage;
/// The lines of kUsage that tell of one command; all of it for a name that is none.
std::string usageOf(const std::string& command);

}  // namespace fieldclaim::tablet
