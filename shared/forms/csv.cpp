#include "shared/forms/csv.h"

#include <algorithm>

#include "shared/base/text.h"

namespace fieldclaim {
namespace {

/// One record from `rest`, which is cut to what follows it.
Result<std::vector<std::string>> takeRecord(std::string_view& rest) {
    std::vector<std::string> cells(1);
    bool quoted = false;
    while (!rest.empty()) {
        const char c = rest.front();
        rest.remove_prefix(1);
        if (quoted) {
            if (c != '"') {
                cells.back() += c;
            } else if (!rest.empty() && rest.front() == '"') {
                cells.back() += '"';
                rest.remove_prefix(1);
            } else {
                quoted = false;
            }
        } else if (c == '"' && cells.back().empty()) {
            quoted = true;
        } else if (c == ',') {
            cells.emplace_back();
        } else if (c == '\n') {
            return cells;
        } else if (c != '\r') {
            cells.back() += c;
        }
    }
    if (quoted) return fail(ErrorCode::BadPack, "a quotation mark is not closed");
    return cells;
}

bool isBlank(const std::vector<std::string>& cells) {
    return std::all_of(cells.begin(), cells.end(), [](const auto& cell) { return trim(cell).empty(); });
}

}  // namespace

Result<CsvTable> CsvTable::parse(std::string_view bytes) {
    constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
    if (bytes.starts_with(kByteOrderMark)) bytes.remove_prefix(kByteOrderMark.size());
    if (!toNfc(bytes) || bytes.find('\0') != std::string_view::npos) {
        return fail(ErrorCode::BadPack, "1: the file is not UTF-8 text");
    }
    CsvTable table;
    for (std::size_t line = 1; !bytes.empty(); ++line) {
        auto cells = takeRecord(bytes);
        if (!cells) return fail(ErrorCode::BadPack, std::to_string(line) + ": " + cells.error().detail);
        if (isBlank(*cells)) continue;
        if (table.m_columns.empty()) {
            if (cells->size() > kMaxColumns) return fail(ErrorCode::BadPack, "1: more than 64 columns");
            for (std::size_t i = 0; i < cells->size(); ++i) {
                const std::string name(trim((*cells)[i]));
                if (!name.empty() && !table.m_columns.emplace(name, i).second) {
                    return fail(ErrorCode::BadPack, "1: the column " + name + " is there twice");
                }
            }
            continue;
        }
        while (!cells->empty() && trim(cells->back()).empty()) cells->pop_back();
        if (cells->size() > kMaxColumns) {
            return fail(ErrorCode::BadPack, std::to_string(line) + ": more cells than columns");
        }
        if (table.m_rows.size() == kMaxRows) {
            return fail(ErrorCode::BadPack, std::to_string(line) + ": more than 5,000 rows");
        }
        table.m_rows.push_back({line, std::move(*cells)});
    }
    return table;
}

std::vector<std::string> CsvTable::columns() const {
    std::vector<std::string> out;
    for (const auto& [name, place] : m_columns) out.push_back(name);
    return out;
}

std::string_view CsvTable::cell(const Row& row, std::string_view column) const {
    const auto found = m_columns.find(column);
    if (found == m_columns.end() || found->second >= row.cells.size()) return {};
    return trim(row.cells[found->second]);
}

}  // namespace fieldclaim
