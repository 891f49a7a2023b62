#pragma once

#include <map>
#include <string>

#include "sync-server/api/api.h"

namespace fieldclaim::test {

/// The server's API without sockets: a request goes through the same routes and handlers, on the caller's thread.
/// Borrows all that it is given.
class ApiWire {
public:
    ApiWire(server::Server& server, const Clock& clock, server::Metrics& metrics);
    ApiWire(const ApiWire&) = delete;
    ApiWire& operator=(const ApiWire&) = delete;

    struct Reply {
        int status = 0;
        std::map<std::string, std::string> headers;  ///< names in lower case
        Bytes body;                                  ///< still compressed where `headers` say so
    };
    /// `peer` stands for the caller's address.
    Reply call(const std::string& method, const std::string& path, const std::map<std::string, std::string>& headers,
               const Bytes& body, const std::string& peer) const;

private:
    server::Api m_api;
    server::Router m_router;
};

}  // namespace fieldclaim::test
