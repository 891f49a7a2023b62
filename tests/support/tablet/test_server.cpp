#include "tests/support/tablet/test_server.h"

namespace fieldclaim::test {

TestServer::TestServer(server::Server::Options given, std::uint64_t seed, std::int64_t wall_ms)
    : clock(wall_ms), random(seed), options(std::move(given)) {
    restart();
    ENSURE(server->directory().addSite("caernarfon", "Caernarfon Jobcentre").has_value());
}

void TestServer::restart() {
    server.reset();
    // With a writer's thread, services draw from several threads.
    Random& chance = options.in_memory || options.inline_writer ? static_cast<Random&>(random) : system_random;
    auto opened = server::Server::open(options, clock, chance, metrics);
    if (!opened) ensureFailed(describe(opened.error()).c_str(), __FILE__, __LINE__);
    server = std::move(*opened);
}

}  // namespace fieldclaim::test
