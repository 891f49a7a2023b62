#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/bytes.h"
#include "shared/base/clock.h"
#include "shared/base/result.h"

// The private certificate authority of a sync server and the certificates that it issues (design, part 7: tablets pin
// the authority, so a server can renew its own certificate without any tablet being touched). Values throughout are PEM
// (RFC 7468); times are milliseconds since 1970-01-01T00:00Z and are passed in, never read here. Safe from any thread.
namespace fieldclaim {

/// What a TLS server needs: its chain, leaf first and the authority after it, and the leaf's private key (PKCS #8).
struct TlsIdentity {
    std::string certificate_pem;
    std::string key_pem;
};

/// An ECDSA P-256 key with a self-signed certificate (CN "Fieldclaim CA", 10 years, CA:TRUE, pathlen 0, keyUsage
/// certificate and CRL signing). The key pair comes from OpenSSL's own generator; serial numbers come from `random`.
/// Certificates begin a day early, because tablets' clocks are wrong (hazard H09). Copies share the one key, which
/// never changes.
class CertificateAuthority {
public:
    static Result<CertificateAuthority> create(std::int64_t now_ms, Random& random);
    /// BadInput when either is no PEM; Untrusted when they do not belong together or the certificate is no authority.
    static Result<CertificateAuthority> load(std::string_view certificate_pem, std::string_view key_pem);

    std::string certificatePem() const;
    /// The secret itself: the caller keeps it where only the server can read it.
    std::string privateKeyPem() const;
    /// SHA-256 of the SubjectPublicKeyInfo: what an enrolment code carries the first 16 bytes of.
    Hash publicKeyHash() const;

    /// A certificate for a server under a new P-256 key. Each name is a DNS name (ASCII, a leading "*." allowed) or an
    /// IP address, 1 to 100 of them; the first is also the CN. BadInput says which name is wrong.
    Result<TlsIdentity> issueServer(const std::vector<std::string>& names, std::int64_t now_ms, Random& random,
                                    int days = 90) const;

    /// ECDSA P-256 with SHA-256, as DER (RFC 3279, 2.2.3): 70 to 72 bytes as a rule, kMostAuthoritySignature at most,
    /// and another one each time. `message` begins with a tag of its own, so that no signature serves for another
    /// thing.
    Bytes sign(ByteView message) const;

private:
    struct Parts;
    explicit CertificateAuthority(std::shared_ptr<const Parts> parts);
    std::shared_ptr<const Parts> m_parts;
};

/// SHA-256 of the DER SubjectPublicKeyInfo of the first certificate in the text, for pinning.
Result<Hash> sha256OfPublicKey(std::string_view certificate_pem);
/// The server's certificate is signed by the authority, and is for this host (a DNS name or an IP address), whatever
/// their dates are. Untrusted, with why; BadInput for what is no certificate.
Status verifyServer(std::string_view authority_pem, std::string_view server_pem, const std::string& host);
constexpr std::size_t kMostAuthoritySignature = 72;
/// CertificateAuthority::sign made this signature over exactly this message, under the key of the first certificate in
/// the text; its dates are not looked at (docs/adr/0009-dates-of-certificates.md). Untrusted otherwise; BadInput for
/// what is no certificate.
Status verifyByAuthority(std::string_view authority_pem, ByteView message, ByteView signature);
/// The text is one certificate of an authority, signed by itself, exactly as certificatePem() writes it. BadInput for
/// what is no certificate, Untrusted for one of another kind or with anything beside it.
Status requireAuthority(std::string_view certificate_pem);
/// When the first certificate in the text ends.
Result<std::int64_t> notAfter(std::string_view certificate_pem);

}  // namespace fieldclaim
