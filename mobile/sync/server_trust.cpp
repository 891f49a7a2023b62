#include "mobile/sync/server_trust.h"

#include "shared/crypto/certificates.h"
#include "shared/crypto/crypto.h"

namespace fieldclaim::tablet {

Status checkPack(const SyncIdentity& who, const HelloReply& hello, const PackInfo& pack) {
    if (!hello.packs_key) return fail(ErrorCode::Untrusted, "the server names no key that signs packs");
    const auto& [key, signature] = *hello.packs_key;
    if (!verifyByAuthority(who.ca_pem, packsKeyMessage(key), signature))
        return fail(ErrorCode::Untrusted, "the authority does not vouch for the key that signs packs");
    if (!verifyEd25519(key, packMessage(pack), pack.signature))
        return fail(ErrorCode::Untrusted, "the pack is not signed by the key that signs packs");
    return {};
}

}  // namespace fieldclaim::tablet
