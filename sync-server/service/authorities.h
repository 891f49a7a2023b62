#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "shared/crypto/certificates.h"

// The certificate authorities of a server, each two files beside the ledger: the present one (`ca.pem`, `ca.key`), the
// next one that tablets hear of in hello (`ca-next.*`) and the one before (`ca-previous.*`), under which tablets that
// have not heard of another since still sign.
namespace fieldclaim::server {

struct Authorities {
    CertificateAuthority present;
    std::optional<CertificateAuthority> next = {};
    std::string previous_pem = {};  ///< the certificate alone; empty: there was none before

    /// SHA-256 of the public keys under which a tablet of this server may sign: present, next, previous.
    std::vector<Hash> acceptedKeyHashes() const;

    /// Reads them, making the present one when there is none, and finishing a switch that was cut. Damaged when a
    /// certificate is there without its key.
    static Result<Authorities> loadOrMake(const std::filesystem::path& folder, std::int64_t now_ms, Random& random);
};

/// Makes the next authority. Conflict when there is one. A running server says so to tablets from its next start on.
Status makeNextAuthority(const std::filesystem::path& folder, std::int64_t now_ms, Random& random);
/// The next authority takes the place of the present one, which takes that of the one before. NotFound when there is no
/// next one. Cut at any point, it is finished by loadOrMake(). A running server has the old one until its next start.
Status switchAuthority(const std::filesystem::path& folder);

}  // namespace fieldclaim::server
