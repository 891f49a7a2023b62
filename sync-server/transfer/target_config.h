#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.h"
#include "shared/targets/transfer_subject.h"
#include "sync-server/transfer/opening_hours.h"

namespace fieldclaim::server {

/// One target as the operator set it up. Durations are milliseconds.
struct TargetConfig {
    std::string id;       ///< part of the idempotency key: never change it while transfers are under way
    std::string adapter;  ///< "push" or "notice"
    std::string system;   ///< push: ISCS or JSAPS
    std::string url;      ///< http or https, without a slash at the end; the adapter adds its paths
    std::string ca_file;  ///< PEM; empty: the machine's authorities
    std::set<std::string> benefits;
    std::vector<std::string> councils;  ///< notice: names by which officers call the council, compared folded
    bool keeps_keys = true;             ///< the same idempotency key never takes effect twice
    bool answers_queries = true;        ///< can be asked for a key
    bool echoes = true;                 ///< says back hash and field count when it accepts; a missing one is a mismatch
    std::int64_t request_ms = 30'000;   ///< one HTTP exchange, all in all
    std::int64_t answer_ms = 600'000;   ///< sending and received become unknown after this
    std::int64_t settle_ms = 600'000;   ///< before this "not known" does not count
    std::int64_t poll_ms = 60'000;      ///< between questions about a received transfer
    std::int64_t decide_ms = 86'400'000;  ///< received for so long without a decision: a person looks
    std::vector<std::int64_t> retry_ms = {60'000, 300'000, 900'000, 3'600'000};
    OpeningHours hours;
    int concurrency = 1;
    int per_minute = 0;        ///< 0: no limit
    int breaker_failures = 5;  ///< in a row, then nothing is tried for breaker_open_ms, then one
    std::int64_t breaker_open_ms = 60'000;
    std::size_t max_answer_bytes = 1U << 20U;
};

/// Reads targets.json: {"targets": [{…}]}, durations in seconds (docs in the operations manual). BadInput says where
/// and what: "targets[1] (jsaps).url: …". A member that is not known is an error: a misspelt limit must not pass.
Result<std::vector<TargetConfig>> parseTargets(std::string_view text);

/// Which targets a claim goes to.
struct Routing {
    std::vector<const TargetConfig*> targets;  ///< into the list that was given
    /// Benefits (and councils) that no target takes, in plain words: the caller raises an action for each.
    std::vector<std::string> unrouted;
};
/// Benefits of the clerical route (ib) and of forms (ca, bb) are routed only if a target takes them, else ignored.
Routing routeClaim(const std::vector<TargetConfig>& targets, const TransferSubject& subject);

}  // namespace fieldclaim::server
