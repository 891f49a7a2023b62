#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "mobile/casework/casework.h"
#include "mobile/headless/arguments.h"
#include "mobile/storage/vault.h"

namespace fieldclaim::tablet {

/// One command's tablet: its arguments, and the vault and casework once they are open. Closed when it dies.
struct Session {
    const Arguments& arguments;
    const Clock& clock;
    Random& random;
    std::unique_ptr<Vault> vault = nullptr;
    std::unique_ptr<Casework> casework = nullptr;

    Result<Vault::Options> vaultOptions() const;
    std::string data() const { return arguments.option("data"); }
    Result<std::string> word(std::size_t at, const char* what) const;
    Result<std::string> crn() const;
    Result<std::string> passphrase() const;
    /// Of the site's officers, by name or id.
    Result<NewOfficer> newOfficer(const std::vector<OfficerInfo>& known, std::string passphrase_text) const;
    /// Takes the folder; the vault stays closed.
    Status open();
    /// Of this tablet's officers: --unlock-as, or the only one.
    Result<Uuid> who() const;
    Status unlock();
    Status openCasework();
    /// Until nothing is left to do (with `watch`: until the time is over or the process is told to end), or for so
    /// long. Carries out what the server orders.
    nlohmann::json sync(int seconds, bool watch = false);
    Result<int> seconds() const;
};

Result<std::string> readText(const std::string& path);
/// Without its line's end.
Result<std::string> passphraseIn(const std::string& path);

}  // namespace fieldclaim::tablet
