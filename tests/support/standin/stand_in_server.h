#pragma once

#include <atomic>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "tests/support/standin/processing_stand_in.h"

namespace fieldclaim::standin {

/// HTTP on loopback in front of a ProcessingStandIn: one thread a connection, one request a connection. For tests and
/// demonstrations. Ends its threads, hanging ones too, when it is destroyed.
class StandInServer {
public:
    /// `port` 0: any free one. Network if it cannot listen.
    static Result<std::unique_ptr<StandInServer>> start(ProcessingStandIn& stand_in, std::uint16_t port = 0);
    ~StandInServer();
    StandInServer(const StandInServer&) = delete;
    StandInServer& operator=(const StandInServer&) = delete;

    std::uint16_t port() const;
    /// "http://127.0.0.1:12345"
    std::string url() const;

private:
    struct Impl;
    explicit StandInServer(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

}  // namespace fieldclaim::standin
