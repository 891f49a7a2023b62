#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.h"

namespace fieldclaim {

/// A table as a spreadsheet saves it (RFC 4180, UTF-8, with or without a byte order mark; lines end in LF or CRLF). The
/// first row names the columns. A row that is wholly empty is passed over, but counted.
class CsvTable {
public:
    struct Row {
        std::size_t line = 0;  ///< the spreadsheet's row number; the header is row 1
        std::vector<std::string> cells;
    };

    /// BadPack with "row: reason": an unclosed quote, more cells than columns, malformed UTF-8, a column named twice,
    /// more than kMaxRows rows.
    static Result<CsvTable> parse(std::string_view bytes);

    static constexpr std::size_t kMaxRows = 5'000;
    static constexpr std::size_t kMaxColumns = 64;

    const std::vector<Row>& rows() const { return m_rows; }
    bool has(std::string_view column) const { return m_columns.contains(column); }
    /// Their names, in the order of the alphabet.
    std::vector<std::string> columns() const;
    /// The trimmed cell, or empty when the table has no such column or the row ends before it.
    std::string_view cell(const Row& row, std::string_view column) const;

private:
    std::map<std::string, std::size_t, std::less<>> m_columns;
    std::vector<Row> m_rows;
};

}  // namespace fieldclaim
