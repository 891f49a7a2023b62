#include "sync-server/transfer/transfer_queue.h"

#include <map>
#include <tuple>

namespace fieldclaim::server {

bool isRunning(TransferState state) { return !isFinal(state) && state != TransferState::Repair; }

std::optional<std::size_t> pickNext(std::span<const TransferRecord> records, const std::string& target,
                                    std::int64_t now_ms, const std::set<std::string>& in_flight) {
    std::map<std::string, std::int64_t> first_open;  // crn -> lowest order that is not final
    for (const auto& record : records) {
        if (record.target != target || isFinal(record.state)) continue;
        const auto [entry, fresh] = first_open.emplace(record.crn, record.order);
        if (!fresh && record.order < entry->second) entry->second = record.order;
    }
    std::optional<std::size_t> best;
    const auto rank = [&](std::size_t i) {
        const auto& record = records[i];
        return std::tuple(!record.urgent, record.next_at_ms, record.order);
    };
    for (std::size_t i = 0; i < records.size(); ++i) {
        const auto& record = records[i];
        const bool candidate = record.target == target && isRunning(record.state) && record.next_at_ms <= now_ms &&
                               !in_flight.contains(record.id) && first_open.at(record.crn) == record.order;
        if (candidate && (!best || rank(i) < rank(*best))) best = i;
    }
    return best;
}

}  // namespace fieldclaim::server
