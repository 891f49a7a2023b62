#include "sync-server/service/server_keys.h"

#include "sync-server/service/secret_files.h"

namespace fieldclaim::server {
namespace {

Result<Hash> loadOrMakeHash(const std::filesystem::path& path, Random& random) {
    ASSIGN(const auto stored, readSecretFile(path));
    if (stored) {
        ASSIGN(const auto bytes, fromHex(*stored));
        return toArray<32>(bytes);
    }
    Hash made{};
    random.fill(made.data(), made.size());
    TRY(writeSecretFile(path, toHex(made)));
    return made;
}

}  // namespace

Result<ServerKeys> ServerKeys::make(std::int64_t now_ms, Random& random) {
    ASSIGN(auto ca, CertificateAuthority::create(now_ms, random));
    ServerKeys keys{std::move(ca), KeyPair::make(random), {}, {}};
    random.fill(keys.session_secret.data(), keys.session_secret.size());
    keys.recovery = BoxKeyPair::make(random);
    return keys;
}

Result<ServerKeys> ServerKeys::loadOrMake(const std::filesystem::path& folder, std::int64_t now_ms, Random& random) {
    ASSIGN(const auto certificate, readSecretFile(folder / "ca.pem"));
    ASSIGN(const auto key, readSecretFile(folder / "ca.key"));
    auto ca = [&]() -> Result<CertificateAuthority> {
        // The key is written first: with a key alone nothing was ever shown to a tablet.
        if (certificate && key) return CertificateAuthority::load(*certificate, *key);
        if (certificate)
            return fail(ErrorCode::Damaged, "ca.pem is there and ca.key is not: restore it, tablets pin it");
        ASSIGN(auto made, CertificateAuthority::create(now_ms, random));
        TRY(writeSecretFile(folder / "ca.key", made.privateKeyPem()));
        TRY(writeSecretFile(folder / "ca.pem", made.certificatePem()));
        return made;
    }();
    if (!ca) return tl::unexpected<Error>(ca.error());
    ASSIGN(const auto packs, loadOrMakeHash(folder / "packs.key", random));
    ASSIGN(const auto session, loadOrMakeHash(folder / "sessions.key", random));
    ASSIGN(const auto recovery, loadOrMakeHash(folder / "recovery.key", random));
    return ServerKeys{std::move(*ca), KeyPair::fromSecret(packs), session, BoxKeyPair::fromSecret(recovery)};
}

}  // namespace fieldclaim::server
