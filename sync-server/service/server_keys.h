#pragma once

#include <filesystem>

#include "shared/crypto/certificates.h"
#include "shared/crypto/crypto.h"

namespace fieldclaim::server {

/// The secrets of a server: its certificate authority, the key that signs packs, and the secret under which sessions'
/// nonces are made. Each is a file of its own with mode 0600 beside the ledger, never in it: a copy of the database is
/// then no copy of the server's identity.
struct ServerKeys {
    CertificateAuthority ca;
    KeyPair packs;
    Hash session_secret{};

    /// Reads them, making those that are missing. `now_ms` is the machine's own clock: certificates are checked against
    /// real time whatever clock a demonstration runs by.
    static Result<ServerKeys> loadOrMake(const std::filesystem::path& folder, std::int64_t now_ms, Random& random);
    /// For a server that lives in memory.
    static Result<ServerKeys> make(std::int64_t now_ms, Random& random);
};

}  // namespace fieldclaim::server
