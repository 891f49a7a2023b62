#include "sync-server/transfer/adapters/adapters.h"

#include "sync-server/transfer/notice/notice_adapter.h"
#include "sync-server/transfer/push/push_adapter.h"

namespace fieldclaim::server {

Result<std::unique_ptr<TargetAdapter>> makeAdapter(const TargetConfig& target) {
    if (target.adapter == "push" && (target.system == "ISCS" || target.system == "JSAPS")) {
        return makePushAdapter(target.system);
    }
    if (target.adapter == "notice") return makeNoticeAdapter();
    return fail(ErrorCode::BadInput, "no adapter '" + target.adapter + "' for the system '" + target.system + "'");
}

}  // namespace fieldclaim::server
