#include "sync-server/service/authorities.h"

#include "sync-server/service/secret_files.h"

namespace fieldclaim::server {
namespace {

namespace fs = std::filesystem;

struct Pair {
    fs::path certificate;
    fs::path key;
    static Pair of(const fs::path& folder, const std::string& name) {
        return {folder / (name + ".pem"), folder / (name + ".key")};
    }
};

// The key is written first: with a key alone nothing was ever shown to a tablet.
Status write(const Pair& to, std::string_view certificate, std::string_view key) {
    TRY(writeSecretFile(to.key, key));
    return writeSecretFile(to.certificate, certificate);
}

Result<std::optional<CertificateAuthority>> load(const Pair& from) {
    ASSIGN(const auto certificate, readSecretFile(from.certificate));
    ASSIGN(const auto key, readSecretFile(from.key));
    if (!certificate) return std::optional<CertificateAuthority>();
    const auto name = from.certificate.filename().string();
    if (!key)
        return fail(ErrorCode::Damaged,
                    name + " is there and " + from.key.filename().string() + " is not: restore it, tablets pin it");
    ASSIGN(auto authority, CertificateAuthority::load(*certificate, *key));
    return std::optional(std::move(authority));
}

// Only from here on is anything of the next authority lost: by then it is the present one.
Status forgetNext(const fs::path& folder) {
    std::error_code failed;
    const auto next = Pair::of(folder, "ca-next");
    fs::remove(next.certificate, failed);
    if (!failed) fs::remove(next.key, failed);
    if (failed) return fail(ErrorCode::Storage, "cannot remove the files of the next authority");
    return syncFolder(folder);
}

Status takeNext(const fs::path& folder, const CertificateAuthority& next) {
    TRY(write(Pair::of(folder, "ca"), next.certificatePem(), next.privateKeyPem()));
    return forgetNext(folder);
}

// Its first step on the present authority is the key: that this is the next one's tells a switch that was cut.
Result<bool> isSwitching(const fs::path& folder) {
    ASSIGN(const auto present, readSecretFile(Pair::of(folder, "ca").key));
    ASSIGN(const auto next, readSecretFile(Pair::of(folder, "ca-next").key));
    return present && next && *present == *next;
}

Status finishSwitch(const fs::path& folder) {
    ASSIGN(const bool switching, isSwitching(folder));
    if (!switching) return {};
    ASSIGN(const auto next, load(Pair::of(folder, "ca-next")));
    return next ? takeNext(folder, *next) : forgetNext(folder);
}

}  // namespace

std::vector<Hash> Authorities::acceptedKeyHashes() const {
    std::vector<Hash> out{present.publicKeyHash()};
    if (next) out.push_back(next->publicKeyHash());
    if (const auto previous = sha256OfPublicKey(previous_pem); previous) out.push_back(*previous);
    return out;
}

Result<Authorities> Authorities::loadOrMake(const fs::path& folder, std::int64_t now_ms, Random& random) {
    TRY(finishSwitch(folder));
    ASSIGN(auto present, load(Pair::of(folder, "ca")));
    if (!present) {
        ASSIGN(present, CertificateAuthority::create(now_ms, random));
        TRY(write(Pair::of(folder, "ca"), present->certificatePem(), present->privateKeyPem()));
    }
    Authorities out{std::move(*present)};
    ASSIGN(out.next, load(Pair::of(folder, "ca-next")));
    ASSIGN(const auto previous, readSecretFile(Pair::of(folder, "ca-previous").certificate));
    out.previous_pem = previous.value_or(std::string());
    return out;
}

Status makeNextAuthority(const fs::path& folder, std::int64_t now_ms, Random& random) {
    const auto files = Pair::of(folder, "ca-next");
    ASSIGN(const auto before, readSecretFile(files.certificate));
    if (before) return fail(ErrorCode::Conflict, "there is a next authority already");
    ASSIGN(const auto made, CertificateAuthority::create(now_ms, random));
    return write(files, made.certificatePem(), made.privateKeyPem());
}

Status switchAuthority(const fs::path& folder) {
    TRY(finishSwitch(folder));
    ASSIGN(const auto present, load(Pair::of(folder, "ca")));
    ASSIGN(const auto next, load(Pair::of(folder, "ca-next")));
    if (!present || !next)
        return fail(ErrorCode::NotFound, "there is no next authority: run `fieldclaim-server authority next` first");
    TRY(write(Pair::of(folder, "ca-previous"), present->certificatePem(), present->privateKeyPem()));
    return takeNext(folder, *next);
}

}  // namespace fieldclaim::server
