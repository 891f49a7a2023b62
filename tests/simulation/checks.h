#pragma once

#include <memory>
#include <vector>

#include "tests/simulation/ledger.h"
#include "tests/simulation/tablet.h"

namespace fieldclaim::sim {

using Tablets = std::vector<std::unique_ptr<SimTablet>>;

/// At any moment, the server being up: what the tablet shows of each of its claims is the ledger up to its cursor with
/// its own journal on top (I4, and so I6, I7 and I8), nothing of another scope is on it (I9), and it calls received
/// only what the server has (H41).
void checkTablet(SimTablet& tablet, const Ledger& ledger, ServerEnd& server);
/// The server's folded state of each claim is the fold of its ledger rows (I4).
void checkServer(const Ledger& ledger, ServerEnd& server);
/// After healing: nothing saved or acknowledged is missing, every replica is the same and as the reference model says,
/// chains verify, queues are empty.
void checkHealed(const Tablets& tablets, const Ledger& ledger, ServerEnd& server);

}  // namespace fieldclaim::sim
