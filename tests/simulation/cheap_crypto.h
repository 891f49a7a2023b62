#pragma once

namespace fieldclaim::sim {

/// Most of a run's time would go into Ed25519. For stores in memory it is replaced, at link time and in this program
/// alone, by a keyed hash that a wrong key, message or length fails in the same way; a run on the vault signs truly.
void signTruly(bool truly);

}  // namespace fieldclaim::sim
