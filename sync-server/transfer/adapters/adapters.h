#pragma once

#include <memory>

#include "sync-server/transfer/adapter.h"

namespace fieldclaim::server {

/// The adapter that a target's configuration names; BadInput when there is none of that name.
Result<std::unique_ptr<TargetAdapter>> makeAdapter(const TargetConfig& target);

}  // namespace fieldclaim::server
