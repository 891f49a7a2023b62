#include "sync-server/transfer/notice/notice_adapter.h"

#include "sync-server/transfer/json_http.h"

namespace fieldclaim::server {

std::unique_ptr<TargetAdapter> makeNoticeAdapter() {
    return std::make_unique<JsonHttpAdapter>(makeNoticeMap(), "/v1/notices");
}

}  // namespace fieldclaim::server
