#include "tests/bench/bench_tablet.h"

#include <deque>

#include "mobile/storage/device_key.h"
#include "shared/wire/compression.h"
#include "tests/bench/figures.h"

namespace fieldclaim::bench {

using namespace tablet;

namespace {

std::size_t plainSize(const Bytes& body, bool deflated) {
    return deflated ? must(inflateBytes(body, kMaxInflatedBytes)).size() : body.size();
}

}  // namespace

void syncUntilRest(SyncEngine& engine, const test::ApiWire& wire, SetClock& clock, Traffic& traffic) {
    std::deque<Event> events;
    const auto tell = [&](decltype(Event::what) what) {
        events.push_back({clock.uptimeMs(), clock.wallMs(), std::move(what)});
    };
    tell(Started{});
    while (!events.empty()) {
        auto event = std::move(events.front());
        events.pop_front();
        event.now_ms = clock.uptimeMs();
        for (auto& action : engine.step(event)) {
            auto* const send = std::get_if<Send>(&action);
            if (send == nullptr) continue;
            auto headers = send->headers;
            headers["Accept-Encoding"] = "deflate";
            ++traffic.requests;
            traffic.up += send->body.size();
            if (send->path.starts_with("/v1/uploads")) traffic.up_evidence += send->body.size();
            traffic.up_plain += plainSize(send->body, headers.contains("Content-Encoding"));
            auto reply = wire.call(send->method, send->path, headers, send->body, "bench");
            traffic.down += reply.body.size();
            if (reply.headers.contains("content-encoding")) {
                reply.body = must(inflateBytes(reply.body, kMaxInflatedBytes));
            }
            traffic.down_plain += reply.body.size();
            clock.advance(50);
            tell(Replied{send->request, reply.status, std::move(reply.headers), std::move(reply.body)});
        }
    }
    ENSURE(engine.idle());
}

DeviceSetup enrolTablet(test::TestServer& server, const std::string& folder, Random& random) {
    const auto key = must(DeviceKey::loadOrMake(folder, random));
    const auto code = must(EnrolmentCode::parse(must(server->enrolment().makeCode("caernarfon"))));
    EnrolRequest request{code.secret, key.pair().public_key, "Bench", {}};
    request.proof = signEd25519(key.pair().secret, enrolMessage(request.secret, request.device_key));
    const auto reply = must(server->enrolment().enrol(request));
    return {"https://localhost:1", server->keys().ca.certificatePem(), reply.device, reply.site, reply.site_name,
            reply.officers};
}

}  // namespace fieldclaim::bench
