#pragma once

#include <map>
#include <memory>
#include <set>
#include <vector>

#include "tests/simulation/ledger.h"
#include "tests/simulation/tablet.h"

namespace fieldclaim::sim {

using Tablets = std::vector<std::unique_ptr<SimTablet>>;
/// What was in the ledger when a device was revoked.
using Revocations = std::map<Uuid, std::set<ChangeSetId>>;

/// At any moment, the server being up: what the tablet shows of each of its claims is the ledger up to its cursor with
/// its own journal on top (I4, and so I6, I7 and I8), nothing of another scope is on it (I9), and it calls received
/// only what the server has (H41).
void checkTablet(SimTablet& tablet, const Ledger& ledger, ServerEnd& server);
/// The server's folded state of each claim is the fold of its ledger rows (I4).
void checkServer(const Ledger& ledger, ServerEnd& server);
/// After healing: nothing saved or acknowledged is missing, every replica is the same and as the reference model says,
/// chains verify, queues are empty, what is set aside is what somebody did wrong, and nothing of a revoked tablet was
/// applied.
void checkHealed(const Tablets& tablets, const Ledger& ledger, ServerEnd& server, const Revocations& revoked);

/// H27: every tablet that may has the pack that the server gives out.
void checkPacks(const Tablets& tablets, ServerEnd& server);

}  // namespace fieldclaim::sim
