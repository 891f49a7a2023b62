#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "shared/targets/target_map.h"
#include "sync-server/transfer/target_answer.h"
#include "sync-server/transfer/target_config.h"
#include "sync-server/transfer/target_transport.h"
#include "sync-server/transfer/transfer_types.h"

namespace fieldclaim::server {

/// How one kind of target is spoken to. Pure and without state: one instance serves all threads.
class TargetAdapter {
public:
    virtual ~TargetAdapter() = default;
    /// Preflight and payload; the same code runs on the tablet.
    virtual const TargetMap& targetMap() const = 0;
    virtual TransportRequest sendRequest(const TransferRecord& record, const TargetConfig& target) const = 0;
    /// What has become of the record's key. Only asked of a target with answers_queries.
    virtual TransportRequest queryRequest(const TransferRecord& record, const TargetConfig& target) const = 0;
    virtual TargetAnswer readSend(const TransportAnswer& answer) const = 0;
    virtual TargetAnswer readQuery(const TransportAnswer& answer) const = 0;
};

}  // namespace fieldclaim::server
