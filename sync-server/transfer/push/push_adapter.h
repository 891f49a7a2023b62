#pragma once

#include <memory>
#include <string_view>

#include "sync-server/transfer/adapter.h"

namespace fieldclaim::server {

/// ISCS and JSAPS over HTTP (domain 7.2): the target's url is .../push/ISCS, claims go to /v1/claims under it.
std::unique_ptr<TargetAdapter> makePushAdapter(std::string_view system);

}  // namespace fieldclaim::server
