#pragma once

#include <string>

#include "sync-server/storage/ledger_tables.h"

namespace fieldclaim::server {

/// Who did it, as the audit keeps it: "device <uuid>", "officer <uuid>", "server", "operator".
std::string auditName(std::string_view kind, const Uuid& id);
/// Writes the row in the transaction of what it tells of. `detail` holds no personal data.
Status audit(LedgerTransaction& tx, std::int64_t now_ms, std::string who, std::string what, std::string claim = {},
             std::string detail = {});

}  // namespace fieldclaim::server
