#pragma once

// Private to sync-server/api: the parts of addRoutes(). Routes borrow what they are given.
#include "sync-server/api/caller.h"

namespace fieldclaim::server {

void addSyncRoutes(Router& router, Server& server, RateLimiter& devices, RateLimiter& peers);
void addUploadRoutes(Router& router, Server& server, RateLimiter& devices);
void addOperatorRoutes(Router& router, Server& server, Metrics& metrics, RateLimiter& peers);

}  // namespace fieldclaim::server
