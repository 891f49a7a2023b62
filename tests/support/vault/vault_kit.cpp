#include "tests/support/vault/vault_kit.h"

#include "shared/crypto/certificates.h"

namespace fieldclaim::tablet {
namespace {

Uuid idOf(const std::string& name) {
    const auto hash = sha256(asBytes(name));
    Uuid id;
    std::copy_n(hash.begin(), id.bytes.size(), id.bytes.begin());
    return id;
}

std::string testAuthority() {
    static const std::string pem = [] {
        SystemRandom random;
        auto authority = CertificateAuthority::create(1'168'851'600'000, random);
        ENSURE(authority.has_value());
        return authority->certificatePem();
    }();
    return pem;
}

}  // namespace

Vault::Options quickOptions() { return {{16, 1, 1}, 0, {}}; }

DeviceSetup testSetup() {
    return {"https://localhost:1",
            testAuthority(),
            idOf("tablet"),
            "llanrwst",
            "Llanrwst",
            {testOfficer("Bronwen Pugh").info, testOfficer("Carys Evans").info}};
}

NewOfficer testOfficer(const std::string& name) {
    return {{idOf(name), name, "officer", "llanrwst"}, "code-of-" + name, kPassphrase};
}

std::unique_ptr<Vault> testVault(const std::string& folder, const Clock& clock, Random& random) {
    auto vault = Vault::create(folder, testSetup(), testOfficer("Bronwen Pugh"), clock, random, quickOptions());
    ENSURE(vault.has_value());
    return std::move(*vault);
}

}  // namespace fieldclaim::tablet
