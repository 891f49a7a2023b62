#include "sync-server/service/audit.h"

namespace fieldclaim::server {

std::string auditName(std::string_view kind, const Uuid& id) { return std::string(kind) + " " + id.text(); }

Status audit(LedgerTransaction& tx, std::int64_t now_ms, std::string who, std::string what, std::string claim,
             std::string detail) {
    return tx.audit().add({0, now_ms, std::move(who), std::move(what), std::move(claim), std::move(detail)});
}

}  // namespace fieldclaim::server
