#include "sync-server/service/server_keys.h"

#include "sync-server/service/secret_files.h"

namespace fieldclaim::server {
namespace {

constexpr std::int64_t kWarnBeforeMs = std::int64_t{365} * 24 * 3'600 * 1'000;

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

std::optional<std::string> ServerKeys::authorityWarning(std::int64_t now_ms) const {
    const auto ends = notAfter(ca.certificatePem());
    if (next_ca || (ends && *ends - now_ms > kWarnBeforeMs)) return std::nullopt;
    return "The certificate authority ends within a year and has no successor: run `fieldclaim-server authority next`, "
           "or all tablets have to be enrolled anew.";
}

Result<ServerKeys> ServerKeys::make(std::int64_t now_ms, Random& random) {
    ASSIGN(auto ca, CertificateAuthority::create(now_ms, random));
    ServerKeys keys{std::move(ca), KeyPair::make(random), {}, {}};
    random.fill(keys.session_secret.data(), keys.session_secret.size());
    keys.recovery = BoxKeyPair::make(random);
    keys.ca_key_hashes = {keys.ca.publicKeyHash()};
    return keys;
}

Result<ServerKeys> ServerKeys::loadOrMake(const std::filesystem::path& folder, std::int64_t now_ms, Random& random) {
    ASSIGN(auto authorities, Authorities::loadOrMake(folder, now_ms, random));
    ASSIGN(const auto packs, loadOrMakeHash(folder / "packs.key", random));
    ASSIGN(const auto session, loadOrMakeHash(folder / "sessions.key", random));
    ASSIGN(const auto recovery, loadOrMakeHash(folder / "recovery.key", random));
    auto hashes = authorities.acceptedKeyHashes();
    return ServerKeys{std::move(authorities.present),   KeyPair::fromSecret(packs),  session,
                      BoxKeyPair::fromSecret(recovery), std::move(authorities.next), std::move(hashes)};
}

}  // namespace fieldclaim::server
