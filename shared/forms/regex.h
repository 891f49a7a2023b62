#pragma once

#include <memory>
#include <string_view>

#include "shared/base/result.h"

namespace fieldclaim {

/// A compiled PCRE2 pattern over UTF-8. Immutable: may be shared across threads.
class Regex {
public:
    /// BadPack with PCRE2's own words.
    static Result<Regex> compile(std::string_view pattern);

    /// False when it does not match, when the text is not UTF-8 or longer than 10,000 bytes, and when the search passes
    /// its limits (hostile patterns and texts cannot hang the form).
    bool matches(std::string_view text) const;

private:
    struct Free {
        void operator()(void* code) const;
    };
    explicit Regex(void* code) : m_code(code) {}
    std::unique_ptr<void, Free> m_code;
};

}  // namespace fieldclaim
