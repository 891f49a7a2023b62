#pragma once

#include "sync-server/api/rate_limiter.h"
#include "sync-server/http/router.h"
#include "sync-server/service/server.h"

namespace fieldclaim::server {

/// The protocol's HTTP face (docs/protocol.md): takes requests apart, asks one service, and puts the answer together.
/// Handlers are called on worker threads.
class Api {
public:
    struct Options {
        RateLimiter::Rate per_device;
        /// Of those without a session, by IP address: an office of hundreds of tablets is one.
        RateLimiter::Rate per_peer{20, 400};
    };
    /// Borrows all that it is given.
    Api(Server& server, const Clock& clock, Metrics& metrics, Options options);
    Api(Server& server, const Clock& clock, Metrics& metrics) : Api(server, clock, metrics, Options()) {}

    /// The routes borrow this object.
    void addRoutes(Router& router);

private:
    Server& m_server;
    Metrics& m_metrics;
    RateLimiter m_devices;
    RateLimiter m_peers;
};

}  // namespace fieldclaim::server
