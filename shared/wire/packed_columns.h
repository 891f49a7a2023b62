#pragma once

#include "shared/wire/packing.h"

// Inside shared/wire: the columns of a packed run (docs/protocol.md, "Packed runs").
namespace fieldclaim {

/// What an item of a run is: see the column `kind`.
enum class PackedKind { Packed, Named, Whole };

/// A column of integers. On the wire it ends with its last value that is not zero; beyond it all are zero.
class Column {
public:
    void add(std::int64_t value) { m_values.emplace_back(value); }
    Value::List take();

private:
    Value::List m_values;
};

/// Reads a column to its end; the first value that is no integer is kept as an error.
class ColumnReader {
public:
    explicit ColumnReader(const Value::List& values) : m_values(values) {}
    std::int64_t next() {
        if (m_at >= m_values.size()) return 0;
        const auto* found = m_values[m_at++].integer();
        m_ok = m_ok && found != nullptr;
        return found != nullptr ? *found : 0;
    }
    bool finished() const { return m_ok && m_at == m_values.size(); }

private:
    const Value::List& m_values;
    std::size_t m_at = 0;
    bool m_ok = true;
};

/// Differences wrap around, so that any two 64-bit integers have one.
inline std::int64_t difference(std::uint64_t value, std::uint64_t from) {
    return static_cast<std::int64_t>(value - from);
}
inline std::uint64_t sum(std::uint64_t from, std::int64_t difference) {
    return from + static_cast<std::uint64_t>(difference);
}

/// Where the values of one author were last, for the differences.
struct PackedTrack {
    std::uint64_t counter = 0;
    std::uint64_t time = 0;
    std::uint64_t uptime = 0;
};

}  // namespace fieldclaim
