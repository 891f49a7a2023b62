#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/forms/form_pack.h"
#include "shared/forms/regex.h"

namespace fieldclaim {

/// What a value is inside expressions. A date is its day number there, and ISO 8601 outside.
enum class ValueType { Text, Number, Date };

/// A row of the survey that an expression may name.
struct Symbol {
    std::size_t slot = 0;  ///< place among the survey's rows
    ValueType type = ValueType::Text;
    const std::vector<Choice>* choices = nullptr;  ///< of a select; else null. Borrowed for the scan
};

/// What an expression may see where it stands.
struct ExpressionScope {
    std::function<std::optional<Symbol>(std::string_view)> find;
    std::size_t before = 0;      ///< only rows above this slot may be named
    std::optional<Symbol> self;  ///< what "." is; nullopt where there is no answer to speak of
    std::function<std::optional<ValueType>(std::string_view)> parameter;
    /// What a bare word stands for: in a choice_filter, the choice's cell in the column of that name. May be empty.
    std::function<std::optional<std::string>(std::string_view)> column;
};

/// An XLSForm expression, checked as far as its words go and ready for the XPath compiler.
struct ScannedExpression {
    std::string xpath;              ///< ${name} written as the variable $q<slot>
    std::vector<std::size_t> refs;  ///< slots named, each once
    ValueType type = ValueType::Text;
    bool calls_prescreen = false;
    std::string parameter;  ///< the key, when the whole expression is one pulldata()
    std::vector<std::pair<std::string, Regex>> patterns;
};

/// BadPack with the reason: an unknown name or function, a wrong number of arguments, a row named before it is asked,
/// text where a date is, an unknown choice or parameter, a bad date or pattern, nesting over 24 deep, over 4,000 bytes.
/// The grammar itself is checked by the XPath compiler afterwards.
Result<ScannedExpression> scanExpression(std::string_view text, const ExpressionScope& scope);

}  // namespace fieldclaim
