#include "sync-server/http/http_message.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "shared/base/date.h"
#include "shared/base/text.h"

namespace fieldclaim::server {
namespace {

constexpr std::array kMethods{
    std::pair{Method::Get, std::string_view("GET")},         std::pair{Method::Head, std::string_view("HEAD")},
    std::pair{Method::Post, std::string_view("POST")},       std::pair{Method::Put, std::string_view("PUT")},
    std::pair{Method::Patch, std::string_view("PATCH")},     std::pair{Method::Delete, std::string_view("DELETE")},
    std::pair{Method::Options, std::string_view("OPTIONS")},
};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool sameName(std::string_view a, std::string_view b) {
    return a.size() == b.size() &&
           std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower(x) == lower(y); });
}

std::string_view findHeader(const Fields& headers, std::string_view name) {
    for (const auto& [key, value] : headers) {
        if (sameName(key, name)) return value;
    }
    return {};
}

int hexDigit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

Result<std::string> decode(std::string_view text, bool plus_is_space) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        char c = text[i];
        if (c == '%') {
            const int high = i + 1 < text.size() ? hexDigit(text[i + 1]) : -1;
            const int low = i + 2 < text.size() ? hexDigit(text[i + 2]) : -1;
            if (high < 0 || low < 0) return fail(ErrorCode::BadInput, "a percent sign without two hexadecimal digits");
            c = static_cast<char>(high * 16 + low);
            i += 2;
        } else if (c == '+' && plus_is_space) {
            c = ' ';
        }
        if (c == '\0') return fail(ErrorCode::BadInput, "a zero byte where text belongs");
        out += c;
    }
    return out;
}

std::optional<std::uint64_t> wholeNumber(std::string_view text) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

// RFC 9110, 13.1.2: a list of entity tags, compared weakly, or a star.
bool listsTag(std::string_view header, std::string_view quoted) {
    for (const auto& part : split(header, ',')) {
        auto tag = trim(part);
        if (tag.starts_with("W/")) tag.remove_prefix(2);
        if (tag == quoted || tag == "*") return true;
    }
    return false;
}

}  // namespace

std::string_view name(Method method) {
    for (const auto& [value, text] : kMethods) {
        if (value == method) return text;
    }
    return "GET";
}

std::optional<Method> methodFromName(std::string_view text) {
    for (const auto& [value, known] : kMethods) {
        if (known == text) return value;
    }
    return std::nullopt;
}

Result<std::string> percentDecode(std::string_view text) { return decode(text, false); }

Result<Fields> parseUrlEncoded(std::string_view text) {
    Fields out;
    if (text.empty()) return out;
    for (const auto& part : split(text, '&')) {
        if (part.empty()) continue;
        const auto equals = part.find('=');
        ASSIGN(auto key, decode(std::string_view(part).substr(0, equals), true));
        ASSIGN(
            auto value,
            decode(equals == std::string::npos ? std::string_view() : std::string_view(part).substr(equals + 1), true));
        out.emplace_back(std::move(key), std::move(value));
    }
    return out;
}

std::string_view Request::header(std::string_view name) const { return findHeader(headers, name); }

bool Request::hasHeader(std::string_view name) const {
    return std::any_of(headers.begin(), headers.end(), [&](const auto& field) { return sameName(field.first, name); });
}

std::optional<std::string> Request::queryValue(std::string_view name) const {
    for (const auto& [key, value] : query) {
        if (key == name) return value;
    }
    return std::nullopt;
}

std::string_view Request::cookie(std::string_view name) const {
    std::string_view rest = header("Cookie");
    while (!rest.empty()) {
        const auto end = rest.find(';');
        const auto pair = trim(rest.substr(0, end));
        const auto equals = pair.find('=');
        if (equals != std::string_view::npos && pair.substr(0, equals) == name) {
            auto value = pair.substr(equals + 1);
            if (value.size() >= 2 && value.front() == '"' && value.back() == '"')
                value = value.substr(1, value.size() - 2);
            return value;
        }
        if (end == std::string_view::npos) break;
        rest.remove_prefix(end + 1);
    }
    return {};
}

Response& Response::set(std::string_view name, std::string_view value) {
    std::erase_if(headers, [&](const auto& field) { return sameName(field.first, name); });
    return add(name, value);
}

Response& Response::add(std::string_view name, std::string_view value) {
    headers.emplace_back(name, value);
    return *this;
}

std::string_view Response::header(std::string_view name) const { return findHeader(headers, name); }

