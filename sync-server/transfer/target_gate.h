#pragma once

#include <cstdint>
#include <deque>

#include "sync-server/transfer/target_config.h"

namespace fieldclaim::server {

/// Whether one more request may go to one target now: concurrency, rate and circuit breaker. No clock and no lock of
/// its own: the runner holds one lock around it.
///
/// The breaker opens after `breaker_failures` in a row that say that the target itself is ill (not reached, no answer,
/// server error, rubbish; a refusal is health), lets one request through after `breaker_open_ms`, and closes when that
/// one succeeds. While it is open no transfer uses up its tries.
class TargetGate {
public:
    explicit TargetGate(const TargetConfig& target) : m_target(target) {}

    bool mayStart(std::int64_t now_ms);
    void started(std::int64_t now_ms);
    void finished(bool healthy, std::int64_t now_ms);
    /// Taken back without a request having left.
    void cancelled();
    bool isOpenCircuit(std::int64_t now_ms) const { return now_ms < m_open_until_ms; }

private:
    const TargetConfig& m_target;  ///< borrowed for the gate's life
    int m_under_way = 0;
    int m_failures_in_row = 0;
    std::int64_t m_open_until_ms = 0;
    std::deque<std::int64_t> m_last_minute;
};

}  // namespace fieldclaim::server
