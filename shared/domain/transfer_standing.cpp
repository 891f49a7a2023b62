#include "shared/domain/transfer_standing.h"

#include "shared/base/bytes.h"

namespace fieldclaim {

LocalText targetInWords(std::string_view id) {
    if (id.starts_with("council")) return {"Council", "Cyngor"};
    if (id == "iscs") return {"Income Support", "Cymhorthdal Incwm"};
    if (id == "jsaps") return {"JSAPS", "JSAPS"};
    if (id == "clerical") return {"Paper file", "Ffeil bapur"};
    if (id == "documents") return {"Document store", "Storfa ddogfennau"};
    return {std::string(id), std::string(id)};
}

bool isRefused(const TransferView& transfer) { return transfer.state == "rejected" && !transfer.overtaken; }

bool isWithOffice(const TransferView& transfer) { return transfer.state == "repair"; }

bool awaitsCorrection(const TransferView& transfer, const std::optional<Seal>& seal) {
    // What was signed anew since is on its way, though the target has not been heard of again.
    return isRefused(transfer) && (transfer.digest.empty() || !seal || transfer.digest == toHex(seal->digest));
}

}  // namespace fieldclaim
