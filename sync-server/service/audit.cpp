#include "sync-server/service/audit.h"

#include <algorithm>

#include "shared/base/date.h"

namespace fieldclaim::server {

std::string auditName(std::string_view kind, const Uuid& id) { return std::string(kind) + " " + id.text(); }

Status audit(LedgerTransaction& tx, std::int64_t now_ms, std::string who, std::string what, std::string claim,
             std::string detail) {
    return tx.audit().add({0, now_ms, std::move(who), std::move(what), std::move(claim), std::move(detail)});
}

Status auditViews(LedgerTransaction& tx, std::int64_t now_ms, const Uuid& device, const std::vector<ClaimView>& views) {
    constexpr std::int64_t kYear10000Ms = 253'402'300'800'000;
    if (views.empty()) return {};
    ASSIGN(const auto authors, tx.directory().authorsOf(device));
    for (const auto& view : views) {
        if (Crn::parse(view.claim) != view.claim) continue;
        const bool known = std::any_of(authors.begin(), authors.end(),
                                       [&](const AuthorRow& author) { return author.officer == view.officer; });
        const auto at_ms = std::clamp<std::int64_t>(view.at_ms, 0, kYear10000Ms - 1);
        TRY(audit(tx, now_ms, known ? auditName("officer", view.officer) : auditName("device", device),
                  std::string(kViewedOnTablet), view.claim, "on " + device.text() + ", its clock " + isoTime(at_ms)));
    }
    return {};
}

}  // namespace fieldclaim::server
