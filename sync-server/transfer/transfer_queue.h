#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>

#include "sync-server/transfer/transfer_types.h"

namespace fieldclaim::server {

/// The transfer of `target` to step next at `now_ms`: one that is due, not in `in_flight`, and first of its claim at
/// that target: a later one waits until every earlier one (by `order`) is final, so it never overtakes one that is
/// unknown or in repair. Urgent ones first, then the longest due, then the oldest. An index, or nothing.
/// A store that asks a database instead must give the same answer.
std::optional<std::size_t> pickNext(std::span<const TransferRecord> records, const std::string& target,
                                    std::int64_t now_ms, const std::set<std::string>& in_flight);

/// True in a state that Due moves: not final and not Repair.
bool isRunning(TransferState state);

}  // namespace fieldclaim::server
