#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "shared/base/bytes.h"
#include "shared/base/result.h"

namespace fieldclaim {

/// RFC 8949 section 4.2.1: shorter keys first, then by bytes (keys here are ASCII texts).
struct CanonicalOrder {
    bool operator()(const std::string& a, const std::string& b) const {
        return a.size() != b.size() ? a.size() < b.size() : a < b;
    }
};

/// What one CBOR item can be here: null, a boolean, a 64-bit integer, text (UTF-8, form C), bytes, a list or a map with
/// text keys. No floats: decimals are texts.
class Value {
public:
    using List = std::vector<Value>;
    using Map = std::map<std::string, Value, CanonicalOrder>;

    // Implicit on purpose: a value stands where one of its kinds is written.
    // NOLINTBEGIN(google-explicit-constructor)
    Value() = default;
    Value(std::nullptr_t) {}
    Value(bool value) : m_data(value) {}
    Value(std::int64_t value) : m_data(value) {}
    Value(int value) : m_data(std::int64_t{value}) {}
    Value(std::string value) : m_data(std::move(value)) {}
    Value(std::string_view value) : m_data(std::string(value)) {}
    Value(const char* value) : m_data(std::string(value)) {}
    Value(Bytes value) : m_data(std::move(value)) {}
    Value(ByteView value) : m_data(Bytes(value.begin(), value.end())) {}
    template <std::size_t N>
    Value(const std::array<std::uint8_t, N>& value) : m_data(Bytes(value.begin(), value.end())) {}
    Value(List value) : m_data(std::move(value)) {}
    Value(Map value) : m_data(std::move(value)) {}
    // NOLINTEND(google-explicit-constructor)

    bool isNull() const { return std::holds_alternative<std::monostate>(m_data); }
    const bool* boolean() const { return std::get_if<bool>(&m_data); }
    const std::int64_t* integer() const { return std::get_if<std::int64_t>(&m_data); }
    const std::string* text() const { return std::get_if<std::string>(&m_data); }
    const Bytes* bytes() const { return std::get_if<Bytes>(&m_data); }
    const List* list() const { return std::get_if<List>(&m_data); }
    const Map* map() const { return std::get_if<Map>(&m_data); }
    List* list() { return std::get_if<List>(&m_data); }
    Map* map() { return std::get_if<Map>(&m_data); }

    /// A map's member, or null when this is no map or has no such key.
    const Value& at(std::string_view key) const;
    /// The text at a key, or empty.
    std::string textAt(std::string_view key) const;
    std::int64_t integerAt(std::string_view key, std::int64_t otherwise = 0) const;

    bool operator==(const Value&) const = default;

private:
    std::variant<std::monostate, bool, std::int64_t, std::string, Bytes, List, Map> m_data;
};

/// Takes a list of known shape apart, item by item; the first mismatch is kept as the error (BadInput, which item).
/// Usage: ListReader in(value, "header", 11); auto v = in.integer(); ... ; TRY(in.finish());
class ListReader {
public:
    ListReader(const Value& value, std::string_view what, std::size_t size);
    std::int64_t integer();
    std::uint64_t natural();
    bool boolean();
    std::string text();
    Bytes bytes();
    template <std::size_t N>
    std::array<std::uint8_t, N> array() {
        auto out = toArray<N>(bytes());
        if (!out) {
            refuse("a byte string of another length");
            return {};
        }
        return *out;
    }
    const Value::List& list();
    const Value::Map& map();
    const Value& any();
    /// The first error, if there was one.
    Status finish() const;
    bool ok() const { return m_error.empty(); }

private:
    const Value& take();
    void refuse(std::string_view why);

    const Value::List* m_list = nullptr;
    std::string m_what;
    std::string m_error;
    std::size_t m_at = 0;
};

}  // namespace fieldclaim
