#pragma once

#include "mobile/sync/sync_store.h"

// What of a reply to hello is believed because the authority that this tablet pins has signed it (docs/protocol.md,
// POST /v1/sync/hello).
namespace fieldclaim::tablet {

/// Whether the server stands behind a pack that it offers: the pinned authority signed the key that signs packs, and
/// that key signed the pack's id, version and digest. Untrusted, with what is missing or wrong; so also without an
/// authority.
Status checkPack(const SyncIdentity& who, const HelloReply& hello, const PackInfo& pack);

}  // namespace fieldclaim::tablet
