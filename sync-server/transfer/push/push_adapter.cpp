#include "sync-server/transfer/push/push_adapter.h"

#include "sync-server/transfer/json_http.h"

namespace fieldclaim::server {

std::unique_ptr<TargetAdapter> makePushAdapter(std::string_view system) {
    return std::make_unique<JsonHttpAdapter>(makePushMap(system), "/v1/claims");
}

}  // namespace fieldclaim::server
