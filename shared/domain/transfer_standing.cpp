#include "shared/domain/transfer_standing.h"

#include <algorithm>

namespace fieldclaim {

bool isToBePutRight(const TransferView& transfer, const std::vector<TransferView>& all) {
    const auto failed = [](const TransferView& one) { return one.state == "rejected" || one.state == "repair"; };
    if (!failed(transfer)) return false;
    return std::none_of(all.begin(), all.end(), [&](const TransferView& later) {
        return later.target == transfer.target && later.at_ms >= transfer.at_ms && !failed(later);
    });
}

}  // namespace fieldclaim
