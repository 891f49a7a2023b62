#pragma once

// Private to sync-server/http.
#include <memory>
#include <utility>  // Boost 1.74's coroutines use std::exchange without it

#include <boost/asio/ssl/context.hpp>

#include "shared/base/result.h"
#include "shared/crypto/certificates.h"

namespace fieldclaim::server {

/// TLS 1.2 with forward secrecy, or 1.3; no compression, no renegotiation; ALPN http/1.1 alone.
Result<std::shared_ptr<boost::asio::ssl::context>> makeTlsContext(const TlsIdentity& identity);

}  // namespace fieldclaim::server
