#pragma once

#include <filesystem>

#include "shared/crypto/certificates.h"
#include "shared/crypto/crypto.h"
#include "shared/crypto/sealed_box.h"
#include "sync-server/service/authorities.h"

namespace fieldclaim::server {

/// The secrets of a server: its certificate authority, the key that signs packs, the secret under which sessions'
/// nonces are made, and the key to which tablets seal the way back from a forgotten passphrase. Each is a file of its
/// own with mode 0600 beside the ledger, never in it: a copy of the database is then no copy of the server's identity.
struct ServerKeys {
    CertificateAuthority ca;  ///< the present one
    KeyPair packs;
    Hash session_secret{};
    BoxKeyPair recovery;  ///< what the recovery slots of vaults are sealed to
    std::optional<CertificateAuthority> next_ca = {};
    /// SHA-256 of the authorities' public keys under which a tablet of this server may sign; the present one's first.
    std::vector<Hash> ca_key_hashes = {};

    /// The authority ends within a year and no other is there to follow it: in words, for the operator.
    std::optional<std::string> authorityWarning(std::int64_t now_ms) const;

    /// Reads them, making those that are missing. `now_ms` is the machine's own clock: certificates are checked against
    /// real time whatever clock a demonstration runs by.
    static Result<ServerKeys> loadOrMake(const std::filesystem::path& folder, std::int64_t now_ms, Random& random);
    /// For a server that lives in memory.
    static Result<ServerKeys> make(std::int64_t now_ms, Random& random);
};

}  // namespace fieldclaim::server
