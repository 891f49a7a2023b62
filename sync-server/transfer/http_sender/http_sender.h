#pragma once

#include "sync-server/transfer/target_transport.h"

namespace fieldclaim::server {

/// TargetTransport over cpprestsdk's client; the only folder that includes it, and its exceptions stop here. Each
/// request has a connection of its own: on a kept one that the target had closed, the client would send a request a
/// second time by itself. Blocks its caller until answer or time-out; no state, so any thread may call it.
class HttpTargetTransport final : public TargetTransport {
public:
    tl::expected<TransportAnswer, TransportFailure> send(const TransportRequest& request) override;
};

}  // namespace fieldclaim::server
