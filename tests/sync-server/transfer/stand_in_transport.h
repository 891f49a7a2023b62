#pragma once

#include "sync-server/transfer/target_transport.h"
#include "tests/support/standin/processing_stand_in.h"

namespace fieldclaim::server {

/// The stand-in without sockets: time-outs and cuts are failures that may have been sent, and take no time.
class StandInTransport final : public TargetTransport {
public:
    explicit StandInTransport(standin::ProcessingStandIn& stand_in) : m_stand_in(stand_in) {}

    tl::expected<TransportAnswer, TransportFailure> send(const TransportRequest& request) override {
        if (unreachable) return tl::unexpected(TransportFailure{true, {ErrorCode::Network, "not reached"}});
        standin::StandInRequest in;
        in.method = request.method;
        const auto path = request.url.substr(request.url.find('/', request.url.find("//") + 2));
        const auto mark = path.find('?');
        in.path = path.substr(0, mark);
        if (mark != std::string::npos) in.query = path.substr(mark + 1);
        for (const auto& [name, value] : request.headers) {
            if (name == "Idempotency-Key") in.headers["idempotency-key"] = value;
        }
        in.body = request.body;
        const auto out = m_stand_in.handle(in);
        if (out.action != standin::StandInReply::Do::Answer) {
            return tl::unexpected(TransportFailure{false, {ErrorCode::Network, "cut"}});
        }
        return TransportAnswer{out.status, out.body, std::nullopt};
    }

    bool unreachable = false;

private:
    standin::ProcessingStandIn& m_stand_in;
};

}  // namespace fieldclaim::server
