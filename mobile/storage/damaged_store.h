#pragma once

// Private to mobile/storage.
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "shared/base/bytes.h"
#include "shared/sqlite/database.h"

namespace fieldclaim::tablet {

/// A store of which any read may fail, opened for reading alone. SQLCipher's connection is of no use after a page that
/// does not verify, so each failure opens another. On one thread.
class DamagedStore {
public:
    /// `key` is the store's own. Whether it can be opened at all, isOpen() says.
    DamagedStore(std::string path, const Hash& key);

    bool isOpen() const { return m_database.has_value(); }

    /// False when it could not be read; rows given before that stand.
    template <typename OnRow, typename... Args>
    bool read(std::string_view sql, OnRow on_row, const Args&... args) {
        if (!m_database) return false;
        bool well = false;
        {
            auto select = m_database->prepare(sql);
            well = select && select->query(args..., [&](const SqlStatement& row) { on_row(row); });
        }
        if (!well) {
            m_database.reset();
            open();
        }
        return well;
    }
    /// Every row of a table that has row ids; `sql` reads one by its id. The ids that could not be read.
    template <typename OnRow>
    std::int64_t walk(const std::string& table, std::string_view sql, OnRow on_row) {
        std::int64_t last = 0;
        const bool counted =
            read("SELECT coalesce(max(rowid), 0) FROM " + table, [&](const SqlStatement& row) { last = row.int64(0); });
        std::error_code ignored;
        if (!counted) last = static_cast<std::int64_t>(std::filesystem::file_size(m_path, ignored)) / kLeastRowBytes;
        std::int64_t failed = 0;
        std::int64_t in_a_row = 0;
        const auto most = counted ? kMostFailuresInARow : kMostFailuresAtAnUnknownEnd;
        for (std::int64_t id = 1; id <= last && in_a_row < most; ++id) {
            if (read(sql, on_row, id)) {
                in_a_row = 0;
                continue;
            }
            ++failed;
            ++in_a_row;
        }
        // Where the end is not known, the failures at the end are rows that never were.
        return counted ? failed : failed - in_a_row;
    }

private:
    static constexpr std::int64_t kMostFailuresInARow = 5'000;
    static constexpr std::int64_t kMostFailuresAtAnUnknownEnd = 300;
    static constexpr std::int64_t kLeastRowBytes = 100;  // when even the number of rows cannot be read

    void open();

    std::string m_path;
    Hash m_key;
    std::optional<Database> m_database;
};

}  // namespace fieldclaim::tablet
