#pragma once

#include <string>

#include "shared/wire/protocol.h"
#include "sync-server/storage/ledger_tables.h"

namespace fieldclaim::server {

/// Who did it, as the audit keeps it: "device <uuid>", "officer <uuid>", "server", "operator".
std::string auditName(std::string_view kind, const Uuid& id);
/// Writes the row in the transaction of what it tells of. `detail` holds no personal data.
Status audit(LedgerTransaction& tx, std::int64_t now_ms, std::string who, std::string what, std::string claim = {},
             std::string detail = {});

/// What a tablet tells of who opened a claim there, each once however often it is told. An officer who is not one of
/// the tablet's is not believed: the row names the tablet then.
Status auditViews(LedgerTransaction& tx, std::int64_t now_ms, const Uuid& device, const std::vector<ClaimView>& views);

}  // namespace fieldclaim::server
