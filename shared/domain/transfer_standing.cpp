#include "shared/domain/transfer_standing.h"

#include <algorithm>

namespace fieldclaim {

LocalText targetInWords(std::string_view id) {
    if (id.starts_with("council")) return {"Council", "Cyngor"};
    if (id == "iscs") return {"Income Support", "Cymhorthdal Incwm"};
    if (id == "jsaps") return {"JSAPS", "JSAPS"};
    if (id == "clerical") return {"Paper file", "Ffeil bapur"};
    if (id == "documents") return {"Document store", "Storfa ddogfennau"};
    return {std::string(id), std::string(id)};
}

bool isToBePutRight(const TransferView& transfer, const std::vector<TransferView>& all) {
    const auto failed = [](const TransferView& one) { return one.state == "rejected" || one.state == "repair"; };
    if (!failed(transfer)) return false;
    return std::none_of(all.begin(), all.end(), [&](const TransferView& later) {
        return later.target == transfer.target && later.at_ms >= transfer.at_ms && !failed(later);
    });
}

}  // namespace fieldclaim
