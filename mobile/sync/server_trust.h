#pragma once

#include <optional>

#include "mobile/sync/sync_store.h"

// What of a reply to hello is believed because an authority that this tablet trusts has signed it (docs/protocol.md,
// POST /v1/sync/hello).
namespace fieldclaim::tablet {

/// Whether the server stands behind a pack that it offers: a trusted authority signed the key that signs packs, and
/// that key signed the pack's id, version and digest. Untrusted, with what is missing or wrong; so also without an
/// authority.
Status checkPack(const SyncIdentity& who, const HelloReply& hello, const PackInfo& pack);

/// What is trusted from now on, where the reply names a next authority that is new here. One that the pinned authority
/// signed stands beside it; one that its successor signed, beside that: then the pinned one's time is over. Nothing for
/// what no trusted authority signed, and for what is no certificate of an authority.
std::optional<TrustedAuthorities> learnAuthority(const SyncIdentity& who, const HelloReply& hello);

}  // namespace fieldclaim::tablet
