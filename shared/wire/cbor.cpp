#include "shared/wire/cbor.h"

#include <limits>
#include <nlohmann/json.hpp>

#include "shared/base/text.h"

namespace fieldclaim {
namespace {

void head(Bytes& out, unsigned major, std::uint64_t argument) {
    const auto first = static_cast<std::uint8_t>(major << 5U);
    const auto put = [&](unsigned info, int size) {
        out.push_back(static_cast<std::uint8_t>(first | info));
        for (int i = size - 1; i >= 0; --i)
            out.push_back(static_cast<std::uint8_t>(argument >> (8U * static_cast<unsigned>(i))));
    };
    if (argument < 24) {
        out.push_back(static_cast<std::uint8_t>(first | argument));
    } else if (argument <= 0xFFU) {
        put(24, 1);
    } else if (argument <= 0xFFFFU) {
        put(25, 2);
    } else if (argument <= 0xFFFFFFFFU) {
        put(26, 4);
    } else {
        put(27, 8);
    }
}

void write(Bytes& out, const Value& value) {
    if (value.isNull()) {
        out.push_back(0xF6);
    } else if (const auto* flag = value.boolean()) {
        out.push_back(*flag ? 0xF5 : 0xF4);
    } else if (const auto* number = value.integer()) {
        if (*number >= 0) {
            head(out, 0, static_cast<std::uint64_t>(*number));
        } else {
            head(out, 1, static_cast<std::uint64_t>(-(*number + 1)));
        }
    } else if (const auto* text = value.text()) {
        head(out, 3, text->size());
        out.insert(out.end(), text->begin(), text->end());
    } else if (const auto* bytes = value.bytes()) {
        head(out, 2, bytes->size());
        out.insert(out.end(), bytes->begin(), bytes->end());
    } else if (const auto* list = value.list()) {
        head(out, 4, list->size());
        for (const auto& item : *list) write(out, item);
    } else {
        head(out, 5, value.map()->size());
        for (const auto& [key, item] : *value.map()) {
            head(out, 3, key.size());
            out.insert(out.end(), key.begin(), key.end());
            write(out, item);
        }
    }
}

// nlohmann's own tree parser recurses without limit; its sax_parse asks this handler at every step, which stops it.
class Builder {
public:
    using json = nlohmann::json;
    explicit Builder(const CborLimits& limits) : m_limits(limits) {}

    bool null() { return add(Value()); }
    bool boolean(bool value) { return add(Value(value)); }
    bool number_integer(json::number_integer_t value) { return add(Value(std::int64_t{value})); }
    bool number_unsigned(json::number_unsigned_t value) {
        if (value > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
            return refuse("an integer beyond 63 bits");
        return add(Value(static_cast<std::int64_t>(value)));
    }
    bool number_float(json::number_float_t, const json::string_t&) { return refuse("a floating point number"); }
    bool string(json::string_t& value) {
        if (!isNfc(value)) return refuse("a text that is not UTF-8 in normalisation form C");
        return add(Value(std::move(value)));
    }
    bool binary(json::binary_t& value) { return add(Value(Bytes(value.begin(), value.end()))); }
    bool start_array(std::size_t) { return open(Value(Value::List())); }
    bool end_array() { return close(); }
    bool start_object(std::size_t) { return open(Value(Value::Map())); }
    bool key(json::string_t& value) {
        if (m_stack.back().value.map()->contains(value)) return refuse("a key twice in one map");
        m_stack.back().key = std::move(value);
        return true;
    }
    bool end_object() { return close(); }
    bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception&) {
        return refuse("not CBOR of the form used here, at byte " + std::to_string(position));
    }

    Error error() const { return m_error; }
    Value take() { return std::move(m_root); }

private:
    struct Frame {
        Value value;
        std::string key;
    };

    bool refuse(std::string why, ErrorCode code = ErrorCode::BadInput) {
        m_error = {code, std::move(why)};
        return false;
    }
    bool count() {
        if (++m_items > m_limits.items)
            return refuse("more than " + std::to_string(m_limits.items) + " values", ErrorCode::TooLarge);
        return true;
    }
    bool add(Value value) {
        if (!count()) return false;
        place(std::move(value));
        return true;
    }
    bool open(Value value) {
        if (!count()) return false;
        if (m_stack.size() >= m_limits.depth)
            return refuse("nested deeper than " + std::to_string(m_limits.depth), ErrorCode::TooLarge);
        m_stack.push_back({std::move(value), {}});
        return true;
    }
    bool close() {
        auto done = std::move(m_stack.back().value);
        m_stack.pop_back();
        place(std::move(done));
        return true;
    }
    void place(Value value) {
        if (m_stack.empty()) {
            m_root = std::move(value);
        } else if (auto* list = m_stack.back().value.list()) {
            list->push_back(std::move(value));
        } else {
            m_stack.back().value.map()->emplace(std::move(m_stack.back().key), std::move(value));
        }
    }

    CborLimits m_limits;
    Value m_root;
    std::vector<Frame> m_stack;
    std::size_t m_items = 0;
    Error m_error{ErrorCode::BadInput, "not CBOR"};
};

}  // namespace

Bytes encodeCbor(const Value& value) {
    Bytes out;
    write(out, value);
    return out;
}

Result<Value> decodeCbor(ByteView bytes, const CborLimits& limits) {
    if (bytes.size() > limits.bytes)
        return fail(ErrorCode::TooLarge, "more than " + std::to_string(limits.bytes) + " bytes");
    Builder builder(limits);
    bool whole = false;
    try {
        whole =
            nlohmann::json::sax_parse(bytes.begin(), bytes.end(), &builder, nlohmann::json::input_format_t::cbor, true);
    } catch (const std::exception&) {
        return fail(ErrorCode::BadInput, "not CBOR");
    }
    if (!whole) return tl::unexpected<Error>(builder.error());
    auto value = builder.take();
    const auto again = encodeCbor(value);
    if (again.size() != bytes.size() || !std::equal(again.begin(), again.end(), bytes.begin())) {
        return fail(ErrorCode::BadInput, "not in the one deterministic form");
    }
    return value;
}

}  // namespace fieldclaim
