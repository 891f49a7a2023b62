#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "sync-server/http/http_message.h"

namespace fieldclaim::server {

/// What a handler sees. Valid until the handler returns (a BodySink copies what it needs later).
struct RequestContext {
    const Request& request;
    /// The route as it was declared: "/v1/blobs/{sha256}". This is what is logged and counted, never the path.
    std::string_view route;
    std::map<std::string, std::string, std::less<>> params;

    /// Unescaped; a name that the pattern does not have is a broken invariant.
    const std::string& param(std::string_view name) const;
};

/// Takes a request's body as it comes. All calls are on worker threads, one at a time, and may block: the next bytes
/// are read from the network only after write() returned, so a slow disk slows the sender and memory stays flat.
/// Exactly one of finish() and aborted() is the last call.
class BodySink {
public:
    virtual ~BodySink() = default;
    /// An error ends the request with its problem document, after aborted().
    virtual Status write(ByteView bytes) = 0;
    /// The whole body has come.
    virtual Response finish() = 0;
    /// The client is gone, too slow or over the limit, the server stops, or write() failed. Every byte that was
    /// received before that was given to write(), so that an upload can go on from there.
    virtual void aborted() = 0;
};

/// Called on a worker thread with the whole body; may block. An exception becomes a 500.
using Handler = std::function<Response(const RequestContext&)>;
/// Called on a worker thread when the headers are there: a sink, or at once the answer.
using StreamAnswer = std::variant<Response, std::unique_ptr<BodySink>>;
using StreamHandler = std::function<StreamAnswer(const RequestContext&)>;

struct RouteOptions {
    std::uint64_t max_body = 1U << 20U;  ///< bytes; more is 413
    /// Reached also by a POST with X-HTTP-Method-Override naming the method (tus 1.0.0 asks for it). Off elsewhere.
    bool method_override = false;
};

/// Which handler answers what. Filled before the server starts, then only read, so that several servers and all
/// threads may share one. A pattern is literal segments, {name} for one segment, and {name...} at the end for the rest
/// (never empty, never with "." or ".." in it). A literal wins over {name}, and that over {name...}, from the left.
/// HEAD is answered by the GET handler unless it has its own; OPTIONS by Allow unless it has its own.
class Router {
public:
    struct Route {
        Method method = Method::Get;
        std::string pattern;
        std::vector<std::string> segments;
        RouteOptions options;
        Handler handler;  ///< one of the two
        StreamHandler stream_handler;
    };
    struct Match {
        const Route* route = nullptr;  ///< null: nothing by that path, or not by that method
        std::map<std::string, std::string, std::less<>> params;
        std::vector<Method> allowed;  ///< when the path is known
    };

    /// The same method and pattern twice is a broken invariant.
    void add(Method method, std::string_view pattern, Handler handler, RouteOptions options = {});
    void addStream(Method method, std::string_view pattern, StreamHandler handler, RouteOptions options = {});

    /// BadInput when the path is no path: not starting with "/", a wrong escape. No method: one that is not known here.
    Result<Match> find(std::optional<Method> method, std::string_view path) const;

private:
    void insert(Route route);
    std::vector<Route> m_routes;  // in the order of precedence
};

}  // namespace fieldclaim::server