Response Response::empty(int status) {
    Response response;
    response.status = status;
    return response;
}

Response Response::text(std::string_view body, std::string_view content_type, int status) {
    Response response;
    response.status = status;
    response.body = toBytes(asBytes(body));
    response.set("Content-Type", content_type);
    return response;
}

Response Response::json(std::string_view json, int status) { return text(json, "application/json", status); }
Response Response::html(std::string_view html, int status) { return text(html, "text/html; charset=utf-8", status); }

Response Response::cbor(Bytes body, int status) {
    Response response;
    response.status = status;
    response.body = std::move(body);
    response.set("Content-Type", "application/cbor");
    return response;
}

Response Response::problem(const Error& error, std::string_view request_id, int status) {
    const auto& info = errorInfo(error.code);
    const int answered = status != 0 ? status : info.http_status;
    nlohmann::ordered_json document;
    document["type"] = "https://fieldclaim.example/problems/" + std::string(info.name);
    document["title"] = info.english;
    document["status"] = answered;
    if (!error.detail.empty()) document["detail"] = error.detail;
    document["instance"] = "urn:uuid:" + std::string(request_id);
    return text(document.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace),
                "application/problem+json", answered);
}

Response Response::redirect(std::string_view location, int status) { return empty(status).set("Location", location); }

Response Response::file(const Request& request, const std::filesystem::path& path, std::string_view content_type,
                        std::string_view etag) {
    auto whole = FileBodySource::open(path);
    if (!whole) return problem(whole.error(), request.id);
    const auto size = (*whole)->size();
    const auto quoted = '"' + std::string(etag) + '"';

    Response response;
    response.set("ETag", quoted).set("Accept-Ranges", "bytes");
    if (listsTag(request.header("If-None-Match"), quoted)) {
        response.status = 304;
        return response;
    }
    response.set("Content-Type", content_type);
    const auto if_range = request.header("If-Range");
    const bool range_counts = if_range.empty() || if_range == quoted;
    const auto range = parseRange(range_counts ? request.header("Range") : std::string_view(), size);
    if (!range) {
        auto refused = problem({ErrorCode::BadInput, "the range lies outside the file"}, request.id, 416);
        return refused.set("Content-Range", "bytes */" + std::to_string(size));
    }
    if (!range->has_value()) {
        response.source = std::move(*whole);
        return response;
    }
    const auto [first, last] = **range;
    auto part = FileBodySource::open(path, first, last - first + 1);
    if (!part) return problem(part.error(), request.id);
    response.status = 206;
    response.source = std::move(*part);
    return response.set("Content-Range",
                        "bytes " + std::to_string(first) + '-' + std::to_string(last) + '/' + std::to_string(size));
}

tl::expected<std::optional<ByteRange>, RangeNotSatisfiable> parseRange(std::string_view header, std::uint64_t size) {
    constexpr std::string_view kUnit = "bytes=";
    if (!header.starts_with(kUnit)) return std::nullopt;
    header.remove_prefix(kUnit.size());
    const auto dash = header.find('-');
    if (dash == std::string_view::npos || header.find(',') != std::string_view::npos) return std::nullopt;
    const auto first = wholeNumber(header.substr(0, dash));
    const auto last = wholeNumber(header.substr(dash + 1));
    if (dash == 0) {  // the last so many bytes
        if (!last) return std::nullopt;
        if (*last == 0 || size == 0) return tl::unexpected(RangeNotSatisfiable{});
        return ByteRange{size - std::min(*last, size), size - 1};
    }
    const bool open = dash + 1 == header.size();
    if (!first || (!open && !last) || (last && *last < *first)) return std::nullopt;
    if (*first >= size) return tl::unexpected(RangeNotSatisfiable{});
    return ByteRange{*first, open ? size - 1 : std::min(*last, size - 1)};
}

std::string httpDate(std::int64_t wall_ms) {
    static constexpr std::array kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr std::array kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const Date date = Date::fromWallMs(wall_ms);
    const auto second = static_cast<int>((wall_ms - static_cast<std::int64_t>(date.days) * 86'400'000) / 1000);
    std::array<char, 48> text{};
    std::snprintf(text.data(), text.size(), "%s, %02u %s %04d %02d:%02d:%02d GMT", kDays[date.weekday()], date.day(),
                  kMonths[date.month() - 1], date.year(), second / 3600, second / 60 % 60, second % 60);
    return text.data();
}

}  // namespace fieldclaim::server
