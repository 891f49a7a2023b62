#pragma once

#include <memory>

#include "sync-server/transfer/adapter.h"

namespace fieldclaim::server {

/// A council over HTTP (domain 7.5): the target's url is .../councils/gwynedd, notices go to /v1/notices under it.
std::unique_ptr<TargetAdapter> makeNoticeAdapter();

}  // namespace fieldclaim::server
