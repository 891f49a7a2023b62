#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "shared/wire/cbor.h"
#include "shared/wire/protocol.h"

// Inside shared/wire: how messages are taken apart and put together.
namespace fieldclaim {

constexpr CborLimits kMessageLimits{kMaxInflatedBytes, 16, 400'000};

/// Takes a map of known keys apart; keeps the first error.
class MapReader {
public:
    MapReader(const Value& value, std::string_view what) : m_map(value.map()), m_what(what) {
        if (m_map == nullptr) m_error = m_what + " is not a map";
    }

    std::int64_t integer(std::string_view key) {
        const auto* found = get(key).integer();
        if (found == nullptr) refuse(key, "an integer");
        return found != nullptr ? *found : 0;
    }
    std::uint64_t natural(std::string_view key) {
        const auto value = integer(key);
        if (value < 0) refuse(key, "zero or more");
        return value < 0 ? 0 : static_cast<std::uint64_t>(value);
    }
    bool boolean(std::string_view key) {
        const auto* found = get(key).boolean();
        if (found == nullptr) refuse(key, "true or false");
        return found != nullptr && *found;
    }
    std::string text(std::string_view key, std::size_t most = 4'096) {
        const auto* found = get(key).text();
        if (found == nullptr || found->size() > most) {
            refuse(key, "a text");
            return {};
        }
        return *found;
    }
    Bytes bytes(std::string_view key) {
        const auto* found = get(key).bytes();
        if (found == nullptr) refuse(key, "bytes");
        return found != nullptr ? *found : Bytes();
    }
    const Value& any(std::string_view key) {
        if (m_map != nullptr && !m_map->contains(std::string(key))) refuse(key, "there");
        return get(key);
    }
    template <std::size_t N>
    std::array<std::uint8_t, N> array(std::string_view key) {
        auto out = toArray<N>(bytes(key));
        if (!out) refuse(key, "bytes of the right length");
        return out.value_or(std::array<std::uint8_t, N>{});
    }
    Uuid uuid(std::string_view key) { return Uuid{array<16>(key)}; }
    bool has(std::string_view key) { return !get(key).isNull(); }
    /// Empty when the key is not there.
    const Value::Map& optionalMap(std::string_view key) {
        static const Value::Map kNone;
        return has(key) ? map(key) : kNone;
    }
    /// Nothing when the key is not there.
    std::optional<Hash> optionalHash(std::string_view key) {
        if (get(key).isNull()) return std::nullopt;
        return array<32>(key);
    }
    const Value::List& list(std::string_view key) {
        static const Value::List kNone;
        const auto* found = get(key).list();
        if (found == nullptr) refuse(key, "a list");
        return found != nullptr ? *found : kNone;
    }
    const Value::Map& map(std::string_view key) {
        static const Value::Map kNone;
        const auto* found = get(key).map();
        if (found == nullptr) refuse(key, "a map");
        return found != nullptr ? *found : kNone;
    }
    template <typename T, typename Read>
    std::vector<T> listOf(std::string_view key, Read read) {
        std::vector<T> out;
        for (const auto& item : list(key)) {
            auto one = read(item);
            if (!one) {
                if (m_error.empty()) m_error = m_what + "." + std::string(key) + ": " + one.error().detail;
                break;
            }
            out.push_back(std::move(*one));
        }
        return out;
    }
    Status finish() const {
        if (!m_error.empty()) return fail(ErrorCode::BadInput, m_error);
        return {};
    }

private:
    const Value& get(std::string_view key) {
        static const Value kNull;
        if (m_map == nullptr) return kNull;
        const auto found = m_map->find(std::string(key));
        return found == m_map->end() ? kNull : found->second;
    }
    void refuse(std::string_view key, std::string_view wanted) {
        if (m_error.empty()) m_error = m_what + "." + std::string(key) + " is not " + std::string(wanted);
    }

    const Value::Map* m_map;
    std::string m_what;
    std::string m_error;
};

template <typename T, typename Write>
Value::List listOf(const std::vector<T>& items, Write write) {
    Value::List out;
    out.reserve(items.size());
    for (const auto& item : items) out.push_back(write(item));
    return out;
}

inline Value natural(std::uint64_t value) { return Value(static_cast<std::int64_t>(value)); }

}  // namespace fieldclaim
