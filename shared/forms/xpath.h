#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "shared/base/result.h"
#include "shared/forms/regex.h"

namespace fieldclaim {

/// What an expression sees of an answer: text, a number, or the given answers of all instances of a repeat.
using XPathValue = std::variant<std::string, double, std::vector<std::string>>;

/// What expressions ask of the evaluation that runs them.
class XPathHost {
public:
    virtual ~XPathHost() = default;
    virtual XPathValue variable(std::size_t slot) const = 0;
    virtual std::int32_t today() const = 0;
    /// The parameter on a day: a number, a text, a date as its day number, or "" when there is none.
    virtual XPathValue parameter(std::string_view key, std::int32_t day) const = 0;
    virtual std::string prescreen() const = 0;
    /// "pass", "fail", or empty where the pack has no rule for the sort code.
    virtual std::string modulusCheck(std::string_view sort_code, std::string_view account) const = 0;
    virtual const Regex* pattern(std::string_view text) const = 0;
};

struct XPathState;

/// All expressions of a pack, compiled. libxml2 writes into what it compiled while it runs it, so a set serves one
/// evaluation at a time; FormPack keeps a pool of them. Nothing that libxml2 says reaches stderr.
class XPathSet {
public:
    static Result<std::unique_ptr<XPathSet>> compile(const std::vector<std::string>& expressions);
    /// Only whether it compiles.
    static Status check(const std::string& expression);
    ~XPathSet();
    XPathSet(const XPathSet&) = delete;
    XPathSet& operator=(const XPathSet&) = delete;

    /// `self` is what "." is. An expression that passes its limit of operations gives "".
    std::variant<std::string, double, bool> evaluate(std::size_t expression, const XPathHost& host,
                                                     std::string_view self);
    bool test(std::size_t expression, const XPathHost& host, std::string_view self);

private:
    explicit XPathSet(std::unique_ptr<XPathState> state);
    std::unique_ptr<XPathState> m_state;
};

/// XPath's spelling of a number, without exponents; empty for NaN and infinities.
std::string numberText(double number);

}  // namespace fieldclaim
