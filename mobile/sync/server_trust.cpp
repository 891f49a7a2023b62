#include "mobile/sync/server_trust.h"

#include <algorithm>

#include "shared/crypto/certificates.h"
#include "shared/crypto/crypto.h"

namespace fieldclaim::tablet {
namespace {

bool isSignedByOne(const SyncIdentity& who, ByteView message, ByteView signature) {
    return std::ranges::any_of(std::initializer_list<std::string_view>{who.ca_pem, who.next_ca_pem}, [&](auto pem) {
        return !pem.empty() && verifyByAuthority(pem, message, signature).has_value();
    });
}

}  // namespace

Status checkPack(const SyncIdentity& who, const HelloReply& hello, const PackInfo& pack) {
    if (!hello.packs_key) return fail(ErrorCode::Untrusted, "the server names no key that signs packs");
    const auto& [key, signature] = *hello.packs_key;
    if (!isSignedByOne(who, packsKeyMessage(key), signature))
        return fail(ErrorCode::Untrusted, "no authority vouches for the key that signs packs");
    if (!verifyEd25519(key, packMessage(pack), pack.signature))
        return fail(ErrorCode::Untrusted, "the pack is not signed by the key that signs packs");
    return {};
}

std::optional<TrustedAuthorities> learnAuthority(const SyncIdentity& who, const HelloReply& hello) {
    if (!hello.next_authority) return std::nullopt;
    const auto& [pem, signature] = *hello.next_authority;
    if (pem == who.ca_pem || pem == who.next_ca_pem || !requireAuthority(pem)) return std::nullopt;
    const auto message = nextAuthorityMessage(pem);
    if (verifyByAuthority(who.ca_pem, message, signature)) return TrustedAuthorities{who.ca_pem, pem};
    if (!who.next_ca_pem.empty() && verifyByAuthority(who.next_ca_pem, message, signature))
        return TrustedAuthorities{who.next_ca_pem, pem};
    return std::nullopt;
}

}  // namespace fieldclaim::tablet
