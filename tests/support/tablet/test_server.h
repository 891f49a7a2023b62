#pragma once

#include <memory>

#include "sync-server/service/server.h"
#include "tests/support/tablet/test_seams.h"

namespace fieldclaim::test {

/// A sync server without HTTP for a test: one site "caernarfon", its clock and chance in the test's hand. A failure to
/// open ends the test with a message.
struct TestServer {
    /// `data` must be an empty folder that outlives it, or one of an earlier TestServer that was dropped.
    explicit TestServer(server::Server::Options given, std::uint64_t seed = 1,
                        std::int64_t wall_ms = ManualClock().wall);

    /// Drops the server and opens it again on the same data: what a restart does.
    void restart();
    server::Server& operator*() { return *server; }
    server::Server* operator->() { return server.get(); }

    ManualClock clock;
    SeededRandom random;
    SystemRandom system_random;  ///< used where several threads ask
    server::Metrics metrics;
    server::Server::Options options;
    std::unique_ptr<server::Server> server;
};

}  // namespace fieldclaim::test
