#pragma once

#include <string>
#include <vector>

#include "sync-server/storage/ledger_store.h"

namespace fieldclaim::server {

/// Every chain again from the bytes that are kept: each change set's hash is its header's, follows the one before it,
/// is the one that was indexed, reaches the head without a gap, and has the payload that its author signed (unless that
/// was erased). What is wrong, in plain words. (The segments' signatures were checked on receipt and are not kept.)
Result<std::vector<std::string>> checkChains(const LedgerSnapshot& now);

/// Per chain, the highest counter whose change sets and the blobs that they name are all here. A blob that a standing
/// answer or seal names and that was not uploaded yet holds its author's chain back.
Result<std::vector<Head>> durableHeads(const LedgerSnapshot& now);

}  // namespace fieldclaim::server
