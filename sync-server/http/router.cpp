#include "sync-server/http/router.h"

#include <algorithm>

#include "shared/base/text.h"

namespace fieldclaim::server {
namespace {

bool isParam(std::string_view segment) { return segment.starts_with('{'); }
bool isTail(std::string_view segment) { return segment.ends_with("...}"); }

std::string_view paramName(std::string_view segment) {
    segment.remove_prefix(1);
    segment.remove_suffix(isTail(segment) ? 4 : 1);
    return segment;
}

int weight(std::string_view segment) { return isTail(segment) ? 2 : isParam(segment) ? 1 : 0; }

// Literals before names before tails, from the left; equal weights by the text, so that the order is total.
bool comesBefore(const Router::Route& a, const Router::Route& b) {
    return std::lexicographical_compare(
        a.segments.begin(), a.segments.end(), b.segments.begin(), b.segments.end(),
        [](const auto& x, const auto& y) { return std::pair(weight(x), x) < std::pair(weight(y), y); });
}

using Params = std::map<std::string, std::string, std::less<>>;

bool matches(const std::vector<std::string>& pattern, const std::vector<std::string>& path, Params& params) {
    params.clear();
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (i >= path.size()) return false;
        if (isTail(pattern[i])) {
            std::string rest;
            for (auto j = i; j < path.size(); ++j) {
                if (path[j] == "." || path[j] == ".." || path[j].find('/') != std::string::npos) return false;
                rest += (j == i ? "" : "/") + path[j];
            }
            if (rest.empty()) return false;
            params.emplace(paramName(pattern[i]), std::move(rest));
            return true;
        }
        if (isParam(pattern[i])) {
            if (path[i].empty()) return false;
            params.emplace(paramName(pattern[i]), path[i]);
        } else if (pattern[i] != path[i]) {
            return false;
        }
    }
    return pattern.size() == path.size();
}

}  // namespace

const std::string& RequestContext::param(std::string_view name) const {
    const auto found = params.find(name);
    ENSURE(found != params.end());
    return found->second;
}

void Router::add(Method method, std::string_view pattern, Handler handler, RouteOptions options) {
    insert({method, std::string(pattern), {}, options, std::move(handler), {}});
}

void Router::addStream(Method method, std::string_view pattern, StreamHandler handler, RouteOptions options) {
    insert({method, std::string(pattern), {}, options, {}, std::move(handler)});
}

void Router::insert(Route route) {
    ENSURE(route.pattern.starts_with('/'));
    route.segments = split(std::string_view(route.pattern).substr(1), '/');
    for (std::size_t i = 0; i + 1 < route.segments.size(); ++i) ENSURE(!isTail(route.segments[i]));
    const bool twice = std::any_of(m_routes.begin(), m_routes.end(), [&](const Route& other) {
        return other.method == route.method && other.pattern == route.pattern;
    });
    ENSURE(!twice);
    m_routes.insert(std::upper_bound(m_routes.begin(), m_routes.end(), route, comesBefore), std::move(route));
}

Result<Router::Match> Router::find(std::optional<Method> method, std::string_view path) const {
    if (!path.starts_with('/')) return fail(ErrorCode::BadInput, "a path begins with a slash");
    // Cut first and unescaped afterwards, so that %2F never makes a segment.
    auto segments = split(path.substr(1), '/');
    for (auto& segment : segments) {
        ASSIGN(segment, percentDecode(segment));
    }

    Match match;
    const Route* get = nullptr;
    Params params;
    Params get_params;
    for (const auto& route : m_routes) {
        if (!matches(route.segments, segments, params)) continue;
        if (std::find(match.allowed.begin(), match.allowed.end(), route.method) == match.allowed.end()) {
            match.allowed.push_back(route.method);
        }
        if (route.method == method && match.route == nullptr) {
            match.route = &route;
            match.params = params;
        } else if (route.method == Method::Get && get == nullptr) {
            get = &route;
            get_params = params;
        }
    }
    if (match.allowed.empty()) return match;
    if (match.route == nullptr && method == Method::Head && get != nullptr) {
        match.route = get;
        match.params = std::move(get_params);
    }
    const auto imply = [&](Method method_given) {
        if (std::find(match.allowed.begin(), match.allowed.end(), method_given) == match.allowed.end()) {
            match.allowed.push_back(method_given);
        }
    };
    if (std::find(match.allowed.begin(), match.allowed.end(), Method::Get) != match.allowed.end()) imply(Method::Head);
    imply(Method::Options);
    std::sort(match.allowed.begin(), match.allowed.end());
    return match;
}

}  // namespace fieldclaim::server
