#pragma once

#include <string>

#include "shared/crypto/crypto.h"
#include "sync-server/storage/ledger_store.h"

namespace fieldclaim::server {

/// Sites, officers, devices and their codes, as operators and the console change them. It writes the directory's tables
/// alone, never the ledger, so that the command line may do it beside a running server. Safe from any thread.
class DirectoryService {
public:
    DirectoryService(LedgerStore& store, const Clock& clock, Random& random)
        : m_store(store), m_clock(clock), m_random(random) {}

    /// `id`: small letters, digits and hyphens, 40 at most; it is part of scopes. BadInput otherwise.
    Status addSite(const std::string& id, const std::string& name);
    struct OfficerAdded {
        Uuid id;
        std::string code;  ///< shown once
    };
    /// `role`: assessor, backoffice or supervisor. NotFound without the site.
    Result<OfficerAdded> addOfficer(const std::string& name, const std::string& site, const std::string& role);
    /// A new one-time code (for another tablet, or because one died); the one before is worth nothing.
    Result<std::string> renewOfficerCode(const Uuid& officer);
    /// Gives an officer the console. `password`: 12 characters or more; kept as scrypt. Conflict when the login is
    /// taken.
    Status setConsoleLogin(const Uuid& officer, const std::string& login, const std::string& password);
    /// The officer, when login and password are right; WrongPassphrase otherwise, after the same time.
    Result<OfficerRow> checkConsoleLogin(const std::string& login, const std::string& password) const;
    Status revokeDevice(const Uuid& device, const std::string& who);

    Result<std::vector<SiteRow>> sites() const;
    Result<std::vector<OfficerRow>> officers() const;
    Result<std::vector<DeviceRow>> devices() const;

private:
    LedgerStore& m_store;
    const Clock& m_clock;
    Random& m_random;
};

/// An officer's code lives so long.
constexpr std::int64_t kOfficerCodeMs = 7LL * 24 * 3600 * 1000;

}  // namespace fieldclaim::server
