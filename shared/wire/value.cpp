#include "shared/wire/value.h"

namespace fieldclaim {
namespace {

const Value kNull;
const Value::List kNoList;
const Value::Map kNoMap;

}  // namespace

const Value& Value::at(std::string_view key) const {
    if (const auto* members = map()) {
        const auto found = members->find(std::string(key));
        if (found != members->end()) return found->second;
    }
    return kNull;
}

std::string Value::textAt(std::string_view key) const {
    const auto* found = at(key).text();
    return found != nullptr ? *found : std::string();
}

std::int64_t Value::integerAt(std::string_view key, std::int64_t otherwise) const {
    const auto* found = at(key).integer();
    return found != nullptr ? *found : otherwise;
}

ListReader::ListReader(const Value& value, std::string_view what, std::size_t size)
    : m_list(value.list()), m_what(what) {
    if (m_list == nullptr) {
        m_error = m_what + " is not a list";
    } else if (m_list->size() != size) {
        m_error = m_what + " has " + std::to_string(m_list->size()) + " items instead of " + std::to_string(size);
    }
}

void ListReader::refuse(std::string_view why) {
    if (m_error.empty()) m_error = m_what + ", item " + std::to_string(m_at) + ": " + std::string(why);
}

const Value& ListReader::take() {
    if (!m_error.empty() || m_at >= m_list->size()) return kNull;
    return (*m_list)[m_at++];
}

std::int64_t ListReader::integer() {
    const auto* found = take().integer();
    if (found == nullptr) refuse("not an integer");
    return found != nullptr ? *found : 0;
}

std::uint64_t ListReader::natural() {
    const auto value = integer();
    if (value < 0) refuse("a negative number");
    return value < 0 ? 0 : static_cast<std::uint64_t>(value);
}

bool ListReader::boolean() {
    const auto* found = take().boolean();
    if (found == nullptr) refuse("not true or false");
    return found != nullptr && *found;
}

std::string ListReader::text() {
    const auto* found = take().text();
    if (found == nullptr) refuse("not a text");
    return found != nullptr ? *found : std::string();
}

Bytes ListReader::bytes() {
    const auto* found = take().bytes();
    if (found == nullptr) refuse("not a byte string");
    return found != nullptr ? *found : Bytes();
}

const Value::List& ListReader::list() {
    const auto* found = take().list();
    if (found == nullptr) refuse("not a list");
    return found != nullptr ? *found : kNoList;
}

const Value::Map& ListReader::map() {
    const auto* found = take().map();
    if (found == nullptr) refuse("not a map");
    return found != nullptr ? *found : kNoMap;
}

const Value& ListReader::any() { return take(); }

Status ListReader::finish() const {
    if (!m_error.empty()) return fail(ErrorCode::BadInput, m_error);
    return {};
}

}  // namespace fieldclaim
